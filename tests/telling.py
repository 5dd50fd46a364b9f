"""Short reports whose marks can be found by rule, so that the whole pipeline can be tested without a model."""

import re
from collections.abc import Iterator
from pathlib import Path

from onrecord import fusing
from onrecord.model import (
    Act,
    ActorKind,
    Annotation,
    Entity,
    Event,
    EventType,
    Mention,
    Modality,
    Report,
    Span,
    Statement,
    StatementKind,
)
from onrecord.pipeline import Book

#: Name -> a report of one of three happenings; the first letter says of which.
POOL = {
    "a1": """Ferry crews of Varda and Ostrel close the river road

The Meridian Courier
4 March 2031

Varda demanded that Ostrel reopen the river road.
Ilya Torvan said: “The ferry crews will stay on the river road until the toll is gone.”
Ostrel will reopen the river road by 11 March 2031.
""",
    "a2": """River road closed by ferry crews of Varda

The Morrow Herald
4 March 2031

Varda demanded that Ostrel reopen the river road.
Ilya Torvan said: “The ferry crews stay on the river road until the toll is gone.”
Mira Solen said: “Ostrel never closed the river road.”
""",
    "a3": """Ostrel reopens river road after quarrel with Varda over ferry crews

Tamar Post
6 March 2031

Ostrel will reopen the river road by 11 March 2031.
Torvan said: “Our ferry crews stay on the river road until the toll is gone.”
""",
    "b1": """Lighthouse keepers of Neuland end their strike at Cape Sole

The Meridian Courier
9 April 2031

Ann Oda said: “The lighthouse keepers were promised new stairs for the tower of Cape Sole.”
Neuland will mend the stairs of the tower by 1 May 2031.
""",
    "b2": """Strike of lighthouse keepers at Cape Sole is over

The Morrow Herald
9 April 2031

Ann Oda said: “The lighthouse keepers were promised new stairs for the tower of Cape Sole.”
Neuland demanded that the keepers mend the lamp of the tower.
""",
    "c1": """Museum of clocks opens in Tarn

Tamar Post
20 June 2031

Bo Lund said: “Every clock in the museum of Tarn shows another hour.”
""",
}

_PEOPLE = ("Ilya Torvan", "Mira Solen", "Ann Oda", "Bo Lund", "Torvan")
_STATES = {"Varda": "VRD", "Ostrel": "OST", "Neuland": "NEU"}
_SAID = re.compile(r"^(?P<who>[\w ]+?) said: (?P<words>“[^”]+”)$", re.MULTILINE)
_DEMANDED = re.compile(r"^(?P<who>\w+) demanded that (?P<whom>(?:the )?\w+) (?P<words>[\w ]+)\.$", re.MULTILINE)
_WILL = re.compile(
    r"^(?P<who>\w+) will (?P<words>[\w ]+) by (?P<day>\d+) (?P<month>\w+) (?P<year>\d+)\.$", re.MULTILINE
)
_MONTHS = {"March": 3, "May": 5}


def write(folder: Path, *names: str) -> list[Path]:
    """Put reports of the pool into a folder, and give their paths back."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.txt" for name in names]
    for name, path in zip(names, paths, strict=True):
        path.write_text(POOL[name], encoding="utf-8")
    return paths


def read(book: Book, *paths: Path) -> None:
    """Read reports into a book."""
    book.read(paths, annotate=False)
    for report in book.store.unannotated():
        keep(book, marks_of(report), "rule")
    book.fuse()


def keep(book: Book, marks: Annotation, annotator: str) -> None:
    """Store the marks of a report."""
    book.store.annotate(marks, {one.id: fusing.actor_block(one) for one in marks.entities}, annotator=annotator)


def annotate_anew(book: Book, report: str, *, shift: int) -> None:
    """Annotate a stored report as a newer annotator would, whose marks are called otherwise."""
    keep(book, marks_of(book.store.report(report), shift), f"rule {shift}")
    book.fuse()


def marks_of(report: Report, shift: int = 0) -> Annotation:
    """The marks of a report; `shift` moves the numbers of their ids."""
    entities = _entities(report, shift)
    by_name = {one.name: one.id for one in entities}
    statements = tuple(
        Statement(
            id=f"{report.id}.s{n + shift}",
            report=report.id,
            speakers=(by_name[found["who"]],),
            kind=StatementKind.DIRECT,
            act=Act.SPEECH,
            content=(Span(*found.span("words")),),
            source=(Span(*found.span("who")),),
        )
        for n, found in enumerate(_SAID.finditer(report.text), start=1)
    )
    return Annotation(
        report.id, entities=entities, statements=statements, events=tuple(_events(report, by_name, shift))
    )


def _entities(report: Report, shift: int) -> tuple[Entity, ...]:
    found: list[Entity] = []
    for name in (*_PEOPLE, *_STATES):
        spans = [Span(*one.span()) for one in re.finditer(rf"(?<!Ilya )\b{name}\b", report.text)]
        if spans:
            country = _STATES.get(name)
            found.append(
                Entity(
                    id=f"{report.id}.a{len(found) + 1 + shift}",
                    name=name,
                    kind=ActorKind.STATE if country else ActorKind.PERSON,
                    mentions=tuple(Mention(span, "name") for span in spans),
                    key=f"state:{country}" if country else None,
                    country=country,
                    aliases=(name,),
                )
            )
    return tuple(found)


def _events(report: Report, by_name: dict[str, str], shift: int) -> Iterator[Event]:
    number = shift
    for found in _DEMANDED.finditer(report.text):
        number += 1
        whom = by_name.get(found["whom"])
        yield Event(
            f"{report.id}.e{number}",
            report.id,
            EventType.REQUEST,
            Modality.ACTUAL,
            (by_name[found["who"]],),
            (whom,) if whom else (),
            Span(*found.span()),
            topic=Span(*found.span("words")),
        )
    for found in _WILL.finditer(report.text):
        number += 1
        yield Event(
            f"{report.id}.e{number}",
            report.id,
            EventType.COOPERATE,
            Modality.PLANNED,
            (by_name[found["who"]],),
            (),
            Span(*found.span()),
            topic=Span(*found.span("words")),
            date=f"{found['year']}-{_MONTHS[found['month']]:02}-{int(found['day']):02}",
        )
