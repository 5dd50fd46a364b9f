"""Windows of labelled stretches, and batches of windows as tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from onrecord.annotating.attribution.words import PIECES_A_WINDOW, SURFACE_CODES, pack
from training.attribution.corpus import NOBODY, NOT_ASKED, UNKNOWN, Example

Window = tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some windows; stretches are rows of their own for the heads."""

    pieces: Tensor  # windows x pieces
    surfaces: Tensor  # windows x pieces
    mask: Tensor | None  # windows x 1 x 1 x pieces
    places: Tensor  # stretches x words: index of the first piece in the flattened windows
    present: Tensor  # stretches x words
    labels: Tensor  # stretches x words
    targets: Tensor  # stretches x relations x words x 2
    names: Tensor  # stretches x words
    types: Tensor  # stretches x words
    modalities: Tensor  # stretches x words
    sides: Tensor  # stretches x sides x words x 2


def windows(examples: Sequence[Example], rng: random.Random | None = None) -> list[Window]:
    """Pack an article; with `rng` the first window is cut at random, so that contexts differ by epoch."""
    first = None if rng is None else rng.randint(PIECES_A_WINDOW // 4, PIECES_A_WINDOW)
    ranges = pack((len(one.stretch.pieces) for one in examples), PIECES_A_WINDOW, first)
    return [tuple(examples[start:end]) for start, end in ranges]


def batch(chosen: Sequence[Window], start_piece: int, end_piece: int) -> Batch:
    """Make the tensors of some windows."""
    rows, surfaces, places, stretches = [], [], [], []
    sizes = [1 + sum(len(one.stretch.pieces) + 1 for one in window) for window in chosen]
    longest = max(sizes)
    for number, window in enumerate(chosen):
        row, codes = [start_piece], [SURFACE_CODES - 1]
        for one in window:
            places.append([number * longest + len(row) + first for first in one.stretch.firsts])
            stretches.append(one)
            row += [*one.stretch.pieces, end_piece]
            codes += [*one.stretch.surfaces, SURFACE_CODES - 1]
        padding = longest - len(row)
        rows.append(row + [0] * padding)
        surfaces.append(codes + [SURFACE_CODES - 1] * padding)
    words = max(len(place) for place in places)
    shape = (len(stretches), words)
    place_rows, present = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    labels, names = torch.zeros(shape, dtype=torch.long), torch.full(shape, UNKNOWN)
    targets = torch.full((len(stretches), stretches[0].targets.shape[0], words, 2), NOT_ASKED)
    types, modalities = torch.full(shape, UNKNOWN), torch.full(shape, UNKNOWN)
    sides = torch.full((len(stretches), stretches[0].sides.shape[0], words, 2), NOT_ASKED)
    for number, (place, one) in enumerate(zip(places, stretches, strict=True)):
        place_rows[number, : len(place)] = torch.tensor(place)
        present[number, : len(place)] = True
        labels[number, : len(place)] = torch.from_numpy(one.labels)
        targets[number, :, : len(place)] = torch.from_numpy(one.targets)
        names[number, : len(place)] = torch.from_numpy(one.names)
        types[number, : len(place)] = torch.from_numpy(one.types)
        modalities[number, : len(place)] = torch.from_numpy(one.modalities)
        sides[number, :, : len(place)] = torch.from_numpy(one.sides)
    mask = None
    if min(sizes) < longest:
        mask = (torch.arange(longest) < torch.tensor(sizes)[:, None])[:, None, None, :]
    return Batch(
        torch.tensor(rows),
        torch.tensor(surfaces),
        mask,
        place_rows,
        present,
        labels,
        targets,
        names,
        types,
        modalities,
        sides,
    )


def pointer_masks(targets: Tensor) -> tuple[Tensor, Tensor]:
    """Which words ask (stretches x relations x words), and the right answers (... x words + 1; last: nobody)."""
    start, end = targets[..., 0, None], targets[..., 1, None]
    columns = torch.arange(targets.shape[2] + 1)
    right = (columns >= start) & (columns < end)
    right[..., -1] = start[..., 0] == NOBODY
    return targets[..., 0] != NOT_ASKED, right
