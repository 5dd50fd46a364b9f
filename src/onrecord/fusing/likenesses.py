"""How alike two reports are by their signatures, and why."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from math import exp, log, sqrt
from operator import mul

from onrecord.fusing.daystold import day_of_year
from onrecord.fusing.signatures import cosine
from onrecord.model import Likeness, Reason, Signature

#: Two dated reports further apart than this are never compared. Outlets that date a report by its last update (a
#: tenth of g5w1h's pairs lie further apart) lose by it: 60 days .952, any number .965; memory and cost gain.
CANDIDATE_DAYS = 60
#: Share of what is taken off for a missing date that a lent one leaves off: it is a likely day, not a told one. From
#: 0.2 to 0.75 the stories of the three sets are nearly the same (2026-11-27).
LENT = 0.5
#: Odds are found back from a chance that was rounded to millionths.
_SUREST = 1.0 - 1e-6
_MILLION = 1_000_000
#: Days after which more days between two reports say no more: without an end g5w1h, some of whose dates are those of a
#: last change, loses a point.
FADED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Weighing:
    """What is added to, and taken off, the log-odds that two reports tell of one happening.

    Six numbers for all news, so that they carry over to sets that they were not fitted on: a step for each stretch of
    days, and weights of names, titles, numbers and pairs of words, fitted better and carried over worse.

    Attributes:
        words: for shared words, times the root of the cosine.
        base: for any two reports.
        undated: where one has no date.
        days: times the logarithm of the days between the reports.
        other_days: where both tell days of the year, but none in common.
        weekday: for a day of the week that both tell, off where they tell others only; where one tells no other days.
    """

    words: float
    base: float
    undated: float
    days: float
    other_days: float
    weekday: float

    def in_order(self) -> tuple[float, ...]:
        """The weights in the order of what `features` gives."""
        return self.words, self.base, self.undated, self.days, self.other_days, self.weekday


@cache
def weighing() -> Weighing:
    """The weights that ship, read once a process; made by `python -m training.stories`."""
    stored = resources.files("onrecord").joinpath("models", "stories", "weights.json").read_text(encoding="utf-8")
    return Weighing(**{name: float(value) for name, value in json.loads(stored).items()})


def likeness(a: Signature, b: Signature) -> Likeness:
    """The estimated chance that two reports tell of one happening, by their words and days; 0 without a common word.

    It depends on these two reports alone. They stand sorted in the result.
    """
    return _likeness(a, b, cosine(dict(a.terms), dict(b.terms)) if within(a, b) else 0.0)


def likenesses(signatures: Sequence[Signature], at_least: float) -> list[Likeness]:
    """The likenesses of all pairs of reports that are `at_least` so alike, `at_least` above 0."""
    found = (
        _likeness(signatures[i], signatures[j], shared)
        for (i, j), shared in sorted(_cosines(signatures).items())
        if within(signatures[i], signatures[j])
    )
    return [one for one in found if one.score >= at_least]


def _cosines(signatures: Sequence[Signature]) -> dict[tuple[int, int], float]:
    """The cosines of all pairs with a word in common, by word, since most pairs have few."""
    holders: dict[str, list[tuple[int, int]]] = {}
    cosines: dict[tuple[int, int], float] = {}
    for j, one in enumerate(signatures):
        sums: dict[int, int] = {}
        for term, weight in one.terms:
            # whole millionths, as weights are kept: their sums do not depend on the order of adding
            own = round(weight * _MILLION)
            held = holders.setdefault(term, [])
            for i, other in held:
                sums[i] = sums.get(i, 0) + own * other
            held.append((j, own))
        cosines.update({(i, j): total / (_MILLION * _MILLION) for i, total in sums.items()})
    return cosines


def features(a: Signature, b: Signature, shared: float) -> tuple[float, ...]:
    """What is told of two reports for and against one happening, in the order of `Weighing`.

    Reports of one day and of two in a row lie equally near: outlets sit in different time zones.

    Args:
        a: one report.
        b: the other.
        shared: the cosine of their words.
    """
    apart = days_between(a, b)
    days, weekdays, other_days, others = *_parted(a.told), *_parted(b.told)
    disjoint, weekday = False, 0.0
    if days and other_days:
        disjoint = days.isdisjoint(other_days)
    elif weekdays and others:
        weekday = -1.0 if weekdays.isdisjoint(others) else 1.0
    return sqrt(shared), 1.0, float(apart is None), _far(apart or 0), float(disjoint), weekday


def _far(apart: int) -> float:
    """How much days between two reports say."""
    return log(min(FADED_DAYS, max(1, apart)))


def dated_anew(one: Likeness, apart: int, weights: Weighing) -> Likeness:
    """The likeness of two reports of which one or both have no date, when they were lent days that lie so far apart.

    >>> near, far = (dated_anew(Likeness("r1", "r2", 0.5), apart, weighing()).score for apart in (1, 20))
    >>> near > 0.5 > far
    True
    """
    score = min(one.score, _SUREST)
    odds = log(score / (1.0 - score)) + sum(_lent(apart, weights))
    return Likeness(one.left, one.right, round(1.0 / (1.0 + exp(-odds)), 6))


def _lent(apart: int, weights: Weighing) -> tuple[float, float]:
    """What days that were lent, and lie so far apart, add to the log-odds."""
    return (LENT - 1.0) * weights.undated, weights.days * _far(apart)


def reasons(a: Signature, b: Signature, lent: int | None = None) -> tuple[Reason, ...]:
    """What the likeness of two reports is made of: each feature's value, and what it adds to the log-odds.

    Args:
        a: one report.
        b: the other.
        lent: days between those that they were lent, where one of them has no date.

    >>> one = Signature("r1", "2031-03-04", None, (("ferry", 1.0),))
    >>> [why.feature for why in reasons(one, one)]
    ['shared words', 'any two reports']
    """
    shared, apart = cosine(dict(a.terms), dict(b.terms)), days_between(a, b)
    parts = zip(weighing().in_order(), features(a, b, shared), strict=True)
    words, base, undated, days, other_days, weekday = (round(weight * value, 4) for weight, value in parts)
    told = other_days + weekday
    found = [
        Reason("shared words", round(shared, 4), words),
        Reason("any two reports", 1.0, base),
        Reason("undated", 1.0, undated),
        Reason("days apart", float(apart or 0), days),
        Reason("days told in the texts", 1.0 if told > 0 else -1.0, told),
    ]
    if lent is not None and apart is None:
        known, far = (round(weight, 4) for weight in _lent(lent, weighing()))
        found += [
            Reason("days lent by reports that are nearly the same", 1.0, known),
            Reason("days apart", float(lent), far),
        ]
    return tuple(one for one in found if one.weight)


def within(a: Signature, b: Signature) -> bool:
    """Whether two reports lie close enough in time to be compared."""
    apart = days_between(a, b)
    return apart is None or apart <= CANDIDATE_DAYS


def days_between(a: Signature, b: Signature) -> int | None:
    """Days from one report to the other; None where one has no date."""
    if a.day is None or b.day is None:
        return None
    return abs(_ordinal(a.day) - _ordinal(b.day))


def _likeness(a: Signature, b: Signature, shared: float) -> Likeness:
    left, right = (a.report, b.report) if a.report <= b.report else (b.report, a.report)
    if not shared:
        return Likeness(left, right, 0.0)
    odds = sum(map(mul, weighing().in_order(), features(a, b, shared)))
    return Likeness(left, right, round(1.0 / (1.0 + exp(-odds)), 6))


@lru_cache(maxsize=1 << 12)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


@lru_cache(maxsize=1 << 12)
def _parted(told: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    days = frozenset(one for one in told if day_of_year(one))
    return days, frozenset(told) - days
