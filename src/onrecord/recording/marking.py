"""Marks into the store, and the marks' fusion marked as out of date."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from onrecord.errors import UsageError
from onrecord.model import Annotation, FailureCause
from onrecord.recording.anchoring import find_again
from onrecord.recording.checking import annotation_flaws
from onrecord.recording.finding import drop_profiles
from onrecord.recording.history import NEWS, Why, keep_actors, keep_marks, set_aside
from onrecord.recording.inserting import insert_all, insert_missing, insert_rows
from onrecord.recording.rows import annotation_rows, pending_row
from onrecord.recording.schema import KEYS, Rows, batched, fused, marks, profiles, reports
from onrecord.recording.sealing import sealed

#: The marks of one report and the block of each of its entities; one without a block has no actor.
Marked = tuple[Annotation, Mapping[str, str]]


def annotate(
    connection: Connection, marked: Sequence[Marked], annotator: str | None, failed: str | None = None
) -> tuple[str, ...]:
    """Store all marks of some reports in place of earlier ones; the reports then wait to be fused.

    Returns:
        The seal of each report's marks.

    Raises:
        UsageError: no such report, or marks that contradict its text or each other.
    """
    stored = _stored(connection, marked)
    found: dict[str, Rows] = {}
    for annotation, blocks in marked:
        row = stored.get(annotation.report)
        if row is None:
            raise UsageError(f"there is no report {annotation.report!r} in the store to annotate: add it first")
        for flaw in annotation_flaws(annotation, len(row.text)):
            raise UsageError(f"the marks of report {annotation.report} can't be stored: {flaw}")
        found[annotation.report] = annotation_rows(annotation, row.text, blocks, annotator, failed)
    seals = {report: str(rows[marks.annotation][0]["seal"]) for report, rows in found.items()}
    _replace(connection, {report: found[report] for report in found if seals[report] != stored[report].seal}, stored)
    return tuple(seals[annotation.report] for annotation, _ in marked)


def _stored(connection: Connection, marked: Sequence[Marked]) -> dict[str, Row[Any]]:
    """The text of each of these reports, and the seal and state of its marks."""
    found: dict[str, Row[Any]] = {}
    for some in batched((annotation.report for annotation, _ in marked), KEYS):
        query = (
            select(reports.report.c.id, reports.report.c.text, marks.annotation.c.seal, marks.annotation.c.state)
            .join(marks.annotation, marks.annotation.c.report == reports.report.c.id)
            .where(reports.report.c.id.in_(some))
        )
        found |= {row.id: row for row in connection.execute(query)}
    return found


def _replace(connection: Connection, found: Mapping[str, Rows], stored: Mapping[str, Row[Any]]) -> None:
    """Put rows of marks in the place of what was stored of the same reports."""
    if not found:
        return
    for report in found:
        if stored[report].state == "done":
            keep_marks(connection, report)
    drop_stories(connection, list(found))
    for none in (True, False):
        _drop_marks(connection, [one for one in found if (stored[one].state == "pending") is none], none=none)
    insert_rows(connection, found.values())
    mark_unjoined(connection, list(found))
    waiting = [
        {"block": row["block"], "entity": row["id"]}
        for rows in found.values()
        for row in rows.get(marks.entity, ())
        if row["block"]
    ]
    insert_all(connection, profiles.unjoined_entity, waiting)
    mark_unfused(connection, found)
    for report in found:
        find_again(connection, report)


def _drop_marks(connection: Connection, ids: Sequence[str], *, none: bool) -> None:
    """Drop the marks of reports with the actors that nothing else tells; those that waited have `none`."""
    if not ids:
        return
    if not none:
        unjoin(connection, ids)
    actors = () if none else actors_of(connection, ids)
    connection.execute(delete(marks.annotation).where(marks.annotation.c.report.in_(ids)))
    drop_empty_actors(connection, actors)


def retry_failed(connection: Connection) -> int:
    """Let every report whose annotation failed wait for it again, and forget those failures."""
    table, failure = marks.annotation, reports.failure
    failed = connection.execute(
        select(table.c.report, reports.report.c.sha256)
        .join(reports.report, reports.report.c.id == table.c.report)
        .where(table.c.state == "failed")
        .order_by(table.c.report)
    ).all()
    for report, sha256 in failed:
        connection.execute(update(table).where(table.c.report == report).values(pending_row(report)))
        connection.execute(
            delete(failure).where(failure.c.cause == FailureCause.CRASHED.value, failure.c.sha256 == sha256)
        )
    return len(failed)


def drop_stories(connection: Connection, ids: Sequence[str]) -> tuple[str, ...]:
    """Drop every story that holds one of these reports; its other reports wait to be fused anew.

    Returns:
        Those other reports.
    """
    table = fused.story_report
    stories: set[str] = set()
    for some in batched(ids, KEYS):
        stories.update(connection.scalars(select(table.c.story).where(table.c.report.in_(some))))
    others: set[str] = set()
    for few in batched(sorted(stories), KEYS):
        others.update(connection.scalars(select(table.c.report).where(table.c.story.in_(few))))
        set_aside(connection, few)
        connection.execute(delete(fused.story).where(fused.story.c.id.in_(few)))
    others -= set(ids)
    mark_unfused(connection, others)
    return tuple(sorted(others))


def mark_unfused(connection: Connection, ids: Iterable[str]) -> None:
    """Let reports wait to be fused."""
    insert_missing(connection, reports.unfused, [{"report": report} for report in sorted(set(ids))])


def mark_unjoined(connection: Connection, ids: Sequence[str]) -> None:
    """Let the blocks of these reports' entities wait for their actors to be joined anew."""
    block = marks.entity.c.block
    blocks = connection.scalars(select(block).where(marks.entity.c.report.in_(ids), block.is_not(None)).distinct())
    rows = [sealed(reports.unjoined, {"block": one}) for one in sorted(blocks)]
    insert_missing(connection, reports.unjoined, rows)


def unjoin(connection: Connection, ids: Sequence[str]) -> None:
    """Let the blocks of these reports' entities, which are to go, wait to be joined anew as a whole."""
    mark_unjoined(connection, ids)
    block = marks.entity.c.block
    blocks = connection.scalars(select(block).where(marks.entity.c.report.in_(ids), block.is_not(None)).distinct())
    drop_profiles(connection, blocks)


def actors_of(connection: Connection, ids: Sequence[str]) -> tuple[str, ...]:
    """The actors that entities of these reports were joined into."""
    table = fused.actor_entity
    query = select(table.c.actor).join(marks.entity, marks.entity.c.id == table.c.entity)
    return tuple(sorted(set(connection.scalars(query.where(marks.entity.c.report.in_(ids))))))


def drop_empty_actors(connection: Connection, ids: Iterable[str], why: Why = NEWS) -> None:
    """Drop those of these actors that have no entity left."""
    some_entity = select(fused.actor_entity.c.actor).where(fused.actor_entity.c.actor == fused.actor.c.id).exists()
    for some in batched(sorted(ids), KEYS):
        empty = connection.scalars(select(fused.actor.c.id).where(fused.actor.c.id.in_(some), ~some_entity)).all()
        keep_actors(connection, empty, why)
        connection.execute(delete(fused.actor).where(fused.actor.c.id.in_(empty)))
