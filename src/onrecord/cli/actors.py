"""`onrecord actors`."""

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
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List actors: persons, states, organisations and groups, the most quoted first.

    Example: onrecord actors --format jsonl
    """
    from onrecord.showing.lists import list_actors

    with open_store(store) as book:
        print_list(list_actors(shown_records(book, story)), form)


__all__ = ["actors"]
