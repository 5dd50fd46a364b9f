"""What analysts decided about a story."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from onrecord.model import Cell, Fusion, Judgement, Verdict
from onrecord.showing.terminal.styles import Footnotes, grid, heading, indented
from onrecord.showing.words import one_line

_STYLES = {Verdict.ACCEPT: "corroborated", Verdict.REJECT: "refused", Verdict.CORRECT: "disputed"}
_DONE = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.MERGE: "merged",
    Verdict.SPLIT: "split",
    Verdict.CORRECT: "corrected",
}


def judgements(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Each judgement with the words that it is about; what was rejected is seen here only."""
    reports = frozenset(fusion.story.reports)
    found = [one for one in notes.refs.record.judgements if _cells(one, reports) or not _placed(one)]
    if not found:
        return
    yield heading("Judgements", "by analysts; what they rejected stands in no other section")
    table = grid("verdict", "what", "where")
    for one in found:
        cells = _cells(one, reports)
        what = Text(_change(one)).append(_words(one, cells, notes)).append(_by(one), style="dim")
        table.add_row(
            Text(f"{_DONE[one.verdict]} {one.kind}", style=_STYLES.get(one.verdict, "")), what, notes.mark(*cells)
        )
    yield indented(table)


def _placed(one: Judgement) -> bool:
    return any(anchor.report is not None for anchor in one.anchors)


def _cells(one: Judgement, reports: frozenset[str]) -> list[Cell]:
    """The first words of each place in these reports."""
    return [
        Cell(anchor.report, anchor.spans[0])
        for anchor in one.anchors
        if anchor.report in reports and anchor.spans and anchor.mark is not None
    ]


def _change(one: Judgement) -> str:
    return f"{one.field}: {one_line(one.machine or 'none')} → {one_line(one.value or 'none')}\n" if one.field else ""


def _words(one: Judgement, cells: list[Cell], notes: Footnotes) -> str:
    names = [notes.refs.name(target) for target in one.targets if target in notes.refs.actor]
    return " | ".join(dict.fromkeys(names or [notes.refs.words(cell) for cell in cells]))


def _by(one: Judgement) -> str:
    told = [one_line(part) for part in (one.note, one.author) if part]
    return "\n" + " · ".join([*told, f"{one.made:%Y-%m-%d}", one.id])


__all__ = ["judgements"]
