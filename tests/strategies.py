"""Hypothesis strategies for the nouns: every field takes every kind of value, and what must fit together does."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

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
    Likeness,
    Mention,
    Modality,
    Place,
    PlaceMention,
    Quantity,
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
    TimeMention,
    Variant,
    VariantKind,
)

T = TypeVar("T")

#: Whatever UTF-8 can hold but NUL, with some code points outside the basic plane and some that combine.
CHARACTERS = st.one_of(
    st.sampled_from("abc xyz.,\n\"'“”…éß"),
    st.sampled_from("🕊𝔸\u0301\u200d\ufdd0\ufdd1\u2028"),
    st.characters(codec="utf-8", exclude_characters="\x00"),
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=40)
NAMES = st.text(CHARACTERS, max_size=6)
UNITS = st.floats(0, 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=64)
DATES = st.dates().map(str) | st.sampled_from(["2031", "2031-05/2031-06", "2031-05-02T16:22+03:00", "soon"])
COUNTRIES = st.none() | st.sampled_from(["ARL", "BEL", "RUS"])


def some(strategy: SearchStrategy[T], most: int = 2) -> SearchStrategy[tuple[T, ...]]:
    """Up to `most` values."""
    return st.lists(strategy, max_size=most).map(tuple)


def spans(text: str) -> SearchStrategy[Span]:
    """Stretches of a text, empty ones included."""
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


@st.composite
def blocks(draw: DrawFn, text: str) -> tuple[Block, ...]:
    """Blocks in text order that do not overlap."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Block(Span(start, end), draw(st.sampled_from(BlockKind))) for start, end in pairs)


@st.composite
def reports(draw: DrawFn) -> Report:
    """A report; its bytes are its text's."""
    text = draw(TEXTS)
    digest = sha256(text.encode()).hexdigest()
    note = st.builds(
        FieldNote,
        st.sampled_from(["title", "outlet", "byline", "published", "language"]),
        st.sampled_from(["told", "given", "inferred", "missing"]),
        NAMES,
        st.none() | spans(text),
    )
    return Report(
        id="r" + digest[:16],
        source=draw(st.text(CHARACTERS, min_size=1, max_size=8)),
        sha256=digest,
        text=text,
        blocks=draw(blocks(text)),
        title=draw(st.none() | NAMES),
        outlet=draw(st.none() | NAMES),
        byline=draw(some(NAMES)),
        published=draw(st.none() | DATES),
        dateline=draw(st.none() | DATES),
        url=draw(st.none() | NAMES),
        language=draw(st.sampled_from(["en", "fr", "und"])),
        notes=draw(some(note)),
    )


def signatures(report: str) -> SearchStrategy[Signature]:
    """What grouping knows of a report."""
    term = st.tuples(st.sampled_from(["grain", "envoy", "port", "treaty", "grain envoy"]) | NAMES, UNITS)
    return st.builds(
        Signature,
        report=st.just(report),
        day=st.none() | st.dates().map(str) | st.just("2031-13-45"),
        outlet=st.none() | NAMES,
        terms=st.lists(term, max_size=6, unique_by=lambda pair: pair[0]).map(tuple),
    )


def failures() -> SearchStrategy[Failure]:
    """Inputs that could not be read."""
    return st.builds(Failure, NAMES, st.sampled_from(FailureCause), NAMES, st.none() | NAMES)


PLACES = st.builds(
    Place,
    NAMES,
    COUNTRIES,
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.none() | st.integers(1, 10**7),
)
ROLES = st.builds(Role, NAMES, COUNTRIES)


@st.composite
def annotations(draw: DrawFn, report: Report) -> Annotation:
    """All marks of a report, or why there are none."""
    if draw(st.integers(0, 9)) == 0:
        return Annotation(report.id, skipped=draw(NAMES))
    span = spans(report.text)
    entities = tuple(draw(_entity(f"{report.id}.a{n}", span)) for n in range(draw(st.integers(0, 3))))
    ids = [entity.id for entity in entities]
    told = [f"{report.id}.s{n}" for n in range(draw(st.integers(0, 3)))]
    happened = [f"{report.id}.e{n}" for n in range(draw(st.integers(0, 2)))]
    return Annotation(
        report=report.id,
        sentences=draw(some(span)),
        entities=entities,
        times=draw(some(st.builds(TimeMention, span, st.none() | DATES, st.sampled_from(["date", "set"])))),
        places=draw(some(st.builds(PlaceMention, span, PLACES))),
        statements=tuple(draw(_statement(one, report.id, span, ids, told)) for one in told),
        events=tuple(draw(_event(one, report.id, span, ids, told)) for one in happened),
    )


def _entity(name: str, span: SearchStrategy[Span]) -> SearchStrategy[Entity]:
    return st.builds(
        Entity,
        id=st.just(name),
        name=NAMES,
        kind=st.sampled_from(ActorKind),
        mentions=some(st.builds(Mention, span, st.sampled_from(["name", "pronoun"]), UNITS)),
        key=st.none() | st.sampled_from(["state:ARL", "org:league"]),
        country=COUNTRIES,
        roles=some(ROLES),
        aliases=some(NAMES),
    )


def _statement(
    name: str, report: str, span: SearchStrategy[Span], entities: list[str], told: list[str]
) -> SearchStrategy[Statement]:
    return st.builds(
        Statement,
        id=st.just(name),
        report=st.just(report),
        speakers=some(st.sampled_from([*entities, "a passer-by"])),
        kind=st.sampled_from(StatementKind),
        act=st.sampled_from(Act),
        content=some(span, 3),
        source=some(span),
        cue=some(span),
        said=st.none() | DATES,
        inside=st.none() | st.sampled_from(told),
        anonymity=st.none() | st.sampled_from(Anonymity),
        setting=some(span),
        inferred=st.booleans(),
        confidence=UNITS,
    )


def _event(
    name: str, report: str, span: SearchStrategy[Span], entities: list[str], told: list[str]
) -> SearchStrategy[Event]:
    parties = some(st.sampled_from(entities)) if entities else st.just(())
    bound = st.sampled_from(["exact", "at-least"])
    return st.builds(
        Event,
        id=st.just(name),
        report=st.just(report),
        type=st.sampled_from(EventType),
        modality=st.sampled_from(Modality),
        sources=parties,
        targets=parties,
        span=span,
        topic=st.none() | span,
        date=st.none() | DATES,
        place=st.none() | PLACES,
        statement=st.sampled_from([None, *told]),
        condition=st.none() | span,
        quantities=some(st.builds(Quantity, span, NUMBERS, NAMES, bound, st.none() | NUMBERS)),
        confidence=UNITS,
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """What a store may hold, part by part, all of it fitting together.

    Attributes:
        blocks: entity id -> the block in which its actor is resolved.
    """

    reports: tuple[Report, ...]
    signatures: tuple[Signature, ...]
    annotations: tuple[Annotation, ...]
    blocks: dict[str, str]
    actors: tuple[Actor, ...]
    likenesses: tuple[Likeness, ...]
    fusions: tuple[Fusion, ...]
    failures: tuple[Failure, ...]


@st.composite
def archives(draw: DrawFn, most: int = 3) -> Archive:
    """A few reports with all that is found in them and made of them; every report is in one story."""
    told = draw(st.lists(reports(), min_size=1, max_size=most, unique_by=lambda report: report.id))
    told.sort(key=lambda report: report.id)
    marks = tuple(draw(annotations(report)) for report in told)
    entities = [entity for mark in marks for entity in mark.entities]
    blocks = {entity.id: draw(st.sampled_from(["person:b1", "person:b2", "state:ARL"])) for entity in entities}
    pairs = [(a.id, b.id) for n, a in enumerate(told) for b in told[n + 1 :]]
    some_pairs = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3)) if pairs else []
    return Archive(
        reports=tuple(told),
        signatures=tuple(draw(signatures(report.id)) for report in told),
        annotations=marks,
        blocks=blocks,
        actors=draw(_actors(blocks)),
        likenesses=tuple(Likeness(left, right, draw(UNITS)) for left, right in sorted(some_pairs)),
        fusions=draw(_fusions(told, marks)),
        failures=draw(some(failures())),
    )


@st.composite
def _actors(draw: DrawFn, blocks: dict[str, str]) -> tuple[Actor, ...]:
    """Each block's entities in one actor or two."""
    groups: dict[str, list[str]] = {}
    for entity, block in sorted(blocks.items()):
        groups.setdefault(f"{block}-{draw(st.integers(1, 2))}", []).append(entity)
    return tuple(
        Actor(
            id=name,
            name=draw(NAMES),
            kind=draw(st.sampled_from(ActorKind)),
            country=draw(COUNTRIES),
            roles=draw(some(ROLES)),
            aliases=draw(some(NAMES)),
            entities=tuple(members),
        )
        for name, members in sorted(groups.items())
    )


@st.composite
def _fusions(draw: DrawFn, told: list[Report], marks: tuple[Annotation, ...]) -> tuple[Fusion, ...]:
    cut = draw(st.integers(1, len(told)))
    parts = [(told[:cut], marks[:cut]), (told[cut:], marks[cut:])]
    return tuple(draw(_fusion(f"y{n}", part, found)) for n, (part, found) in enumerate(parts) if part)


@st.composite
def _fusion(draw: DrawFn, story: str, told: list[Report], marks: tuple[Annotation, ...]) -> Fusion:
    ids = [report.id for report in told]
    members = [mark.id for one in marks for mark in one.statements] + [mark.id for one in marks for mark in one.events]
    cell = st.sampled_from(told).flatmap(lambda report: spans(report.text).map(lambda span: Cell(report.id, span)))
    claims = tuple(
        draw(_claim(f"c{story}{n}", story, ids, members, cell))
        for n in range(draw(st.integers(0, 2)) if members else 0)
    )
    entries = draw(st.integers(0, 2)) if claims else 0
    claim = st.sampled_from([one.id for one in claims] or ["none"])
    parties = some(st.sampled_from(["a passer-by", ""]))
    words, by = some(cell), some(st.sampled_from(ids))
    demand = st.builds(
        Demand,
        st.none(),
        claim,
        st.just(story),
        parties,
        parties,
        words,
        st.none() | st.sampled_from(Answer),
        parties,
        words,
        by,
    )
    commitment = st.builds(
        Commitment,
        st.none(),
        claim,
        st.just(story),
        parties,
        parties,
        words,
        st.none() | DATES,
        st.sampled_from(CommitmentState),
        st.booleans(),
        by,
    )
    copy = st.builds(
        Copy,
        st.tuples(st.sampled_from(ids), st.sampled_from(ids)),
        st.sampled_from(CopyKind),
        UNITS,
        st.sampled_from(["text", "credit"]),
    )
    return Fusion(
        story=Story(story, draw(NAMES), tuple(ids), draw(st.none() | DATES), draw(st.none() | DATES)),
        copies=draw(some(copy)),
        claims=claims,
        demands=tuple(replace(draw(demand), id=f"d{story}{n}") for n in range(entries)),
        commitments=tuple(replace(draw(commitment), id=f"p{story}{n}") for n in range(entries)),
    )


def _claim(
    name: str, story: str, ids: list[str], members: list[str], cell: SearchStrategy[Cell]
) -> SearchStrategy[Claim]:
    chosen = st.lists(st.sampled_from(members), min_size=1, max_size=3, unique=True).map(
        lambda some: tuple(sorted(some))
    )
    telling = st.builds(Telling, NAMES, cell)
    return chosen.flatmap(
        lambda told: st.builds(
            Claim,
            id=st.just(name),
            story=st.just(story),
            kind=st.sampled_from(["statement", "event"]),
            members=st.just(told),
            reports=some(st.sampled_from(ids)),
            independent=st.integers(0, 9),
            status=st.sampled_from(Status),
            rule=NAMES,
            disagreements=some(st.builds(Disagreement, st.sampled_from(DisagreementKind), some(telling))),
            variants=some(
                st.builds(Variant, st.sampled_from(told), st.sampled_from(told), st.sampled_from(VariantKind))
            ),
            reasons=some(st.builds(Reason, NAMES, NUMBERS, NUMBERS)),
        )
    )
