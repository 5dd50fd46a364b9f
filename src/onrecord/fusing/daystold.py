"""The days that a text tells, as far as one can tell them without parsing it."""

import re
from datetime import date, timedelta
from functools import cache

from onrecord.fusing.words import table

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_TODAY = re.compile(r"\btoday\b", re.IGNORECASE)
_YESTERDAY = re.compile(r"\byesterday\b", re.IGNORECASE)


def days_told(text: str, published: str | None) -> tuple[str, ...]:
    """The days of the year ("03-07") and days of the week ("friday") that a text tells, sorted.

    In a text with a date of its own a day of the week is the latest such day as well, since news tells
    what has just happened.

    Args:
        text: of a title and the lead.
        published: the day of the text, YYYY-MM-DD.

    >>> days_told("The ferry sank on Friday, the port said on 8 March.", "2031-03-09")
    ('03-07', '03-08', 'friday')
    """
    told = {f"{table('months')[month.lower()]}-{int(day):02}" for month, day in _dated(text)}
    weekdays = {match[1].lower() for match in _WEEKDAY.finditer(text)}
    if published is not None:
        today = date.fromisoformat(published)
        back = [(today.weekday() - _WEEKDAYS.index(weekday)) % 7 for weekday in sorted(weekdays)]
        back += [0] * bool(_TODAY.search(text)) + [1] * bool(_YESTERDAY.search(text))
        told |= {f"{today - timedelta(days):%m-%d}" for days in back if days < today.toordinal()}
    return tuple(sorted(told | weekdays))


def day_of_year(told: str) -> bool:
    """Whether a told day is a day of the year, not one of the week."""
    return told[:1].isdigit()


def _dated(text: str) -> list[tuple[str, str]]:
    found = [(match["month"], match["day"]) for match in _month_day().finditer(text)]
    found += [(match["month"], match["day"]) for match in _day_month().finditer(text)]
    return [(month, day) for month, day in found if 1 <= int(day) <= 31]


@cache
def _months() -> str:
    return "|".join(sorted(table("months"), key=lambda name: (-len(name), name)))


@cache
def _month_day() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<month>{_months()})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)


@cache
def _day_month() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_months()})\b", re.IGNORECASE)
