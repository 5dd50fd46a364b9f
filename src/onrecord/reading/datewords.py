"""The words and forms that printed dates are made of, from their lexicon, compiled once."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ISO_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)?)?"
)
_GAP = r"(?:\s|,|\||·|•|–|—|-|/|\bat\b|\bon\b|@|\bà\b|\bum\b|\bT)*"
#: Dumps of pages glue what stood apart: "May 4, 2031Updated", "May 4, 20314:22 PM", "4 May 20314 May 2031".
_GLUED = r"(?=\d{1,2}:\d{2}|\d{1,2} (?-i:[A-Z][a-z]{2}))"
_ENDS = r"(?:(?![A-Za-z])|(?=[A-Z][a-z]))"


@dataclass(frozen=True, slots=True)
class DateWords:
    """What `onrecord.reading.dates` matches with.

    Attributes:
        months: number by name, in lower case.
        zones: offset by name, in upper case; only names that mean the same everywhere.
        forms: the pattern of each form of a date: iso, dmy, mdy, num (day or month first), ymd.
        time_after, time_before: a time of day right after or before a date.
        published, changed: a label that stands right before a date.
        rest: words that a line of dates may hold beside them.
    """

    months: dict[str, int]
    zones: dict[str, str]
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    time_after: re.Pattern[str]
    time_before: re.Pattern[str]
    published: re.Pattern[str]
    changed: re.Pattern[str]
    rest: re.Pattern[str]


@cache
def date_words() -> DateWords:
    """The lexicon `lexicons/dates.toml`, compiled."""
    words: dict[str, Any] = tomllib.loads(
        files("onrecord.reading").joinpath("lexicons/dates.toml").read_text(encoding="utf-8")
    )
    months = {name: int(number) for number, names in words["months"].items() for name in names}
    zone = _either([*words["zones"], *words["unsure"]["zones"]])
    clock = _clock(zone)
    labels = words["line"]
    around = [*labels["published"], *labels["changed"], *labels["fillers"], *words["weekdays"]["names"]]
    return DateWords(
        months=months,
        zones={name.upper(): offset for name, offset in words["zones"].items()},
        forms=_forms(_either(months), _either(words["weekdays"]["names"])),
        time_after=re.compile(_GAP + clock, re.I),
        time_before=re.compile(clock + _GAP + r"$", re.I),
        published=_label(labels["published"]),
        changed=_label(labels["changed"]),
        rest=re.compile(rf"\b(?:{_either(around)}|(?-i:{zone}))\b", re.I),
    )


def _clock(zone: str) -> str:
    """A time of day with its zone; names of zones are upper case, as "EST" is no "est"."""
    offset = r"(?:GMT|UTC)?[+-][0-9]{1,2}(?::?[0-9]{2})?\b"
    return (
        r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
        rf"(?:\s?(?P<half>[ap]\.?\s?m\b\.?))?(?:\s?\(?(?P<zone>{offset}|(?-i:{zone}{_ENDS}))\)?)?"
    )


def _forms(month: str, weekday: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of a date, each with the weekday that may stand before it."""
    lead = rf"(?:\b(?:{weekday})\b\.?,?\s+)?"
    day, year = r"(?:\b|(?<=[12]\d{3}))(?P<d>\d{1,2})", rf"(?P<y>\d{{4}})(?:(?!\d)|{_GLUED})"
    after_day, after_month = r"(?:\s+(?:of|de)\s+|[\s-]+)", r"(?:\s+de\s+|[\s,-]+)"
    numbers = r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)"
    return (
        ("iso", re.compile(rf"(?<!\d){ISO_DATE.pattern}(?![\d-])")),
        (
            "dmy",
            re.compile(rf"{lead}{day}(?:st|nd|rd|th|er|º|\.)?{after_day}(?P<m>{month})\b\.?{after_month}{year}", re.I),
        ),
        (
            "mdy",
            re.compile(
                rf"{lead}(?:\b|(?<=\d{{4}}))(?P<m>{month})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{year}", re.I
            ),
        ),
        ("num", re.compile(rf"{lead}{numbers}{year}(?![\d/-])", re.I)),
        ("ymd", re.compile(rf"(?<![\d/.-]){year}(?P<sep>[/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?![\d/.-]\d)")),
    )


def _either(names: Iterable[str]) -> str:
    """The names as alternatives of a pattern, longest first so that none hides another."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _label(names: list[str]) -> re.Pattern[str]:
    """A label that stands right before a date."""
    return re.compile(rf"\b(?:{_either(names)})(?:\s+(?:on|at|in))?\s*[:|\-–—]?\s*$", re.I)
