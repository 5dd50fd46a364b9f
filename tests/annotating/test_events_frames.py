"""Own sentences on many subjects through all stages before the events; the floors can only rise."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from tests.annotating.reporting import report_of

from onrecord.annotating.parse import parse
from onrecord.model import Annotation, Entity, Event, EventType
from onrecord.pipeline import Step, steps

CASES = Path(__file__).parent / "cases" / "events_frames.tsv"

#: Share of the wanted events that are found whole, and share of the found ones that are wanted. All sentences were
#: written before the frames were widened (then open 0.46 and 0.79, held 0.55 and 0.91), every second one "held": its
#: errors were never read. Three labels of the open half were corrected to the codebook, one got the demanded deed.
#: Precision was 0.98 and 0.91 before the network's head told events too, which finds a sixth more in real news and
#: takes more idioms and sport for events (docs/explanation/decisions/0015-events-by-frames-and-a-head.md).
FLOORS = {"open": (0.95, 0.94), "held": (0.84, 0.88)}


@dataclass(frozen=True, slots=True)
class Case:
    half: str
    expected: tuple[str, ...]
    sentence: str


@cache
def cases() -> tuple[Case, ...]:
    with CASES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted = (tuple(part for part in row["expected"].split(" ; ") if part != "-") for row in rows)
    return tuple(Case(row["half"], want, row["sentence"]) for row, want in zip(rows, wanted, strict=True))


@cache
def stages() -> tuple[Step, ...]:
    return steps()


def annotated(text: str) -> Annotation:
    report = report_of(text, "2025-01-21")
    parsed, marks = parse(report), Annotation(report.id)
    for step in stages():
        marks = step.stage(report, parsed, marks)
    return marks


def side(entities: Iterable[Entity]) -> str:
    """The countries of a side, and its organisations by their keys; who has neither is not asked for."""
    named = (e.country or (e.key or "").removeprefix("org:").upper() for e in entities)
    return "+".join(sorted({name for name in named if name})) or "-"


def told(event: Event, entities: dict[str, Entity]) -> str:
    sources = side(entities[name] for name in event.sources)
    targets = side(entities[name] for name in event.targets)
    parties = sources if event.type is EventType.CONSULT else f"{sources}>{targets}"
    return f"{event.type}/{event.modality}/{parties}"


def in_order(wanted: str) -> str:
    head, _, parties = wanted.rpartition("/")
    return head + "/" + ">".join("+".join(sorted(one.split("+"))) for one in parties.split(">"))


def judged(half: str) -> tuple[int, int, int, list[str]]:
    right = wanted = found = 0
    wrong = []
    for case in (case for case in cases() if case.half == half):
        marks = annotated(case.sentence)
        entities = {entity.id: entity for entity in marks.entities}
        want = [in_order(one) for one in case.expected]
        have = [told(event, entities) for event in marks.events]
        right += sum(min(want.count(one), have.count(one)) for one in set(want))
        wanted, found = wanted + len(want), found + len(have)
        if sorted(want) != sorted(have):
            wrong.append(f"{case.sentence}\n    wanted {want}\n    found  {have}")
    return right, wanted, found, wrong


@pytest.mark.parametrize("half", ["open", "held"])
def test_the_frames_are_coded_as_well_as_ever(half: str) -> None:
    right, wanted, found, wrong = judged(half)
    recall, precision = right / wanted, right / max(found, 1)
    report = "\n".join([f"{recall=} {precision=}", *wrong])
    assert recall >= FLOORS[half][0], report
    assert precision >= FLOORS[half][1], report


def types_in(text: str) -> list[str]:
    marks = annotated(text)
    return [f"{event.type}/{event.modality}/{event.span.of(text)}" for event in marks.events]


def test_a_promise_told_first_is_the_event() -> None:
    assert types_in("Malta will reopen the quay by Friday, the two mayors agreed.") == [
        "AGREE/planned/Malta will reopen the quay by Friday"
    ]


def test_an_accident_is_no_assault() -> None:
    assert types_in("Four people were killed when two buses collided near Tunis.") == []
    assert types_in("Four people were killed when gunmen opened fire near Tunis.")


def test_a_warning_of_what_others_may_do_is_no_threat() -> None:
    assert not any(
        told.startswith("THREATEN") for told in types_in("Norway warned that Sweden would close the bridge.")
    )
    assert any(told.startswith("THREATEN") for told in types_in("Norway warned that it would close the bridge."))


def test_what_will_no_longer_be_done_is_refused() -> None:
    assert types_in("Latvia said it would no longer send weapons to Chad.") == ["REJECT/actual/send weapons to Chad"]


def test_a_question_is_no_demand() -> None:
    assert types_in("Norway asked Sweden whether the bridge was open.") == []


def test_particles_bound_no_number() -> None:
    marks = annotated("The rebels handed over 24 prisoners to Chad.")
    assert [quantity.bound for event in marks.events for quantity in event.quantities] == ["exact"]
