"""Rows of the tables -> nouns, for reports and marks: the way back from `rows`."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from onrecord.model import (
    Act,
    ActorKind,
    Annotation,
    Anonymity,
    Block,
    BlockKind,
    Entity,
    Event,
    EventType,
    Failure,
    FailureCause,
    FieldNote,
    Mention,
    Modality,
    Place,
    PlaceMention,
    Quantity,
    Report,
    Role,
    Signature,
    SourceClass,
    Span,
    Statement,
    StatementKind,
    TimeMention,
)
from onrecord.recording.schema import Rows, marks, reports

Row = dict[str, Any]

#: What is raised when rows hold what no noun can.
BROKEN = (ValueError, LookupError, TypeError, zlib.error)


def report_of(rows: Rows, source: str) -> Report:
    """A report, as its smallest source gave it."""
    (row,) = rows[reports.report]
    return Report(
        id=row["id"],
        source=source,
        sha256=row["sha256"],
        text=row["text"],
        blocks=tuple(Block(span_of(one), BlockKind(one["kind"])) for one in rows[reports.block]),
        title=row["title"],
        outlet=row["outlet"],
        byline=tuple(one["name"] for one in rows[reports.byline]),
        published=row["published"],
        dateline=row["dateline"],
        url=row["url"],
        language=row["language"],
        notes=tuple(
            FieldNote(one["field"], one["how"], one["reason"], maybe_span(one)) for one in rows[reports.field_note]
        ),
        source_class=SourceClass(row["source_class"] or SourceClass.OUTLET),
    )


def failure_of(row: Row) -> Failure:
    """A failure."""
    return Failure(row["source"], FailureCause(row["cause"]), row["message"], row["sha256"])


def signature_of(row: Row) -> Signature:
    """What grouping knows of a report."""
    return _signature(row["report"], row["day"], row["outlet"], row["terms"], row["told"])


# A new report is compared with dozens of others of its days, and so is the next one: unpacking is most of the cost.
@lru_cache(maxsize=1 << 12)
def _signature(report: str, day: str | None, outlet: str | None, terms: bytes, told: str | None) -> Signature:
    return Signature(
        report=report,
        day=day,
        outlet=outlet,
        terms=tuple((term, weight) for term, weight in json.loads(zlib.decompress(terms))),
        told=tuple((told or "").split()),
    )


def annotation_of(rows: Rows) -> Annotation | None:
    """All marks of a report; None while it waits. Where annotating failed, that is why it was skipped."""
    (row,) = rows[marks.annotation]
    if row["state"] == "pending":
        return None
    return Annotation(
        report=row["report"],
        sentences=tuple(span_of(one) for one in rows[marks.sentence]),
        entities=entities_of(rows),
        times=tuple(TimeMention(span_of(one), one["edtf"], one["form"]) for one in rows[marks.time_mention]),
        places=tuple(PlaceMention(span_of(one), Place(*_place(one))) for one in rows[marks.place_mention]),
        statements=_statements(rows),
        events=_events(rows),
        skipped=row["reason"],
    )


def entities_of(rows: Rows) -> tuple[Entity, ...]:
    """The entities of one report in its order."""
    roles = by(rows[marks.entity_role], "entity")
    aliases = by(rows[marks.entity_alias], "entity")
    mentions = by(rows[marks.mention], "entity")
    return tuple(
        Entity(
            id=row["id"],
            name=row["name"],
            kind=ActorKind(row["kind"]),
            mentions=tuple(Mention(span_of(one), one["form"], one["confidence"]) for one in mentions[row["id"]]),
            key=row["key"],
            country=row["country"],
            roles=tuple(Role(one["title"], one["country"]) for one in roles[row["id"]]),
            aliases=tuple(one["name"] for one in aliases[row["id"]]),
        )
        for row in rows[marks.entity]
    )


def _statements(rows: Rows) -> tuple[Statement, ...]:
    speakers = by(rows[marks.statement_speaker], "statement")
    spans = by(rows[marks.statement_span], "statement")
    return tuple(
        Statement(
            id=row["id"],
            report=row["report"],
            speakers=tuple(one["name"] if one["entity"] is None else one["entity"] for one in speakers[row["id"]]),
            kind=StatementKind(row["kind"]),
            act=Act(row["act"]),
            content=_in_role(spans[row["id"]], "content"),
            source=_in_role(spans[row["id"]], "source"),
            cue=_in_role(spans[row["id"]], "cue"),
            said=row["said"],
            inside=row["inside"],
            anonymity=None if row["anonymity"] is None else Anonymity(row["anonymity"]),
            setting=_in_role(spans[row["id"]], "setting"),
            inferred=row["inferred"],
            confidence=row["confidence"],
        )
        for row in rows[marks.statement]
    )


def _events(rows: Rows) -> tuple[Event, ...]:
    parties = by(rows[marks.event_party], "event")
    quantities = by(rows[marks.quantity], "event")
    return tuple(
        Event(
            id=row["id"],
            report=row["report"],
            type=EventType(row["type"]),
            modality=Modality(row["modality"]),
            sources=tuple(one["entity"] for one in parties[row["id"]] if one["role"] == "source"),
            targets=tuple(one["entity"] for one in parties[row["id"]] if one["role"] == "target"),
            span=span_of(row),
            topic=maybe_span(row, "topic_"),
            date=row["date"],
            place=None if row["place_name"] is None else Place(*_place_of_event(row)),
            statement=row["statement"],
            condition=maybe_span(row, "condition_"),
            quantities=tuple(
                Quantity(span_of(one), one["value"], one["unit"], one["bound"], one["high"])
                for one in quantities[row["id"]]
            ),
            confidence=row["confidence"],
            type_confidence=_sure(row["type_confidence"]),
            modality_confidence=_sure(row["modality_confidence"]),
        )
        for row in rows[marks.event]
    )


def by(rows: Iterable[Row], owner: str) -> defaultdict[str, list[Row]]:
    """The parts of each owner."""
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts[row[owner]].append(row)
    return parts


def span_of(row: Row) -> Span:
    """The span of a row that has one."""
    return Span(row["start"], row["stop"])


def maybe_span(row: Row, prefix: str = "") -> Span | None:
    """The span of a row that may have one."""
    start = row[f"{prefix}start"]
    return None if start is None else Span(start, row[f"{prefix}stop"])


def _in_role(rows: Iterable[Row], role: str) -> tuple[Span, ...]:
    return tuple([span_of(row) for row in rows if row["role"] == role])


_place = itemgetter("name", "country", "lat", "lon", "geonames")
_place_of_event = itemgetter(*(f"place_{name}" for name in ("name", "country", "lat", "lon", "geonames")))


def _sure(stored: float | None) -> float:
    """A confidence that is stored only where it is less than certain."""
    return 1.0 if stored is None else stored
