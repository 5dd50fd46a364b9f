"""Days for reports without a date, lent by dated ones that nearly surely tell of the same happening.

A report without a date is compared with those of any day, by its words alone. Among reports of one long quarrel that
joins happenings years apart: each such report is like all the others. But mostly it has one dated twin, and what is as
like it as that tells when it was written. So within a piece of the web a report without a date is held to be of the
days of its twins. Nothing of it is kept or shown as the report's date: a date that a report does not tell is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from onrecord.fusing.likenesses import Weighing, dated_anew, likenesses, weighing
from onrecord.model import Likeness, Signature

#: How sure it is that a report lends its day: a lower chance lends wrong days too. Measured 2026-11-27 on g5w1h,
#: wikinews and fakes, mean B-cubed f1 over weights near those that ship: none .914, 0.6 .913, 0.8 .913, 0.9 .914,
#: 0.95 .917.
SURE = 0.95

Days = Mapping[str, frozenset[int]]


def likenesses_by_lent_days(signatures: Sequence[Signature], at_least: float) -> list[Likeness]:
    """The likenesses of all pairs of reports of a piece, those without a date by the days that they are lent.

    They depend on the reports of the piece, not on their order.

    Args:
        signatures: of the piece.
        at_least: the least likeness that is given, above 0.
    """
    found = likenesses(signatures, at_least)
    if all(one.day for one in signatures):
        return found
    own = {one.report: date.fromisoformat(one.day).toordinal() for one in signatures if one.day}
    return [one for one in by_lent_days(own, found, weighing()) if one.score >= at_least]


def by_lent_days(own: Mapping[str, int], found: Sequence[Likeness], weights: Weighing) -> list[Likeness]:
    """Likenesses within a piece, those of reports without a date told anew where they are lent days.

    Args:
        own: the days of the dated reports, as ordinals.
        found: of all pairs of reports of the piece.
        weights: by which they were found.
    """
    days = lent_days(own, found)
    return [one if one.left in own and one.right in own else _anew(one, days, weights) for one in found]


def lent_days(own: Mapping[str, int], found: Iterable[Likeness]) -> Days:
    """The days of each report: its own one, or those of its dated twins; a report that has no twin is left out."""
    days = {report: {day} for report, day in own.items()}
    for one in found:
        if one.score >= SURE:
            for report, other in ((one.left, one.right), (one.right, one.left)):
                if report not in own and other in own:
                    days.setdefault(report, set()).add(own[other])
    return {report: frozenset(several) for report, several in days.items()}


def _anew(one: Likeness, days: Days, weights: Weighing) -> Likeness:
    left, right = days.get(one.left), days.get(one.right)
    if not left or not right:
        return one
    return dated_anew(one, min(abs(a - b) for a in left for b in right), weights)
