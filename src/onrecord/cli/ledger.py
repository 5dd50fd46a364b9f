"""`onrecord ledger`."""

from dataclasses import replace
from datetime import UTC, date, datetime
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
from onrecord.errors import UsageError


def ledger(
    state: Annotated[
        str | None,
        typer.Option(
            metavar="STATE", help="open, kept, broken, overdue, withdrawn, accepted, rejected, partly, unanswered."
        ),
    ] = None,
    party: Annotated[str | None, typer.Option(metavar="NAME", help="Only with this party on either side.")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="demand, commitment, threat or offer: only these entries.")
    ] = None,
    due_before: Annotated[str | None, typer.Option(metavar="DATE", help="Only what is due before 2025-03-31.")] = None,
    due_after: Annotated[str | None, typer.Option(metavar="DATE", help="Only what is due after 2025-03-01.")] = None,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="Reckon what is overdue from this day instead of today.")
    ] = None,
    thread: Annotated[
        str | None,
        typer.Option(
            metavar="ENTRY", help="Only the thread of this entry, over all stories, in the order of its days."
        ),
    ] = None,
    story: StoryOption = None,
    store: StoreOption = DEFAULT_STORE,
    form: FormatOption = ListFormat.TABLE,
) -> None:
    """List the ledger: demands with their answers, commitments with what is due and how they stand, threats and offers.

    What reports of other stories tell of an entry is shown with it.

    Example: onrecord ledger --state open --due-before 2025-03-31
    """
    from onrecord.following import followed
    from onrecord.following import thread as thread_of
    from onrecord.showing.lists import LedgerFilter, list_ledger

    wanted = LedgerFilter(
        state, party, _day(due_before), _day(due_after), kind, _date(today) or datetime.now(UTC).date()
    )
    with open_store(store) as book:
        if thread is not None:
            found = thread_of(book.store, thread)
            print_list(list_ledger([found.record], replace(wanted, ids=frozenset(found.entries))), form)
            return
        print_list(list_ledger(followed(book.store, shown_records(book, story)), wanted), form)


def _day(told: str | None) -> str | None:
    found = _date(told)
    return None if found is None else found.isoformat()


def _date(told: str | None) -> date | None:
    try:
        return None if told is None else date.fromisoformat(told)
    except ValueError:
        raise UsageError(f"{told!r} is no day; write it as 2025-03-31") from None


__all__ = ["ledger"]
