"""The trained network behind ONNX Runtime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.annotating.attribution.assembling import Assembler, Reading
from onrecord.annotating.attribution.coding import EventScores, Sideways
from onrecord.annotating.attribution.decoding import LABELS, Scores, Transitions
from onrecord.annotating.attribution.linking import Pointers
from onrecord.annotating.attribution.words import SURFACE_CODES, Stretch, WordReader
from onrecord.errors import NotInstalled

_FILES: Final = ("model.onnx", "tokenizer.json", "settings.json")


@dataclass(frozen=True, slots=True)
class Settings:
    """What training found beside the weights.

    `nobody` is relations x dimensions, the answer that stands for "no source"; `distance` is what the distance
    between two words adds to their link; `sideways` is the same for the links of events.
    """

    assembler: Assembler
    nobody: Scores
    distance: Scores
    sideways: Sideways

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read `settings.json`."""
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if tuple(told["labels"]) != LABELS:
            raise NotInstalled(
                f"{path}: the labels are {told['labels']!r}, this version needs {list(LABELS)!r}: "
                "install the weights that belong to this version of onrecord"
            )
        slope, intercept = told["calibration"]
        between = np.array(told["between"], np.float32)
        first = np.array(told["first"], np.float32)
        nobody = np.array(told["nobody"], np.float32)
        assembler = Assembler(Transitions.constrained(between, first), (float(slope), float(intercept)))
        sideways = Sideways(np.array(told["unnamed"], np.float32), np.array(told["aside"], np.float32))
        return cls(assembler, nobody, np.array(told["distance"], np.float32), sideways)


class TrainedNetwork:
    """Weights, tokenizer and settings of one folder.

    Args:
        folder: where `model.onnx`, `tokenizer.json` and `settings.json` lie; the packaged ones by default.
        threads: threads of ONNX Runtime. One process a core is faster than threads
            (docs/explanation/attribution-model.md).

    Raises:
        NotInstalled: a file is missing or belongs to another version.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        if folder is None:
            folder = Path(str(resources.files("onrecord"))) / "models" / "attribution"
        for name in _FILES:
            if not (folder / name).is_file():
                raise NotInstalled(
                    f"the attribution weights are missing: {folder / name} was not found; reinstall onrecord, "
                    "or train them with `python -m training.attribution`"
                )
        self.settings = Settings.read(folder / "settings.json")
        self.reader = WordReader(Tokenizer.from_file(str(folder / "tokenizer.json")))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            # The fused operator is five times as slow as its parts (training/attribution/exporting.py).
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    def read(self, stretches: Sequence[Stretch]) -> list[Reading]:
        """Read one window of neighbouring stretches."""
        pieces, surfaces, firsts = [self.reader.start_piece], [SURFACE_CODES - 1], list[int]()
        for stretch in stretches:
            firsts += [len(pieces) + first for first in stretch.firsts]
            pieces += [*stretch.pieces, self.reader.end_piece]
            surfaces += [*stretch.surfaces, SURFACE_CODES - 1]
        tags, askers, answers, names, *events = self._session.run(
            ("tags", "askers", "answers", "names", "types", "modalities", "deeds", "parties"),
            {
                "pieces": np.array([pieces], np.int64),
                "surfaces": np.array([surfaces], np.int64),
                "firsts": np.array(firsts, np.int64),
            },
        )
        readings, start = [], 0
        for stretch in stretches:
            end = start + len(stretch.words)
            pointers = Pointers(
                askers[start:end].transpose(1, 0, 2),
                answers[start:end].transpose(1, 0, 2),
                self.settings.nobody,
                self.settings.distance,
            )
            told = EventScores(*(scores[start:end] for scores in events))
            readings.append(Reading(tags[start:end], pointers, names[start:end], told))
            start = end
        return readings
