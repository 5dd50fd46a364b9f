"""The versions of a page as a list."""

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.model import Report, Version
from onrecord.showing.dates import readable
from onrecord.showing.differences import differences, marked
from onrecord.showing.lists.listing import Column, Listing
from onrecord.showing.words import one_line

_COLUMNS = (
    Column(">version", lambda row: str(row["number"]), 3),
    Column("seen", lambda row: readable(row["seen"])),
    Column("report", lambda row: row["report"], 17),
    Column(
        "title, and what differs", lambda row: one_line("; ".join((row["title"] or "no title", *row["changes"]))), 30
    ),
)


def list_versions(versions: Iterable[tuple[Version, Report]]) -> Listing:
    """The versions of pages, each with what differs from the one before it.

    Args:
        versions: with their reports, by address and number.
    """
    keys = ("url", "number", "seen", "report", "title", "changes")
    return Listing(keys, _COLUMNS, _rows(versions), "no version of this page is in the store")


def _rows(versions: Iterable[tuple[Version, Report]]) -> Iterator[dict[str, Any]]:
    url: str = ""
    before: Report | None = None
    for version, report in versions:
        changes = differences(before, report) if before is not None and version.url == url else ()
        yield {
            "url": version.url,
            "number": version.number,
            "seen": version.seen,
            "report": version.report,
            "title": report.title,
            "changes": [marked(one) for one in changes],
        }
        url, before = version.url, report


__all__ = ["list_versions"]
