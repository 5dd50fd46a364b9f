"""A ranking of antecedents: the right ones together against all others and against "none" (Durrett and Klein 2013)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.chains.model import PAIR_WEIGHTS, Floats, columns
from onrecord.annotating.chains.pairs import SIGNS, Mention, Pairs

#: First guesses that held on a fifth of the training documents (2026-11-27); dev was not looked at for them.
_EPOCHS, _RATE, _PULL, _BATCH, _START, _SEEN_LEAST = 4, 0.1, 1e-5, 32, 1e-1, 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A mention: the weights that count for each candidate, which of them are right, and what tells that none is."""

    columns: NDArray[np.int32]
    right: NDArray[np.bool_]
    news: tuple[str, ...]


def choices(mentions: Sequence[Mention], entities: Sequence[str]) -> list[Choice]:
    """The choices of a document, chains before each mention being the gold ones."""
    pairs, last, found = Pairs(mentions), dict[str, int](), list[Choice]()
    for at, entity in enumerate(entities):
        of, told = pairs.candidates(at), pairs.news(at)
        right = np.array([bool(entity) and entities[one] == entity for one in of.tolist()], bool)
        counts = columns(pairs, at, of) if len(of) else np.zeros((0, 2 * len(SIGNS)), np.int32)
        found.append(Choice(counts, right, told))
        if entity:
            if entity in last:
                pairs.join(at, last[entity])
            last[entity] = at
    return found


def fit_antecedents(told: Sequence[Choice]) -> tuple[Floats, dict[str, float]]:
    """Weights of pairs, and of the cues for "none", by Adagrad."""
    often = Counter(cue for one in told for cue in one.news)
    cues = {cue: at for at, cue in enumerate(sorted(cue for cue, count in often.items() if count >= _SEEN_LEAST))}
    rows = [np.array([cues[cue] for cue in one.news if cue in cues], np.int64) for one in told]
    pairs, seen = np.zeros(PAIR_WEIGHTS, np.float32), np.full(PAIR_WEIGHTS, _START, np.float32)
    none, seen_none = np.zeros(len(cues), np.float32), np.full(len(cues), _START, np.float32)
    order = np.random.default_rng(0)
    for _ in range(_EPOCHS):
        shuffled = order.permutation(len(told))
        for start in range(0, len(told), _BATCH):
            batch = shuffled[start : start + _BATCH].tolist()
            at = np.concatenate([told[n].columns for n in batch])
            of = np.repeat(np.arange(len(batch)), [len(told[n].right) for n in batch])
            right = np.concatenate([told[n].right for n in batch])
            scores, base = pairs[at].sum(1), np.array([none[rows[n]].sum() for n in batch])
            slope, slope_none = _slopes(scores, base, of, right)
            touched, back = np.unique(at, return_inverse=True)
            change = np.bincount(back.reshape(-1), np.repeat(slope, at.shape[1]), len(touched)).astype(np.float32)
            change += _PULL * len(batch) * pairs[touched]
            seen[touched] += change * change
            pairs[touched] -= _RATE * change / np.sqrt(seen[touched])
            changed = np.zeros(len(cues), np.float32)
            for n, one in zip(batch, slope_none, strict=True):
                changed[rows[n]] += one
            told_of = np.flatnonzero(changed)
            changed[told_of] += _PULL * len(batch) * none[told_of]
            seen_none += changed * changed
            none -= _RATE * changed / np.sqrt(seen_none)
    return pairs, {cue: float(none[at]) for cue, at in cues.items()}


def _slopes(scores: Floats, base: Floats, of: NDArray[np.int64], right: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """How the loss falls with the score of each pair and of "none": what is likely less what is right."""
    top = base.copy()
    np.maximum.at(top, of, scores)
    powers, power_none = np.exp(scores - top[of]), np.exp(base - top)
    total = power_none + np.bincount(of, powers, len(base))
    good = np.bincount(of, powers * right, len(base))
    alone = np.bincount(of, right, len(base)) == 0
    wanted = np.where(right, powers / np.maximum(good, 1e-12)[of], 0.0)
    return powers / total[of] - wanted, power_none / total - alone


__all__ = ["Choice", "choices", "fit_antecedents"]
