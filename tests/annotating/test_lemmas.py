"""What is looked up is what spaCy's rules say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotating.lemmas import WordRules
from onrecord.annotating.parse import spacy_small

LOOKED_UP = ["attribute_ruler", "lemmatizer"]
WORDS = st.sampled_from(
    "there is are was it that which had been talking talks met meeting better worst Norland's ministers children "
    "went do does didn't ' \n , . “ ” 5 leaves Leaves saw the let's got ta but has lay".split(" ")
)


def read(rules: WordRules, text: str) -> list[tuple[str, str]]:
    doc = spacy_small()(text, disable=LOOKED_UP)
    rules([doc])
    return [(token.pos_, token.lemma_) for token in doc]


@pytest.mark.parametrize(
    "text",
    [
        "There were talks, and there are more to come: Norland's ministers met, but they didn't sign.",
        "Let's see what it leaves us, he said. The leaves had fallen; the children saw that it did.",
        "",
        "  \n ",
    ],
)
def test_they_say_what_spacy_says(text: str) -> None:
    expected = [(token.pos_, token.lemma_) for token in spacy_small()(text)]
    rules = WordRules(spacy_small())
    assert read(rules, text) == expected
    assert read(rules, text) == expected, "kept answers are the same"


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_any_run_of_words_is_read_as_spacy_reads_it(words: list[str]) -> None:
    text = " ".join(words)
    assert read(WordRules(spacy_small()), text) == [(token.pos_, token.lemma_) for token in spacy_small()(text)]
