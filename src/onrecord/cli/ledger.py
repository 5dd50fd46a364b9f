"""`onrecord ledger`."""

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


def ledger(
    state: Annotated[
        str | None,
        typer.Option(
            metavar="STATE", help="open, kept, broken, overdue, withdrawn, accepted, rejected, partly, unanswered."
        ),
    ] = None,
    party: Annotated[str | None, typer.Option(metavar="NAME", help="Only with this party on either side.")] = None,
    due_before: Annotated[str | None, typer.Option(metavar="DATE", help="Only what is due before 2025-03-31.")] = None,
    story: StoryOption = None,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List the ledger: demands with their answers, commitments with what is due and how they stand.

    Example: onrecord ledger --state open --due-before 2025-03-31
    """
    from onrecord.showing.lists import LedgerFilter, list_ledger

    wanted = LedgerFilter(state, party, due_before)
    with open_store(store) as book:
        print_list(list_ledger(shown_records(book, story), wanted), form)


__all__ = ["ledger"]
