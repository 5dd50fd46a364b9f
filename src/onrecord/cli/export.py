"""`onrecord export`."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.leaving import say
from onrecord.cli.options import DEFAULT_STORE, StoreOption, StoryOption, open_store, records_of


class ExportFormat(StrEnum):
    """What an export is written as."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="csv and parquet are folders.")] = ExportFormat.JSON,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH", help="A file, a folder, or - for standard output.")
    ] = "-",
    story: StoryOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the whole record to a file (json, jsonl) or a folder with one file a section (csv, parquet).

    The same reports give the same bytes, in whatever order they were read. json and jsonl are sealed: `onrecord
    verify FILE` finds a changed character.

    Example: onrecord export --format json --output record.json
    """
    from onrecord.showing.exports import export as write
    from onrecord.showing.words import counted

    with open_store(store) as book:
        failures = () if story else book.failures()
        target = sys.stdout.buffer if output == "-" else Path(output)
        done = write(records_of(book, story), failures, form.value, target)
    if output != "-":
        rows = dict(done.rows)
        told = (counted(rows[f"{noun}s"], noun) for noun in ("report", "statement", "event", "claim"))
        say(f"{output}: {', '.join(told)}")


__all__ = ["export"]
