"""Days, weeks, months and years as EDTF (ISO 8601-2:2019), counted from a report's day."""

import calendar
from calendar import monthrange
from datetime import date, timedelta

_YEARS = range(1, 9999)


def day_in(day: str) -> date | None:
    """The date of a YYYY-MM-DD text; None where it is none.

    >>> day_in("2022-01-21"), day_in("2022-02-30")
    (datetime.date(2022, 1, 21), None)
    """
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """The date so many days off; None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shifted_text(day: date, days: int) -> str | None:
    """The EDTF day so many days off.

    >>> shifted_text(date(2022, 1, 21), -11)
    '2022-01-10'
    """
    found = shifted(day, days)
    return found.isoformat() if found is not None else None


def week(day: date, offset: int) -> str | None:
    """Monday to Sunday of the week `offset` weeks after that of `day`.

    >>> week(date(2022, 1, 21), 1)
    '2022-01-24/2022-01-30'
    """
    monday = shifted(day, 7 * offset - day.weekday())
    sunday = shifted(day, 7 * offset - day.weekday() + 6)
    return f"{monday.isoformat()}/{sunday.isoformat()}" if monday and sunday else None


def month(day: date, offset: int) -> str | None:
    """The month `offset` months after that of `day`.

    >>> month(date(2022, 1, 21), -1)
    '2021-12'
    """
    years, index = divmod(day.month - 1 + offset, 12)
    year = day.year + years
    return f"{year:04}-{index + 1:02}" if year in _YEARS else None


def year(day: date, offset: int) -> str | None:
    """The year `offset` years after that of `day`."""
    number = day.year + offset
    return f"{number:04}" if number in _YEARS else None


def weekend(day: date, offset: int) -> str | None:
    """Saturday and Sunday of the week `offset` weeks after that of `day`."""
    saturday = shifted(day, 7 * offset - day.weekday() + 5)
    sunday = shifted(day, 7 * offset - day.weekday() + 6)
    return f"{saturday.isoformat()}/{sunday.isoformat()}" if saturday and sunday else None


def counted(day: date, count: int, unit: str) -> str | None:
    """`count` units from `day`, as precise as the unit: a day, a month or a year; hours are days.

    >>> counted(date(2022, 1, 21), -2, "week"), counted(date(2022, 1, 21), 3, "month")
    ('2022-01-07', '2022-04')
    """
    if unit in ("day", "hour", "minute"):
        return shifted_text(day, count if unit == "day" else (int(count / 24) if unit == "hour" else 0))
    if unit in ("week", "fortnight"):
        return shifted_text(day, (7 if unit == "week" else 14) * count)
    if unit == "month":
        return month(day, count)
    return year(day, count * {"year": 1, "decade": 10, "century": 100}[unit])


def months_later(day: date, months: int) -> str | None:
    """The day so many months after `day`, by which what is due "within 18 months" is due.

    >>> months_later(date(2022, 8, 31), 18)
    '2024-02-29'
    """
    years, index = divmod(day.month - 1 + months, 12)
    if day.year + years not in _YEARS:
        return None
    last = monthrange(day.year + years, index + 1)[1]
    return date(day.year + years, index + 1, min(day.day, last)).isoformat()


def nearest_weekday(day: date, weekday: int, *, future: bool, strictly: bool = False) -> str | None:
    """The next or last such weekday, `day` itself counting unless `strictly`.

    >>> nearest_weekday(date(2022, 1, 21), 3, future=False)
    '2022-01-20'
    """
    ahead = (weekday - day.weekday()) % 7
    if future:
        return shifted_text(day, ahead or (7 if strictly else 0))
    back = (day.weekday() - weekday) % 7
    return shifted_text(day, -(back or (7 if strictly else 0)))


def month_day(month_number: int, day_number: int, year_number: int | None) -> str | None:
    """A day of a month, of an unknown year where none is told; None where there is no such day.

    >>> month_day(2, 30, 2022), month_day(1, 21, None)
    (None, 'XXXX-01-21')
    """
    known = year_number is not None and year_number in _YEARS
    longest = calendar.monthrange(year_number if known and year_number is not None else 2000, month_number)[1]
    if not 1 <= day_number <= longest:
        return None
    return f"{f'{year_number:04}' if year_number is not None else 'XXXX'}-{month_number:02}-{day_number:02}"


def end_of(value: str) -> str:
    """The last day of a month or year, the value itself for others.

    >>> end_of("2022-02"), end_of("2022")
    ('2022-02-28', '2022-12-31')
    """
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 2 or int(parts[0]) not in _YEARS:
        return value
    if len(parts) == 1:
        return f"{value}-12-31"
    number = int(parts[1])
    return f"{value}-{calendar.monthrange(int(parts[0]), number)[1]:02}" if 1 <= number <= 12 else value


def first_of(value: str) -> str:
    """Where an interval begins; the value itself for a point."""
    return value.partition("/")[0]


def last_of(value: str) -> str:
    """Where an interval ends; the value itself for a point."""
    return value.rpartition("/")[2]


__all__ = [
    "counted",
    "day_in",
    "end_of",
    "first_of",
    "last_of",
    "month",
    "month_day",
    "months_later",
    "nearest_weekday",
    "shifted",
    "shifted_text",
    "week",
    "weekend",
    "year",
]
