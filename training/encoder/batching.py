"""Batches of windows as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.annotating.attribution.words import SURFACE_CODES
from training.attribution.corpus import NOT_ASKED
from training.encoder.examples import MENTION_LABELS, UNKNOWN, Example, Window
from training.encoder.running.pairing import Named, pair_features

_PLURAL_TAGS = ("NNS", "NNPS")


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of some windows; stretches are rows of their own for the heads."""

    pieces: Tensor  # windows x pieces
    surfaces: Tensor
    mask: Tensor | None  # windows x 1 x 1 x pieces
    places: Tensor  # stretches x words: index of the first piece in the flattened windows
    present: Tensor  # stretches x words
    examples: tuple[Example, ...]


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
    place_rows = torch.zeros((len(stretches), words), dtype=torch.long)
    present = torch.zeros((len(stretches), words), dtype=torch.bool)
    for number, place in enumerate(places):
        place_rows[number, : len(place)] = torch.tensor(place)
        present[number, : len(place)] = True
    mask = None
    if min(sizes) < longest:
        mask = (torch.arange(longest) < torch.tensor(sizes)[:, None])[:, None, None, :]
    return Batch(torch.tensor(rows), torch.tensor(surfaces), mask, place_rows, present, tuple(stretches))


def padded(arrays: Sequence[Any], words: int, fill: int = UNKNOWN) -> Tensor:
    """Stretches x words of some arrays of words."""
    made = torch.full((len(arrays), words), fill, dtype=torch.long)
    for number, values in enumerate(arrays):
        made[number, : len(values)] = torch.from_numpy(np.asarray(values, np.int64))
    return made


def padded_targets(examples: Sequence[Example], words: int) -> Tensor:
    """Stretches x relations x words x 2: which words each word points to."""
    first = examples[0].targets
    if first is None:
        raise ValueError("examples without attributions have no targets")
    made = torch.full((len(examples), first.shape[0], words, 2), NOT_ASKED)
    for number, one in enumerate(examples):
        if one.targets is not None:
            made[number, :, : one.targets.shape[1]] = torch.from_numpy(one.targets)
    return made


def named(one: Example, mention: Any, tag: str, sentence: int, paragraph: int) -> Named:
    """A gold mention as pairing sees it."""
    spans = one.stretch.words[mention.first : mention.last + 1]
    words = tuple(one.text[start:end].lower() for start, end in spans[:40])
    kind, form = divmod(mention.label - 1, 3)
    head = min(mention.head - mention.first, len(words) - 1)
    return Named(words, head, form, kind, tag in _PLURAL_TAGS, spans[0][0], spans[-1][1], sentence, paragraph)


def pairing(parts: Sequence[tuple[int, Example]], tags: Sequence[str]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The mentions of one text: where (stretch row, head), features of pairs and alone, and which corefer.

    The last is mentions x (mentions + 1): the right antecedents; the last column is a new entity.
    """
    where, found, entities = [], [], []
    sentence = 0
    for paragraph, (row, one) in enumerate(parts):
        for mention in sorted(one.mentions or (), key=lambda m: (one.stretch.words[m.first][0], -m.last)):
            where.append((row, mention.head))
            tag = tags[int(one.grammar.tags[mention.head])]
            found.append(named(one, mention, tag, sentence + int(one.grammar.sentences[mention.head]), paragraph))
            entities.append(mention.entity)
        sentence += int(one.grammar.sentences[-1]) + 1
    pairs, alone = pair_features(found) if found else (np.zeros((0, 0, 1), np.float32), np.zeros((0, 1), np.float32))
    codes = {entity: number for number, entity in enumerate(dict.fromkeys(entities))}
    entity = np.array([codes[one] for one in entities])
    same = np.tril(entity[:, None] == entity[None, :], -1) if len(entity) else np.zeros((0, 0), bool)
    right = np.concatenate([same, ~same.any(1, keepdims=True)], 1)
    return torch.tensor(where).view(-1, 2), torch.from_numpy(pairs), torch.from_numpy(alone), torch.from_numpy(right)


__all__ = ["MENTION_LABELS", "Batch", "batch", "padded", "padded_targets", "pairing"]
