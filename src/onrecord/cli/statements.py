"""`onrecord statements`."""

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


def statements(
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this speaker; part of a name.")] = None,
    story: StoryOption = None,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List statements: speaker, kind, words, outlet and line.

    Example: onrecord statements --speaker marenko --format csv > marenko.csv
    """
    from onrecord.showing.lists import list_statements

    with open_store(store) as book:
        print_list(list_statements(shown_records(book, story), speaker), form)


__all__ = ["statements"]
