"""When a commitment is overdue: reckoned from its due time and the day on which one asks, never stored."""

import re
from calendar import monthrange
from datetime import date

from onrecord.model.record import Commitment, CommitmentState

_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
#: Last months of EDTF's seasons and quarters (ISO 8601-2:2019, 4.8).
_LAST_MONTHS = {21: 5, 22: 8, 23: 11, 24: 12, 33: 3, 34: 6, 35: 9, 36: 12}


def last_day(edtf: str | None) -> date | None:
    """The last day that an EDTF date or interval can mean; None where it has no end or can't be read.

    >>> last_day("2031-02"), last_day("2031-02-10/2031-02-14"), last_day("2031/..")
    (datetime.date(2031, 2, 28), datetime.date(2031, 2, 14), None)
    """
    match = _DAY.match((edtf or "").partition("/")[2] or (edtf or "").partition("/")[0])
    if match is None or (edtf or "").endswith("/"):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    month = _LAST_MONTHS.get(month or 12, month or 12)
    try:
        return date(year or 0, month, day or monthrange(year or 0, month)[1])
    except ValueError:
        return None


def state_on(commitment: Commitment, day: date | None) -> CommitmentState:
    """How a commitment stands on a day: overdue where its time has wholly passed and no report tells of its end.

    "No report found yet" is overdue, never broken.
    """
    due = last_day(commitment.due)
    passed = day is not None and due is not None and due < day
    return CommitmentState.OVERDUE if passed and commitment.state is CommitmentState.OPEN else commitment.state
