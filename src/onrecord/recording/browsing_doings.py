"""What reports tell of one actor: what it said, for and against what it stands, whom it met."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.model import EventType
from onrecord.recording.browsing_actors import names
from onrecord.recording.browsing_nouns import Met, Page, Said, Stance
from onrecord.recording.browsing_reports import HEADING, WHEN, heading_of, words_at
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
#: Meetings that are looked at: the newest tell whom an actor meets these days.
_MEETINGS = 400


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
    ids = [row.id for row in connection.execute(newest)]
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
    event = marks.event
    query = _events_of(actor, "source").where(event.c.type.in_([one.value for one in STANCES]))
    rows = connection.execute(query.limit(limit)).all()
    targets = _parties(connection, [row.mark for row in rows], "target")
    spans = {
        row.mark: (row.id, row.start, row.stop)
        if row.topic_start is None
        else (row.id, min(row.start, row.topic_start), max(row.stop, row.topic_stop))
        for row in rows
    }
    words = words_at(connection, spans.values())
    stories = _stories(connection, [row.id for row in rows])
    return tuple(
        Stance(
            row.mark,
            EventType(row.type),
            row.modality,
            words.get(spans[row.mark], ""),
            row.date,
            targets.get(row.mark, ()),
            heading_of(row),
            *stories.get(row.id, (None, None)),
        )
        for row in rows
    )


def meetings(connection: Connection, actor: str, limit: int) -> tuple[Met, ...]:
    """Whom an actor met, most reports first."""
    event = marks.event
    query = _events_of(actor, None).where(event.c.type == EventType.CONSULT.value)
    query = query.where(event.c.modality.in_(("actual", "planned")))
    rows = {row.mark: row for row in connection.execute(query.limit(_MEETINGS))}
    others = _parties(connection, list(rows), None)
    told: dict[tuple[str, str], list[str]] = {}
    for mark, parties in others.items():
        for party in parties:
            if party[0] != actor:
                told.setdefault(party, []).append(mark)
    order = list(rows)
    found = []
    for (other, name), events in told.items():
        latest = rows[min(events, key=order.index)]
        number = len({rows[one].id for one in events})
        found.append(Met(other, name, number, latest.mark, latest.date, latest.place_name, heading_of(latest)))
    return tuple(sorted(found, key=lambda one: (-one.reports, one.name, one.actor))[:limit])


def _events_of(actor: str, role: str | None) -> Select[Any]:
    """The events that an actor has part in, newest first."""
    event, party = marks.event, marks.event_party
    ids = select(party.c.event).join(_JOINED, _JOINED.c.entity == party.c.entity).where(_JOINED.c.actor == actor)
    if role is not None:
        ids = ids.where(party.c.role == role)
    columns = ("type", "modality", "start", "stop", "topic_start", "topic_stop", "date", "place_name")
    return (
        select(event.c.id.label("mark"), *(event.c[name] for name in columns), *HEADING)
        .join(_REPORT, _REPORT.c.id == event.c.report)
        .where(event.c.id.in_(ids))
        .order_by(WHEN.desc(), event.c.report, event.c.n)
    )


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
