"""Parts of speech and lemmas by spaCy's own rules, looked up once for each word.

spaCy's attribute ruler and lemmatizer decide by a word, its tag, its relation and, in a few patterns, the word before;
on a report they cost as much as its tagger and parser. The same words come again and again, so what they said is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

_Key = tuple[int, int, int, int]
_KNOWN: Final = 100_000
_EXPLETIVE: Final = 1
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
        _index_by_sets(nlp)
        self._expletive = strings.add("expl")
        self._leading = frozenset(
            strings.add(form) for word in _LEADING for form in (word, word.capitalize(), word.upper())
        )
        self._stop = strings.add(".")
        self._known: dict[_Key, tuple[int, int]] = {}

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set parts of speech and lemmas of documents that have tags and relations."""
        keys = [self._keys(doc) for doc in docs]
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._learn(docs, keys)
        known = self._known
        for doc, of_doc in zip(docs, keys, strict=True):
            if of_doc:
                rows: Any = np.array([known[key] for key in of_doc], np.uint64)
                doc.from_array([POS, LEMMA], rows)

    def _keys(self, doc: Doc) -> list[_Key]:
        """For each word what its part of speech and lemma depend on."""
        keys, before = [], 0
        for orth, tag, dep in doc.to_array([ORTH, TAG, DEP]).tolist():
            keys.append((orth, tag, dep, before))
            before = orth if orth in self._leading else _EXPLETIVE if dep == self._expletive else 0
        return keys

    def _learn(self, docs: Sequence[Doc], keys: Sequence[Sequence[_Key]]) -> None:
        """Ask the rules for the words not known yet, all in one document: a call for each would cost ten times that."""
        fresh: dict[_Key, tuple[Doc, int]] = {}
        for doc, of_doc in zip(docs, keys, strict=True):
            for place, key in enumerate(of_doc):
                if key not in self._known and key not in fresh:
                    fresh[key] = (doc, place)
        if not fresh:
            return
        words, told, places = list[str](), list[tuple[int, int]](), list[int]()
        for key, (doc, place) in fresh.items():
            for token in doc[place - bool(key[3]) : place + 1]:
                words.append(token.text)
                told.append((token.tag, token.dep))
            places.append(len(words) - 1)
            # A full stop keeps neighbours apart, so that no pattern of two words joins them.
            words.append(".")
            told.append((self._stop, 0))
        made = Doc(self._nlp.vocab, words=words)
        labels: Any = np.array(told, np.uint64)
        made.from_array([TAG, DEP], labels)
        for name in ("attribute_ruler", "lemmatizer"):
            made = self._nlp.get_pipe(name)(made)
        found = made.to_array([POS, LEMMA])[places].tolist()
        self._known.update(zip(fresh, ((pos, lemma) for pos, lemma in found), strict=True))


def _index_by_sets(nlp: Language) -> None:
    """Give the lemmatizer its known forms as sets.

    It keeps up to 57,528 of them in lists and looks each word up from the front: 42 µs a word, 5 with sets.
    """
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    index = lookups.get_table("lemma_index")
    for part, forms in list(index.items()):
        index[part] = frozenset(forms)
