"""Due dates of commitments as iCalendar (RFC 5545): one all-day event each, which calendars open and subscribe to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, BinaryIO

from onrecord.model import Commitment, Record
from onrecord.showing.exports.bibliography import link
from onrecord.showing.exports.days import Days, days
from onrecord.showing.exports.rows import Row
from onrecord.showing.exports.spool import spooled
from onrecord.showing.judging import corrected
from onrecord.showing.references import References
from onrecord.showing.words import listed

_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//onrecord//due dates//EN",
    "CALSCALE:GREGORIAN",
    "X-WR-CALNAME:Due dates on record",
)


@dataclass(frozen=True, slots=True)
class Dated:
    """How many commitments are in the calendar, and how many are not because their date is not told as a day."""

    dated: int
    undated: int


def write_calendar(records: Iterable[Record], out: BinaryIO) -> Dated:
    """Write the calendar, those due first first.

    A commitment without a date that has a last day or a first one has no place in a calendar; it is counted.
    """
    out.write(_lines(_HEAD))
    dated = undated = 0
    with spooled() as spool:
        spool.add(_rows(records))
        for fields, _ in spool.rows("due"):
            out.write(_event(fields))
            dated += 1
        undated = sum(1 for _ in spool.rows("undated"))
    out.write(_lines(("END:VCALENDAR",)))
    return Dated(dated, undated)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def _rows(records: Iterable[Record]) -> Iterator[Row]:
    for record in map(corrected, records):
        refs = References(record)
        for fusion in record.fusions:
            for one in fusion.commitments:
                yield _row(one, refs)


def _row(one: Commitment, refs: References) -> Row:
    due = days(one.due)
    if due is None:
        return Row("undated", f"{one.story} {one.id}", {}, {})
    first, after = _shown(due)
    reports = [refs.report[report] for report in one.reports if report in refs.report]
    told = [f"“{refs.words(cell)}” ({refs.outlet(cell.report)}, line {refs.line(cell)})" for cell in one.words]
    fields = {
        # A claim is in one story only, and a story's id changes with its reports: calendars must know the date again.
        "uid": f"{one.id}@onrecord.invalid",
        "first": first.isoformat(),
        "after": after.isoformat(),
        "stamp": max((report.day or "" for report in reports), default=""),
        "summary": f"{_named(one.by, refs)} → {_named(one.to, refs)}: {refs.words(one.words[0]) if one.words else ''}",
        "state": str(one.state),
        "conditional": one.conditional,
        "due": one.due,
        "told": told,
        "url": next((url for report in reports if (url := link(report.url, report.source))), None),
    }
    return Row("due", f"{first.isoformat()} {one.story} {one.id}", fields, {})


def _named(actors: tuple[str, ...], refs: References) -> str:
    return listed(refs.names(actors)) or "nobody named"


def _shown(due: Days) -> tuple[date, date]:
    """The first day, and the day after the last one: iCalendar's ends are open. An open interval is its told end."""
    first, last = due.first or due.last, due.last or due.first
    if first is None or last is None:
        raise ValueError("an interval has a first or a last day")
    return first, last + timedelta(days=1) if last < date.max else last


def _event(fields: dict[str, Any]) -> bytes:
    from icalendar import Event

    event = Event()
    event.add("uid", fields["uid"])
    event.add("dtstamp", _stamp(fields["stamp"]))
    event.add("dtstart", date.fromisoformat(fields["first"]))
    event.add("dtend", date.fromisoformat(fields["after"]))
    event.add("summary", fields["summary"])
    state = f"{fields['state']}{', on a condition' if fields['conditional'] else ''}"
    event.add("description", "\n".join((f"State: {state}. Due (EDTF): {fields['due']}", *fields["told"])))
    event.add("categories", ["onrecord", fields["state"]])
    event.add("transp", "TRANSPARENT")
    if fields["url"]:
        event.add("url", fields["url"])
    return bytes(event.to_ical())


def _stamp(day: str) -> datetime:
    """The day of the last report: the moment of writing would make every export of one store different."""
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


__all__ = ["Dated", "write_calendar"]
