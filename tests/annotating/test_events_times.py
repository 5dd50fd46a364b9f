"""When an event was or is to be: times that hang on another word, plans with a day, answers that are announced."""

import pytest
from tests.annotating.test_events_ledger import dated
from tests.annotating.test_times import times_of

from onrecord.model import Event, EventType, Modality


def _one(text: str, kind: EventType) -> Event:
    """The only event of a type in a report of Friday, 21 January 2022."""
    [event] = [event for event in dated(text) if event.type is kind]
    return event


@pytest.mark.parametrize(
    ("text", "kind", "modality", "date"),
    [
        (
            "The latest friction began on Saturday, when the Turkish Navy took into custody 22 fishermen from Greece.",
            EventType.COERCE,
            Modality.ACTUAL,
            "2022-01-15",
        ),
        (
            "The Turkish plant was heavily damaged in US airstrikes in June 2019.",
            EventType.ASSAULT,
            Modality.ACTUAL,
            "2019-06",
        ),
        (
            "A further meeting between Turkey and Greece is planned for June in Muscat.",
            EventType.CONSULT,
            Modality.PLANNED,
            "2022-06",
        ),
        ("Unions have called a general strike for Monday.", EventType.PROTEST, Modality.PLANNED, "2022-01-24"),
        ("The unions announced a general strike.", EventType.PROTEST, Modality.PLANNED, None),
        (
            "Turkey proposed that a conference of donors be convened in Paris on June 5.",
            EventType.CONSULT,
            Modality.DEMANDED,
            "2022-06-05",
        ),
        (
            "Greece demanded that Turkey withdraw its ships by Thursday.",
            EventType.RETREAT,
            Modality.DEMANDED,
            "2022-01-27",
        ),
        ("Greece will give Turkey its answer on Thursday.", EventType.AGREE, Modality.PLANNED, "2022-01-27"),
        (
            "A written reply will be delivered by May 28, the Greek minister announced.",
            EventType.AGREE,
            Modality.PLANNED,
            "2022-05-28",
        ),
    ],
)
def test_what_is_told_when(text: str, kind: EventType, modality: Modality, date: str | None) -> None:
    event = _one(text, kind)
    assert (event.modality, event.date) == (modality, date)


def test_a_day_that_is_over_stays_so() -> None:
    event = _one("He thanked Turkey for Monday's release of two journalists.", EventType.RETREAT)
    assert (event.modality, event.date) == (Modality.ACTUAL, "2022-01-17")


def test_an_answer_that_was_given_is_no_promise() -> None:
    assert not [event for event in dated("The union gave its answer on Thursday.") if event.type is EventType.AGREE]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Elections are planned for June.", "2022-06"),
        ("The bank published its figures for November.", "2021-11"),
        ("The unions called a strike for Monday.", "2022-01-24"),
    ],
)
def test_what_something_is_set_for_is_to_come_and_what_figures_are_for_is_over(text: str, edtf: str) -> None:
    assert [time.edtf for time in times_of(text)] == [edtf]
