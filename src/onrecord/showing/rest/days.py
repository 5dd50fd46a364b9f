"""The day on which a program asks: what is overdue is reckoned from it, never stored."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Query

Today = Annotated[
    date | None,
    Query(description="Reckon what is overdue from this day; today (UTC), if not given.", examples=["2025-03-31"]),
]


def asked(today: date | None) -> date:
    """The day that is meant."""
    return today or datetime.now(UTC).date()


__all__ = ["Today", "asked"]
