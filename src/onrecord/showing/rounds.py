"""A round of watching, on one line."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from onrecord.model import Failure, Report
from onrecord.showing.differences import differences
from onrecord.showing.words import counted, one_line

#: Of each kind so many are named; the others are counted.
_NAMED = 3
_LONGEST_TITLE = 60


def round_line(
    began: datetime,
    new: Sequence[Report],
    changed: Sequence[tuple[Report, Report]],
    failures: Sequence[Failure],
    unchanged: int,
) -> str:
    """What a round found new, changed and failed.

    Args:
        began: when.
        new: reports that were not known.
        changed: reports of a page before and now.
        failures: of the round.
        unchanged: lists and pages that are as they were.

    >>> from datetime import UTC
    >>> round_line(datetime(2031, 5, 4, 10, 30, tzinfo=UTC), [], [], [], 2)
    '2031-05-04 10:30 0 new, 0 changed, 0 failed, 2 as before'
    """
    parts = [
        f"{began:%Y-%m-%d %H:%M} {len(new):,} new{_named(_title(one) for one in new)}",
        f"{len(changed):,} changed{_named(_change(*one) for one in changed)}",
        f"{len(failures):,} failed{_named(f'{one_line(one.source)} ({one.cause})' for one in failures)}",
        f"{unchanged:,} as before",
    ]
    return ", ".join(parts)


def _named(names: Iterable[str]) -> str:
    told = list(names)
    if not told:
        return ""
    more = f"; and {len(told) - _NAMED:,} more" if len(told) > _NAMED else ""
    return f" ({'; '.join(told[:_NAMED])}{more})"


def _title(report: Report) -> str:
    title = one_line(report.title or report.source)
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _change(before: Report, after: Report) -> str:
    return f"{_title(after)}: {counted(len(differences(before, after)), 'paragraph')} differ"


__all__ = ["round_line"]
