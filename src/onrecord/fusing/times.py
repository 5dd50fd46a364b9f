"""Intervals of days that EDTF strings mean, as far as claims need them."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

_DAY = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?[?~%]?$")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}


@lru_cache(maxsize=1 << 14)
def interval(edtf: str | None) -> tuple[date, date] | None:
    """First and last day of an EDTF date or interval; an open end is the far end of the calendar, None if unknown.

    >>> interval("2031-02")
    (datetime.date(2031, 2, 1), datetime.date(2031, 2, 28))
    """
    if not edtf:
        return None
    start, slash, end = edtf.partition("/")
    first = _bounds(start) if start not in ("", "..") else (date.min, date.min)
    last = (_bounds(end) if end not in ("", "..") else (date.max, date.max)) if slash else first
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0], last[1]


def _bounds(edtf: str) -> tuple[date, date] | None:
    match = _DAY.match(edtf)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None:
            return None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if month in _SEASONS:
            first, last = _SEASONS[month]
            return date(year, first, 1), date(year, last, monthrange(year, last)[1])
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def overlap(a: str | None, b: str | None, slack_days: int = 0) -> bool | None:
    """Whether two times can be one; None where either is unknown.

    >>> overlap("2031-02-10", "2031-02"), overlap("2031-02-10", "2031-02-12"), overlap(None, "2031")
    (True, False, None)
    """
    one, other = interval(a), interval(b)
    if one is None or other is None:
        return None
    slack = timedelta(days=slack_days)
    try:
        return one[0] <= other[1] + slack and other[0] <= one[1] + slack
    except OverflowError:
        return True


def days_apart(a: str | None, b: str | None) -> int | None:
    """Days between the starts of two times; None where either is unknown."""
    one, other = interval(a), interval(b)
    return abs((one[0] - other[0]).days) if one and other else None


def passed(due: str | None, today: str | None) -> bool:
    """Whether a due time has wholly passed on a day."""
    one, other = interval(due), interval(today)
    return one is not None and other is not None and one[1] < other[0]
