"""Chains: whole phrases, their kinds, and which of them are one."""

from functools import cache

import numpy as np
import pytest
from tests.annotating.reporting import report_of, with_actors

from onrecord.annotating.chains import find_chains
from onrecord.annotating.chains.model import chain_model, read, stored
from onrecord.annotating.chains.phrases import phrases_of, words_of
from onrecord.errors import NotInstalled
from onrecord.model import Chain, ChainKind

TEXT = (
    "President Ana Kell of Varda visited London on Monday. She met her mother, whom she had not seen since May.\n"
    "Kell said that Varda's farmers needed help. “I want peace,” she said in the San Francisco Bay."
)


@cache
def phrases(text: str) -> set[str]:
    parse, marks = with_actors(report_of(text))
    told = [phrase.span for at, words in enumerate(words_of(parse, marks)) for phrase in phrases_of(at, words)]
    return {text[span.start : span.end] for span in told}


@cache
def chains(text: str) -> tuple[Chain, ...]:
    parse, marks = with_actors(report_of(text))
    return find_chains(parse, marks)


def words_with(text: str, word: str) -> list[str]:
    """The phrases of the chain that has one of exactly these words."""
    found = [[text[link.span.start : link.span.end] for link in chain.links] for chain in chains(text)]
    return next((one for one in found if word in one), [])


def test_a_phrase_is_the_head_with_all_that_hangs_on_it() -> None:
    assert {"her mother, whom she had not seen since May", "Varda's farmers", "Varda's", "She", "her"} <= phrases(TEXT)


def test_a_name_before_a_noun_is_a_phrase_of_its_own_and_a_given_name_is_none() -> None:
    told = phrases("The Kelm police arrested Ana Kell near the London offices.")
    assert "London" in told
    assert "Ana" not in told


def test_town_and_land_behind_a_comma_are_one_phrase() -> None:
    assert "Paris, France" in phrases("She was born in Paris, France.")


def test_pronouns_and_surname_are_in_the_chain_of_the_person() -> None:
    told = words_with(TEXT, "She")
    assert "Kell" in told
    assert any("Ana Kell" in one for one in told)
    assert not any("mother" in one or "London" in one for one in told)


def test_kinds_are_told() -> None:
    kinds = {TEXT[link.span.start : link.span.end]: chain.kind for chain in chains(TEXT) for link in chain.links}
    assert kinds["Kell"] == "person"
    assert kinds["London"] == "place"


def test_spans_lie_in_the_text_and_the_same_report_gives_the_same_chains() -> None:
    links = [link for chain in chains(TEXT) for link in chain.links]
    assert all(0 <= link.span.start < link.span.end <= len(TEXT) for link in links)
    assert len({link.span for link in links}) == len(links)
    parse, marks = with_actors(report_of(TEXT))
    assert find_chains(parse, marks) == chains(TEXT)


@pytest.mark.parametrize("text", ["", "!!!", "He", "( ) [ ’s", "ANA KELL " * 300])
def test_odd_texts_have_chains_or_none(text: str) -> None:
    parse, marks = with_actors(report_of(text))
    assert all(chain.links for chain in find_chains(parse, marks))


def test_weights_are_read_as_they_were_stored() -> None:
    model = chain_model()
    again = read(stored(model))
    assert np.array_equal(model.pairs, again.pairs)
    assert model.news == again.news


def test_weights_of_other_signs_are_refused() -> None:
    with pytest.raises(NotInstalled, match="training"):
        read({**stored(chain_model()), "signs": [["sentences", 9]]})


def test_a_phrase_is_in_no_chain_with_what_lies_in_it() -> None:
    text = "The president of Varda met the king of Varda. The president of Varda left. Varda's president was tired."
    for chain in chains(text):
        spans = [link.span for link in chain.links]
        assert not any(one.contains(other) for one in spans for other in spans if one != other)


def test_a_name_in_a_name_is_a_phrase_and_a_name_that_a_wrong_parse_hangs_on_the_next_word_too() -> None:
    assert "the United States" in phrases("The First Congress of the United States met in May.")
    assert "the United States" in phrases("Ana Kell is the president of the United States.")


def test_two_states_behind_a_comma_are_two_phrases() -> None:
    assert "France, Germany" not in phrases("France, Germany and Spain signed the treaty.")


def test_a_chain_of_a_state_is_of_that_kind_and_knows_the_entity() -> None:
    text = "France recalled its envoy on Monday. France said that it would not wait."
    chain = next(one for one in chains(text) if any(link.span.start == 0 for link in one.links))
    assert chain.kind is ChainKind.STATE
    assert chain.known is not None
    assert any(chain.recorded(link) for link in chain.links)
