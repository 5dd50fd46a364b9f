"""Marks of two reports that tell one thing in other words meet; near-lookalikes do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.fusing.scene import Reading, tokens_of
from onrecord.model import ActorKind, Claim, EventType, Modality, Span
from tests.fusing.builders import Writer, written
from tests.fusing.quarrel import all_three, fused

FIRST = """Sluice row drags on
Mira Solen told reporters that the sluice keepers would walk off the dam if the shelling started anew.
Ostrel released forty smugglers from the fortress of Tarn on Monday.
The chief of the harbour guild went home without a word.
"""
SECOND = """Keepers threaten to leave the dam
The sluice keepers would leave the dam should the shelling start again, Mira Solen said.
Ilya Torvan said that the forty smugglers held in the fortress of Tarn had been let go by Ostrel.
Keld offered Varda two patrol boats and a dredger.
"""


def pair() -> tuple[Writer, Writer]:
    return written(1, FIRST, "Harbour Courier"), written(2, SECOND, "Morrow Herald")


def shared(*writers: Writer) -> list[Claim]:
    return [claim for claim in fused(list(writers)).claims if len(claim.reports) > 1]


def warned(first: Writer, second: Writer) -> None:
    first.says(
        first.person("Mira Solen", "OST"),
        "the sluice keepers would walk off the dam if the shelling started anew",
        cue="told",
    )
    second.says(
        second.person("Mira Solen", "OST"),
        "The sluice keepers would leave the dam should the shelling start again",
        cue="said",
    )


def test_one_speaker_says_one_thing_in_other_words_and_the_claim_says_why() -> None:
    first, second = pair()
    warned(first, second)
    (claim,) = shared(first, second)
    assert (claim.kind, claim.members) == ("statement", (f"{first.id}.s1", f"{second.id}.s1"))
    assert claim.reasons
    assert all(reason.feature for reason in claim.reasons)


def test_a_statement_joins_the_event_of_another_report_that_it_tells() -> None:
    first, second = pair()
    ostrel = first.state("Ostrel", "OST")
    first.tells(EventType.RETREAT, "released forty smugglers from the fortress of Tarn", [ostrel])
    second.state("Ostrel", "OST")
    second.says(
        second.person("Ilya Torvan", "VAR"),
        "the forty smugglers held in the fortress of Tarn had been let go by Ostrel",
        cue="said",
    )
    (claim,) = shared(first, second)
    assert (claim.kind, claim.members) == ("event", (f"{first.id}.e1", f"{second.id}.s1"))


@pytest.mark.parametrize("modality", [Modality.DENIED, Modality.DEMANDED])
def test_what_is_denied_or_demanded_does_not_meet_what_is_told(modality: Modality) -> None:
    first, second = pair()
    first.tells(EventType.RETREAT, "released forty smugglers from the fortress of Tarn", [first.state("Ostrel", "OST")])
    second.tells(
        EventType.RETREAT,
        "the forty smugglers held in the fortress of Tarn had been let go",
        [second.state("Ostrel", "OST")],
        modality=modality,
    )
    assert shared(first, second) == []


def test_events_of_other_sides_do_not_meet() -> None:
    first, second = pair()
    first.tells(EventType.RETREAT, "released forty smugglers from the fortress of Tarn", [first.state("Ostrel", "OST")])
    second.tells(
        EventType.RETREAT,
        "the forty smugglers held in the fortress of Tarn had been let go",
        [second.state("Keld", "KLD")],
    )
    assert shared(first, second) == []


def test_what_one_report_tells_as_two_things_is_not_made_one_by_another() -> None:
    claims = fused(all_three()).claims
    for claim in claims:
        if claim.kind == "statement":
            assert len({member.partition(".")[0] for member in claim.members}) == len(claim.reports)


def test_the_order_of_reports_does_not_matter() -> None:
    first, second = pair()
    warned(first, second)
    assert fused([first, second]) == fused([second, first])


TEXT = "“Ostrel’s 1,300 men,” Mira Solen said, “won't leave al-Kelm.” Keld-born Torvan (12.5 km off) agreed."
NAMES = ((1, 7, "@OST"), (23, 33, "@solen"), (56, 60, "@KLM"), (62, 66, "@KLD"))


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_words_found_once_are_those_found_anew(one: int, other: int) -> None:
    span = Span(min(one, other), max(one, other))
    assert Reading(TEXT, NAMES).tokens(span) == tuple(tokens_of(TEXT, span, NAMES))


def test_a_denial_is_held_against_events_where_a_statement_tells_them_too() -> None:
    first, _ = pair()
    second = written(2, SECOND + "Ostrel denied that it had released smugglers from the fortress of Tarn.", "Herald")
    first.tells(EventType.RETREAT, "released forty smugglers from the fortress of Tarn", [first.state("Ostrel", "OST")])
    second.says(
        second.person("Ilya Torvan", "VAR"),
        "the forty smugglers held in the fortress of Tarn had been let go by Ostrel",
        cue="said",
    )
    ostrel = second.state("Ostrel", "OST")
    second.tells(
        EventType.RETREAT, "had released smugglers from the fortress of Tarn", [ostrel], modality=Modality.DENIED
    )
    claims = fused([first, second]).claims
    assert any(one.kind == "denial" for claim in claims for one in claim.disagreements)


NUMBERS_FIRST = """Tanks near the border
Varda has massed about 40,000 troops on the border of Keld, according to the government of Lorn.
"""
NUMBERS_SECOND = """Varda's minister speaks
Varda has no plans to invade anyone, and the 40,000 troops at the border of Keld will return by April, Ilya Torvan said.
"""


def test_what_two_voices_say_with_and_without_a_not_is_two_claims() -> None:
    first, second = written(1, NUMBERS_FIRST, "Harbour Courier"), written(2, NUMBERS_SECOND, "Morrow Herald")
    first.says(
        first.state("Lorn", "LOR"),
        "Varda has massed about 40,000 troops on the border of Keld",
        cue="according to",
    )
    second.says(
        second.person("Ilya Torvan", "VAR"),
        "Varda has no plans to invade anyone, and the 40,000 troops at the border of Keld will return by April",
        cue="said",
    )
    assert shared(first, second) == []


RAID = """Raid on Tarn
At least 12 people were killed in Tarn.
"""
WAR = """Two years of war
More than 320,000 people were killed in the war.
"""


def tolls(told: str, value: float) -> list[Claim]:
    """The claims that a toll of twelve shares with another toll."""
    first = written(1, RAID, "Harbour Courier")
    second = written(2, WAR.replace("320,000", told), "Morrow Herald")
    for writer, number, counted in ((first, "12", 12.0), (second, told, value)):
        people = writer.actor("people", ActorKind.GROUP)
        words = f"{number} people were killed"
        writer.tells(EventType.ASSAULT, words, to=[people], numbers=[(number, counted, "people", "at-least")])
    return shared(first, second)


def test_the_dead_of_a_raid_are_not_those_of_a_war() -> None:
    assert tolls("320,000", 320_000.0) == []
    assert len(tolls("15", 15.0)) == 1
