"""What reports of the news tell in ways of their own: nominal events, parentheses, terms, opponents, measures."""

import pytest
from tests.annotating.test_events_cases import events_of, report_of

from onrecord.annotating.events.conditions import anybody_who, condition_under, eventuality
from onrecord.annotating.parse import parse
from onrecord.model import EventType, Modality


def told(text: str) -> list[tuple[str, str, str]]:
    """Type, modality and words of a text's events."""
    return [(str(e.type), str(e.modality), e.span.of(text)) for e in events_of(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(kind, modality) for kind, modality, _ in told(text)]


def test_a_noun_alone_tells_a_blow_where_it_says_which() -> None:
    assert kinds("The mood was soured by an artillery attack on the capital.") == [("ASSAULT", "actual")]
    assert not kinds("The attack changed the mood.")


def test_a_deed_denied_as_a_gerund_is_denied_by_who_denies_it() -> None:
    (event,) = events_of("Borvia denied firing on the ferry.")
    assert (event.type, event.modality) == (EventType.ASSAULT, Modality.DENIED)
    assert event.sources


def test_responsibility_is_rejected_or_claimed() -> None:
    assert kinds("Borvia rejected responsibility for the attack on the mill.") == [("ASSAULT", "denied")]
    assert kinds("Borvia claimed responsibility for the attack on the mill.") == [("ASSAULT", "actual")]


def test_a_refusal_waits_for_what_it_wants() -> None:
    found = kinds("Aldoria ruled out a deal unless Borvia first withdrew its troops.")
    assert sorted(found) == [("REJECT", "actual"), ("REQUEST", "actual"), ("RETREAT", "demanded")]


def test_the_opponent_alleges_and_others_tell() -> None:
    assert ("ASSAULT", "alleged") in kinds("Aldoria said Borvia had shelled Aldoria.")
    assert ("ASSAULT", "actual") in kinds("Cestria said Borvia had shelled Aldoria.")


def test_terms_decide_what_would_be_done() -> None:
    assert kinds("Under the deal, Borvia would withdraw its troops.") == [("RETREAT", "planned")]
    assert kinds("Under the Aldorian proposal, Borvia would withdraw its troops.") == [("RETREAT", "demanded")]
    assert kinds("In return, Borvia would withdraw its troops.") == [("RETREAT", "conditional")]


def test_an_order_in_a_quotation_is_no_deed() -> None:
    assert not kinds("Arrest the smugglers without delay.")


def test_history_is_no_news() -> None:
    assert not kinds("Sixty years after Borvia attacked Aldoria, archives were opened.")


def test_who_comes_under_fire_is_the_target() -> None:
    (event,) = events_of("Aldoria came under fire from Borvia.")
    assert event.type is EventType.ASSAULT
    assert event.targets
    assert not set(event.targets) & set(event.sources)


def test_a_measure_may_be_told_without_who_took_it() -> None:
    (event,) = events_of("Aldoria has been denied entry.")
    assert (event.type, event.sources, len(event.targets)) == (EventType.REJECT, (), 1)


def test_a_source_that_says_nothing_rejects_nothing() -> None:
    assert not kinds("Borvia refused to comment.")
    assert kinds("Borvia refused to release the crew.") == [("REJECT", "actual")]


def test_weapons_and_places_are_no_parties() -> None:
    assert all(not e.sources for e in events_of("Rockets hit the refinery on Friday."))


@pytest.mark.parametrize("verb", ["will", "would"])
def test_a_body_hosts_alone(verb: str) -> None:
    (event,) = events_of(f"Aldoria {verb} host talks if both sides ask for it.")
    assert (event.type, event.modality) == (EventType.CONSULT, Modality.CONDITIONAL)


def test_conditions_are_found_wherever_they_hang() -> None:
    def verb(text: str, lemma: str):  # type: ignore[no-untyped-def]
        (block,) = parse(report_of(text)).blocks
        return next(token for token in block.doc if token.lemma_ == lemma)

    assert condition_under(verb("Borvia will act if Aldoria leaves.", "act")) is not None
    assert eventuality(verb("Borvia will act in the event of an attack.", "act")) is not None
    assert anybody_who(verb("Borvia will punish anybody who loots.", "punish")) is not None
    assert condition_under(verb("Borvia will act on Friday.", "act")) is None
    assert anybody_who(verb("Borvia will punish looters.", "punish")) is None
