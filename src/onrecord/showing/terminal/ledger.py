"""The ledger of a story: what is demanded and answered, promised and due."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.model import Answer, Cell, Commitment, CommitmentState, Demand, Fusion, ProspectKind, last_day, state_on
from onrecord.showing.dates import readable
from onrecord.showing.terminal.styles import MARKS, Footnotes, grid, heading, indented
from onrecord.showing.words import listed

_ALARMING = (Answer.REJECTED, CommitmentState.BROKEN, CommitmentState.OVERDUE)


def demands(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Demands: by whom, of whom, the words, the answer."""
    if not fusion.demands:
        return
    yield heading("Demands")
    table, marks = grid("mark", "words", "told by"), _marks(fusion)
    for one in sorted(fusion.demands, key=lambda one: (_first(one.words, notes), one.id)):
        table.add_row(marks.get(one.claim, Text()), _parties(one.by, one.of, notes), _answer(one, notes))
        _add_words(table, "", one.words, notes)
        _add_words(table, "answer: ", one.answer_words, notes)
    yield indented(table)


def commitments(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Commitments: by whom, to whom, the words, when due, how they stand."""
    if not fusion.commitments:
        return
    yield heading("Commitments")
    table, marks = grid("mark", "words", "told by"), _marks(fusion)
    for one in sorted(fusion.commitments, key=lambda one: (one.due or "9999", _first(one.words, notes), one.id)):
        table.add_row(marks.get(one.claim, Text()), _parties(one.by, one.to, notes), _due(one, fusion))
        _add_words(table, "", one.words, notes)
        for turn in one.turns:
            _add_words(table, f"{turn.state}: ", (turn.cell,), notes)
    yield indented(table)


def prospects(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Threats and offers: by whom, to whom, the words, on what condition."""
    if not fusion.prospects:
        return
    yield heading("Threats and offers")
    table, marks = grid("mark", "words", "told by"), _marks(fusion)
    for one in sorted(fusion.prospects, key=lambda one: (one.kind, _first(one.words, notes), one.id)):
        style = "refused" if one.kind is ProspectKind.THREAT else "corroborated"
        table.add_row(marks.get(one.claim, Text()), _parties(one.by, one.to, notes), Text(str(one.kind), style=style))
        _add_words(table, "", one.words, notes)
        apart = tuple(
            c for c in one.condition if not any(w.report == c.report and w.span.contains(c.span) for w in one.words)
        )
        _add_words(table, "condition: ", apart, notes)
    yield indented(table)


def _first(cells: tuple[Cell, ...], notes: Footnotes) -> tuple[int, int]:
    return min(((notes.refs.number[cell.report], cell.span.start) for cell in cells), default=(0, 0))


def _marks(fusion: Fusion) -> dict[str, Text]:
    return {claim.id: Text(MARKS[claim.status], style=str(claim.status)) for claim in fusion.claims}


def _parties(by: tuple[str, ...], to: tuple[str, ...], notes: Footnotes) -> Text:
    return Text(f"{_named(by, notes)} → {_named(to, notes)}", style="party")


def _named(actors: tuple[str, ...], notes: Footnotes) -> str:
    return listed(notes.refs.names(actors)) or "nobody named"


def _answer(one: Demand, notes: Footnotes) -> Text:
    wanted = f", wanted by {readable(one.due)}" if one.due else ""
    if one.answer is None:
        return Text(f"no answer told{wanted}", style="dim")
    by = f" by {_named(one.answered_by, notes)}" if one.answered_by else ""
    return Text(f"{one.answer}{by}{wanted}", style="refused" if one.answer in _ALARMING else "corroborated")


def _due(one: Commitment, fusion: Fusion) -> Text:
    due = f"due {readable(one.due)}" if one.due else "no date told"
    # as of the story's last report: what is printed of a record must not change with the clock
    state = state_on(one, last_day(fusion.story.end))
    told = f"{state}, {due}{', conditional' if one.conditional else ''}"
    return Text(told, style="refused" if state in _ALARMING else "corroborated")


def _add_words(table: Table, label: str, cells: tuple[Cell, ...], notes: Footnotes) -> None:
    """Cells that read the same stand in one row."""
    rows: dict[str, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: notes.refs.at(cell)):
        rows.setdefault(notes.refs.words(cell), []).append(cell)
    for number, (words, same) in enumerate(rows.items()):
        told = Text("\n").join(notes.mark(cell).append(f" {notes.refs.outlet(cell.report)}") for cell in same)
        table.add_row(Text(), Text().append("" if number else label, style="dim").append(words), told)


__all__ = ["commitments", "demands", "prospects"]
