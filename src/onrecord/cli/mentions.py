"""`onrecord mentions`."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_STORE, StoreOption, open_store


class MentionsFormat(StrEnum):
    """How they are printed."""

    TEXT = "text"
    JSON = "json"


def mentions(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="Its id, the beginning of it, or the path or URL it came from.")
    ],
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[MentionsFormat, typer.Option("--format", help="How to print it.")] = MentionsFormat.TEXT,
) -> None:
    """Find all words of a report that are likely for one person, organisation or place, pronouns and nouns with them.

    Wider than the record and less sure: what the record itself has is marked, the rest is guessed each time anew, and
    nothing of it is stored.

    Example: onrecord mentions reports/talks.txt
    """
    from onrecord.showing.mentions import mentions_told, write_mentions

    with open_store(store) as book:
        found = book.store.judging().find_report(report)
        told = mentions_told(book.store.record_of([found]), book.mentions(found))
    write_mentions(told, form.value, sys.stdout)


__all__ = ["mentions"]
