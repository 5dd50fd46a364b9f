"""Parts of speech and lemmas by spaCy's own rules, looked up once for each word.

spaCy's attribute ruler and lemmatizer decide by a word, its tag, its relation and, in a few patterns, the word before;
on a report they cost as much as its tagger and parser. The same words come again and again, so what they said is kept.
Most words are named in no pattern of the ruler, which then goes by tag and relation alone: only the first word of each
such pair is put to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

_Key = tuple[int, int, int, int]
_Fresh = dict[_Key, tuple[Doc, int]]
_Pair = tuple[int, int]
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
        self._known: dict[_Key, _Pair] = {}
        self._named = _NamedWords(getattr(nlp.get_pipe("attribute_ruler"), "patterns", ({},)))
        self._by_labels: dict[_Pair, _Pair] = {}

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
        """Find out about the words not known yet."""
        named: _Fresh = {}
        plain: _Fresh = {}
        firsts = set[_Pair]()
        for doc, of_doc in zip(docs, keys, strict=True):
            for place, key in enumerate(of_doc):
                if key in self._known or key in named or key in plain:
                    continue
                labels = key[1:3]
                if key[3] or self._named(doc[place].text):
                    named[key] = doc, place
                elif labels in self._by_labels or labels in firsts:
                    plain[key] = doc, place
                else:
                    firsts.add(labels)
                    named[key] = doc, place
        if named:
            self._ask_both(named, firsts)
        if plain:
            self._ask_lemmatizer(plain)

    def _ask_both(self, fresh: _Fresh, firsts: set[_Pair]) -> None:
        """Ask ruler and lemmatizer, all in one document: a call for each word would cost ten times that."""
        words, told, places = list[str](), list[_Pair](), list[int]()
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
        for key, word, (pos, lemma, morph) in zip(
            fresh, (words[place] for place in places), made.to_array([POS, LEMMA, MORPH])[places].tolist(), strict=True
        ):
            self._known[key] = pos, lemma
            if key[1:3] in firsts and not key[3] and not self._named(word):
                self._by_labels[key[1:3]] = pos, morph

    def _ask_lemmatizer(self, fresh: _Fresh) -> None:
        """Ask for the lemmas of words of which the ruler sees the labels only."""
        made = Doc(self._nlp.vocab, words=[doc[place].text for doc, place in fresh.values()])
        parts = [self._by_labels[key[1:3]] for key in fresh]
        told: Any = np.array(parts, np.uint64)
        made.from_array([POS, MORPH], told)
        made = self._nlp.get_pipe("lemmatizer")(made)
        lemmas: list[Any] = made.to_array([LEMMA]).ravel().tolist()
        self._known.update(
            zip(fresh, ((pos, lemma) for (pos, _), lemma in zip(parts, lemmas, strict=True)), strict=True)
        )


class _NamedWords:
    """The words that a ruler's patterns name, and white space; all words if a pattern goes by more than that.

    Args:
        rules: the ruler's patterns, as it exports them.
    """

    def __init__(self, rules: Iterable[dict[str, Any]]) -> None:
        self._words = set[str]()
        self._forms = list[re.Pattern[str]]()
        self._all = False
        for rule in rules:
            for pattern in rule.get("patterns", [[{"": ""}]]):
                for token in pattern:
                    self._add(token)

    def _add(self, token: dict[str, Any]) -> None:
        told = token.get("LOWER")
        if isinstance(told, str):
            self._words.add(told)
        elif isinstance(told, dict) and told.keys() == {"IN"}:
            self._words.update(told["IN"])
        elif isinstance(told, dict) and told.keys() == {"REGEX"}:
            self._forms.append(re.compile(told["REGEX"]))
        elif told is not None or token.keys() - {"TAG", "DEP", "IS_SPACE"}:
            self._all = True

    def __call__(self, word: str) -> bool:
        """Whether the ruler may see more of a word than its labels."""
        lower = word.lower()
        return self._all or lower in self._words or word.isspace() or any(form.search(lower) for form in self._forms)


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
