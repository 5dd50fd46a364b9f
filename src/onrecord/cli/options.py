"""Options that several commands share, and the store behind them."""

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.model import Record, Story
    from onrecord.pipeline import Book
    from onrecord.showing.lists import Listing

DEFAULT_STORE = "onrecord.db"


class ListFormat(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


StoreOption = Annotated[str, typer.Option("--store", metavar="PATH", help="The store: a SQLite file.")]
FormatOption = Annotated[ListFormat, typer.Option("--format", help="How to print it.")]
StoryOption = Annotated[
    str | None, typer.Option("--story", metavar="STORY", help="Only this story: its id, or the beginning of it.")
]


def open_store(store: str, *, write: bool = False) -> "Book":
    """The store, to be read only unless it is to be written.

    Raises:
        UsageError: when there is none at that place.
    """
    import onrecord

    check_store(store)
    return onrecord.open(store, read_only=not write)


def check_store(store: str) -> None:
    """See that there is a store to open.

    Raises:
        UsageError: when there is none at that place.
    """
    if "://" not in store and not Path(store).exists():
        raise UsageError(
            f"{store}: there is no store; make it with `onrecord read PATH...`, or name another one with --store"
        )


def story_id(book: "Book", wanted: str) -> str:
    """The full id of a story from its beginning.

    Raises:
        UsageError: when no story or more than one has such an id.
    """
    return match_story(book.stories(), wanted)


def match_story(stories: "Iterable[Story]", wanted: str) -> str:
    """The full id of one of these stories from its beginning.

    Raises:
        UsageError: when no story or more than one has such an id.
    """
    found = sorted(one.id for one in stories if one.id.startswith(wanted))
    if wanted in found or len(found) == 1:
        return wanted if wanted in found else found[0]
    what = f"{len(found)} stories begin" if found else "no story begins"
    raise UsageError(f"{what} with {wanted!r}; `onrecord show` lists the stories with their ids")


def print_list(listing: "Listing", form: ListFormat) -> None:
    """Print a list on stdout."""
    from onrecord.showing.lists import write

    write(listing, form.value, sys.stdout)


def records_of(book: "Book", story: str | None) -> "Iterable[Record]":
    """One story, or all story by story."""
    return (book.record(story_id(book, story)),) if story else book.records()


def shown_records(book: "Book", story: str | None) -> "Iterator[Record]":
    """One story, or all story by story, as analysts left them: with what they corrected, without what they rejected."""
    from onrecord.showing.judging import corrected

    return map(corrected, records_of(book, story))


__all__ = [
    "DEFAULT_STORE",
    "FormatOption",
    "ListFormat",
    "StoreOption",
    "StoryOption",
    "check_store",
    "match_story",
    "open_store",
    "print_list",
    "records_of",
    "shown_records",
    "story_id",
]
