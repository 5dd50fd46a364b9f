"""The folder that ships: int8 networks, tokenizer, settings with the calibration, sums of the files."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from torch import Tensor

from onrecord.annotating.attribution.decoding import LABELS
from training.attribution.encoder import base_folder
from training.encoder.examples import MENTION_LABELS
from training.encoder.exporting import LINEAR, export, export_events
from training.encoder.network import ROOTS, SharedNetwork

FILES = ("model.onnx", "events.onnx", "tokenizer.json", "settings.json")


def write(network: SharedNetwork, folder: Path, labels: dict[str, list[str]], calibration: tuple[float, float]) -> None:
    """Write the networks, the tokenizer and `settings.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    export(network, folder / "model.onnx")
    export_events(network, folder / "events.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    write_settings(network, folder, labels, calibration)


def write_settings(
    network: SharedNetwork, folder: Path, labels: dict[str, list[str]], calibration: tuple[float, float]
) -> None:
    """Write `settings.json`."""
    columns, start = {}, 0
    for name in LINEAR:
        end = start + getattr(network, name).out_features
        columns[name] = (start, end)
        start = end
    settings = {
        "columns": columns,
        "attribution": {
            "labels": LABELS,
            "between": _rounded(network.between),
            "first": _rounded(network.first),
            "nobody": _rounded(network.nobody),
            "distance": _rounded(network.distance),
            "calibration": [round(number, 4) for number in calibration],
        },
        "grammar": {
            **{name: labels[name] for name in ("tags", "parts", "names", "relations")},
            "distance": _rounded(network.arc_distance),
            "relation_weight": _rounded(network.relation_head.weight),
            "relation_bias": _rounded(network.relation_head.bias),
        },
        "coreference": {
            "labels": MENTION_LABELS,
            "edge_distance": _rounded(network.edge_distance),
            "new_weight": _rounded(network.new_score.weight[0]),
            "new_bias": _rounded(network.new_score.bias),
            "pair_inner_weight": _rounded(network.pair_inner.weight),
            "pair_inner_bias": _rounded(network.pair_inner.bias),
            "pair_outer_weight": _rounded(network.pair_outer.weight[0]),
            "pair_outer_bias": _rounded(network.pair_outer.bias),
        },
        "roots": ROOTS,
    }
    # A line a group of tables keeps the file short and its differences readable.
    lines = [f"{json.dumps(name)}: {json.dumps(told, separators=(',', ':'))}" for name, told in settings.items()]
    (folder / "settings.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}


def _rounded(values: Tensor) -> Any:
    return np.round(values.detach().float().numpy().astype(float), 5).tolist()
