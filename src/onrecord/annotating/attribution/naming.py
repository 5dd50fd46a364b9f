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


def find_names(words: Sequence[Span], scores: Scores) -> Iterator[tuple[int, int, str]]:
    """The names of a stretch: start, end and kind, neighbouring words of one kind together.

    Args:
        words: half-open spans of code points.
        scores: words x (1 + kinds).

    >>> scores = np.zeros((3, 19), np.float32)
    >>> scores[0:2, 1 + KINDS.index("PERSON")] = 1
    >>> list(find_names([(0, 4), (5, 11), (12, 16)], scores))
    [(0, 11, 'PERSON')]
    """
    best = scores.argmax(1).tolist()
    for kind, run in groupby(range(len(best)), key=best.__getitem__):
        if kind:
            numbers = list(run)
            yield words[numbers[0]][0], words[numbers[-1]][1], KINDS[kind - 1]
