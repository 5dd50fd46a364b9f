"""Names from the network into spaCy's documents, where the stages look for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from spacy.attrs import ENT_IOB, ENT_TYPE, IDX, LENGTH
from spacy.tokens import Doc, Token

from onrecord.annotating.gazetteer import cities

_BEGIN: Final = 3
_INSIDE: Final = 1
_OUTSIDE: Final = 2


def set_names(docs: Sequence[Doc], starts: Sequence[int], names: Sequence[tuple[int, int, str]]) -> None:
    """Set the documents' named entities.

    Args:
        docs: documents of one text, in its order, that do not overlap.
        starts: where each begins in the text.
        names: start, end and kind of each name in the text, sorted; a name takes every word that it touches. One that
            reaches into the next document is a name in each.
    """
    at = 0
    for doc, start in zip(docs, starts, strict=True):
        if not len(doc):
            continue
        places: Any = doc.to_array([IDX, LENGTH])
        begins = places[:, 0].astype(np.int64) + start
        ends = begins + places[:, 1].astype(np.int64)
        while at < len(names) and names[at][1] <= begins[0]:
            at += 1
        rows: Any = np.full((len(doc), 2), (_OUTSIDE, 0), np.uint64)
        number = at
        while number < len(names) and names[number][0] < ends[-1]:
            first, last, kind = names[number]
            low = int(np.searchsorted(ends, first, side="right"))
            high = int(np.searchsorted(begins, last, side="left"))
            fresh = rows[low:high, 1] == 0
            rows[low:high][fresh] = (_INSIDE, doc.vocab.strings.add(kind))
            if high > low and fresh[0]:
                rows[low, 0] = _BEGIN
            number += 1
        at = max(at, number - 1)
        for number in _towns_beside_towns(doc, rows[:, 1]):
            rows[number, 1] = doc.vocab.strings.add("GPE")
        doc.from_array([ENT_IOB, ENT_TYPE], rows)


def _towns_beside_towns(doc: Doc, kinds: Any) -> list[int]:
    """Words named as persons that are known towns in a list with places: "Aleppo, Homs and Idlib"."""
    strings = doc.vocab.strings
    person, place = strings.add("PERSON"), strings.add("GPE")

    def chain(token: Token) -> list[Token]:
        return [token, *(other for child in token.children if child.dep_ == "conj" for other in chain(child))]

    found = list[int]()
    for number in np.flatnonzero(kinds == person).tolist():
        alone = not any(0 <= n < len(kinds) and kinds[n] == person for n in (number - 1, number + 1))
        if not alone or not cities(doc[number].text):
            continue
        top = doc[number]
        while top.dep_ == "conj":
            top = top.head
        if any(kinds[other.i] == place for other in chain(top)):
            found.append(number)
    return found


__all__ = ["set_names"]
