"""Softmax regression over cues and the head word's vector: what kind of thing a phrase is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.chains.kinds import KINDS
from onrecord.annotating.chains.model import Floats, standardised
from training.chains.documents import Told

#: First guesses that held on a fifth of the training documents (2026-11-27); dev was not looked at for them.
_EPOCHS, _RATE, _PULL, _BATCH, _START = 6, 0.15, 1e-6, 64, 1e-2


@dataclass(frozen=True, slots=True)
class KindWeights:
    """What ChainModel needs to tell kinds."""

    cues: dict[str, int]
    kinds: Floats
    vectors: Floats
    mean: Floats
    spread: Floats


def fit_kinds(documents: Sequence[Told]) -> KindWeights:
    """Fit by Adagrad; cues of fewer than two documents are left out, they would be names of this or that text."""
    often = Counter(cue for one in documents for cue in {cue for told in one.cues for cue in told})
    columns = {cue: at for at, cue in enumerate(sorted(cue for cue, count in often.items() if count > 1))}
    told = [cues for one in documents for cues in one.cues]
    rows = _padded([[columns[cue] for cue in cues if cue in columns] for cues in told], len(columns))
    raw = np.concatenate([one.vectors for one in documents])
    mean, spread = raw.mean(0), raw.std(0) + 1e-6
    vectors = standardised(raw, mean, spread)
    gold = np.array([kind for one in documents for kind in one.kinds])
    kinds, by_vector = _descend(rows, vectors, gold, len(columns))
    return KindWeights(columns, kinds, by_vector, mean, spread)


def _padded(rows: Sequence[Sequence[int]], filler: int) -> NDArray[np.int32]:
    padded = np.full((len(rows), max(map(len, rows))), filler, np.int32)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return padded


def _descend(rows: NDArray[np.int32], vectors: Floats, gold: NDArray[np.int64], filler: int) -> tuple[Floats, Floats]:
    order = np.random.default_rng(0)
    weights = np.zeros((filler + 1, len(KINDS)), np.float32)
    by_vector = np.zeros((vectors.shape[1], len(KINDS)), np.float32)
    seen, seen_by_vector = np.full_like(weights, _START), np.full_like(by_vector, _START)
    for _ in range(_EPOCHS):
        shuffled = order.permutation(len(gold))
        for start in range(0, len(gold), _BATCH):
            batch = shuffled[start : start + _BATCH]
            scores = weights[rows[batch]].sum(1) + vectors[batch] @ by_vector
            shares = np.exp(scores - scores.max(1, keepdims=True))
            shares /= shares.sum(1, keepdims=True)
            shares[np.arange(len(batch)), gold[batch]] -= 1
            touched, back = np.unique(rows[batch], return_inverse=True)
            slope = np.zeros((len(touched), len(KINDS)), np.float32)
            np.add.at(slope, back.reshape(-1), np.repeat(shares, rows.shape[1], 0))
            slope += _PULL * len(batch) * weights[touched]
            slope[touched == filler] = 0
            seen[touched] += slope * slope
            weights[touched] -= _RATE * slope / np.sqrt(seen[touched])
            steep = vectors[batch].T @ shares
            seen_by_vector += steep * steep
            by_vector -= _RATE / 2 * steep / np.sqrt(seen_by_vector)
    return weights, by_vector


__all__ = ["KindWeights", "fit_kinds"]
