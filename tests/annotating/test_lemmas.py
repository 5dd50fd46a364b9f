"""What is looked up is what spaCy's rules say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord.annotating.lemmas import WordRules, _NamedWords
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


def test_words_of_known_labels_are_not_put_to_the_ruler(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, nlp = WordRules(spacy_small()), spacy_small()
    read(rules, "The minister flew home.")
    ruler, seen = nlp.get_pipe("attribute_ruler"), list[str]()

    def watched(doc: Doc) -> Doc:
        seen.extend(token.text for token in doc)
        return ruler(doc)

    monkeypatch.setattr(
        nlp, "get_pipe", lambda name: watched if name == "attribute_ruler" else type(nlp).get_pipe(nlp, name)
    )
    doc = type(nlp).__call__(nlp, "The envoy walked home.", disable=LOOKED_UP)
    rules([doc])
    assert [(token.pos_, token.lemma_) for token in doc][1:3] == [("NOUN", "envoy"), ("VERB", "walk")]
    assert "envoy" not in seen


@pytest.mark.parametrize(
    ("token", "named"),
    [
        ({"LOWER": "Envoy"}, False),
        ({"LOWER": "envoy", "TAG": "NN"}, True),
        ({"LOWER": {"IN": ["minister", "envoy"]}}, True),
        ({"LOWER": {"REGEX": "^env"}}, True),
        ({"LOWER": {"NOT_IN": ["minister"]}}, True),
        ({"SHAPE": "xxxx"}, True),
        ({"TAG": "NN", "DEP": {"IN": ["nsubj"]}}, False),
    ],
)
def test_a_pattern_names_its_words_or_all(token: dict[str, object], named: bool) -> None:
    assert _NamedWords([{"patterns": [[token]]}])("Envoy") is named


def test_a_ruler_that_tells_no_patterns_names_all() -> None:
    assert _NamedWords([{}])("envoy")
