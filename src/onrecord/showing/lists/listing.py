"""A list of rows and its four forms."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from rich.cells import cell_len
from rich.text import Text

from onrecord.errors import UsageError
from onrecord.showing.exports.sheets import write_sheet
from onrecord.showing.terminal.styles import emit, grid, make_console

Fields = dict[str, Any]

#: Blanks between two columns.
_GAP = 2

FORMATS = ("table", "json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        heading: ">" before it sets the cells to the right.
        cell: what stands in it, safe to print.
        least: its smallest width in characters, where there is room.
    """

    heading: str
    cell: Callable[[Fields], str]
    least: int = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows for a program, and the columns that a person sees of them.

    Attributes:
        keys: the keys of every row, in order.
        nothing: what the table says when there are no rows.
    """

    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Iterable[Fields]
    nothing: str


def write(listing: Listing, form: str, out: TextIO) -> None:
    """Write a list as one of `FORMATS`; all but the table are written row by row.

    Raises:
        UsageError: for an unknown format.
    """
    if form == "table":
        _write_table(listing, out)
    elif form == "json":
        _write_json(listing, out)
    elif form == "jsonl":
        for row in listing.rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif form == "csv":
        write_sheet(listing.keys, ([_flat(row[key]) for key in listing.keys] for row in listing.rows), out)
    else:
        raise UsageError(f"there is no format {form!r}; choose one of {', '.join(FORMATS)}")


def _write_table(listing: Listing, out: TextIO) -> None:
    rows = [[column.cell(row) for column in listing.columns] for row in listing.rows]
    console = make_console(out)
    if not rows:
        emit(console, Text(listing.nothing, style="dim"))
        return
    table = grid(*(column.heading for column in listing.columns), heads=True)
    widths = _widths(listing.columns, rows, console.width - _GAP * (len(listing.columns) - 1))
    for shown, width in zip(table.columns, widths, strict=True):
        shown.width = width
    for row in rows:
        table.add_row(*map(Text, row))
    emit(console, table)


def _widths(columns: tuple[Column, ...], rows: list[list[str]], room: int) -> list[int]:
    """As wide as the cells are; where there is no room, the widest give way first, down to their least width.

    Rich would cut the last columns off instead.
    """
    cells = zip(*([column.heading.lstrip(">") for column in columns], *rows), strict=True)
    widths = [max(cell_len(line) for cell in column for line in cell.split("\n")) or 1 for column in cells]
    least = [min(width, column.least) for width, column in zip(widths, columns, strict=True)]
    while sum(widths) > room:
        at = max(range(len(widths)), key=lambda at: (widths[at] - least[at], widths[at], -at))
        if widths[at] <= 1:
            break
        widths[at] -= 1
    return widths


def _write_json(listing: Listing, out: TextIO) -> None:
    out.write("[")
    for number, row in enumerate(listing.rows):
        out.write((",\n " if number else "\n ") + json.dumps(row, ensure_ascii=False))
    out.write("\n]\n")


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


__all__ = ["FORMATS", "Column", "Fields", "Listing", "write"]
