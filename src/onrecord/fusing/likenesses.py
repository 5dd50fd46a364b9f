"""How alike two reports are by their signatures, and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from math import exp, sqrt

from onrecord.fusing.daystold import day_of_year
from onrecord.fusing.signatures import cosine
from onrecord.model import Likeness, Reason, Signature

#: Two dated reports further apart than this are never compared. Outlets that date a report by its last update (a
#: tenth of g5w1h's pairs lie further apart) lose by it: 60 days .952, any number .965; memory and cost gain.
CANDIDATE_DAYS = 60
#: Log-odds that two reports tell of one happening: a logistic regression over the pairs of g5w1h, wikinews and fakes,
#: rounded (2026-11-22; fusing is chosen on all three sets at once). Shared words, by the root of the cosine, ...
_WORDS, _BASE = 14.5, -3.9
#: ... days between the reports: within (days, what it takes off), ...
_APART = ((1, 0.0), (3, 1.6), (7, 2.7), (14, 2.8), (30, 3.6), (90, 3.7))
_FAR_APART = 5.0
_UNDATED = 2.7
#: ... both tell days of the year, but no day in common, ...
_OTHER_DAYS = 2.2
#: ... and days of the week, where one tells no other days.
_WEEKDAY = 0.7


def likeness(a: Signature, b: Signature) -> Likeness:
    """The estimated chance that two reports tell of one happening, by their words and days.

    It depends on these two reports alone. They stand sorted in the result.
    """
    return _likeness(a, b, dict(a.terms), dict(b.terms))


def likenesses(signatures: Sequence[Signature], at_least: float) -> list[Likeness]:
    """The likenesses of all pairs of reports that are `at_least` so alike."""
    weighed = [(one, dict(one.terms)) for one in signatures]
    found = (_likeness(a, b, terms, others) for (a, terms), (b, others) in combinations(weighed, 2))
    return [one for one in found if one.score >= at_least]


def reasons(a: Signature, b: Signature) -> tuple[Reason, ...]:
    """What the likeness of two reports is made of: each feature's value, and what it adds to the log-odds.

    >>> one = Signature("r1", "2031-03-04", None, (("ferry", 1.0),))
    >>> [(why.feature, why.weight) for why in reasons(one, one)]
    [('shared words', 14.5), ('any two reports', -3.9)]
    """
    shared, apart, told = cosine(dict(a.terms), dict(b.terms)), days_between(a, b), _told(a.told, b.told)
    found = [
        Reason("shared words", round(shared, 4), round(_WORDS * sqrt(shared), 4)),
        Reason("any two reports", 1.0, _BASE),
        Reason("undated" if apart is None else "days apart", 1.0 if apart is None else float(apart), -_off_for(apart)),
        Reason("days told in the texts", 1.0 if told > 0 else -1.0, told),
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


def _likeness(a: Signature, b: Signature, terms: Mapping[str, float], others: Mapping[str, float]) -> Likeness:
    left, right = sorted((a.report, b.report))
    if not within(a, b):
        return Likeness(left, right, 0.0)
    odds = _WORDS * sqrt(cosine(terms, others)) + _BASE - _off_for(days_between(a, b)) + _told(a.told, b.told)
    return Likeness(left, right, round(1.0 / (1.0 + exp(-odds)), 6))


@lru_cache(maxsize=1 << 12)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _off_for(apart: int | None) -> float:
    if apart is None:
        return _UNDATED
    return next((off for days, off in _APART if apart <= days), _FAR_APART)


def _told(a: Iterable[str], b: Iterable[str]) -> float:
    """What the days that two reports tell say for (+) or against (-) one happening."""
    days, other_days = ({one for one in told if day_of_year(one)} for told in (a, b))
    if days and other_days:
        return 0.0 if days & other_days else -_OTHER_DAYS
    weekdays, others = ({one for one in told if not day_of_year(one)} for told in (a, b))
    if weekdays and others:
        return _WEEKDAY if weekdays & others else -_WEEKDAY
    return 0.0
