"""Times of the clock, joined with the day they belong to: "at 14:30 GMT on Thursday"."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.model import Span, TimeMention

#: What may stand between a clock time and its day.
_BETWEEN = re.compile(r"\)?(?:,?\s+(?:on|at|late|early)?\s*(?:the\s+)?|,?\s*)", re.IGNORECASE)
_DAY = re.compile(r"-?\d{4}-\d\d-\d\d")
#: No clock time is further from its day than this; longer gaps are not even compared.
_GAP_CHARS = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the clock in a text: offsets, and hours and minutes with the zone where it is told ("14:30Z")."""

    start: int
    end: int
    value: str


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    zones: dict[str, str] = json.loads(
        (files("onrecord.annotating") / "lexicons" / "times.json").read_text(encoding="utf-8")
    )["zones"]
    zone = "|".join(re.escape(name) for name in sorted(zones, key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?<![\d:.,/$€£-])(?:(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?!\d)(?:\s*(?P<half>[ap]\.?m\b\.?))?"
        rf"|(?P<bare>1[0-2]|0?[1-9])\s*(?P<bare_half>[ap]\.?m\b\.?)"
        rf"|(?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?=\s*(?:{zone})\b|\s+hours\b)|(?P<noon>(?:12\s+)?noon\b))"
        rf"(?:\s+hours\b)?(?:\s*(?P<zone>(?:{zone})\b))?",
        re.IGNORECASE,
    ), zones


def clocks(text: str) -> Iterator[Clock]:
    """The clock times of a text, in order; a decimal number is none.

    >>> [(one.value, "At 5.45 am, 1800 GMT"[one.start : one.end]) for one in clocks("At 5.45 am, 1800 GMT")]
    [('05:45', '5.45 am'), ('18:00Z', '1800 GMT')]
    """
    pattern, zones = _pattern()
    for match in pattern.finditer(text):
        half = (match["half"] or match["bare_half"] or "")[:1].lower()
        # "3.45" alone is a number as often as a time
        dotted = match["hour"] is not None and "." in match[0].split(match["hour"], 1)[1][:1]
        if dotted and not half and not match["zone"]:
            continue
        if match["noon"]:
            hour, minute = 12, 0
        elif match["four"]:
            hour, minute = int(match["four"][:2]), int(match["four"][2:])
        else:
            hour, minute = int(match["hour"] or match["bare"]), int(match["minute"] or 0)
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        zone = zones.get(" ".join((match["zone"] or "").split()).lower(), "")
        yield Clock(match.start(), match.end(), f"{hour:02}:{minute:02}{zone}")


def with_clocks(text: str, start: int, times: Sequence[TimeMention]) -> list[TimeMention]:
    """The time mentions of a block, with each clock time joined to the day beside it.

    A clock time alone takes the only day that its block tells; where there is none, or several, it has no value.

    Args:
        text: of the block.
        start: where the block begins in the report.
        times: what was found in it, in order.
    """
    days = {one.edtf for one in times if one.edtf and _DAY.fullmatch(one.edtf)}
    only = next(iter(days)) if len(days) == 1 else None
    starts = [one.span.start for one in times]
    joined: set[int] = set()
    found: list[TimeMention] = []
    for clock in clocks(text):
        here = Span(start + clock.start, start + clock.end)
        place = bisect_left(starts, here.start)
        near = range(max(place - 1, 0), min(place + 1, len(times)))
        if any(times[n].span.start < here.end and here.start < times[n].span.end for n in near):
            continue
        beside = next((n for n in near if n not in joined and _beside(text, start, here, times[n])), None)
        if beside is None:
            found.append(TimeMention(here, f"{only}T{clock.value}" if only else None))
            continue
        day = times[beside]
        whole = Span(min(here.start, day.span.start), max(here.end, day.span.end))
        bracketed = {"(", ")"} & {text[clock.start - 1 : clock.start], text[clock.end : clock.end + 1]}
        found.append(TimeMention(here if bracketed else whole, f"{day.edtf}T{clock.value}", day.form))
        if not bracketed:
            joined.add(beside)
    found += (one for n, one in enumerate(times) if n not in joined)
    return sorted(found, key=lambda one: (one.span.start, one.span.end))


def _beside(text: str, start: int, here: Span, day: TimeMention) -> bool:
    """Whether a day stands next to a clock time, before or after it."""
    if day.edtf is None or not _DAY.fullmatch(day.edtf):
        return False
    first, second = sorted((day.span, here))
    between = text[first.end - start : second.start - start]
    return len(between) <= _GAP_CHARS and _BETWEEN.fullmatch(between) is not None


__all__ = ["Clock", "clocks", "with_clocks"]
