"""EDTF -> calendar days, for formats that know days only."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

#: Year, month and day, each perhaps with unknown digits; a time of day may follow.
_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T.*)?[?~%]?\Z")

#: EDTF's codes of quarters and of seasons of the northern half of the globe -> first month. Winter begins in December.
_QUARTERS = {33: 1, 34: 4, 35: 7, 36: 10}
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12, 25: 3, 26: 6, 27: 9, 28: 12}


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day that an EDTF expression can mean; one is None where the interval is open there."""

    first: date | None
    last: date | None


def days(edtf: str | None) -> Days | None:
    """The days of an EDTF date or interval; None for what is not told or not understood.

    >>> days("2025-03-17/2025-03-23")
    Days(first=datetime.date(2025, 3, 17), last=datetime.date(2025, 3, 23))
    >>> days("2024-02"), days("../2025-03-31").last, days("soon")
    (Days(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29)), datetime.date(2025, 3, 31), None)
    """
    if not edtf:
        return None
    if "/" not in edtf:
        return _point(edtf)
    start, _, end = edtf.partition("/")
    first, last = _point(start), _point(end)
    if (start not in ("", "..") and first is None) or (end not in ("", "..") and last is None):
        return None
    found = Days(first.first if first else None, last.last if last else None)
    if found == Days(None, None) or (found.first and found.last and found.first > found.last):
        return None
    return found


def _point(told: str) -> Days | None:
    match = _POINT.match(told)
    if not match:
        return None
    try:
        return _meant(match[1], match[2], match[3])
    except ValueError:
        return None


def _meant(year: str, month: str | None, day: str | None) -> Days:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in (None, "XX") or low != high:
        return Days(date(low, 1, 1), date(high, 12, 31))
    number = int(month or 0)
    if day is None and number > 12:
        return _months(low, _QUARTERS.get(number) or _SEASONS.get(number, 0), 3)
    if day in (None, "XX"):
        return _months(low, number, 1)
    told = date(low, number, int(day or 0))
    return Days(told, told)


def _months(year: int, first: int, count: int) -> Days:
    end_year, end = divmod(year * 12 + first - 1 + count - 1, 12)
    return Days(date(year, first, 1), date(end_year, end + 1, monthrange(end_year, end + 1)[1]))


__all__ = ["Days", "days"]
