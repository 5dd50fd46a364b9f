"""`onrecord actors`."""

from typing import Annotated

import typer

from onrecord.cli.options import (
    DEFAULT_STORE,
    FormatOption,
    ListFormat,
    StoreOption,
    StoryOption,
    open_store,
    print_list,
    shown_records,
)


def actors(
    story: StoryOption = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why", metavar="ACTOR", help="Why the reports' tellings of this actor are one.", show_default=False
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List actors: persons, states, organisations and groups, the most quoted first.

    A wrong merge can be split: `onrecord judge split ACTOR REPORT`.

    Example: onrecord actors --why person:marenko-ilse
    """
    from onrecord.showing.lists import list_actors
    from onrecord.showing.lists.joining import list_joinings

    with open_store(store) as book:
        if why is not None:
            print_list(list_joinings(book.why(why)), form)
            return
        print_list(list_actors(shown_records(book, story)), form)


__all__ = ["actors"]
