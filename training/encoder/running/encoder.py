"""The shared encoder behind ONNX Runtime: words of paragraphs in, states and scores of all heads out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.annotating.attribution.words import PIECES_A_WINDOW, SURFACE_CODES, Stretch, pack, split_long
from onrecord.errors import NotInstalled
from training.encoder.running.reader import TokenReader
from training.encoder.running.settings import Settings

Scores = NDArray[np.float32]
Word = tuple[int, int]
_FILES: Final = ("model.onnx", "events.onnx", "tokenizer.json", "settings.json")
_OUTPUTS: Final = ("states", "tag_head", "heads", "arcs")


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the network says of the words of a report.

    Attributes:
        settings: the tables of the heads.
        words: half-open spans of code points, of all paragraphs in order.
        paragraphs: first word and the one after the last, for each paragraph.
        stretches: the parts of paragraphs that were read, in order.
        bounds: first word and the one after the last, for each stretch.
        states: words x width.
        tags: words x attribution labels.
        heads: words x the linear heads' columns (`settings.columns`).
        arcs: words x what the dependency head needs.
    """

    settings: Settings
    words: tuple[Word, ...]
    paragraphs: tuple[tuple[int, int], ...]
    stretches: tuple[Stretch, ...]
    bounds: tuple[tuple[int, int], ...]
    states: Scores
    tags: Scores
    heads: Scores
    arcs: Scores

    def part(self, name: str) -> Scores:
        """The columns of one linear head."""
        start, end = self.settings.columns[name]
        return self.heads[:, start:end]


class SharedEncoder:
    """Weights, tokenizer and settings of one folder.

    Args:
        folder: where the weights lie; the packaged ones by default.
        threads: threads of ONNX Runtime. One process a core is faster than threads
            (docs/explanation/attribution-model.md).

    Raises:
        NotInstalled: a file is missing or belongs to another version.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        if folder is None:
            folder = Path(str(resources.files("onrecord"))) / "models" / "encoder"
        for name in _FILES:
            if not (folder / name).is_file():
                raise NotInstalled(
                    f"the weights are missing: {folder / name} was not found; reinstall onrecord, "
                    "or train them with `python -m training.encoder`"
                )
        self.settings = Settings.read(folder / "settings.json")
        self.reader = TokenReader(Tokenizer.from_file(str(folder / "tokenizer.json")))
        self._folder = folder
        self._options = onnxruntime.SessionOptions()
        self._options.intra_op_num_threads = threads
        self._options.inter_op_num_threads = 1
        self._options.log_severity_level = 3
        self._session = self._open("model.onnx")

    def _open(self, name: str) -> onnxruntime.InferenceSession:
        # The fused skip-and-norm operator is five times as slow as its parts (training/encoder/exporting.py).
        return onnxruntime.InferenceSession(
            str(self._folder / name),
            self._options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    @cached_property
    def _events(self) -> onnxruntime.InferenceSession:
        return self._open("events.onnx")

    def __call__(self, text: str, paragraphs: Sequence[Sequence[Word]]) -> Encoded:
        """Read paragraphs, given as the spans of their words in `text`; every word gets a row."""
        limit = PIECES_A_WINDOW - 2
        stretches: list[Stretch] = []
        for words in paragraphs:
            if not words:
                continue
            whole = self.reader.of_words(text, words)
            stretches += [whole] if len(whole.pieces) <= limit else split_long(text, whole, limit)
        found: list[list[Scores]] = [
            self.window(stretches[start:end]) for start, end in pack([len(one.pieces) for one in stretches])
        ]
        states, tags, heads, arcs = (
            (np.concatenate(parts) for parts in zip(*found, strict=True)) if found else self._nothing()
        )
        return Encoded(
            self.settings,
            tuple(word for words in paragraphs for word in words),
            _ranges([len(words) for words in paragraphs]),
            tuple(stretches),
            _ranges([len(one.words) for one in stretches]),
            states,
            tags,
            heads,
            arcs,
        )

    def _nothing(self) -> list[Scores]:
        return [np.zeros((0, int(one.shape[1])), np.float32) for one in self._session.get_outputs()]

    def window(self, stretches: Sequence[Stretch]) -> list[Scores]:
        """What the network says of the words of one window of neighbouring stretches: states, tags, heads, arcs."""
        pieces, surfaces, firsts = [self.reader.start_piece], [SURFACE_CODES - 1], list[int]()
        for stretch in stretches:
            low = len(pieces)
            firsts += [low + first for first in stretch.firsts]
            pieces += [*stretch.pieces, self.reader.end_piece]
            surfaces += [*stretch.surfaces, SURFACE_CODES - 1]
        given = {
            "pieces": np.array([pieces], np.int64),
            "surfaces": np.array([surfaces], np.int64),
            "firsts": np.array(firsts, np.int64),
        }
        out: list[Scores] = self._session.run(_OUTPUTS, given)
        return out

    def roots(self, source: Scores, target: Scores, sentence: Scores) -> Scores:
        """Scores of event types (`settings.roots`) from the states of the words of two parties and of their sentence.

        Each is words x width, none of them empty.
        """
        row = np.concatenate([source.mean(0), target.mean(0), sentence.mean(0)])[None].astype(np.float32)
        scores: Scores = self._events.run(("events",), {"states": row})[0][0]
        return scores


def _ranges(lengths: Sequence[int]) -> tuple[tuple[int, int], ...]:
    made, start = [], 0
    for length in lengths:
        made.append((start, start + length))
        start += length
    return tuple(made)
