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
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    HTML = "html"
    PLOVER = "plover"
    ICALENDAR = "icalendar"
    GEXF = "gexf"
    ANNOTATIONS = "annotations"
    BIBTEX = "bibtex"
    CSL = "csl"


def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="csv and parquet are folders.")] = ExportFormat.JSON,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH", help="A file, a folder, or - for standard output.")
    ] = "-",
    story: StoryOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the record for another program.

    json, jsonl, csv, parquet and xlsx hold all of it, csv and parquet as a folder. markdown and html are briefings
    with footnotes to sentences; plover: events as tab-separated values; icalendar: due dates; gexf: who met or
    addressed whom; annotations: W3C Web Annotations; bibtex and csl: the reports cited.

    The same reports give the same bytes, in whatever order they were read. json and jsonl are sealed: `onrecord
    verify FILE` finds a changed character.

    Example: onrecord export --format html --story s1 --output briefing.html
    """
    from onrecord.showing.exports import export as write

    with open_store(store) as book:
        failures = () if story else book.failures()
        target = sys.stdout.buffer if output == "-" else Path(output)
        done = write(records_of(book, story), failures, form.value, target)
    if output != "-":
        say(f"{output}: {', '.join(_told(done.rows))}")


#: Of the formats that hold the whole record these are told, not all ten sections.
_TOLD = ("reports", "statements", "events", "claims")


def _told(rows: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    from onrecord.showing.words import counted

    shown = [one for one in rows if one[0] in _TOLD] if len(rows) > len(_TOLD) else rows
    return tuple(counted(number, _one_of(what), what) for what, number in shown)


def _one_of(what: str) -> str:
    """The singular of what is counted.

    >>> _one_of("stories"), _one_of("due dates"), _one_of("commitments without a date")
    ('story', 'due date', 'commitment without a date')
    """
    first, blank, rest = what.partition(" without ")
    return (f"{first[:-3]}y" if first.endswith("ies") else first[:-1]) + blank + rest


__all__ = ["export"]
