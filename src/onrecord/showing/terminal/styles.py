"""How the terminal looks: the console, the grid, headings, marks and footnotes."""

import os
import sys
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from onrecord.model import Cell, Status
from onrecord.showing.references import References

#: Columns where the output is no terminal and COLUMNS does not say.
PLAIN_COLUMNS = 100

#: Longer lines are hard to read: a wider terminal is not filled.
_MOST_COLUMNS = 132

_THEME = Theme(
    {
        "heading": "bold",
        "faint": "dim",
        "ref": "cyan",
        "party": "bold",
        "label": "italic",
        "corroborated": "green",
        "single": "default",
        "disputed": "yellow",
        "refused": "red",
    }
)

#: One mark for each status, the same in every section.
MARKS = {Status.CORROBORATED: "●", Status.SINGLE: "○", Status.DISPUTED: "◆"}
MARKS_TOLD = "● told by independent reports   ○ by one report only, or by copies of one   ◆ disputed"


def make_console(out: TextIO | None = None) -> Console:
    """A console that is plain and stable where it is no terminal: no colour, width from COLUMNS or 100."""
    out = out or sys.stdout
    console = Console(file=out, theme=_THEME, highlight=False, markup=False, emoji=False)
    if not os.environ.get("COLUMNS", "").isdecimal():
        console.width = min(console.width, _MOST_COLUMNS) if console.is_terminal else PLAIN_COLUMNS
    return console


def emit(console: Console, part: RenderableType) -> None:
    """Print a part; where the output is no terminal, without the blanks that fill lines up."""
    if console.is_terminal:
        console.print(part)
        return
    with console.capture() as captured:
        console.print(part)
    lines = captured.get().split("\n")
    console.file.write("\n".join(line.rstrip() for line in lines))


def grid(*columns: str, heads: bool = False) -> Table:
    """A table without lines whose cells wrap and are never cut; a column named ">x" is set to the right."""
    table = Table(
        box=None, show_header=heads, header_style="faint", padding=(0, 2, 0, 0), pad_edge=False, collapse_padding=True
    )
    for column in columns:
        table.add_column(column.lstrip(">"), justify="right" if column.startswith(">") else "left", overflow="fold")
    return table


def heading(title: str, note: str = "") -> RenderableType:
    """The heading of a section, with a note below it that says how to read it."""
    rule = Padding(Rule(Text(f"{title.upper()} ", style="heading"), align="left", style="dim"), (1, 0, 0, 0))
    return Group(rule, indented(Text(note, style="dim italic"))) if note else rule


def indented(body: RenderableType, columns: int = 2) -> Padding:
    """The body, set in by some columns."""
    return Padding(body, (0, 0, 0, columns))


class Footnotes:
    """Gives references, and remembers what they refer to so that the proof can be shown below."""

    def __init__(self, refs: References) -> None:
        self.refs = refs
        self._cells: dict[Cell, None] = {}

    def mark(self, *cells: Cell) -> Text:
        """References to cells, each line once, in order."""
        self._cells.update(dict.fromkeys(cells))
        found = sorted({self.refs.at(cell) for cell in cells})
        return Text().append(" ".join(map(str, found)), style="ref")

    def note(self, cell: Cell) -> None:
        """Remember a cell whose reference is drawn elsewhere."""
        self._cells[cell] = None

    def cells(self) -> list[Cell]:
        """Everything that was referred to, in the order of reports and texts."""
        return sorted(self._cells, key=lambda cell: (self.refs.number[cell.report], cell.span))


__all__ = ["MARKS", "MARKS_TOLD", "Footnotes", "emit", "grid", "heading", "indented", "make_console"]
