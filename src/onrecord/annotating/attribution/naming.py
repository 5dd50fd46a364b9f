"""Which words are names, and of what: the kinds of OntoNotes, as spaCy's English models tell them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Span = tuple[int, int]

KINDS: Final = (
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP", "ORDINAL", "ORG", "PERCENT",
    "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
)  # fmt: skip
"""The kinds of names, times and quantities; column 0 of the scores is "no name", the others follow this order."""

SWITCH: Final = 2.0
"""What a change of kind within a run of named words costs, in the scores' logits."""


def find_names(words: Sequence[Span], scores: Scores) -> Iterator[tuple[int, int, str]]:
    """The names of a stretch: start, end and kind, neighbouring words of one kind together.

    Words are judged one by one; where the kind changes in the middle of a run of named words, the run's likeliest
    sequence is taken, each change at the price of SWITCH.

    Args:
        words: half-open spans of code points.
        scores: words x (1 + kinds).

    >>> scores = np.zeros((3, 19), np.float32)
    >>> scores[0:2, 1 + KINDS.index("PERSON")] = 1
    >>> list(find_names([(0, 4), (5, 11), (12, 16)], scores))
    [(0, 11, 'PERSON')]
    """
    best = scores.argmax(1)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (best > 0).astype(np.int8), [0]])))
    for start, end in edges.reshape(-1, 2).tolist():
        kinds = best[start:end].tolist()
        if len(set(kinds)) > 1:
            kinds = _likeliest(scores[start:end, 1:])
        number = start
        for kind, run in groupby(kinds):
            last = number + len(list(run)) - 1
            yield words[number][0], words[last][1], KINDS[kind - 1]
            number = last + 1


def _likeliest(scores: Scores) -> list[int]:
    """The likeliest kinds of the words of one run."""
    total, back = scores[0], list[NDArray[np.int64]]()
    for row in scores[1:]:
        changed = int(total.argmax())
        stays = total >= total[changed] - SWITCH
        back.append(np.where(stays, np.arange(len(total)), changed))
        total = np.where(stays, total, total[changed] - SWITCH) + row
    kinds = [int(total.argmax())]
    for before in reversed(back):
        kinds.append(int(before[kinds[-1]]))
    return [kind + 1 for kind in reversed(kinds)]
