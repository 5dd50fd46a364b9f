"""Headings: reports without their texts."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.recording.browsing_nouns import Heading, Page
from onrecord.recording.schema import KEYS, batched, reports

_TABLE = reports.report

#: The columns of a heading.
HEADING = (
    _TABLE.c.id,
    _TABLE.c.title,
    _TABLE.c.outlet,
    _TABLE.c.published,
    _TABLE.c.dateline,
    _TABLE.c.url,
    _TABLE.c.length,
)

#: When a report was published, or what its text proves; '' sorts those without a date last.
WHEN: ColumnElement[str] = func.coalesce(_TABLE.c.published, _TABLE.c.dateline, "")


def by_index(query: Select[Any]) -> Select[Any]:
    """A query that needs no more of reports than when they are, so that SQLite reads it from the index of that.

    By itself it takes the index of ids, and then reads each row past its text: three times as slow (20,000 reports,
    `benchmarks.desk`, 2026-11-22).
    """
    return query.with_hint(_TABLE, "INDEXED BY ix_report_when", "sqlite")


def heading_of(row: Any) -> Heading:
    """A heading out of the columns of `HEADING`."""
    told = row.published or row.dateline
    day = told[:10] if told is not None and len(told) >= 10 else None
    return Heading(row.id, row.title, row.outlet, row.published, day, row.url, row.length)


def headings(connection: Connection, ids: Iterable[str]) -> dict[str, Heading]:
    """The headings of these reports, by id; those that are not there are left out."""
    return {
        row.id: heading_of(row)
        for some in batched(sorted(set(ids)), KEYS)
        for row in connection.execute(select(*HEADING).where(_TABLE.c.id.in_(some)))
    }


def report_pages(connection: Connection, limit: int, offset: int) -> Page[Heading]:
    """All reports, newest first."""
    total = connection.scalar(select(func.count()).select_from(_TABLE)) or 0
    newest = select(_TABLE.c.id).order_by(WHEN.desc(), _TABLE.c.id).limit(limit).offset(offset)
    ids = connection.scalars(by_index(newest)).all()
    known = headings(connection, ids)
    return Page(tuple(known[one] for one in ids), int(total), offset, limit)


def by_day(found: Iterable[Heading]) -> tuple[Heading, ...]:
    """Headings by day, those without one last, as every view numbers them."""
    return tuple(sorted(found, key=lambda one: (one.day is None, one.day or "", one.published or "", one.id)))


def words_at(connection: Connection, places: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], str]:
    """The words at (report, start, end), cut out in the database: whole texts stay there."""
    found: dict[tuple[str, int, int], str] = {}
    by_report: dict[str, list[tuple[int, int]]] = {}
    for report, start, stop in sorted(set(places)):
        by_report.setdefault(report, []).append((start, stop))
    for report, spans in by_report.items():
        for some in batched(spans, 50):
            cut = [func.substr(_TABLE.c.text, start + 1, stop - start) for start, stop in some]
            row = connection.execute(select(*cut).where(_TABLE.c.id == report)).first()
            if row is not None:
                found.update({(report, *span): str(words) for span, words in zip(some, row, strict=True)})
    return found


__all__ = ["HEADING", "WHEN", "by_day", "by_index", "heading_of", "headings", "report_pages", "words_at"]
