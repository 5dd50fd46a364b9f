"""`onrecord remove`."""

from typing import Annotated

import typer

from onrecord.cli.leaving import say
from onrecord.cli.options import DEFAULT_STORE, StoreOption, open_store


def remove(
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT...", help="Its id, the beginning of it, or the path or URL it came from."),
    ],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take reports out with all and only what hung on them; their stories are made anew without them.

    Text and marks are gone for good. That it was there, and what was claimed with it, stays in the history. Judgements
    about it stay without effect, and hold again when the same bytes are read again.

    Example: onrecord remove reports/wrong-file.txt
    """
    from onrecord.showing.words import one_line

    with open_store(store, write=True) as book:
        found = [book.store.judging().find_report(one) for one in reports]
        for report in dict.fromkeys(found):
            gone = book.store.report(report)
            book.remove(report)
            say(one_line(f"removed: {gone.source} ({report}), {gone.title or 'no title told'}"))


__all__ = ["remove"]
