"""From scores of words to labelled spans: constrained Viterbi over a whole report at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Role = Literal["content", "source", "cue"]
ROLES: Final[tuple[Role, ...]] = ("content", "source", "cue")
LABELS: Final = ("O", "B-content", "I-content", "B-source", "I-source", "B-cue", "I-cue")
_IMPOSSIBLE: Final = -1e4

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """Words `start` to `end` (half-open) of one stretch in one role; `probability` is the mean over its words."""

    role: Role
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Transitions:
    """Scores of one label after another, `between[before, after]`, and of the first label of a stretch."""

    between: Scores
    first: Scores

    @classmethod
    def constrained(cls, between: Scores | None = None, first: Scores | None = None) -> Transitions:
        """Learnt scores (zero if not told) with what no labelling may contain made impossible.

        An inside label follows only a label of its own role, and opens no stretch.
        """
        size = len(LABELS)
        between = np.zeros((size, size), np.float32) if between is None else between.copy()
        first = np.zeros(size, np.float32) if first is None else first.copy()
        for after, label in enumerate(LABELS):
            if label.startswith("I-"):
                first[after] = _IMPOSSIBLE
                for before, previous in enumerate(LABELS):
                    if previous[2:] != label[2:]:
                        between[before, after] = _IMPOSSIBLE
        return cls(between, first)


def best_labels(emissions: Sequence[Scores], transitions: Transitions) -> list[NDArray[np.int64]]:
    """The best label of every word of every stretch.

    Args:
        emissions: for each stretch, words x labels.
        transitions: constrained scores.

    All stretches are decoded side by side, so that the Python loop is as long as the longest of them.
    """
    if not emissions:
        return []
    # Longest first: at step t only a prefix of the stretches is still alive.
    order = sorted(range(len(emissions)), key=lambda index: -len(emissions[index]))
    lengths = np.array([len(emissions[index]) for index in order])
    longest = int(lengths[0])
    if longest == 0:
        return [np.zeros(0, np.int64) for _ in emissions]
    padded = np.zeros((longest, len(order), len(LABELS)), np.float32)
    for row, index in enumerate(order):
        padded[: lengths[row], row] = emissions[index]
    alive = (lengths[None, :] > np.arange(longest)[:, None]).sum(1)
    # From here on `padded[step]` is the score of the best labelling that ends there with each label.
    padded[0] += transitions.first
    for step in range(1, longest):
        living = int(alive[step])
        through = padded[step - 1, :living, :, None] + transitions.between
        padded[step, :living] += through.max(1)
    path = np.zeros((longest, len(order)), np.int64)
    current = padded[lengths - 1, np.arange(len(order))].argmax(1)
    before = np.ascontiguousarray(transitions.between.T)
    for step in range(longest - 1, 0, -1):
        living = int(alive[step])
        path[step, :living] = current[:living]
        current[:living] = (padded[step - 1, :living] + before[current[:living]]).argmax(1)
    path[0] = current
    labels: list[NDArray[np.int64]] = [np.zeros(0, np.int64)] * len(order)
    for row, index in enumerate(order):
        labels[index] = path[: lengths[row], row]
    return labels


def softmax(scores: Scores) -> Scores:
    """Probabilities of the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def spans(labels: NDArray[np.int64], emission: Scores) -> tuple[LabelledSpan, ...]:
    """The labelled spans of one stretch, in order of place."""
    if not len(labels):
        return ()
    chosen = softmax(emission)[np.arange(len(labels)), labels].tolist()
    found: list[LabelledSpan] = []
    start: int | None = None
    values = labels.tolist()
    for place, label in enumerate([*values, 0]):
        if start is not None and not (label and label % 2 == 0):
            role = ROLES[(values[start] - 1) // 2]
            found.append(LabelledSpan(role, start, place, sum(chosen[start:place]) / (place - start)))
            start = None
        if label % 2 == 1:
            start = place
    return tuple(found)
