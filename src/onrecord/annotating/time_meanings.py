"""What each form of time expression means, as EDTF counted from the report's day."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from onrecord.annotating import edtf


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an expression is counted from: the report's day and whether its verb looks ahead."""

    day: date | None
    future: bool
    #: "was due on Saturday": a plan told in the past; the day nearest to the report's, before or after it.
    near: bool = False


Meaning = Callable[[re.Match[str], Anchor], tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The lexicon: words with their numbers."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    seasons: dict[str, int]
    quarters: dict[str, int]
    periods: dict[str, str]
    zones: dict[str, str]


@cache
def time_words() -> TimeWords:
    """The lexicon of time words, read once."""
    return TimeWords(
        **json.loads((files("onrecord.annotating") / "lexicons" / "times.json").read_text(encoding="utf-8"))
    )


def _number(text: str) -> int | None:
    text = " ".join(text.lower().replace("-", " ").split())
    if text.isdigit():
        return int(text) if len(text) < 6 else None
    numbers = time_words().numbers
    if text in numbers:
        return numbers[text]
    tens, _, ones = text.partition(" ")
    return numbers[tens] + numbers[ones] if tens in numbers and ones in numbers else None


def _unit(text: str) -> str:
    text = text.lower().rstrip("s")
    return {"centurie": "century"}.get(text, text)


def _leading(match: re.Match[str]) -> str:
    return (match.groupdict().get("lead") or "").lower().strip()


def _formed(match: re.Match[str], value: str | None, *, ahead: bool = False) -> tuple[str | None, str]:
    """The value as "since", "by", "until" or "before" in front of it makes it."""
    lead = _leading(match)
    if lead == "before":
        if ahead or value is None:
            return value, "deadline" if ahead else "date"
        return f"../{edtf.first_of(value)}", "date"
    if lead.startswith("since") and value is not None:
        # "since the war" begins where the war ends, "since 2014" where 2014 begins
        start = edtf.last_of(value) if "/" in value else value
        return f"{start}/..", "date"
    if lead.startswith(("by", "until", "till", "no later than", "before the end", "up to")):
        ended = lead.endswith(("end of", "end of the"))
        return (edtf.end_of(edtf.last_of(value)) if ended and value is not None else value), "deadline"
    if lead.endswith(("end of", "end of the")) and value is not None:
        return value, "date"
    return value, "date"


def _ahead(match: re.Match[str], anchor: Anchor) -> bool:
    return anchor.future or _leading(match).startswith(
        ("by", "until", "till", "no later than", "up to", "before the end")
    )


def _full_date(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    number, day_number = time_words().months[match["month"].lower().rstrip(".")], int(match["day"])
    told = match.groupdict().get("year")
    year = int(told) if told else _year_of(number, day_number, anchor, future=_ahead(match, anchor))
    value = edtf.month_day(number, day_number, year)
    last = match.groupdict().get("last")
    if value is not None and last and (end := edtf.month_day(number, int(last), year)):
        value = f"{value}/{end}"
    return (None, "") if value is None else _formed(match, value, ahead=anchor.future)


def _year_of(month: int, day_number: int, anchor: Anchor, *, future: bool) -> int | None:
    """The year that brings a day without year nearest to the report's day, back for what is past."""
    if anchor.day is None:
        return None
    here = anchor.day
    if future:
        return here.year if (month, day_number) >= (here.month, here.day) or month > here.month - 3 else here.year + 1
    return here.year if (month, day_number) <= (here.month, here.day) or month <= here.month + 2 else here.year - 1


def _iso_date(match: re.Match[str], _: Anchor) -> tuple[str | None, str]:
    return (match["iso"], "date") if edtf.day_in(match["iso"]) else (None, "")


def _slashed(match: re.Match[str], _: Anchor) -> tuple[str | None, str]:
    """21/01/2022 or 01/21/2022; both where the text does not tell which."""
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    days = [edtf.month_day(m, d, year) for d, m in ((one, other), (other, one)) if 1 <= m <= 12]
    told = sorted({day for day in days if day is not None})
    if not told:
        return None, ""
    return (told[0] if len(told) == 1 else f"[{','.join(told)}]"), "date"


def _weekday(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    weekday = time_words().weekdays[match["weekday"].lower().rstrip(".")]
    which = (match.groupdict().get("which") or "").lower().strip()
    if anchor.day is None:
        return _formed(match, None)
    if which in ("last", "previous", "past"):
        value = edtf.nearest_weekday(anchor.day, weekday, future=False, strictly=True)
    elif which == "next":
        ahead = edtf.shifted(anchor.day, 7 - anchor.day.weekday() + weekday)
        value = ahead.isoformat() if ahead else None
    else:
        future = _ahead(match, anchor) or which in ("this", "this coming", "coming", "the coming")
        if anchor.near and not which:
            # three days and less ahead are nearer than the same weekday a week before
            future = future or (weekday - anchor.day.weekday()) % 7 <= 3
        value = edtf.nearest_weekday(anchor.day, weekday, future=future)
        if _leading(match) == "before" and future and value == anchor.day.isoformat():
            value = edtf.shifted_text(anchor.day, 7)
    return _formed(match, value, ahead=anchor.future)


def _weekday_range(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    """From Monday to Wednesday: the second day is the first such one after the first."""
    first, last = (time_words().weekdays[match[part].lower().rstrip(".")] for part in ("weekday", "last"))
    if anchor.day is None:
        return None, "date"
    start = edtf.nearest_weekday(anchor.day, first, future=anchor.future)
    begin = edtf.day_in(start) if start else None
    end = edtf.nearest_weekday(begin, last, future=True) if begin else None
    return (f"{start}/{end}" if start and end else None), "date"


_NEAR_DAYS = {
    "yesterday": -1,
    "last night": -1,
    "the previous day": -1,
    "a day earlier": -1,
    "one day earlier": -1,
    "day before yesterday": -2,
    "the day before yesterday": -2,
    "tomorrow": 1,
    "day after tomorrow": 2,
    "the day after tomorrow": 2,
}


def _near_day(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    word = " ".join(match["word"].lower().split())
    offset = _NEAR_DAYS.get(word, 0)
    return _formed(match, edtf.shifted_text(anchor.day, offset) if anchor.day else None)


def _calendar_unit(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    """Next week, earlier this month, later this year, at the weekend."""
    day = anchor.day
    if day is None:
        return _formed(match, None)
    which, unit = " ".join((match["which"] or "").lower().split()), match["unit"].lower()
    offset = (
        1 if which.endswith(("next", "coming", "following")) else (-1 if which.endswith(("last", "previous")) else 0)
    )
    if unit == "weekend" and which == "the" and not anchor.future and day.weekday() < 5:
        offset = -1  # told in the past on a weekday: the weekend that was
    value = {"week": edtf.week, "month": edtf.month, "year": edtf.year, "weekend": edtf.weekend}[unit](day, offset)
    part = (match.groupdict().get("part") or "").lower()
    if unit == "week" and offset == 0 and value is not None and part in ("earlier", "later"):
        start, end = edtf.first_of(value), edtf.last_of(value)
        value = f"{start}/{day.isoformat()}" if part == "earlier" else f"{day.isoformat()}/{end}"
    return _formed(match, value)


def _end_of_unit(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    if anchor.day is None:
        return None, "deadline"
    which, unit = (match["which"] or "").lower().strip(), match["unit"].lower()
    offset = 1 if which == "next" else 0
    value = {"week": edtf.week, "month": edtf.month, "year": edtf.year}[unit](anchor.day, offset)
    return (edtf.end_of(edtf.last_of(value)) if value else None), "deadline"


def _offset(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    """Two days ago; 11 days after (the event named next was 11 days before); in three weeks."""
    count, unit = _number(match["count"]), _unit(match["unit"])
    direction = match["direction"].lower().split()[0]
    if match["count"].lower() == "half a":
        count, unit = {"century": 50, "decade": 5}[unit], "year"
    # "two weeks earlier" counts from what was told before it, which is seldom the report's day
    if count is None or anchor.day is None or direction == "later" or (direction == "earlier" and count > 1):
        return None, "date"
    back = direction in ("ago", "earlier", "after")
    return edtf.counted(anchor.day, -count if back else count, unit), "date"


def _in_units(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    count, unit = _number(match["count"]), _unit(match["unit"])
    deadline = match["how"].lower() == "within"
    form = "deadline" if deadline else ("date" if anchor.future else "duration")
    if count is None or anchor.day is None or form == "duration":
        return None, form
    if deadline and unit in ("month", "year"):
        # a deadline has a day: "within 18 months", "within a year and a half"
        half = (6 if unit == "year" else 0) if match["half"] else 0
        return edtf.months_later(anchor.day, count * (12 if unit == "year" else 1) + half), form
    return edtf.counted(anchor.day, count, unit), form


def _span_of_units(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    """In the coming weeks, in the next two days, over the past three years, in recent months."""
    which = match["which"].lower()
    ahead = which in ("coming", "next", "following", "upcoming")
    if anchor.day is None:
        return None, "date"
    here = anchor.day.isoformat()
    count = _number(match["count"]) if match["count"] else None
    if match["count"] == "":
        count = 1  # "in the past week"
    if count is None:
        return (f"{here}/.." if ahead else f"../{here}"), "date"
    there = edtf.counted(anchor.day, count if ahead else -count, _unit(match["unit"]))
    if there is None:
        return None, "date"
    return (f"{here}/{there}" if ahead else f"{there}/{here}"), "date"


def _month(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    number = time_words().months[match["month"].lower().rstrip(".")]
    told = match.groupdict().get("year")
    if told:
        return _formed(match, f"{int(told):04}-{number:02}")
    if anchor.day is None:
        return _formed(match, f"XXXX-{number:02}")
    which = (match.groupdict().get("which") or "").lower().strip()
    here = anchor.day
    if which == "last":
        year = here.year if number < here.month else here.year - 1
    elif which == "next":
        year = here.year if number > here.month else here.year + 1
    elif which == "this":
        year = here.year
    elif _ahead(match, anchor):
        year = here.year if number >= here.month else here.year + 1
    else:
        year = here.year if number <= here.month else here.year - 1
    return _formed(match, f"{year:04}-{number:02}")


def _year(match: re.Match[str], _: Anchor) -> tuple[str | None, str]:
    last = match.groupdict().get("last")
    value = match["year"]
    if last:
        full = last if len(last) == 4 else value[:2] + last
        value = f"{value}/{full}" if full > value else value
    return _formed(match, value)


def _decade(match: re.Match[str], _: Anchor) -> tuple[str | None, str]:
    return _formed(match, match["decade"][:3] + "X")


def _century(match: re.Match[str], _: Anchor) -> tuple[str | None, str]:
    return f"{int(match['nth']) - 1:02}XX", "date"


def _season(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    code = time_words().seasons[match["season"].lower()]
    if match["year"]:
        return _formed(match, f"{match['year']}-{code}")
    if anchor.day is None:
        return _formed(match, None)
    which = (match["which"] or "").lower()
    # Spring begins in March: what has begun this year and is not the running one is past.
    begun = anchor.day.month >= 3 * (code - 20)
    year = anchor.day.year
    if which == "last" or (which == "the" and not anchor.future):
        year -= 0 if begun else 1
    elif which == "next" or anchor.future:
        year += 1 if begun and which == "next" else 0
    return _formed(match, f"{year:04}-{code}")


def _quarter(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    code = time_words().quarters[match["nth"].lower()]
    year = match["year"] or (str(anchor.day.year) if anchor.day else None)
    return (f"{year}-{code}" if year else None), "date"


def _period(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    value = time_words().periods[" ".join(match["period"].lower().replace("’", "'").split())]
    if value.startswith("XXXX") and anchor.day is not None:
        month, day_number = int(value[5:7]), int(value[8:10])
        year = _year_of(month, day_number, anchor, future=_ahead(match, anchor))
        value = edtf.month_day(month, day_number, year) or value
    return _formed(match, value)


def _half(match: re.Match[str], anchor: Anchor) -> tuple[str | None, str]:
    """The second half of 2021, as its first and last month."""
    told = match["year"].lower()
    if told.isdigit():
        year: str | None = told
    else:
        offset = {"this": 0, "next": 1, "last": -1}[told.split()[0]]
        year = edtf.year(anchor.day, offset) if anchor.day else None
    months = ("01", "06") if match["nth"].lower() == "first" else ("07", "12")
    return (f"{year}-{months[0]}/{year}-{months[1]}" if year else None), "date"


def _untold(_: re.Match[str], __: Anchor) -> tuple[str | None, str]:
    """Counted from something else than the report's day ("the following day", "since then"): no value."""
    return None, "date"


def _duration(_: re.Match[str], __: Anchor) -> tuple[str | None, str]:
    return None, "duration"


def _set(_: re.Match[str], __: Anchor) -> tuple[str | None, str]:
    return None, "set"


#: What the names in lexicons/times_grammar.tsv stand for.
MEANINGS: dict[str, Meaning] = {
    "calendar_unit": _calendar_unit,
    "century": _century,
    "decade": _decade,
    "duration": _duration,
    "end_of_unit": _end_of_unit,
    "full_date": _full_date,
    "in_units": _in_units,
    "half": _half,
    "iso_date": _iso_date,
    "month": _month,
    "near_day": _near_day,
    "offset": _offset,
    "period": _period,
    "quarter": _quarter,
    "season": _season,
    "set": _set,
    "slashed": _slashed,
    "span_of_units": _span_of_units,
    "untold": _untold,
    "weekday": _weekday,
    "weekday_range": _weekday_range,
    "year": _year,
}

__all__ = ["MEANINGS", "Anchor", "Meaning", "TimeWords", "time_words"]
