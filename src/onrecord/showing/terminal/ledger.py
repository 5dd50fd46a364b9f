"""The ledger of a story: what is demanded and answered, promised and due."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.model import Answer, Cell, Commitment, CommitmentState, Demand, Fusion
from onrecord.showing.dates import readable
from onrecord.showing.terminal.styles import Footnotes, grid, heading, indented
from onrecord.showing.words import listed

_ALARMING = (Answer.REJECTED, CommitmentState.BROKEN, CommitmentState.OVERDUE)


def demands(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Demands: by whom, of whom, the words, the answer."""
    if not fusion.demands:
        return
    yield heading("Demands")
    table = grid("what", "words", "told by")
    for one in sorted(fusion.demands, key=lambda one: (_first(one.words, notes), one.id)):
        table.add_row(*_row(one.by, one.of, _answer(one, notes), notes))
        _add_words(table, "words", one.words, notes)
        _add_words(table, "answer", one.answer_words, notes)
    yield indented(table)


def commitments(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Commitments: by whom, to whom, the words, when due, how they stand."""
    if not fusion.commitments:
        return
    yield heading("Commitments")
    table = grid("what", "words", "told by")
    for one in sorted(fusion.commitments, key=lambda one: (one.due or "9999", _first(one.words, notes), one.id)):
        table.add_row(*_row(one.by, one.to, _due(one), notes))
        _add_words(table, "words", one.words, notes)
    yield indented(table)


def _first(cells: tuple[Cell, ...], notes: Footnotes) -> tuple[int, int]:
    return min(((notes.refs.number[cell.report], cell.span.start) for cell in cells), default=(0, 0))


def _row(by: tuple[str, ...], to: tuple[str, ...], state: Text, notes: Footnotes) -> tuple[Text, Text, Text]:
    parties = f"{_named(by, notes)} → {_named(to, notes)}"
    return Text(), Text(parties, style="party").append("  ").append_text(state), Text()


def _named(actors: tuple[str, ...], notes: Footnotes) -> str:
    return listed(notes.refs.names(actors)) or "nobody named"


def _answer(one: Demand, notes: Footnotes) -> Text:
    if one.answer is None:
        return Text("no answer told", style="dim not bold")
    by = f" by {_named(one.answered_by, notes)}" if one.answered_by else ""
    return Text(f"{one.answer}{by}", style="refused" if one.answer in _ALARMING else "corroborated")


def _due(one: Commitment) -> Text:
    due = f"due {readable(one.due)}" if one.due else "no date told"
    told = f"{one.state}, {due}{', conditional' if one.conditional else ''}"
    return Text(told, style="refused" if one.state in _ALARMING else "corroborated")


def _add_words(table: Table, label: str, cells: tuple[Cell, ...], notes: Footnotes) -> None:
    """Cells that read the same stand in one row."""
    rows: dict[str, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: notes.refs.at(cell)):
        rows.setdefault(notes.refs.words(cell), []).append(cell)
    for number, (words, same) in enumerate(rows.items()):
        told = Text("\n").join(
            notes.mark(cell).append(f" {notes.refs.outlet(cell.report)}", style="default") for cell in same
        )
        table.add_row(Text("" if number else label, style="dim"), Text(words), told)


__all__ = ["commitments", "demands"]
