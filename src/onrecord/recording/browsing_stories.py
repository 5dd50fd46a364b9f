"""Pages of stories."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, text

from onrecord.model import CopyKind, DisagreementKind, Story
from onrecord.recording.browsing_actors import matching_actors
from onrecord.recording.browsing_ledger import overdue
from onrecord.recording.browsing_nouns import Page, StoryCard, StoryFilter
from onrecord.recording.browsing_reports import by_day, headings
from onrecord.recording.schema import KEYS, batched, fused, marks, reports
from onrecord.recording.searching import match_query

_STORY = fused.story
#: What stories are sorted by.
NEWEST: ColumnElement[str] = func.coalesce(_STORY.c.stop, _STORY.c.start, "")

#: Stories with a report that has all words: one number a match, no text is read.
_FOUND = text("SELECT rowid FROM search_report WHERE search_report MATCH :query")


def story_pages(
    connection: Connection, wanted: StoryFilter, limit: int, offset: int, today: date | None = None
) -> Page[StoryCard]:
    """Stories that are wanted, newest first, then by id."""
    conditions = story_conditions(connection, wanted)
    if conditions is None:
        return Page((), 0, offset, limit)
    total = connection.scalar(select(func.count()).select_from(_STORY).where(*conditions)) or 0
    query = select(_STORY.c.id).where(*conditions).order_by(NEWEST.desc(), _STORY.c.id).limit(limit).offset(offset)
    return Page(story_cards(connection, connection.scalars(query).all(), today), int(total), offset, limit)


def story_conditions(connection: Connection, wanted: StoryFilter) -> list[ColumnElement[bool]] | None:
    """What a story must fulfil; None where nothing can."""
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(wanted.since <= NEWEST)
    if wanted.until:
        found.append((_STORY.c.start <= wanted.until) & (_STORY.c.start != ""))
    if wanted.outlet:
        found.append(_among(_of_reports(reports.report.c.outlet == wanted.outlet)))
    if wanted.event_type:
        members = fused.story_report
        of_type = (
            select(members.c.story)
            .join(marks.event, marks.event.c.report == members.c.report)
            .where(marks.event.c.type == wanted.event_type.value)
        )
        found.append(_among(of_type))
    if wanted.actor:
        ids = matching_actors(connection, wanted.actor)
        if not ids:
            return None
        found.append(_among(_of_actors(fused.actor_entity.c.actor.in_(ids))))
    if wanted.country:
        of_country = select(fused.actor.c.id).where(fused.actor.c.country == wanted.country)
        found.append(_among(_of_actors(fused.actor_entity.c.actor.in_(of_country))))
    if wanted.words:
        told = match_query(wanted.words)
        if not told:
            return None
        numbers = connection.scalars(_FOUND, {"query": told}).all()
        if not numbers:
            return None
        found.append(_STORY.c.id.in_(_stories_of_numbers(connection, numbers)))
    return found


def _among(query: Select[Any]) -> ColumnElement[bool]:
    return _STORY.c.id.in_(query)


def _of_reports(condition: ColumnElement[bool]) -> Select[Any]:
    members = fused.story_report
    return select(members.c.story).join(reports.report, reports.report.c.id == members.c.report).where(condition)


def _of_actors(condition: ColumnElement[bool]) -> Select[Any]:
    members, joined = fused.story_report, fused.actor_entity
    return (
        select(members.c.story)
        .join(marks.entity, marks.entity.c.report == members.c.report)
        .join(joined, joined.c.entity == marks.entity.c.id)
        .where(condition)
    )


def _stories_of_numbers(connection: Connection, numbers: Sequence[int]) -> list[str]:
    members, report = fused.story_report, reports.report
    found: set[str] = set()
    for some in batched(numbers, KEYS):
        query = select(members.c.story).join(report, report.c.id == members.c.report).where(report.c.number.in_(some))
        found.update(connection.scalars(query))
    return sorted(found)


def story_cards(connection: Connection, ids: Sequence[str], today: date | None = None) -> tuple[StoryCard, ...]:
    """These stories as cards, newest first, then by id; those that are not there are left out."""
    cards = [card for some in batched(sorted(set(ids)), KEYS) for card in _cards(connection, some, today)]
    cards.sort(key=lambda one: one.story.id)
    return tuple(sorted(cards, key=lambda one: one.story.end or one.story.start or "", reverse=True))


def _cards(connection: Connection, ids: Sequence[str], today: date | None) -> list[StoryCard]:
    members: dict[str, list[str]] = {}
    table = fused.story_report
    for row in connection.execute(select(table).where(table.c.story.in_(ids)).order_by(table.c.story, table.c.n)):
        members.setdefault(row.story, []).append(row.report)
    known = headings(connection, [report for some in members.values() for report in some])
    copies, differing, entries = _copies(connection, ids), _differing(connection, ids), _entries(connection, ids)
    late = overdue(connection, ids, today)
    cards = []
    for row in connection.execute(select(_STORY).where(_STORY.c.id.in_(ids))):
        told = tuple(members.get(row.id, ()))
        ordered = by_day(known[one] for one in told if one in known)
        number = {one.id: n for n, one in enumerate(ordered)}
        copied = {max(pair, key=number.__getitem__) for pair in copies.get(row.id, ()) if number.keys() >= set(pair)}
        cards.append(
            StoryCard(
                story=Story(row.id, row.title, told, row.start, row.stop),
                headings=ordered,
                originals=len(ordered) - len(copied),
                disagreements=differing.get(row.id, 0),
                demands=entries.get((row.id, "demand"), 0),
                commitments=entries.get((row.id, "commitment"), 0),
                overdue=late.get(row.id, 0),
            )
        )
    return cards


def _copies(connection: Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    table = fused.copy
    found: dict[str, list[tuple[str, str]]] = {}
    query = select(table.c.story, table.c.left_report, table.c.right_report)
    for row in connection.execute(query.where(table.c.story.in_(ids), table.c.kind == CopyKind.COPY.value)):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def _differing(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    table, claim = fused.disagreement, fused.claim
    query = (
        select(claim.c.story, func.count())
        .join(table, table.c.claim == claim.c.id)
        .where(claim.c.story.in_(ids), table.c.kind != DisagreementKind.WORDING.value)
        .group_by(claim.c.story)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def _entries(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], int]:
    table = fused.ledger
    query = select(table.c.story, table.c.kind, func.count()).where(table.c.story.in_(ids))
    rows = connection.execute(query.group_by(table.c.story, table.c.kind))
    return {(story, kind): int(n) for story, kind, n in rows}


__all__ = ["NEWEST", "story_cards", "story_conditions", "story_pages"]
