"""Text that breaks parsers: no crash, and no event rather than a wrong one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.annotating.test_events_cases import events_of

from onrecord.model import EventType, Modality

WORDS = (
    "Aldoria Borvia Cestria denied rejected attacked not never no would if that to withdraw demanded agreed said"
    ' troops aid the a of and , . ; : “ ” " ‘ ’ ( ) — * • 7 100,000 whether unless talks'
).split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_order_of_words_breaks_the_coder(words: list[str]) -> None:
    text = " ".join(words)
    for event in events_of(text):
        assert 0 <= event.span.start < event.span.end <= len(text)
        assert 0 < event.confidence <= 1
        assert 0 < event.type_confidence <= 1
        assert 0 < event.modality_confidence <= 1


@pytest.mark.parametrize(
    "headline",
    [
        "Aldoria, Borvia and the bomb",
        "Borvia: a war foretold",
        "No deal for Aldoria",
        "Aldoria - Borvia 2:1",
        "Tears, tea, talks: a week in Borvia",
        "Why Aldoria?",
        "Aldoria’s long road to nowhere",
    ],
)
def test_a_headline_without_a_verb_tells_no_event(headline: str) -> None:
    assert events_of(headline) == ()


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that Aldoria did not refuse to attack Borvia.",
        "Nobody denied that Aldoria had never not attacked Borvia.",
        "Aldoria did not deny that it had not denied attacking Borvia.",
        "Aldoria would never have failed not to attack Borvia.",
    ],
)
def test_negation_on_negation_is_no_attack(text: str) -> None:
    told = (Modality.ACTUAL, Modality.PLANNED)
    assert not [e for e in events_of(text) if e.type is EventType.ASSAULT and e.modality in told]


def test_a_sentence_of_three_hundred_words_is_coded_as_its_clauses() -> None:
    clauses = [f"Aldoria praised Borvia for its patience on day {n}" for n in range(36)]
    text = ", and ".join(clauses) + "."
    assert len(text.split()) > 300
    assert {event.type for event in events_of(text)} <= {EventType.SUPPORT}


def test_a_list_is_no_chain_of_events() -> None:
    items = "; ".join(f"({n}) the attack of day {n}" for n in range(30))
    assert not [e for e in events_of(f"Aldoria listed: {items}.") if e.type is EventType.ASSAULT]


def test_quotations_inside_quotations_keep_the_outer_claim_apart() -> None:
    text = "“He said, ‘Aldoria should attack Borvia,’ and I said, ‘Never,’” Ilan Dresk recalled."
    assert not [e for e in events_of(text) if e.modality is Modality.ACTUAL and e.type is EventType.ASSAULT]
