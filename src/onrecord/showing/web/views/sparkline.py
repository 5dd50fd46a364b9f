"""Reports over time as a small picture: one bar a day, or a step of days where there are too many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.showing.words import counted

#: Bars at the most, and the size of the picture in user units.
BARS, WIDTH, HEIGHT = 24, 96.0, 20.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the picture, in user units from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The bars and the same in words."""

    bars: tuple[Bar, ...]
    words: str
    width: float = WIDTH
    height: float = HEIGHT


def sparkline(days: Sequence[str]) -> Sparkline:
    """The picture of these days (YYYY-MM-DD); days that are none are left out.

    >>> sparkline(["2025-03-14", "2025-03-14", "2025-03-16"]).words
    '3 reports in 3 days, most on 2025-03-14 (2)'
    """
    found = sorted(day for one in days if (day := _day(one)) is not None)
    if not found:
        return Sparkline((), "no dated report")
    span = (found[-1] - found[0]).days + 1
    step = max(1, -(-span // BARS))
    heights = Counter((one - found[0]).days // step for one in found)
    number = max(-(-span // step), 1)
    slot = WIDTH / max(number, 8)
    most = max(heights.values())
    left = WIDTH - slot * number
    bars = []
    for at in range(number):
        tall = HEIGHT * heights[at] / most if heights[at] else 1.0
        bars.append(Bar(round(left + at * slot, 2), round(HEIGHT - tall, 2), round(slot * 0.72, 2), round(tall, 2)))
    top = found[0] + timedelta(days=step * min(at for at in heights if heights[at] == most))
    when = f"{'on' if step == 1 else 'from'} {top.isoformat()}"
    return Sparkline(tuple(bars), f"{counted(len(found), 'report')} in {counted(span, 'day')}, most {when} ({most})")


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None


__all__ = ["Bar", "Sparkline", "sparkline"]
