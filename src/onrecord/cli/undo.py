"""`onrecord undo`."""

from typing import Annotated

import typer

from onrecord.cli.leaving import say
from onrecord.cli.options import DEFAULT_STORE, StoreOption, open_store


def undo(
    judgements: Annotated[list[str], typer.Argument(metavar="JUDGEMENT...", help="Its id, or the beginning of it.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Take judgements back: the record is as if they had never been made.

    They stay in the history; `onrecord judgements --undone` lists them too.

    Example: onrecord undo j00e99ebb
    """
    with open_store(store, write=True) as book:
        for one in judgements:
            taken = book.undo(one)
            say(f"undone: {taken.verdict} {taken.kind} {', '.join(taken.targets)}")


__all__ = ["undo"]
