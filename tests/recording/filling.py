"""A store filled with an archive, as the pipeline would."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    Annotation,
    Answer,
    Block,
    BlockKind,
    Cell,
    Claim,
    Commitment,
    CommitmentState,
    Copy,
    CopyKind,
    Demand,
    Disagreement,
    DisagreementKind,
    Entity,
    Event,
    EventType,
    FieldNote,
    Fusion,
    Likeness,
    Mention,
    Modality,
    Place,
    PlaceMention,
    Prospect,
    ProspectKind,
    Quantity,
    Reason,
    Record,
    Report,
    Role,
    Signature,
    Span,
    Statement,
    StatementKind,
    Status,
    Story,
    Telling,
    TimeMention,
    Trail,
    Variant,
    VariantKind,
)
from onrecord.recording import Store
from tests.strategies import Archive


@contextmanager
def new_store() -> Iterator[Store]:
    """An empty store in a folder of its own: Hypothesis runs one test many times."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        path.write_bytes(_empty_store())
        with Store.open(path) as store:
            yield store


@cache
def _empty_store() -> bytes:
    """The file of a store to which all migrations were given."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        Store.open(path).close()
        return path.read_bytes()


def fill(store: Store, archive: Archive, order: Sequence[Report] | None = None) -> None:
    """Add, annotate, join and fuse everything."""
    signatures = {one.report: one for one in archive.signatures}
    marks = {one.report: one for one in archive.annotations}
    for report in order or archive.reports:
        store.add_report(report, signatures[report.id])
    for failure in archive.failures:
        store.add_failure(failure)
    for report in order or archive.reports:
        store.annotate(marks[report.id], archive.blocks)
    fuse(store, archive)


def fuse(store: Store, archive: Archive) -> None:
    """Join and fuse what waits for it."""
    store.add_likenesses(archive.likenesses)
    store.replace_actors({*archive.blocks.values(), *store.unjoined()}, archive.actors)
    store.replace_fusions([report.id for report in archive.reports], archive.fusions)


def expected(archive: Archive) -> Record:
    """The record that such a store gives."""
    return Record(archive.reports, archive.annotations, archive.actors, archive.fusions)


@contextmanager
def by_sql(store: Store) -> Iterator[sqlite3.Connection]:
    """The store's file, behind its back: no check is on."""
    connection = sqlite3.connect(store.name)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def archive_of(*texts: str) -> Archive:
    """Reports with one mark of each kind and all that can be made of them, in one story."""
    told = sorted((report_of(text) for text in texts), key=lambda report: report.id)
    marks = tuple(marks_of(report) for report in told)
    entities = tuple(entity.id for mark in marks for entity in mark.entities)
    actor = Actor("person:oda", "Ann Oda", ActorKind.PERSON, "ARL", (Role("envoy", "ARL"),), ("Ann Oda",), entities)
    return Archive(
        reports=tuple(told),
        signatures=tuple(signature_of(report) for report in told),
        annotations=marks,
        blocks=dict.fromkeys(entities, "person:oda"),
        actors=(actor,),
        likenesses=tuple(Likeness(a.id, b.id, 0.5) for a, b in pairwise(told)),
        fusions=(fusion_of(told, marks),),
        failures=(),
    )


def report_of(text: str, source: str | None = None) -> Report:
    """A report with every field told."""
    digest = sha256(text.encode()).hexdigest()
    return Report(
        id="r" + digest[:16],
        source=source or f"{digest[:8]}.txt",
        sha256=digest,
        text=text,
        blocks=(Block(Span(0, len(text)), BlockKind.PARAGRAPH),),
        title=text[:8],
        outlet="Morrow Times",
        byline=("Bo Lund",),
        published="2031-05-02",
        dateline="2031-05-01",
        url="https://morrow.example/1",
        language="en",
        notes=(FieldNote("title", "told", "first line", Span(0, 8)),),
    )


def signature_of(report: Report) -> Signature:
    """A signature of a report's longer words."""
    words = dict.fromkeys(word.strip(".,").lower() for word in report.text.split() if len(word) > 3)
    return Signature(report.id, report.day, report.outlet, tuple((word, 0.5) for word in sorted(words)))


def marks_of(report: Report) -> Annotation:
    """One mark of each kind."""
    name, span = report.id, Span(0, min(8, len(report.text)))
    place = Place("Kelm", "ARL", 1.5, -2.5, 7)
    return Annotation(
        report=name,
        sentences=(Span(0, len(report.text)),),
        entities=(_entity(name, span),),
        times=(TimeMention(span, "2031-05-02", "date"),),
        places=(PlaceMention(span, place),),
        statements=(_statement(name, span),),
        events=(
            Event(
                f"{name}.e1",
                name,
                EventType.AGREE,
                Modality.ACTUAL,
                (f"{name}.a1",),
                (),
                span,
                topic=span,
                date="2031",
                place=place,
                statement=f"{name}.s1",
                condition=span,
                quantities=(Quantity(span, 40.0, "ship", "at-least", 50.0),),
            ),
        ),
    )


def _entity(report: str, span: Span) -> Entity:
    return Entity(
        id=f"{report}.a1",
        name="Ann Oda",
        kind=ActorKind.PERSON,
        mentions=(Mention(span, "name", 0.9),),
        key="k",
        country="ARL",
        roles=(Role("envoy", "ARL"),),
        aliases=("Oda",),
    )


def _statement(report: str, span: Span) -> Statement:
    speakers, content = (f"{report}.a1", "a crowd"), (span, Span(9, 12))
    return Statement(f"{report}.s1", report, speakers, StatementKind.MIXED, Act.SPEECH, content, said="2031")


def fusion_of(told: Sequence[Report], marks: Sequence[Annotation]) -> Fusion:
    """A story of all reports with one of everything."""
    ids = tuple(report.id for report in told)
    members = tuple(sorted(f"{mark.report}.s1" for mark in marks if mark.statements))
    cell = Cell(ids[0], Span(0, 3))
    claim = Claim(
        "c1",
        "y1",
        "statement",
        members,
        ids,
        1,
        Status.SINGLE,
        "one telling",
        (Disagreement(DisagreementKind.NUMBER, (Telling("40", cell), Telling("50", cell))),),
        (Variant(members[0], members[-1], VariantKind.CUT),),
        (Reason("words", 0.5, 1.0),),
    )
    demand = Demand(
        "d1", "c1", "y1", ("person:oda",), ("the crowd",), (cell,), Answer.PARTLY, ("person:oda",), (cell,), ids
    )
    promise = Commitment(
        "p1", "c1", "y1", ("person:oda",), ("the crowd",), (cell,), "2031-06", CommitmentState.OPEN, True, ids
    )
    copy = Copy((ids[0], ids[-1]), CopyKind.PARTLY, 0.5)
    threat = Prospect(
        "t1", "c1", "y1", ProspectKind.THREAT, ("person:oda",), ("the crowd",), (cell,), (cell,), (ids[0],)
    )
    trail = Trail("d1", True, ids[0], "2031-05-02", ("ARL|port", "ARL|ship"))
    return Fusion(
        Story("y1", "Kelm", ids, "2031-05-02", "2031-05-03"),
        (copy,),
        (claim,),
        (demand,),
        (promise,),
        (threat,),
        (trail,),
    )
