"""Events that are told by other words than a frame expects: again, of nobody by name, by a passive, by a term."""

import pytest

from onrecord.model import Block, BlockKind, Event, Report, Span
from onrecord.pipeline import annotate, steps

STAGES = steps()


def events_of(text: str) -> tuple[Event, ...]:
    """The events of one sentence, read as a user would get them: with the network's head."""
    block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
    return annotate(Report("r0", "case", "", text, (block,), published="2031-05-05", language="en"), STAGES).events


def told(text: str) -> set[tuple[str, str]]:
    return {(str(event.type), str(event.modality)) for event in events_of(text)}


def sources(text: str, kind: str) -> list[int]:
    return [len(event.sources) for event in events_of(text) if event.type == kind]


def test_a_blow_that_is_told_again_has_the_parties_of_the_first() -> None:
    text = "Borvian jets bombed a Cestrian convoy on Monday. The attack drew anger in the capital."
    first, again = (event for event in events_of(text) if event.type == "ASSAULT")
    assert (again.sources, again.targets) == (first.sources, first.targets)
    assert again.span.of(text) == "The attack"


def test_what_noun_and_verb_tell_is_one_event() -> None:
    found: tuple[Event, ...] = events_of("Borvian jets bombed a convoy. Nine drivers were killed in the attack.")
    assert [str(event.type) for event in found] == ["ASSAULT", "ASSAULT"]
    assert len(events_of("Protests erupted in the capital of Borvia.")) == 1


def test_a_noun_alone_reminds_of_nothing_that_was_not_told() -> None:
    assert not told("The attack changed the mood.")


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Observers accused the ruling party of intimidating voters.", "ACCUSE", "actual"),
        ("A ceasefire took effect at dawn.", "RETREAT", "actual"),
        ("The strike was called off on Tuesday.", "RETREAT", "actual"),
        ("Keldonia will free the sailors only after an apology from Borvia.", "RETREAT", "conditional"),
        ("The miners will lift the blockade as soon as Borvia pays them.", "CONCEDE", "conditional"),
        ("According to unconfirmed reports, Keldonia shelled a convoy of buses.", "ASSAULT", "alleged"),
        ("Talks between the two chief negotiators are to resume on Tuesday.", "CONSULT", "planned"),
        ("Any attack on the island would be met with force, the Borvian premier said.", "THREATEN", "conditional"),
        ('"At no time did we bomb the town," the Borvian general said.', "ASSAULT", "denied"),
    ],
)
def test_other_words_tell_it_too(text: str, kind: str, modality: str) -> None:
    assert (kind, modality) in told(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Borvia heightened its guard in order to save its markets.", "REQUEST"),
        ("Borvia has no plans to send troops, its premier told parliament.", "MOBILIZE"),
        ("An invasion by ants ruined the picnic.", "ASSAULT"),
        ("The pop band called off its tour of Borvia.", "REJECT"),
        ("The two banks agreed to merge.", "AGREE"),
        ("Meteorologists warned Borvia of a hurricane.", "THREATEN"),
        ("A drone crashed into a field in Borvia because of a faulty engine.", "ASSAULT"),
        ("The ministry neither confirmed nor denied that it had deported the reporter.", "COERCE"),
    ],
)
def test_what_is_no_event_stays_none(text: str, kind: str) -> None:
    assert kind not in {one for one, _ in told(text)}


def test_an_event_of_its_own_is_not_taken_for_what_a_verb_carries() -> None:
    found = events_of("The rebels are holding three soldiers captured near the Borvian town.")
    assert any(event.sources for event in found), found


def test_who_is_only_described_is_a_party_where_the_head_points_to_him() -> None:
    assert sources("Observers accused the ruling party of intimidating voters.", "ACCUSE") == [1]


def test_what_describes_a_name_behind_a_comma_is_nobody_else() -> None:
    text = (
        "President Viktor Ashkel has demanded guarantees that Melistan will not enter the Northern Pact, a military "
        "alliance led by Bravonia. Melistan is a neighbour of Bravonia."
    )
    block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
    marks = annotate(Report("r0", "case", "", text, (block,), published="2031-05-05", language="en"), STAGES)
    name = {entity.id: entity.name for entity in marks.entities}
    asked = {name[one] for event in marks.events if event.type == "REQUEST" for one in event.targets}
    assert asked
    assert not any("alliance" in one for one in asked)
