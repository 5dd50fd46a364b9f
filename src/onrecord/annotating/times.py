"""Time expressions and what they mean, counted from the report's day."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from onrecord.annotating import edtf
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import Annotation, Report, Span, TimeMention

_FUTURE_WORDS = frozenset("due scheduled set planned expected slated".split())
#: A date of the same or the next months is this year's; further ahead in a past sentence it is last year's.
_HALF_YEAR_MONTHS = 6


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What an expression is counted from: the report's day and whether its verb looks ahead."""

    day: date | None
    future: bool


_Meaning = Callable[[re.Match[str], _Anchor], tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    meaning: _Meaning


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon: words with their numbers."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    seasons: dict[str, int]
    quarters: dict[str, int]
    periods: dict[str, str]


@cache
def _words() -> _Words:
    return _Words(**json.loads((files("onrecord.annotating") / "lexicons" / "times.json").read_text(encoding="utf-8")))


def find_times(report: Report, parse: Parse, marks: Annotation) -> Annotation:
    """Mark time expressions with their EDTF value, counted from the report's day.

    A weekday or a month is the nearest one back, today included, unless its verb looks ahead. Without a report's
    day relative expressions have no value. Durations, deadlines ("by Friday") and sets ("every week") keep their form.
    """
    day = edtf.day_in(report.day) if report.day is not None else None
    found = [one for parsed in parse.blocks for one in _of_block(parsed, day)]
    return replace(marks, times=tuple(found))


def _of_block(parsed: ParsedBlock, day: date | None) -> Iterator[TimeMention]:
    text = parsed.doc.text
    matches = [(match, rule) for rule in _rules() for match in rule.pattern.finditer(text)]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    end = 0
    for match, rule in matches:
        if match.start() < end:
            continue
        anchor = _Anchor(day, _looks_ahead(parsed, match.start()))
        value, form = rule.meaning(match, anchor)
        if form == "":
            continue
        end = match.end()
        yield TimeMention(Span(parsed.start + match.start(), parsed.start + match.end()), value, form)


def _looks_ahead(parsed: ParsedBlock, at: int) -> bool:
    """Whether the verb above the word at `at` is about what is to come."""
    tokens = parsed.doc.char_span(at, at + 1, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return False
    token: Token = tokens[0]
    for _ in range(8):
        if token.lower_ in _FUTURE_WORDS:
            return not any(child.lower_ in ("was", "were", "been", "had") for child in token.children)
        if token.tag_ in ("VBD", "VBN") and not any(
            child.lower_ in ("be", "will", "would") for child in token.children
        ):
            return False
        if token.pos_ in ("VERB", "AUX"):
            helpers = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
            if helpers & {
                "will",
                "would",
                "shall",
                "'ll",
                "’ll",
                "to",
                "can",
                "could",
                "should",
                "must",
                "may",
                "might",
            }:
                return True
            if token.tag_ in ("VBZ", "VBP", "VBG") and "have" not in {child.lemma_ for child in token.children}:
                return token.tag_ != "VBG" or bool(helpers & {"is", "are", "am"})
        if token.head is token:
            return False
        token = token.head
    return False


@cache
def _rules() -> tuple[_Rule, ...]:
    """The grammar; the longest of the leftmost matches wins."""
    parts = {
        "M": "|".join(f"{name}\\.?" if len(name) < 5 and name != "may" else name for name in _by_length(_words().months)),
        "W": "|".join(f"{name}\\.?" if len(name) < 6 else name for name in _by_length(_words().weekdays)),
        "N": r"(?:\d+|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:one|two|three|four|five|six|seven|eight|nine)|"
        + "|".join(_by_length(_words().numbers)) + ")",
        "U": "(?:minute|hour|day|week|month|year|decade)",
        "S": "|".join(_words().seasons),
        "P": "|".join(re.escape(name).replace("'", "['’]") for name in _by_length(_words().periods)),
        "D": r"(?:(?:\s+|,\s+)(?:morning|afternoon|evening|night))",
        "Y": r"(?:1[5-9]\d\d|20\d\d)",
    }  # fmt: skip
    return tuple(_Rule(re.compile(_filled(pattern, parts), re.IGNORECASE), meaning) for pattern, meaning in _GRAMMAR)


def _by_length(words: dict[str, int] | dict[str, str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def _filled(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"<([A-Z])>", lambda match: parts[match.group(1)], pattern)


# Meanings --------------------------------------------------------------------------------------------------------


def _number(text: str) -> int | None:
    text = " ".join(text.lower().replace("-", " ").split())
    if text.isdigit():
        return int(text) if len(text) < 6 else None
    numbers = _words().numbers
    if text in numbers:
        return numbers[text]
    tens, _, ones = text.partition(" ")
    return numbers[tens] + numbers[ones] if tens in numbers and ones in numbers else None


def _unit(text: str) -> str:
    text = text.lower().rstrip("s")
    return {"centurie": "century"}.get(text, text)


def _leading(match: re.Match[str]) -> str:
    return (match.groupdict().get("lead") or "").lower().strip()


def _formed(match: re.Match[str], value: str | None) -> tuple[str | None, str]:
    """The value as "since", "by" or "until" before it makes it."""
    lead = _leading(match)
    if lead.startswith("since") and value is not None:
        # "since the war" begins where the war ends, "since 2014" where 2014 begins.
        start = edtf.last_of(value) if "/" in value else value
        return f"{start}/..", "date"
    if lead.startswith(("by", "until", "till", "no later than", "before the end", "up to")):
        ended = lead.endswith(("end of", "end of the"))
        return (edtf.end_of(edtf.last_of(value)) if ended and value is not None else value), "deadline"
    if lead.endswith(("end of", "end of the")) and value is not None:
        return value, "date"
    return value, "date"


def _ahead(match: re.Match[str], anchor: _Anchor) -> bool:
    return anchor.future or _leading(match).startswith(
        ("by", "until", "till", "no later than", "up to", "before the end")
    )


def _full_date(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    number, day_number = _words().months[match["month"].lower().rstrip(".")], int(match["day"])
    told = match.groupdict().get("year")
    year = int(told) if told else _year_of(number, day_number, anchor, future=_ahead(match, anchor))
    value = edtf.month_day(number, day_number, year)
    last = match.groupdict().get("last")
    if value is not None and last and (end := edtf.month_day(number, int(last), year)):
        value = f"{value}/{end}"
    return (None, "") if value is None else _formed(match, value)


def _year_of(month: int, day_number: int, anchor: _Anchor, *, future: bool) -> int | None:
    """The year that brings a day without year nearest to the report's day, back for what is past."""
    if anchor.day is None:
        return None
    here = anchor.day
    if future:
        return here.year if (month, day_number) >= (here.month, here.day) or month > here.month - 3 else here.year + 1
    return here.year if (month, day_number) <= (here.month, here.day) or month <= here.month + 2 else here.year - 1


def _iso_date(match: re.Match[str], _: _Anchor) -> tuple[str | None, str]:
    return (match["iso"], "date") if edtf.day_in(match["iso"]) else (None, "")


def _slashed(match: re.Match[str], _: _Anchor) -> tuple[str | None, str]:
    """21/01/2022 or 01/21/2022; both where the text does not tell which."""
    one, other, year = int(match["one"]), int(match["other"]), int(match["year"])
    days = [edtf.month_day(m, d, year) for d, m in ((one, other), (other, one)) if 1 <= m <= 12]
    told = sorted({day for day in days if day is not None})
    if not told:
        return None, ""
    return (told[0] if len(told) == 1 else f"[{','.join(told)}]"), "date"


def _weekday(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    weekday = _words().weekdays[match["weekday"].lower().rstrip(".")]
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
        value = edtf.nearest_weekday(anchor.day, weekday, future=future)
    return _formed(match, value)


def _near_day(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    word = " ".join(match["word"].lower().split())
    offset = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "the day before yesterday": -2, "last night": -1,
              "day after tomorrow": 2, "the day after tomorrow": 2, "the day before": -1, "the previous day": -1,
              "a day earlier": -1, "one day earlier": -1}.get(word, 0)  # fmt: skip
    return _formed(match, edtf.shifted_text(anchor.day, offset) if anchor.day else None)


def _calendar_unit(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    """Next week, earlier this month, later this year, at the weekend."""
    day = anchor.day
    if day is None:
        return _formed(match, None)
    which, unit = " ".join((match["which"] or "").lower().split()), match["unit"].lower()
    offset = (
        1 if which.endswith(("next", "coming", "following")) else (-1 if which.endswith(("last", "previous")) else 0)
    )
    value = {"week": edtf.week, "month": edtf.month, "year": edtf.year, "weekend": edtf.weekend}[unit](day, offset)
    part = (match.groupdict().get("part") or "").lower()
    if unit == "week" and offset == 0 and value is not None and part in ("earlier", "later"):
        start, end = edtf.first_of(value), edtf.last_of(value)
        value = f"{start}/{day.isoformat()}" if part == "earlier" else f"{day.isoformat()}/{end}"
    return _formed(match, value)


def _end_of_unit(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    if anchor.day is None:
        return None, "deadline"
    which, unit = (match["which"] or "").lower().strip(), match["unit"].lower()
    offset = 1 if which == "next" else 0
    value = {"week": edtf.week, "month": edtf.month, "year": edtf.year}[unit](anchor.day, offset)
    return (edtf.end_of(edtf.last_of(value)) if value else None), "deadline"


def _offset(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    """Two days ago; 11 days after (the event named next was 11 days before); in three weeks."""
    count, unit = _number(match["count"]), _unit(match["unit"])
    direction = match["direction"].lower().split()[0]
    if count is None or anchor.day is None or direction == "later":
        return None, "date"
    back = direction in ("ago", "earlier", "after", "back", "on")
    return edtf.counted(anchor.day, -count if back else count, unit), "date"


def _in_units(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    count, unit = _number(match["count"]), _unit(match["unit"])
    deadline = match["how"].lower() == "within"
    form = "deadline" if deadline else ("date" if anchor.future else "duration")
    if count is None or anchor.day is None or form == "duration":
        return None, form
    return edtf.counted(anchor.day, count, unit), form


def _span_of_units(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    """In the coming weeks, in the next two days, over the past three years, in recent months."""
    which = match["which"].lower()
    ahead = which in ("coming", "next", "following", "upcoming")
    if anchor.day is None:
        return None, "date"
    here = anchor.day.isoformat()
    count = _number(match["count"]) if match["count"] else None
    if count is None:
        return (f"{here}/.." if ahead else f"../{here}"), "date"
    there = edtf.counted(anchor.day, count if ahead else -count, _unit(match["unit"]))
    if there is None:
        return None, "date"
    return (f"{here}/{there}" if ahead else f"{there}/{here}"), "date"


def _month(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    number = _words().months[match["month"].lower().rstrip(".")]
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


def _year(match: re.Match[str], _: _Anchor) -> tuple[str | None, str]:
    last = match.groupdict().get("last")
    value = match["year"]
    if last:
        full = last if len(last) == 4 else value[:2] + last
        value = f"{value}/{full}" if full > value else value
    return _formed(match, value)


def _decade(match: re.Match[str], _: _Anchor) -> tuple[str | None, str]:
    return _formed(match, match["decade"][:3] + "X")


def _century(match: re.Match[str], _: _Anchor) -> tuple[str | None, str]:
    return f"{int(match['nth']) - 1:02}XX", "date"


def _season(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    code = _words().seasons[match["season"].lower()]
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


def _quarter(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    code = _words().quarters[match["nth"].lower()]
    year = match["year"] or (str(anchor.day.year) if anchor.day else None)
    return (f"{year}-{code}" if year else None), "date"


def _period(match: re.Match[str], anchor: _Anchor) -> tuple[str | None, str]:
    value = _words().periods[" ".join(match["period"].lower().replace("’", "'").split())]
    if value.startswith("XXXX") and anchor.day is not None:
        month, day_number = int(value[5:7]), int(value[8:10])
        year = _year_of(month, day_number, anchor, future=_ahead(match, anchor))
        value = edtf.month_day(month, day_number, year) or value
    return _formed(match, value)


def _duration(_: re.Match[str], __: _Anchor) -> tuple[str | None, str]:
    return None, "duration"


def _set(_: re.Match[str], __: _Anchor) -> tuple[str | None, str]:
    return None, "set"


_LEAD = r"(?:(?P<lead>since|by the end of|by|until the end of|until|till|no later than|up to|before the end of|the end of)\s+(?:the\s+)?)?"
_GRAMMAR: tuple[tuple[str, _Meaning], ...] = (
    (r"\b" + _LEAD + r"(?:(?:<W>),?\s+(?:the\s+)?)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*[–-]\s*(?P<last>\d{1,2}))?\s+(?:of\s+)?(?P<month><M>)(?!\w)(?:,?\s+(?P<year><Y>))?", _full_date),
    (r"\b" + _LEAD + r"(?:(?:<W>),?\s+)?(?P<month><M>)\s+(?P<day>\d{1,2})(?!\d|[,.]\d\d\d|\s*%)(?:st|nd|rd|th)?(?:\s*[–-]\s*(?P<last>\d{1,2}))?(?!\d)(?:,?\s+(?P<year><Y>))?", _full_date),
    (r"(?<![\d-])(?P<iso>\d{4}-\d\d-\d\d)(?![\d-])", _iso_date),
    (r"(?<![\d/.])(?P<one>\d{1,2})(?P<mark>[/.])(?P<other>\d{1,2})(?P=mark)(?P<year><Y>)(?![\d/])", _slashed),
    (r"\b" + _LEAD + r"(?:(?P<which>last|next|this coming|this|the coming|coming|previous|past)\s+)?(?P<weekday>(?<!\w)(?:<W>))(?!\w)<D>?", _weekday),
    (r"\b" + _LEAD + r"(?P<word>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last night|(?:the )?day before yesterday|(?:the )?day after tomorrow|the previous day|(?:a|one) day earlier)\b(?:\s+(?:morning|afternoon|evening|night))?", _near_day),
    (r"\b" + _LEAD + r"(?:(?P<part>earlier|later|early|late)\s+)?(?P<which>next|last|this|this coming|the coming|the following|the previous|previous|coming)\s+(?P<unit>weekend|week|month|year)\b(?!\s*-)", _calendar_unit),
    (r"\b(?:at|over|on|during)\s+(?P<which>the)\s+(?P<unit>weekend)\b", _calendar_unit),
    (r"\b(?:by|before|until|at)\s+(?:the\s+)?end of\s+(?:the\s+|this\s+)?(?P<which>next\s+)?(?P<unit>week|month|year)\b", _end_of_unit),
    (r"\b(?P<count><N>)\s+(?P<unit><U>)s?\s+(?P<direction>ago|earlier|later|after|before|from now)\b(?!\s+(?:midnight|noon)\b)", _offset),
    (r"\b(?P<how>within|in)\s+(?P<count><N>)\s+(?P<unit><U>)s?\b(?:['’]\s+time)?", _in_units),
    (r"\b(?:in|over|during|for|within|of)\s+(?:the\s+)?(?P<which>coming|next|following|upcoming|past|last|recent|previous)\s+(?:few\s+|several\s+|couple of\s+|(?P<count><N>)\s+)?(?P<unit><U>)s\b", _span_of_units),
    (r"\b(?:the\s+)?(?P<which>coming|next|past|last)\s+(?P<count><N>)\s+(?P<unit><U>)s?\b", _span_of_units),
    (r"\b" + _LEAD + r"(?:(?:early|mid|late)[\s-]+)?(?P<month><M>),?\s+(?:of\s+)?(?P<year><Y>)\b", _month),
    (r"\b" + _LEAD + r"(?:(?<=in )|(?<=since )|(?<=by )|(?<=until )|(?<=of )|(?<=from )|(?<=during )|(?<=before )|(?<=after )|(?<=till ))(?P<month><M>)(?![\w-])(?!\s+\d)", _month),
    (r"\b" + _LEAD + r"(?P<which>last|next|this|early|late|mid)[\s-]+(?P<month><M>)(?!\w)(?!\s+\d)", _month),
    (r"\b(?P<lead>since|by|until|till)\s+(?P<month><M>)(?![\w-])(?!\s+\d)", _month),
    (r"\b(?:(?<=in )|(?<=of )|(?<=from )|(?<=during )|(?<=before )|(?<=after )|(?<=the )|(?<=between )|(?<=and )|(?<=early )|(?<=late )|(?<=to )|\b(?P<lead>since|by|until|till|by the end of|the end of)\s+)(?P<year><Y>)(?:[–-](?P<last>\d\d(?:\d\d)?))?\b(?![,.]\d|\s*(?:%|per cent|people|troops|soldiers|men|km|miles|dollars))", _year),
    (r"\b" + _LEAD + r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)s\b", _decade),
    (r"\b(?:the\s+)?(?P<nth>1\d|20|21)(?:st|th)\s+century\b", _century),
    (r"\b" + _LEAD + r"(?:(?P<which>last|next|this|the)\s+)?(?P<season>(?<=the )spring|(?<=last )spring|(?<=next )spring|(?<=this )spring|summer|autumn|winter|(?<=last )fall|(?<=next )fall|(?<=this )fall|spring(?= of \d)|spring(?= \d)|fall(?= of \d\d\d\d))\b(?:,?\s+(?:of\s+)?(?P<year><Y>))?", _season),
    (r"\bthe\s+(?P<nth>first|second|third|fourth)\s+quarter(?:\s+of\s+(?P<year><Y>))?\b", _quarter),
    (r"\b" + _LEAD + r"(?:the\s+)?(?P<period><P>)(?!\w)", _period),
    (r"\b(?:for|lasting|lasted)\s+(?:at least\s+|about\s+|around\s+|nearly\s+|almost\s+|more than\s+|over\s+|up to\s+)?(?:(?:<N>)(?:[\s-]and[\s-]a[\s-]half)?\s+)?<U>s\b|\bfor\s+an?\s+<U>\b", _duration),
    (r"\b(?:<N>)(?:[\s-]and[\s-]a[\s-]half)?[\s-]<U>(?:-long|s)?\b(?!-old|\s+old)", _duration),
    (r"\b<U>s-long\b|\bmonths of\b|\byears of\b|\bdecades of\b|\bweeks of\b|\bdays of\b", _duration),
    (r"\b(?:every|each)\s+(?:(?:other|two|three|four|few)\s+)?(?:<U>s?|<W>)\b|\b(?:once|twice|<N> times)\s+an?\s+<U>\b|\bper\s+<U>\b", _set),
    (r"\bon\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days\b", _set),
)  # fmt: skip


__all__ = ["find_times"]
