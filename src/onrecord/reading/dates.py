"""Dates as outlets print them, turned into ISO 8601 as precisely as they are told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from onrecord.reading.datewords import ISO_DATE, DateWords, date_words

_SHIFT = re.compile(r"(?:GMT|UTC)?([+-])([0-9]{1,2}):?([0-9]{2})?", re.I)
_YEAR = re.compile(r"\d{4}")
_AGO = re.compile(r"\b(?:\d{1,2}|an?|one) ?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|[mhd]) ago\b", re.I)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        start, end: where it stands, in code points of the text searched.
        iso: ISO 8601; None where the words allow more than one day or none.
        reason: why `iso` is None or says less than the words.
        role: published or changed where a word before it says so, else plain.
    """

    start: int
    end: int
    iso: str | None
    reason: str = ""
    role: Literal["published", "changed", "plain"] = "plain"


def iso_date(value: str) -> str | None:
    """`value` as ISO 8601 if it is a real day, or day and time, in that form; else None.

    >>> iso_date("2031-05-04 16:22")
    '2031-05-04T16:22'
    >>> iso_date("2031-02-30") is None
    True
    """
    if not ISO_DATE.fullmatch(value):
        return None
    written = value[:10] + "T" + value[11:].upper().replace(",", ".") if len(value) > 10 else value
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return None
    return written if 1500 <= int(value[:4]) <= 2499 else None


def field_date(value: str) -> FoundDate | None:
    """The date that a metadata field holds, in any of the printed forms; None where it holds none.

    >>> field_date("Fri, 04 May 2031 16:22:00 GMT").iso
    '2031-05-04T16:22:00Z'
    """
    value = value.strip()[:200]
    direct = iso_date(value)
    if direct is not None:
        return FoundDate(0, len(value), direct)
    compact = _COMPACT.fullmatch(value)
    if compact is not None:
        year, month, day, hour, minute, second, zone = compact.groups()
        clock = f"T{hour}:{minute}" + (f":{second}" if second else "") + (zone or "") if hour else ""
        direct = iso_date(f"{year}-{month}-{day}{clock}")
        return None if direct is None else FoundDate(0, len(value), direct)
    return next(find_dates(value), None)


def find_dates(text: str, order: Literal["dmy", "mdy"] | None = None) -> Iterator[FoundDate]:
    """The dates of a short text that tell day, month and year, in order; a time beside a date belongs to it.

    Args:
        text: to be searched.
        order: which of day and month its outlet puts first in figures, where that is known.

    >>> [found.iso for found in find_dates("Sunday 4 May 2031 16:22")]
    ['2031-05-04T16:22']
    >>> [found.reason for found in find_dates("04/05/2031")]
    ["'04/05/2031' is 4 May or 5 April"]
    >>> [found.iso for found in find_dates("04/05/2031 - 18:22", "dmy")]
    ['2031-05-04T18:22']
    """
    names = date_words()
    matches = sorted(
        (
            (match.start(), -match.end(), form, match)
            for form, pattern in names.forms
            for match in pattern.finditer(text)
        ),
        key=lambda one: one[:3],
    )
    end = 0
    for start, minus_end, form, match in matches:
        if start < end:
            continue
        found = _read(text, form, match, names, order)
        end = max(found.end, -minus_end)
        yield found


def _read(
    text: str, form: str, match: re.Match[str], names: DateWords, order: Literal["dmy", "mdy"] | None
) -> FoundDate:
    """What one match says, with the time beside it."""
    role: Literal["published", "changed", "plain"] = "plain"
    before = text[max(0, match.start() - 40) : match.start()]
    if names.changed.search(before):
        role = "changed"
    elif names.published.search(before):
        role = "published"
    if form == "iso":
        iso = iso_date(match.group())
        reason = "" if iso else f"{match.group()!r} is no day of the calendar"
        if iso is None or len(iso) > 10:
            return FoundDate(match.start(), match.end(), iso, reason, role)
        return _with_time(text, match.start(), match.end(), iso, role, names)
    day, reason = _day(form, match, names, order)
    if day is None:
        return FoundDate(match.start(), match.end(), None, reason, role)
    return _with_time(text, match.start(), match.end(), day, role, names)


def _day(
    form: str, match: re.Match[str], names: DateWords, order: Literal["dmy", "mdy"] | None
) -> tuple[str | None, str]:
    """The day of a match as YYYY-MM-DD, or None and why."""
    year = int(match["y"])
    if form == "num":
        first, second = int(match["a"]), int(match["b"])
        if match["sep"] == ".":
            order = "dmy"  # where full stops part the figures, the day stands first
        if first <= 12 and second <= 12 and first != second and order is not None:
            day, month = (first, second) if order == "dmy" else (second, first)
        elif first <= 12 and second <= 12 and first != second:
            one, other = _spoken(second, first, year), _spoken(first, second, year)
            return None, f"{match.group()!r} is {one} or {other}"
        else:
            day, month = (first, second) if second <= 12 else (second, first)
    else:
        month = int(match["m"]) if form == "ymd" else names.months[match["m"].lower()]
        day = int(match["d"])
    try:
        return date(year, month, day).isoformat(), ""
    except ValueError:
        return None, f"{match.group()!r} is no day of the calendar"


def _spoken(month: int, day: int, year: int) -> str:
    """A day without its year, for a message."""
    try:
        return f"{day} {date(year, month, day):%B}"
    except ValueError:
        return "no day"


def _with_time(
    text: str, start: int, end: int, day: str, role: Literal["published", "changed", "plain"], names: DateWords
) -> FoundDate:
    """The day with the time of day that stands after or before it."""
    after = names.time_after.match(text, end)
    if after is not None and (clock := _clock(after, names)) is not None:
        return FoundDate(start, after.end(), day + clock[0], clock[1], role)
    window = max(0, start - 40)
    before = names.time_before.search(text[window:start])
    if before is not None and (clock := _clock(before, names)) is not None:
        return FoundDate(window + before.start(), end, day + clock[0], clock[1], role)
    return FoundDate(start, end, day, "", role)


def _clock(match: re.Match[str], names: DateWords) -> tuple[str, str] | None:
    """The time of day as "T16:22" with its zone, and what could not be told; None if it is no time."""
    hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
    if match["minute"] is None and not half:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = int(match["minute"] or 0)
    second = match["second"]
    try:
        time(hour, minute, int(second or 0))
    except ValueError:
        return None
    clock = f"T{hour:02}:{minute:02}" + (f":{int(second):02}" if second else "")
    zone = match["zone"]
    if zone is None:
        return clock, ""
    shift = _SHIFT.fullmatch(zone)
    if shift is not None:
        return clock + f"{shift[1]}{int(shift[2]):02}:{shift[3] or '00'}", ""
    offset = names.zones.get(zone.upper())
    return (clock + offset, "") if offset else (clock, f"the zone {zone!r} is not the same everywhere")


def is_time_line(text: str) -> bool:
    """Whether a line is a time of day and nothing else, as over the entries of a live blog.

    >>> is_time_line("16:22 GMT"), is_time_line("16:22 Talks begin")
    (True, False)
    """
    if len(text) > 30 or not text[0].isdigit():
        return False
    match = date_words().time_after.fullmatch(text)
    return match is not None and match["minute"] is not None and _clock(match, date_words()) is not None


def is_date_label(text: str) -> bool:
    """Whether a line only announces the date on the next one ("Published")."""
    return len(text) <= 40 and (
        date_words().published.fullmatch(text) is not None or date_words().changed.fullmatch(text) is not None
    )


def is_date_line(text: str) -> tuple[FoundDate, ...]:
    """The dates of a line that tells dates and nothing else; empty for any other line.

    >>> is_date_line("Published 4 May 2031, 16:22 GMT")[0].iso
    '2031-05-04T16:22Z'
    >>> is_date_line("Talks on 4 May 2031 ended early")
    ()
    """
    if len(text) > 160 or _YEAR.search(text) is None:
        return ()
    found = tuple(find_dates(text))
    if not found:
        return ()
    rest, end = [], 0
    for one in found:
        rest.append(text[end : one.start])
        end = one.end
    rest.append(text[end:])
    left = _AGO.sub(" ", " ".join(rest))
    left = re.sub(r"\b\d{1,2}[:.h]\d{2}\b(?:\s?[ap]\.?m\b\.?)?", " ", left, flags=re.I)
    left = date_words().rest.sub(" ", left)
    return found if not re.search(r"\w", left) else ()
