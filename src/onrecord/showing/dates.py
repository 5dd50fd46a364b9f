"""Dates as a reader wants them: EDTF and ISO 8601 in plain words; what is not understood is shown as it is."""

import re

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?([?~%]?)\Z")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?\Z")
_DOUBT = {"": "", "?": " (uncertain)", "~": " (about)", "%": " (about, uncertain)"}


def readable(told: str | None) -> str:
    """A date, moment or interval in words.

    >>> readable("2025-03-14"), readable("2025-03-17/2025-03-23"), readable("2025-03-14T20:05+01:00")
    ('14 March 2025', '17 to 23 March 2025', '14 March 2025, 20:05 +01:00')
    """
    if told is None:
        return "date not told"
    if "/" in told:
        return _interval(*told.split("/", 1))
    moment = _MOMENT.match(told)
    if moment:
        zone = {None: "", "Z": " UTC"}.get(moment[3], f" {moment[3]}")
        return f"{_day(moment[1])}, {moment[2]}{zone}"
    return _day(told)


def _day(told: str) -> str:
    match = _DAY.match(told)
    if not match or not 1 <= int(match[2]) <= 12:
        return told
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{_MONTHS[int(match[2]) - 1]} {match[1]}{_DOUBT[match[4]]}"


def _interval(start: str, end: str) -> str:
    if start in ("", ".."):
        return f"by {_day(end)}"
    if end in ("", ".."):
        return f"from {_day(start)}"
    if start == end:
        return _day(start)
    first, last = _day(start).split(), _day(end).split()
    if len(first) == len(last) == 3:
        shared = next((at for at in (1, 2) if first[-at] != last[-at]), 3) - 1
        first = first[: len(first) - shared]
    return f"{' '.join(first)} to {' '.join(last)}"


__all__ = ["readable"]
