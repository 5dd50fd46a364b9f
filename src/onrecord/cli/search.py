"""`onrecord search`."""

from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_STORE, FormatOption, ListFormat, StoreOption, open_store, print_list


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words that must all stand there.")],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many hits.")] = 20,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """Find reports and statements by their words, best first.

    Example: onrecord search "written reply"
    """
    from onrecord.showing.lists import list_hits

    with open_store(store) as book:
        hits = book.search(query, limit=limit)
        print_list(list_hits(hits, lambda report: book.store.record_of((report,)).reports[0]), form)


__all__ = ["search"]
