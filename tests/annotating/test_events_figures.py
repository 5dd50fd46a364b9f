"""Sport, weather, animals, markets and fiction tell no events; what police and soldiers do is one anywhere."""

import pytest

from onrecord.model import Block, BlockKind, Event, Modality, Report, Span
from onrecord.pipeline import annotate, steps

STAGES = steps()


def events_of(text: str) -> tuple[Event, ...]:
    """The events of one sentence, read as a user would get them: with the network's head."""
    block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
    return annotate(Report("r0", "case", "", text, (block,), published="2031-05-05", language="en"), STAGES).events


@pytest.mark.parametrize(
    "text",
    [
        "Borvia crushed Cestria by nine wickets on Sunday.",
        "The champion knocked out the challenger from Cestria in the fourth round of the tennis cup.",
        "Aldoria fought back in the quarter-final against Borvia.",
        "Locusts invaded the orchards of northern Borvia.",
        "Lightning struck a mill in Borvia.",
        "The heart attack struck the premier on a train to Lakeport.",
        "Investors in Borvia punished shares of the brewer.",
        "The museum shows the sword that killed the last king of Cestria.",
        "In the film, a Borvian spy kidnaps a chess player.",
        "The proposal came under fire from architects.",
        "A baker in Cestria stabbed his brother over a debt.",
        "Cestria's nurses fight malaria in Borvia.",
        "Borvia invaded Cestria in 1741.",
        "The minister shot down rumours that she was ill.",
        "Borvia postponed its talks with Cestria.",
    ],
)
def test_what_is_meant_otherwise_is_no_event(text: str) -> None:
    assert not events_of(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police in Borvia arrested 30 football fans after the match.", "COERCE"),
        ("Gunmen attacked a bus that carried the Borvian cricket team.", "ASSAULT"),
        ("Borvia barred Cestrian athletes from the tennis tournament.", "COERCE"),
        ("Borvian jets struck a radar station in Cestria.", "ASSAULT"),
        ("The village came under fire from Cestrian guns.", "ASSAULT"),
        ("Soldiers killed his brother at a checkpoint.", "ASSAULT"),
    ],
)
def test_what_is_in_earnest_stays_an_event(text: str, kind: str) -> None:
    assert kind in {str(event.type) for event in events_of(text)}


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Borvia will free the crew only in exchange for three prisoners.", "RETREAT", "conditional"),
        ("Borvia will join the exercise provided that Cestria stays away.", "COOPERATE", "conditional"),
        ("Aldoria wants the government to bomb Borvia.", "ASSAULT", "demanded"),
        ("The council called on Borvia to lift the blockade.", "CONCEDE", "demanded"),
        ("Borvia dismissed reports that it had shelled the town.", "ASSAULT", "denied"),
        ("Borvia denied any attack on the ship.", "ASSAULT", "denied"),
        ('"We never shelled that town," the Borvian general said.', "ASSAULT", "denied"),
        ("Keldonia said Marovian jets had bombed a Keldonian school.", "ASSAULT", "alleged"),
        ("The junta is due to free 40 prisoners on Friday.", "RETREAT", "planned"),
    ],
)
def test_the_head_helps_where_grammar_sees_a_sign(text: str, kind: str, modality: str) -> None:
    assert (kind, modality) in {(str(event.type), str(event.modality)) for event in events_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Borvia might shell the town.",
        "Borvia shot at nothing but shadows.",
        "Why Borvia left the alliance",
        "It was not the Borvian army that shelled the town.",
    ],
)
def test_the_head_does_not_overrule_grammar(text: str) -> None:
    assert not events_of(text)


def test_what_a_future_waits_for_is_not_told() -> None:
    told = events_of("The rebels will lift the siege when the army leaves.")
    assert {event.modality for event in told} <= {Modality.CONDITIONAL, Modality.PLANNED}
