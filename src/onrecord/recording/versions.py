"""Versions of a page: the newest is in the record, older ones are kept beside it, whole and sealed."""

import json
import zlib
from collections.abc import Iterator
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, delete, select, update

from onrecord.errors import DamagedRecord, UsageError
from onrecord.model import Cause, Report, Signature, Version
from onrecord.recording.answers import Damage
from onrecord.recording.inserting import insert_all
from onrecord.recording.loading import report_nouns
from onrecord.recording.nouns import BROKEN, report_of
from onrecord.recording.schema import REPORTS, Rows, reports, watching
from onrecord.recording.sealing import hash_of, seal, sealed
from onrecord.recording.writing import add_reports, remove_reports

#: What reading a page again did: it is new, its bytes are known from elsewhere, it changed, or nothing did.
Seen = Literal["added", "seen", "changed", "unchanged"]


def add_version(connection: Connection, report: Report, signature: Signature | None, seen: str) -> Seen:
    """Store what was read at an address; where it differs from the last version there, it takes its place.

    Pages carry advertisements and tokens that differ from request to request: one whose text, title, date and authors
    are as they were is unchanged, whatever its other bytes.

    Args:
        connection: to the store.
        report: its source is the address.
        signature: for grouping.
        seen: ISO 8601 time (UTC).
    """
    url = report.source
    last = _last(connection, url)
    if last is not None and (last["report"] == report.id or _same(connection, last["report"], report)):
        return "unchanged"
    if last is not None:
        _retire(connection, last)
    (how,) = add_reports(connection, [(report, signature)])
    number = 1 if last is None else int(last["number"]) + 1
    row = {"url": url, "number": number, "report": report.id, "seen": seen, "content": None}
    insert_all(connection, watching.version, [_sealed(row)])
    return how if last is None else "changed"


def versions(connection: Connection, wanted: str) -> tuple[Version, ...]:
    """All versions of the pages with this address, or of those that a report is a version of; by address and number.

    Args:
        connection: to the store.
        wanted: an address, or the id of a report, of an older version too.
    """
    table = watching.version
    urls = select(table.c.url).where((table.c.url == wanted) | (table.c.report == wanted))
    query = select(table).where(table.c.url.in_(urls)).order_by(table.c.url, table.c.number)
    return tuple(
        Version(row["url"], row["number"], row["report"], row["seen"]) for row in connection.execute(query).mappings()
    )


def report_at(connection: Connection, version: Version) -> Report:
    """The report of a version, superseded or not.

    Raises:
        UsageError: there is no such version, or its report was taken out.
        DamagedRecord: what is kept of it is damaged.
    """
    table = watching.version
    query = select(table).where(table.c.url == version.url, table.c.number == version.number)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise UsageError(f"there is no version {version.number} of {version.url} in the store")
    if row["content"] is None:
        found = report_nouns(connection, [row["report"]])
        if not found:
            raise UsageError(f"the report {row['report']} of {version.url} was taken out of the store")
        return found[0]
    try:
        return report_of(_unpacked(row["content"]), version.url)
    except BROKEN as error:
        raise DamagedRecord(f"version {version.number} of {version.url}: what is kept can't be ({error})") from error


def version_flaws(connection: Connection) -> Iterator[Damage]:
    """What of the versions contradicts itself: seals, texts, numbers, and a last version that is not in the record."""
    table = watching.version
    query = select(table).order_by(table.c.url, table.c.number)
    before: tuple[str, int] = ("", 0)
    for row in connection.execute(query).mappings():
        where = f"version {row['number']} of {row['url']}"
        if row["seal"] != _sealed({**row, "seal": None})["seal"]:
            yield Damage(where, "it has another seal: something was changed in the database")
        if row["number"] != (before[1] + 1 if row["url"] == before[0] else 1):
            yield Damage(where, "the version before it is missing")
        before = (row["url"], row["number"])
        if row["content"] is not None:
            yield from _content_flaws(where, row)
    lost = (
        select(table.c.url, table.c.number, table.c.report)
        .join(reports.report, reports.report.c.id == table.c.report, isouter=True)
        .where(table.c.content.is_(None), reports.report.c.id.is_(None))
        .order_by(table.c.url)
    )
    for row in connection.execute(lost).mappings():
        yield Damage(f"version {row['number']} of {row['url']}", f"its report {row['report']} is not in the store")


def forget_versions(connection: Connection, report: str) -> None:
    """Drop every version of the pages at which a report was the last one, with what was kept of older ones."""
    table = watching.version
    urls = select(table.c.url).where(table.c.report == report, table.c.content.is_(None))
    connection.execute(delete(table).where(table.c.url.in_(urls.scalar_subquery())))


def _content_flaws(where: str, row: RowMapping) -> Iterator[Damage]:
    try:
        rows = _unpacked(row["content"])
        found = report_of(rows, row["url"])
        (told,) = rows[reports.report]
    except BROKEN as error:
        yield Damage(where, f"what is kept can't be: {error}")
        return
    if found.id != row["report"] or hash_of(found.text) != told["text_sha256"] or seal(rows) != told["seal"]:
        yield Damage(where, "its text is not the one that was read")


def _last(connection: Connection, url: str) -> RowMapping | None:
    table = watching.version
    query = select(table).where(table.c.url == url).order_by(table.c.number.desc()).limit(1)
    return connection.execute(query).mappings().one_or_none()


def _same(connection: Connection, stored: str, report: Report) -> bool:
    """Whether the stored report says what the new one says."""
    for one in report_nouns(connection, [stored]):
        return (one.text, one.title, one.published, one.byline, one.outlet) == (
            report.text,
            report.title,
            report.published,
            report.byline,
            report.outlet,
        )
    return False


def _retire(connection: Connection, last: RowMapping) -> None:
    """Take a version out of the record and keep it beside it; a report that stands elsewhere too stays there."""
    table, source = watching.version, reports.report_source
    loaded = REPORTS.load(connection, [last["report"]])
    if last["report"] not in loaded:
        return
    row = _sealed({**last, "content": _packed(loaded[last["report"]])})
    connection.execute(update(table).where(table.c.url == last["url"], table.c.number == last["number"]).values(row))
    here = (source.c.report == last["report"]) & (source.c.source == last["url"])
    elsewhere = select(source.c.source).where(source.c.report == last["report"], source.c.source != last["url"])
    if connection.execute(elsewhere.limit(1)).first() is None:
        remove_reports(connection, [last["report"]], Cause.READ)
    else:
        connection.execute(delete(source).where(here))


def _sealed(row: dict[str, Any]) -> dict[str, Any]:
    # the number of a version is no number that the database gives, which seals leave out
    made = sealed(watching.version, {**row, "at": row["number"]})
    return {name: made[name] for name in ("url", "number", "report", "seen", "content", "seal")}


def _packed(rows: Rows) -> bytes:
    told = {table.name: some for table, some in rows.items()}
    return zlib.compress(json.dumps(told, ensure_ascii=False, sort_keys=True).encode(), 6)


def _unpacked(content: bytes) -> Rows:
    told = json.loads(zlib.decompress(content))
    return {table: told.get(table.name, []) for table in REPORTS.tables}
