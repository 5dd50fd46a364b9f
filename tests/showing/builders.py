"""A small record made by hand: three reports of one meeting, the third a copy of the second."""

import hashlib
from typing import Any, Literal

from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    Annotation,
    Anonymity,
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
    Failure,
    FailureCause,
    FieldNote,
    Fusion,
    Mention,
    Modality,
    Place,
    Quantity,
    Reason,
    Record,
    Report,
    Role,
    Span,
    Statement,
    StatementKind,
    Status,
    Story,
    Telling,
    Variant,
    VariantKind,
)

FIRST = """Ministers meet in Sarnholm

Ilse Marenko met Dragan Tolvay in Sarnholm on Friday.
“We will answer in writing next week,” Marenko said. Zelmara has massed 60,000 troops.
Bravonia demanded that Zelmara withdraw them. Tolvay refused.
An official believes that it will rain.
"""
SECOND = """A letter is on its way

Marenko and Tolvay talked in Sarnholm.
Marenko said that Bravonia would answer next week. Zelmara has 40,000 troops there.
"""
THIRD = SECOND + "\nFrom our wire.\n"


def span(text: str, words: str) -> Span:
    """Where the words stand for the first time."""
    start = text.index(words)
    return Span(start, start + len(words))


def report(name: str, text: str, outlet: str | None, published: str | None) -> Report:
    """A report with a title and one paragraph block for the rest."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = text.split("\n", 1)[0]
    notes = () if published else (FieldNote("published", "missing", "no date in the text or its metadata"),)
    return Report(
        id="r" + digest[:16],
        source=f"reports/{name}.txt",
        sha256=digest,
        text=text,
        blocks=(
            Block(Span(0, len(title)), BlockKind.TITLE),
            Block(Span(len(title) + 2, len(text)), BlockKind.PARAGRAPH),
        ),
        title=title,
        outlet=outlet,
        published=published,
        language="en",
        notes=notes,
    )


A = report("courier", FIRST, "Meridian Courier", "2025-03-14T18:40")
B = report("today", SECOND, "Helvania Today", "2025-03-14T20:05")
C = report("gazette", THIRD, None, None)


def cell(one: Report, words: str) -> Cell:
    """A cell that proves something by these words."""
    return Cell(one.id, span(one.text, words))


def _entity(one: Report, number: int, name: str, kind: ActorKind) -> Entity:
    return Entity(f"{one.id}.a{number}", name, kind, (Mention(span(one.text, name), "name"),))


def _entities(one: Report) -> tuple[Entity, ...]:
    names = [
        ("Marenko", ActorKind.PERSON),
        ("Tolvay", ActorKind.PERSON),
        ("Bravonia", ActorKind.STATE),
        ("Zelmara", ActorKind.STATE),
    ]
    return tuple(_entity(one, number, name, kind) for number, (name, kind) in enumerate(names, start=1))


def actor(number: int, id: str, name: str, kind: ActorKind, role: Role | None = None) -> Actor:
    """An actor that joins entity `number` of each report."""
    entities = tuple(sorted(f"{one.id}.a{number}" for one in (A, B, C)))
    return Actor(id, name, kind, None, () if role is None else (role,), (name, name.split()[-1]), entities)


MARENKO = actor(1, "person:marenko-ilse", "Ilse Marenko", ActorKind.PERSON, Role("foreign minister", "BRV"))
TOLVAY = actor(2, "person:tolvay-dragan", "Dragan Tolvay", ActorKind.PERSON)
BRAVONIA = actor(3, "state:bravonia", "Bravonia", ActorKind.STATE)
ZELMARA = actor(4, "state:zelmara", "Zelmara", ActorKind.STATE)


def statement(
    one: Report, number: int, speaker: int | None, cue: str, content: str, kind: StatementKind, **more: Any
) -> Statement:
    """A statement of a report by these words."""
    speakers = () if speaker is None else (f"{one.id}.a{speaker}",)
    return Statement(
        f"{one.id}.s{number}",
        one.id,
        speakers,
        kind,
        more.pop("act", Act.SPEECH),
        (span(one.text, content),),
        cue=(span(one.text, cue),),
        **more,
    )


def event(
    one: Report,
    number: int,
    kind: EventType,
    words: str,
    sources: tuple[int, ...],
    targets: tuple[int, ...] = (),
    **more: Any,
) -> Event:
    """An event of a report by these words."""
    return Event(
        f"{one.id}.e{number}",
        one.id,
        kind,
        more.pop("modality", Modality.ACTUAL),
        tuple(f"{one.id}.a{n}" for n in sources),
        tuple(f"{one.id}.a{n}" for n in targets),
        span(one.text, words),
        **more,
    )


SARNHOLM = Place("Sarnholm", None)
MARKS_A = Annotation(
    A.id,
    sentences=tuple(
        span(FIRST, words)
        for words in (
            "Ilse Marenko met Dragan Tolvay in Sarnholm on Friday.",
            "“We will answer in writing next week,” Marenko said.",
            "Zelmara has massed 60,000 troops.",
            "Bravonia demanded that Zelmara withdraw them.",
            "Tolvay refused.",
            "An official believes that it will rain.",
        )
    ),
    entities=_entities(A),
    statements=(
        statement(A, 1, 1, "said", "“We will answer in writing next week,”", StatementKind.DIRECT),
        statement(
            A,
            2,
            None,
            "believes",
            "that it will rain",
            StatementKind.INDIRECT,
            act=Act.BELIEF,
            source=(span(FIRST, "An official"),),
            anonymity=Anonymity.UNNAMED_OFFICIAL,
            confidence=0.7,
        ),
    ),
    events=(
        event(A, 1, EventType.CONSULT, "met Dragan Tolvay in Sarnholm", (1, 2), date="2025-03-14", place=SARNHOLM),
        event(
            A,
            2,
            EventType.MOBILIZE,
            "massed 60,000 troops",
            (4,),
            quantities=(Quantity(span(FIRST, "60,000 troops"), 60000.0, "troop"),),
        ),
        event(A, 3, EventType.REQUEST, "demanded that Zelmara withdraw them", (3,), (4,), modality=Modality.DEMANDED),
        event(A, 4, EventType.REJECT, "refused", (2,)),
        event(
            A,
            5,
            EventType.AGREE,
            "answer in writing next week",
            (1,),
            statement=f"{A.id}.s1",
            modality=Modality.PLANNED,
            date="2025-03-17/2025-03-23",
        ),
    ),
)


def _marks_of(one: Report) -> Annotation:
    return Annotation(
        one.id,
        sentences=tuple(
            span(one.text, words)
            for words in (
                "Marenko and Tolvay talked in Sarnholm.",
                "Marenko said that Bravonia would answer next week.",
                "Zelmara has 40,000 troops there.",
            )
        ),
        entities=_entities(one),
        statements=(statement(one, 1, 1, "said", "that Bravonia would answer next week", StatementKind.INDIRECT),),
        events=(
            event(one, 1, EventType.CONSULT, "talked in Sarnholm", (1, 2), place=SARNHOLM),
            event(
                one,
                2,
                EventType.MOBILIZE,
                "has 40,000 troops",
                (4,),
                quantities=(Quantity(span(one.text, "40,000 troops"), 40000.0, "troop"),),
            ),
        ),
    )


def _claim(
    id: str,
    kind: Literal["statement", "event"],
    members: tuple[str, ...],
    status: Status,
    independent: int,
    **more: Any,
) -> Claim:
    reports = tuple(sorted({member.split(".")[0] for member in members}))
    rule = {
        Status.SINGLE: "one report only",
        Status.CORROBORATED: "at least two independent reports tell it",
        Status.DISPUTED: "the reports differ in number",
    }[status]
    return Claim(id, "s1", kind, tuple(sorted(members)), reports, independent, status, rule, **more)


def _ids(name: str, *reports: Report) -> tuple[str, ...]:
    return tuple(f"{one.id}.{name}" for one in reports)


CLAIMS = (
    _claim(
        "c1",
        "statement",
        _ids("s1", A, B, C),
        Status.CORROBORATED,
        2,
        variants=tuple(Variant(f"{one.id}.s1", f"{A.id}.s1", VariantKind.INDIRECT) for one in (B, C)),
        reasons=(Reason("speaker", 1.0, 2.0),),
    ),
    _claim("c2", "statement", _ids("s2", A), Status.SINGLE, 1),
    _claim("c3", "event", _ids("e1", A, B, C), Status.CORROBORATED, 2),
    _claim(
        "c4",
        "event",
        _ids("e2", A, B, C),
        Status.DISPUTED,
        2,
        disagreements=(
            Disagreement(
                DisagreementKind.NUMBER,
                (Telling("60000 troop", cell(A, "60,000 troops")), Telling("40000 troop", cell(B, "40,000 troops"))),
            ),
        ),
    ),
    _claim("c5", "event", _ids("e3", A), Status.SINGLE, 1),
    _claim("c6", "event", _ids("e4", A), Status.SINGLE, 1),
    _claim("c7", "event", _ids("e5", A), Status.SINGLE, 1),
)
FUSION = Fusion(
    Story("s1", "Ministers meet in Sarnholm", tuple(sorted((A.id, B.id, C.id))), "2025-03-14", "2025-03-14"),
    copies=(Copy((min(B.id, C.id), max(B.id, C.id)), CopyKind.COPY, 0.97),),
    claims=CLAIMS,
    demands=(
        Demand(
            "d1",
            "c5",
            "s1",
            (BRAVONIA.id,),
            (ZELMARA.id,),
            (cell(A, "that Zelmara withdraw them"),),
            Answer.REJECTED,
            (TOLVAY.id,),
            (cell(A, "Tolvay refused"),),
            (A.id,),
        ),
    ),
    commitments=(
        Commitment(
            "k1",
            "c7",
            "s1",
            (MARENKO.id,),
            (ZELMARA.id,),
            (cell(A, "answer in writing next week"),),
            "2025-03-17/2025-03-23",
            CommitmentState.OPEN,
            False,
            (A.id,),
        ),
    ),
)
RECORD = Record((C, A, B), (_marks_of(C), MARKS_A, _marks_of(B)), (ZELMARA, BRAVONIA, MARENKO, TOLVAY), (FUSION,))
FAILURES = (
    Failure("reports/broken.txt", FailureCause.EMPTY, "reports/broken.txt: the file is empty; nothing to read"),
)
