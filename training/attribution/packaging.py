"""The folder that ships: int8 network, tokenizer, settings with the calibration, sums of the files."""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.annotating.attribution.decoding import LABELS
from training.attribution.encoder import Network, base_folder
from training.attribution.exporting import export


def write(network: Network, folder: Path, calibration: tuple[float, float]) -> None:
    """Write `model.onnx`, `tokenizer.json` and `settings.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    export(network, folder / "model.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    write_settings(network, folder, calibration)


def write_settings(network: Network, folder: Path, calibration: tuple[float, float]) -> None:
    """Write `settings.json`."""

    def rounded(values: Any) -> Any:
        return np.round(values.detach().float().numpy(), 5).tolist()

    settings = {
        "labels": LABELS,
        "between": rounded(network.between),
        "first": rounded(network.first),
        "nobody": rounded(network.nobody),
        "distance": rounded(network.distance),
        "unnamed": rounded(network.unnamed),
        "aside": rounded(network.aside),
        "calibration": [round(number, 4) for number in calibration],
    }
    text = json.dumps(settings, indent=1)
    (folder / "settings.json").write_text(text + "\n", encoding="utf-8")


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of each file."""
    names = ("model.onnx", "tokenizer.json", "settings.json")
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def calibrate(rows: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept of the logistic map (Platt, with his smoothed targets) from log-odds to being right."""
    given = np.array([value for value, _ in rows])
    right = np.array([float(told) for _, told in rows])
    positive = right.sum()
    target = np.where(right > 0, (positive + 1) / (positive + 2), 1 / (len(rows) - positive + 2))
    design = np.stack([given, np.ones_like(given)], 1)
    found = np.zeros(2)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(curvature, design.T @ (target - chance))
        found += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return float(found[0]), float(found[1])


def calibration_error(rows: Sequence[tuple[float, bool]], calibration: tuple[float, float], bins: int = 10) -> float:
    """Expected calibration error of a logistic map on (log-odds, right) rows, in equally full bins."""
    slope, intercept = calibration
    ordered = sorted((1 / (1 + math.exp(-(slope * value + intercept))), right) for value, right in rows)
    total = 0.0
    for number in range(bins):
        part = ordered[number * len(ordered) // bins : (number + 1) * len(ordered) // bins]
        if part:
            told = math.fsum(confidence for confidence, _ in part) / len(part)
            total += abs(told - sum(right for _, right in part) / len(part)) * len(part)
    return total / len(ordered)
