"""Parts of speech and lemmas by spaCy's own rules, looked up once for each word.

spaCy's attribute ruler and lemmatizer decide by a word, its tag, its relation and, in a few patterns, the word before;
on a report they cost as much as its tagger and parser. The same words come again and again, so what they said is kept.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

_KNOWN: Final = 100_000
_LEADING: Final = ("gon", "got", "let", "c'm", "y", "y'")
"""Words after which the ruler's patterns of two words decide on the second; an expletive is the other such case."""


class WordRules:
    """spaCy's attribute ruler and lemmatizer with a memory.

    Args:
        nlp: a pipeline that holds both; its network is not run.
    """

    def __init__(self, nlp: Language) -> None:
        strings = nlp.vocab.strings
        self._nlp = nlp
        self._expletive = strings.add("expl")
        self._leading = frozenset(
            strings.add(form) for word in _LEADING for form in (word, word.capitalize(), word.upper())
        )
        self._known: dict[tuple[int, int, int, int], tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set parts of speech and lemmas of a document that has tags and relations."""
        told = doc.to_array([ORTH, TAG, DEP]).tolist()
        known, rows = self._known, []
        before, leading, expletive = 0, self._leading, self._expletive
        for place, (orth, tag, dep) in enumerate(told):
            key = (orth, tag, dep, before)
            found = known.get(key)
            if found is None:
                if len(known) >= _KNOWN:
                    known.clear()
                found = known[key] = self._ruled(doc, place, paired=bool(before))
            rows.append(found)
            before = orth if orth in leading else 1 if dep == expletive else 0
        if rows:
            doc.from_array([POS, LEMMA], _cells(rows))
        return doc

    def _ruled(self, doc: Doc, place: int, *, paired: bool) -> tuple[int, int]:
        """The part of speech and the lemma of one word, read with the one before where that matters."""
        tokens = doc[place - paired : place + 1]
        alone = Doc(self._nlp.vocab, words=[token.text for token in tokens])
        alone.from_array([TAG, DEP], _cells([(token.tag, token.dep) for token in tokens]))
        for name in ("attribute_ruler", "lemmatizer"):
            alone = self._nlp.get_pipe(name)(alone)
        return int(alone[-1].pos), int(alone[-1].lemma)


def _cells(rows: list[tuple[int, int]]) -> Any:
    """Rows as spaCy takes them; its stub asks for a signed array, its code for this one."""
    return np.array(rows, np.uint64)
