"""To whom a deed was done: people, what shelters them, and who holds a place, as the sentence describes them."""

import pytest
from tests.annotating.test_events_figures import STAGES

from onrecord.model import Block, BlockKind, Report, Span
from onrecord.pipeline import annotate


def parties_of(text: str) -> list[tuple[list[str], list[str]]]:
    """Names of the sources and targets of a text's events."""
    block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
    marks = annotate(Report("r0", "case", "", text, (block,), published="2031-05-05", language="en"), STAGES)
    names = {entity.id: entity.name for entity in marks.entities}
    return [([names[one] for one in e.sources], [names[one] for one in e.targets]) for e in marks.events]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Norwegian jets killed 17 civilians near the lake.", "civilians"),
        ("Militants abducted two of the nurses.", "nurses"),
        ("Shells hit a village clinic.", "clinic"),
        ("Norwegian planes bombed rebel positions in the hills.", "rebel"),
        ("Norwegian planes bombed rebel-held districts.", "rebel"),
        ("A drone killed at least 14 people in the valley.", "people"),
    ],
)
def test_a_target_is_named_as_it_is_described(text: str, target: str) -> None:
    assert any(target in name for _, targets in parties_of(text) for name in targets)


def test_whose_victims_they_are_stays() -> None:
    ((_, targets),) = parties_of("Gunmen killed four officers of the Norwegian army.")
    assert "officers" in targets
    assert "Norway" in targets


def test_a_possessor_suffers_a_killing() -> None:
    told = parties_of("The mayor condemned General Olin Varga's assassination.")
    assert not any("Varga" in name for sources, _ in told for name in sources)


def test_who_is_backed_by_a_land_is_not_that_land() -> None:
    assert not any("Norway" in sources for sources, _ in parties_of("Norwegian-backed rebels captured the town."))


def test_weapons_are_no_victims() -> None:
    assert not any(targets for _, targets in parties_of("Norwegian forces used chemical weapons."))


@pytest.mark.parametrize(
    "text",
    [
        "Denmark withdrew its 4,000 troops from the border on Monday.",
        "“We will answer the proposal in writing next week,” Denmark's envoy Mira Tosk told reporters.",
    ],
)
def test_who_is_moved_and_who_only_hears_it_is_no_target(text: str) -> None:
    assert not any(targets for _, targets in parties_of(text))


def test_a_number_of_nothing_is_no_toll() -> None:
    assert not parties_of("killing one")
