"""`onrecord info`."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.options import DEFAULT_STORE, StoreOption, open_store


class InfoFormat(StrEnum):
    """How it is printed."""

    TABLE = "table"
    JSON = "json"


def info(
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[InfoFormat, typer.Option("--format", help="How to print it.")] = InfoFormat.TABLE,
) -> None:
    """Say what the store holds, what failed and why, and which versions are at work.

    Example: onrecord info --format json
    """
    from onrecord.showing.about import about, write_about

    with open_store(store) as book:
        write_about(about(book.counts(), store), form.value, sys.stdout)


__all__ = ["info"]
