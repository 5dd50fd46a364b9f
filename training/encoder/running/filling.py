"""spaCy documents filled with the encoder's grammar: the container that the stages read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

from training.encoder.running.grammar import Grammar
from training.encoder.running.settings import GrammarTables

_ATTRIBUTES = [TAG, POS, LEMMA, DEP, ENT_IOB, ENT_TYPE, HEAD]
_KNOWN_LEMMAS = 100_000


class Filler:
    """Fills documents of one spaCy pipeline's vocabulary.

    Args:
        nlp: a pipeline with an attribute ruler and a lemmatizer; its network is not run.
        tables: the inventories of the grammar heads.
    """

    def __init__(self, nlp: Language, tables: GrammarTables) -> None:
        strings = nlp.vocab.strings
        self._nlp = nlp
        self._tags = [strings.add(tag) for tag in tables.tags]
        self._parts = [strings.add(part) for part in tables.parts]
        self._part_names = tables.parts
        self._tag_ids = np.array(self._tags, np.uint64)
        self._part_ids = np.array(self._parts, np.uint64)
        self._relation_ids = np.array([strings.add(name) for name in tables.relations], np.uint64)
        kinds = [name[2:] for name in tables.names]
        self._name_ids = np.array([strings.add(kind) if kind else 0 for kind in kinds], np.uint64)
        self._name_places = np.array([2, *(3 if name[0] == "B" else 1 for name in tables.names[1:])], np.uint64)
        self._space = strings.add("_SP"), strings.add("SPACE"), strings.add("dep")
        self._lemmas: dict[tuple[int, int, int], int] = {}

    def fill(self, doc: Doc, tokens: NDArray[np.int64], grammar: Grammar, start: int, end: int) -> None:
        """Fill a document whose words are the rows start..end-1 of `grammar`.

        Args:
            doc: tokens only.
            tokens: for each word the number of its token; the others are white space.
            grammar: of the whole report.
            start: row of the first word.
            end: row after the last.
        """
        rows = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        tags, parts, names = grammar.tags[start:end], grammar.parts[start:end], grammar.names[start:end]
        if len(tokens) < len(doc):
            rows[:, 0], rows[:, 1], rows[:, 3], rows[:, 4] = *self._space, 2
            rows[:, 2] = [token.orth for token in doc]
            rows[:, 6] = _to_the_word_before(len(doc), tokens).astype(np.uint64)
        if len(tokens):
            rows[tokens, 0], rows[tokens, 1] = self._tag_ids[tags], self._part_ids[parts]
            rows[tokens, 2] = self._of_words(doc, tokens, tags, parts)
            rows[tokens, 3] = self._relation_ids[grammar.relations[start:end]]
            rows[tokens, 4], rows[tokens, 5] = self._name_places[names], self._name_ids[names]
            rows[tokens, 6] = (tokens[grammar.heads[start:end] - start] - tokens).astype(np.uint64)
        doc.from_array(_ATTRIBUTES, rows)

    def _of_words(
        self, doc: Doc, tokens: NDArray[np.int64], tags: NDArray[np.int64], parts: NDArray[np.int64]
    ) -> list[int]:
        known, found = self._lemmas, []
        for place, tag, part in zip(tokens.tolist(), tags.tolist(), parts.tolist(), strict=True):
            key = (doc[place].orth, tag, part)
            lemma = known.get(key)
            if lemma is None:
                if len(known) >= _KNOWN_LEMMAS:
                    known.clear()
                lemma = known[key] = self._lemma(doc[place].text, tag, part)
            found.append(lemma)
        return found

    def _lemma(self, word: str, tag: int, part: int) -> int:
        """spaCy's own lemma of a word with a tag, by its rules and tables."""
        alone = Doc(self._nlp.vocab, words=[word])
        alone[0].tag = self._tags[tag]
        self._nlp.get_pipe("attribute_ruler")(alone)
        ruled = alone[0].lemma
        if ruled:
            return int(ruled)
        alone[0].pos = self._parts[part]
        self._nlp.get_pipe("lemmatizer")(alone)
        return int(alone[0].lemma or alone[0].orth)


def _to_the_word_before(count: int, tokens: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each token the way to the last word at or before it, or to the first one; to itself without words."""
    places = np.arange(count)
    if not len(tokens):
        return np.zeros(count, np.int64)
    before = np.searchsorted(tokens, places, side="right") - 1
    return np.asarray(tokens[np.maximum(before, 0)] - places)


__all__ = ["Filler"]
