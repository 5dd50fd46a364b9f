"""Times that a user types."""

from datetime import UTC, datetime, time, timedelta

from onrecord.errors import UsageError

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(told: str, *, end: bool = False, now: datetime | None = None) -> datetime:
    """The time that is meant by "2025-03-14", "2025-03-14T18:40", or "24h" (ago; also m, d and w).

    Args:
        told: what was typed; without a zone it is local time.
        end: whether a day alone means its end, not its beginning.
        now: for "24h"; the clock's time, if not given.

    Raises:
        UsageError: it is no time.

    >>> moment("2025-03-14T18:40+00:00").isoformat()
    '2025-03-14T18:40:00+00:00'
    >>> moment("2d", now=datetime(2025, 3, 14, tzinfo=UTC)).isoformat()
    '2025-03-12T00:00:00+00:00'
    """
    number, unit = told[:-1], told[-1:]
    if number.isascii() and number.isdecimal() and unit in _UNITS and len(number) < 6:
        return (now or datetime.now(UTC)) - timedelta(**{_UNITS[unit]: int(number)})
    try:
        found = datetime.fromisoformat(told)
        if len(told) <= 10 and end:
            found = datetime.combine(found.date(), time.max)
        return found.astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{told!r} is no time; write 2025-03-14, 2025-03-14T18:40, or 24h for a day ago") from error


__all__ = ["moment"]
