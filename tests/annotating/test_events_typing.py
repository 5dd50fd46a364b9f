import pytest
from tests.annotating.test_events_cases import report_of

from onrecord.annotating.events import plain_type, type_between
from onrecord.annotating.parse import parse
from onrecord.model import EventType, Modality, Span


def between(text: str, source: str, target: str) -> EventType | None:
    def spans(words: str) -> list[Span]:
        return [Span(text.index(words), text.index(words) + len(words))]

    return type_between(parse(report_of(text)), spans(source), spans(target))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Aldoria bombed two airfields in Borvia.", "ASSAULT"),
        ("Aldoria will meet envoys of Borvia on Monday.", "AGREE"),
        ("Aldoria refused to lift sanctions on Borvia.", "REJECT"),
        ("Aldoria freed three sailors from Borvia after talks with Cestria.", "RETREAT"),
        ("Aldoria said it would expel the envoys of Borvia.", "THREATEN"),
        ("Aldoria will respond to the sanctions of Borvia.", "THREATEN"),
        ("Aldoria will respond to the proposal of Borvia.", "AGREE"),
        ("Aldoria is a neighbour of Borvia.", None),
    ],
)
def test_the_type_is_what_the_source_does_to_the_target(text: str, kind: str | None) -> None:
    assert between(text, "Aldoria", "Borvia") == kind


def test_the_outer_deed_counts_and_not_what_it_is_about() -> None:
    text = "Aldoria accused Borvia of bombing its villages."
    assert between(text, "Aldoria", "Borvia") is EventType.ACCUSE


def test_plain_plover_folds_what_is_to_come() -> None:
    assert plain_type(EventType.ASSAULT, Modality.PLANNED) is EventType.THREATEN
    assert plain_type(EventType.ASSAULT, Modality.ACTUAL) is EventType.ASSAULT
    assert plain_type(EventType.REJECT, Modality.PLANNED) is EventType.REJECT
