"""`onrecord show`."""

import sys
from typing import Annotated

import typer

from onrecord.cli.moments import moment
from onrecord.cli.options import (
    DEFAULT_STORE,
    FormatOption,
    ListFormat,
    StoreOption,
    match_story,
    open_store,
    print_list,
)
from onrecord.errors import UsageError


def show(
    story: Annotated[
        str | None, typer.Argument(metavar="STORY", help="Its id, or the beginning of it.", show_default=False)
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
    proof: Annotated[bool, typer.Option("--proof", help="Print the sentence behind every reference.")] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TIME", help="As it was on 2025-03-14, or 24h ago.", show_default=False),
    ] = None,
) -> None:
    """Show a story: who met, who said what, what is claimed, disputed, demanded and promised.

    Without STORY: the list of stories, or the story itself when there is only one. --format json prints a story in
    the exported shape; jsonl and csv are for the list.

    Example: onrecord show --proof
    """
    from onrecord.showing.lists import list_stories

    when = moment(as_of, end=True) if as_of else None
    with open_store(store) as book:
        stories = book.stories(when)
        if story is None and len(stories) != 1:
            print_list(list_stories(stories), form)
            return
        record = book.record(match_story(stories, story) if story else stories[0].id, when)
    if form is ListFormat.TABLE:
        from onrecord.showing.judging import corrected
        from onrecord.showing.terminal import make_console, print_story

        print_story(corrected(record), make_console(), with_proof=proof)
    elif form is ListFormat.JSON:
        from onrecord.showing.exports import export

        export([record], [], "json", sys.stdout.buffer)
    else:
        raise UsageError(f"a story can't be printed as {form}; choose table or json, or use `onrecord export`")


__all__ = ["show"]
