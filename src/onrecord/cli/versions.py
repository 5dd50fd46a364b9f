"""`onrecord versions`."""

from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_STORE, FormatOption, ListFormat, StoreOption, open_store, print_list
from onrecord.errors import UsageError


def versions(
    wanted: Annotated[
        str, typer.Argument(metavar="URL|REPORT", help="Address of a page, or the id of a report of it.")
    ],
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List the versions in which a page of the web was published, and what differs between them.

    The record stands on the newest version; older ones are kept whole and are verified with it. What went is shown
    as [-...-], what came as {+...+}.

    Example: onrecord versions https://news.example/talks
    """
    from onrecord.showing.lists.versions import list_versions

    with open_store(store) as book:
        found = book.store.versions(wanted)
        if not found:
            raise UsageError(
                f"no version of {wanted!r} is in the store: give the address under which a page was read, or the full "
                "id of its report; reports that were read from files have no versions"
            )
        watching = book.store.watching()
        print_list(list_versions((one, watching.report(one)) for one in found), form)


__all__ = ["versions"]
