"""The days that a text tells, as far as one can tell them without parsing it."""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from onrecord.fusing.words import table

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: A day of a month; whether the month stands before or after it is looked up around it, since digits are rare.
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?<!\w)([a-z]+)\.? $", re.IGNORECASE)
_AFTER = re.compile(r"(?: of)? ([a-z]+)\b", re.IGNORECASE)
#: Code points before a day that hold any month.
_MONTH_LENGTH = 12


def days_told(text: str, words: Collection[str], published: str | None) -> tuple[str, ...]:
    """The days of the year ("03-07") and days of the week ("friday") that a text tells, sorted.

    In a text with a date of its own a day of the week is the latest such day as well, since news tells
    what has just happened.

    Args:
        text: of a title and the lead.
        words: of the same text, folded.
        published: the day of the text, YYYY-MM-DD.

    >>> text = "The ferry sank on Friday, the port said on 8 March."
    >>> days_told(text, text.lower().replace(",", "").split(), "2031-03-09")
    ('03-07', '03-08', 'friday')
    """
    told = {f"{month}-{day:02}" for month, day in _dated(text)}
    weekdays = set(_WEEKDAYS).intersection(words)
    if published is not None:
        today = date.fromisoformat(published)
        back = [(today.weekday() - _WEEKDAYS.index(weekday)) % 7 for weekday in sorted(weekdays)]
        back += [0] * ("today" in words) + [1] * ("yesterday" in words)
        told |= {f"{today - timedelta(days):%m-%d}" for days in back if days < today.toordinal()}
    return tuple(sorted(told | weekdays))


def day_of_year(told: str) -> bool:
    """Whether a told day is a day of the year, not one of the week."""
    return told[:1].isdigit()


def _dated(text: str) -> Iterator[tuple[str, int]]:
    months = table("months")
    for found in _DAY.finditer(text):
        day = int(found[1])
        before = _BEFORE.search(text[max(0, found.start() - _MONTH_LENGTH) : found.start()])
        after = _AFTER.match(text, found.end())
        for month in (before, after):
            if month is not None and month[1].lower() in months and 1 <= day <= 31:
                yield months[month[1].lower()], day
