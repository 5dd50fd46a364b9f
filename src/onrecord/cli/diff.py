"""`onrecord diff`."""

from typing import Annotated

import typer

from onrecord.cli.moments import moment
from onrecord.cli.options import (
    DEFAULT_STORE,
    FormatOption,
    ListFormat,
    StoreOption,
    StoryOption,
    open_store,
    print_list,
    story_id,
)


def diff(
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="TIME", help="2025-03-14, 2025-03-14T18:40 (local time), or 24h for a day ago."
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="TIME", help="As it was then, not as it is now.", show_default=False),
    ] = None,
    story: StoryOption = None,
    every: Annotated[bool, typer.Option("--all", help="Also marks of reports that were annotated anew.")] = False,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """What is new since a moment, with its time and cause: reports, claims, statuses, disagreements, the ledger.

    Of several changes of one thing what they come to is listed. Causes: read, re-annotated, removed, judged, undone.

    Example: onrecord diff --since 24h
    """
    from onrecord.showing.lists import SHOWN, list_changes, reports_told

    with open_store(store) as book:
        wanted = story_id(book, story) if story else None
        changes = book.changes(moment(since), moment(until, end=True) if until else None, wanted)
        shown = [one for one in changes if every or one.kind in SHOWN]
        told = book.store.record_of(reports_told(shown))
    print_list(list_changes(shown, told), form)


__all__ = ["diff"]
