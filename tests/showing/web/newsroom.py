"""An archive of any size for the desk, made of nouns and put straight into a store: nothing is read or annotated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from sqlalchemy import delete

from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    Annotation,
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
    Fusion,
    Mention,
    Modality,
    Place,
    Reason,
    Report,
    Role,
    Signature,
    Span,
    Statement,
    StatementKind,
    Status,
    Story,
    Telling,
    Variant,
    VariantKind,
)
from onrecord.recording import Store
from onrecord.recording.dialect import address, connect, writing
from onrecord.recording.inserting import insert_rows
from onrecord.recording.rows import annotation_rows
from onrecord.recording.schema import KEYS, batched, marks

#: Reports of each story, over and over: most are told by few, some by many.
SIZES = (1, 3, 2, 7, 1, 4, 12, 2, 5, 1, 3, 24, 2, 6, 1, 9)
OUTLETS = tuple(
    f"{place} {kind}"
    for place in ("Tarn", "Keld", "Morrow", "Arlen", "Vessa", "Oska")
    for kind in ("Post", "Wire", "Times")
)
STATES = tuple(
    (f"state:{name.lower()}", name, code)
    for name, code in (("Arlen", "ARL"), ("Vessa", "VES"), ("Oskia", "OSK"), ("Keldor", "KEL"), ("Tarnia", "TAR"))
)
#: Stories that are written together.
STORIES = 100

#: Persons of the archive; the first are in many reports, as ministers are.
PERSONS = 400
_FIRST, _LAST = (
    ("Ann", "Bo", "Cara", "Dov", "Elin", "Fadi", "Gro", "Hana"),
    ("Oda", "Lund", "Varga", "Moss", "Tell", "Ibar"),
)
_TOPICS = (
    "the harbour treaty",
    "the river border",
    "grain prices",
    "the fishing ban",
    "the prisoner exchange",
    "the dam",
)
_FILL = (
    "Officials in the capital gave no details, and the offices concerned did not answer questions before the evening."
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How large an archive is: statements and events stand in each report."""

    reports: int
    statements: int = 3
    sentences: int = 8


def person(number: int) -> tuple[str, str]:
    """(id, name) of a person."""
    first, last = _FIRST[number % len(_FIRST)], _LAST[number // len(_FIRST) % len(_LAST)]
    name = f"{first} {last}{'' if number < 48 else f'-{number}'}"
    return f"person:{name.lower().replace(' ', '-')}", name


def fill_newsroom(where: Path, scale: Scale) -> int:
    """A store with that many reports; how many stories there are."""
    actors: dict[str, list[str]] = {}
    fusions: list[Fusion] = []
    with Store.open(where) as store:
        groups = iter(_stories(scale))
        while some := tuple(islice(groups, STORIES)):
            told = [one for group in some for one in group]
            store.add_reports([(one.report, _signature(one.report)) for one in told])
            _annotate(where, told)
            for one in told:
                for entity in one.marks.entities:
                    actors.setdefault(entity.key or "", []).append(entity.id)
            fusions += [_fusion(group) for group in some]
        store.replace_actors(sorted(actors), [_actor(key, entities) for key, entities in sorted(actors.items())])
        for few in batched(fusions, STORIES):
            store.replace_fusions([], few)
    return len(fusions)


def _annotate(where: Path, told: Sequence["_Told"]) -> None:
    """As `Store.annotate` for reports that are new: many at once, for which nothing must be looked up."""
    engine = connect(address(where))
    rows = []
    for one in told:
        blocks = {entity.id: entity.key or entity.id for entity in one.marks.entities}
        rows.append(annotation_rows(one.marks, one.report.text, blocks, "newsroom", None))
    with writing(engine) as connection:
        ids = [one.report.id for one in told]
        for some in batched(ids, KEYS):
            connection.execute(delete(marks.annotation).where(marks.annotation.c.report.in_(some)))
        insert_rows(connection, rows)
    engine.dispose()


@dataclass(frozen=True, slots=True)
class _Told:
    report: Report
    marks: Annotation
    story: int


def _stories(scale: Scale) -> Iterator[tuple[_Told, ...]]:
    number = story = 0
    while number < scale.reports:
        size = min(SIZES[story % len(SIZES)], scale.reports - number)
        yield tuple(_told(story, number + at, at, scale) for at in range(size))
        number, story = number + size, story + 1


def _told(story: int, number: int, at: int, scale: Scale) -> _Told:
    topic = _TOPICS[story % len(_TOPICS)]
    source, target = STATES[story % len(STATES)], STATES[(story + 1 + story // 5 % 4) % len(STATES)]
    speaker = person(story * 7 % PERSONS if story % 3 else story % 12)
    title = f"{source[1]} and {target[1]} talk about {topic}, day {at + 1} of case {story}"
    text = title + "\n\n"
    statements: list[Statement] = []
    events: list[Event] = []
    sentences: list[Span] = [Span(0, len(title))]
    mentions: dict[str, list[Mention]] = {"p": [], "s": [], "t": []}
    digest = sha256(f"{story}/{number}".encode()).hexdigest()
    name = "r" + digest[:16]
    for n in range(scale.statements):
        start = len(text)
        figure = 40 + (at % 2) * 20 if n == 0 else 7 * n
        words = f"{source[1]} demanded that {target[1]} send {figure} inspectors to {topic}"
        sentence = f"“{words} by the spring,” {speaker[1]} said on the day. "
        text += sentence
        inner, who = start + 1, start + sentence.index(speaker[1])
        mentions["p"].append(Mention(Span(who, who + len(speaker[1])), "name"))
        mentions["s"].append(Mention(Span(inner, inner + len(source[1])), "name"))
        there = start + sentence.index(target[1])
        mentions["t"].append(Mention(Span(there, there + len(target[1])), "name"))
        cue = start + sentence.index(" said") + 1
        statements.append(
            Statement(
                f"{name}.s{n + 1}",
                name,
                (f"{name}.a1",),
                StatementKind.DIRECT,
                Act.SPEECH,
                (Span(inner, inner + len(words)),),
                (Span(who, who + len(speaker[1])),),
                (Span(cue, cue + 4),),
                confidence=0.9,
            )
        )
        kind = tuple(EventType)[(story + n) % len(EventType)] if n else EventType.CONSULT
        events.append(
            Event(
                f"{name}.e{n + 1}",
                name,
                kind,
                Modality.ACTUAL,
                (f"{name}.a1", f"{name}.a2"),
                (f"{name}.a3",),
                Span(inner + len(source[1]) + 1, inner + len(words)),
                date=_day(story, at),
                place=Place("Kelm", "ARL", 1.5, -2.5, 7),
                statement=f"{name}.s{n + 1}",
                confidence=0.8,
            )
        )
        sentences.append(Span(start, len(text) - 1))
        for _ in range(max(0, scale.sentences // scale.statements - 1)):
            begin = len(text)
            text += _FILL + " "
            sentences.append(Span(begin, len(text) - 1))
        text = text.rstrip() + "\n\n"
    report = Report(
        id=name,
        source=f"archive/{number}.txt",
        sha256=digest,
        text=text,
        blocks=(
            Block(Span(0, len(title)), BlockKind.TITLE),
            Block(Span(len(title) + 2, len(text)), BlockKind.PARAGRAPH),
        ),
        title=title,
        outlet=OUTLETS[(story + at) % len(OUTLETS)],
        published=_day(story, at),
        url=f"https://archive.example/{number}",
        language="en",
    )
    parties = (
        ("a1", speaker[0], speaker[1], ActorKind.PERSON, "p"),
        ("a2", *source[:2], ActorKind.STATE, "s"),
        ("a3", *target[:2], ActorKind.STATE, "t"),
    )
    entities = tuple(
        Entity(f"{name}.{end}", called, kind, tuple(mentions[key]), key=actor)
        for end, actor, called, kind, key in parties
    )
    marks = Annotation(name, tuple(sentences), entities, statements=tuple(statements), events=tuple(events))
    return _Told(report, marks, story)


def _day(story: int, at: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=story % 700 + at // 3)).isoformat()


def _signature(report: Report) -> Signature:
    return Signature(report.id, report.day, report.outlet, ((report.id, 1.0),))


def _actor(key: str, entities: Sequence[str]) -> Actor:
    states = {state: (name, code) for state, name, code in STATES}
    if key in states:
        name, code = states[key]
        return Actor(key, name, ActorKind.STATE, code, (), (name,), tuple(entities))
    name = next(called for number in range(PERSONS) for made, called in [person(number)] if made == key)
    roles = (Role("envoy", "ARL"),)
    return Actor(key, name, ActorKind.PERSON, "ARL", roles, tuple(sorted({name, name.split()[-1]})), tuple(entities))


def _fusion(group: Sequence[_Told]) -> Fusion:
    number = group[0].story
    key = f"y{number:07d}"
    ids = tuple(sorted(one.report.id for one in group))
    days = sorted(one.report.published or "" for one in group)
    claims = []
    for n in range(len(group[0].marks.statements)):
        said = tuple(sorted(one.marks.statements[n].id for one in group))
        done = tuple(sorted(one.marks.events[n].id for one in group))
        variants = tuple(Variant(one, said[0], VariantKind.REWORDED) for one in said[1:])
        status = Status.CORROBORATED if len(group) > 1 else Status.SINGLE
        told = (len(group), status, f"told by {len(group)} reports")
        reasons = (Reason("shared words", 0.9, 1.5),)
        claims.append(Claim(f"c{number}s{n}", key, "statement", said, ids, *told, (), variants, reasons))
        differing = _differing(group) if n == 0 and len(group) > 2 else ()
        if differing:
            told = (len(group), Status.DISPUTED, "the reports differ in a number")
        claims.append(Claim(f"c{number}e{n}", key, "event", done, ids, *told, differing, (), reasons))
    first = group[0]
    words = (Cell(first.report.id, first.marks.events[0].span),)
    who, of = first.marks.entities[0].key or "", first.marks.entities[2].key or ""
    demand = Demand(f"d{number}", f"c{number}e0", key, (who,), (of,), words, None, (), (), ids)
    states = tuple(CommitmentState)
    promise = Commitment(
        f"k{number}",
        f"c{number}e0",
        key,
        (of,),
        (who,),
        words,
        _day(number, 30),
        states[number % len(states)],
        False,
        ids,
    )
    copies = (Copy((ids[0], ids[1]), CopyKind.COPY, 0.9),) if len(ids) > 3 else ()
    story = Story(key, first.report.title or "", ids, days[0], days[-1])
    return Fusion(story, copies, tuple(claims), (demand,), (promise,))


def _differing(group: Sequence[_Told]) -> tuple[Disagreement, ...]:
    sides = []
    for one in group[:2]:
        at = one.report.text.index("send ") + 5
        sides.append(Telling(one.report.text[at : at + 2], Cell(one.report.id, Span(at, at + 2))))
    return (Disagreement(DisagreementKind.NUMBER, tuple(sides)),)


__all__ = ["OUTLETS", "PERSONS", "SIZES", "STATES", "Scale", "fill_newsroom", "person"]
