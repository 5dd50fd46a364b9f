"""What reports tell of one actor: what it said, for and against what it stands, whom it met."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.model import EventType
from onrecord.recording.browsing_actors import names
from onrecord.recording.browsing_nouns import Met, Page, Said, Stance
from onrecord.recording.browsing_reports import HEADING, WHEN, by_index, heading_of, headings, words_at
from onrecord.recording.schema import KEYS, batched, fused, marks, reports

_JOINED, _REPORT = fused.actor_entity, reports.report

#: By these an actor takes a side; CONSULT and the deeds of force are no positions.
STANCES = (
    EventType.AGREE,
    EventType.SUPPORT,
    EventType.CONCEDE,
    EventType.COOPERATE,
    EventType.REQUEST,
    EventType.REJECT,
    EventType.ACCUSE,
    EventType.THREATEN,
    EventType.SANCTION,
)
#: The type of an event, in a form that keeps the database from starting with all events of that type.
_KIND = func.coalesce(marks.event.c.type, "")
#: Meetings and reports that are looked at: the newest tell whom an actor meets these days.
_MEETINGS, _LOOKED_AT = 120, 2_000
#: Reports that are looked at together: mostly the newest few tell enough.
_TOGETHER = 80


def said(connection: Connection, actor: str, limit: int, offset: int) -> Page[Said]:
    """An actor's statements, newest first."""
    speaker, statement = marks.statement_speaker, marks.statement
    of_actor = (
        select(speaker.c.statement)
        .join(_JOINED, _JOINED.c.entity == speaker.c.entity)
        .where(_JOINED.c.actor == actor)
        .distinct()
    )
    total = connection.scalar(select(func.count()).select_from(of_actor.subquery())) or 0
    newest = (
        select(statement.c.id, WHEN.label("day"))
        .join(_REPORT, _REPORT.c.id == statement.c.report)
        .where(statement.c.id.in_(of_actor))
        .order_by(WHEN.desc(), statement.c.report, statement.c.n)
        .limit(limit)
        .offset(offset)
    )
    ids = [row.id for row in connection.execute(by_index(newest))]
    query = (
        select(
            statement.c.id.label("mark"),
            statement.c.content,
            statement.c.kind,
            statement.c.act,
            statement.c.said,
            *HEADING,
        )
        .join(_REPORT, _REPORT.c.id == statement.c.report)
        .where(statement.c.id.in_(ids))
    )
    rows = {row.mark: row for row in connection.execute(query)}
    claims = _claims(connection, fused.claim_member.c.statement, ids)
    stories = _stories(connection, [row.id for row in rows.values()])
    items = tuple(_said(rows[key], stories.get(rows[key].id), claims.get(key)) for key in ids if key in rows)
    return Page(items, int(total), offset, limit)


def _said(row: Any, story: tuple[str, str] | None, claim: str | None) -> Said:
    where = story or (None, None)
    return Said(row.mark, row.content, row.kind, row.act, row.said, heading_of(row), where[0], where[1], claim)


def stances(connection: Connection, actor: str, limit: int) -> tuple[Stance, ...]:
    """Where an actor takes a side, newest first."""
    kinds = [one.value for one in STANCES]
    rows = _events_of(connection, actor, limit, marks.event_party.c.role == "source", _KIND.in_(kinds))
    targets = _parties(connection, [row.id for row in rows], "target")
    spans = {
        row.id: (row.report, row.start, row.stop)
        if row.topic_start is None
        else (row.report, min(row.start, row.topic_start), max(row.stop, row.topic_stop))
        for row in rows
    }
    words = words_at(connection, spans.values())
    stories = _stories(connection, [row.report for row in rows])
    known = headings(connection, [row.report for row in rows])
    return tuple(
        Stance(
            row.id,
            EventType(row.type),
            row.modality,
            words.get(spans[row.id], ""),
            row.date,
            targets.get(row.id, ()),
            known[row.report],
            *stories.get(row.report, (None, None)),
        )
        for row in rows
    )


def meetings(connection: Connection, actor: str, limit: int) -> tuple[Met, ...]:
    """Whom an actor met, most reports first."""
    event = marks.event
    met = _KIND.in_((EventType.CONSULT.value,)) & event.c.modality.in_(("actual", "planned"))
    rows = {row.id: row for row in _events_of(connection, actor, _MEETINGS, met)}
    order = {key: n for n, key in enumerate(rows)}
    told: dict[tuple[str, str], list[str]] = {}
    for mark, parties in _parties(connection, list(rows), None).items():
        for party in parties:
            if party[0] != actor:
                told.setdefault(party, []).append(mark)
    most = sorted(told.items(), key=lambda one: (-len({rows[mark].report for mark in one[1]}), one[0][1], one[0][0]))
    latest = [(party, marked, rows[min(marked, key=order.__getitem__)]) for party, marked in most[:limit]]
    known = headings(connection, [row.report for _, _, row in latest])
    return tuple(
        Met(*party, len({rows[one].report for one in marked}), row.id, row.date, row.place_name, known[row.report])
        for party, marked, row in latest
    )


def _events_of(connection: Connection, actor: str, limit: int, *conditions: ColumnElement[bool]) -> list[Any]:
    """The newest events that an actor has part in; those of its newest reports are looked at first."""
    event, party = marks.event, marks.event_party
    found: list[Any] = []
    columns = (
        "id",
        "report",
        "n",
        "type",
        "modality",
        "start",
        "stop",
        "topic_start",
        "topic_stop",
        "date",
        "place_name",
    )
    for some in batched(_newest(connection, actor), _TOGETHER):
        place = {entity: n for n, entity in enumerate(some)}
        query = (
            select(*(event.c[name] for name in columns), party.c.entity)
            .join(party, party.c.event == event.c.id)
            .where(party.c.entity.in_(some), *conditions)
        )
        rows = {row.id: row for row in connection.execute(query)}
        found += sorted(rows.values(), key=lambda row: (place[row.entity], row.n, row.id))
        if len(found) >= limit:
            break
    return found[:limit]


def _newest(connection: Connection, actor: str) -> list[str]:
    """The entities that are an actor, those of the newest reports first."""
    entity = marks.entity
    query = (
        select(entity.c.id)
        .join(_JOINED, _JOINED.c.entity == entity.c.id)
        .join(_REPORT, _REPORT.c.id == entity.c.report)
        .where(_JOINED.c.actor == actor)
        .order_by(WHEN.desc(), entity.c.report, entity.c.id)
        .limit(_LOOKED_AT)
    )
    return list(connection.scalars(by_index(query)))


def _parties(connection: Connection, events: Sequence[str], role: str | None) -> dict[str, tuple[tuple[str, str], ...]]:
    """(actor id, name) of the parties of events, each once, in order."""
    party = marks.event_party
    found: dict[str, dict[str, None]] = {}
    for some in batched(events, KEYS):
        query = select(party.c.event, _JOINED.c.actor).join(_JOINED, _JOINED.c.entity == party.c.entity)
        query = query.where(party.c.event.in_(some)).order_by(party.c.event, party.c.role, party.c.n)
        if role is not None:
            query = query.where(party.c.role == role)
        for event, actor in connection.execute(query):
            found.setdefault(event, {})[actor] = None
    called = names(connection, {actor for some in found.values() for actor in some})
    return {event: tuple((one, called.get(one, one)) for one in actors) for event, actors in found.items()}


def _stories(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(id, title) of the story of each report."""
    members, story = fused.story_report, fused.story
    return {
        row[0]: (row[1], row[2])
        for some in batched(sorted(set(ids)), KEYS)
        for row in connection.execute(
            select(members.c.report, story.c.id, story.c.title)
            .join(story, story.c.id == members.c.story)
            .where(members.c.report.in_(some))
            .order_by(story.c.id)
        )
    }


def _claims(connection: Connection, column: Any, ids: Sequence[str]) -> dict[str, str]:
    """The claim of each statement or event."""
    table = fused.claim_member
    return {
        row[0]: row[1]
        for some in batched(ids, KEYS)
        for row in connection.execute(select(column, table.c.claim).where(column.in_(some)))
    }


__all__ = ["STANCES", "meetings", "said", "stances"]
