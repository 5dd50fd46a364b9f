"""Claims about events, report by report."""

import re
from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.model import Cell, Claim, Event, Fusion, Modality
from onrecord.showing.dates import readable
from onrecord.showing.terminal.meetings import meeting_of
from onrecord.showing.terminal.styles import MARKS, Footnotes, grid, heading, indented
from onrecord.showing.words import listed, one_line

#: With more reports than this the matrix would be wider than a page: references stand in its place.
_MATRIX_REPORTS = 8


def claims(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """What the reports say happened: who tells it and by which rule; meetings and the ledger have their own places."""
    ledger = {one.claim for one in fusion.demands} | {one.claim for one in fusion.commitments}
    events = [claim for claim in fusion.claims if claim.id not in ledger and not meeting_of(claim, notes)]
    found = [(claim, members) for claim in events if (members := _events(claim, notes))]
    if not found:
        return
    legend = "a number is the line that tells it, (n) in a copy, n✗ as denied, · not told"
    matrix = len(notes.refs.reports) <= _MATRIX_REPORTS
    yield heading("Claims", legend if matrix else "")
    keys = _rule_keys([claim for claim, _ in found])
    yield indented(_table(sorted(found, key=lambda one: _rank(one, notes)), keys, matrix, notes))
    for rule, key in keys.items():
        yield indented(Text(f"{key}  {_with_numbers(rule, notes)}", style="dim"))


def _events(claim: Claim, notes: Footnotes) -> tuple[Event, ...]:
    found = [notes.refs.event[member] for member in claim.members if member in notes.refs.event]
    return tuple(sorted(found, key=lambda one: (notes.refs.number[one.report], one.span)))


def _rank(found: tuple[Claim, tuple[Event, ...]], notes: Footnotes) -> tuple[int, int, int, int, str]:
    claim, events = found
    return (
        -claim.independent,
        -len(claim.reports),
        notes.refs.number[events[0].report],
        events[0].span.start,
        claim.id,
    )


def _rule_keys(found: list[Claim]) -> dict[str, str]:
    """A letter for each distinct rule: a, b, ... then aa, ab, ..."""
    rules = dict.fromkeys(f"{claim.status}: {one_line(claim.rule)}" for claim in found)
    letters = [chr(97 + at) for at in range(26)]
    keys = [*letters, *(first + second for first in letters for second in letters)]
    return dict(zip(rules, keys, strict=False))


def _with_numbers(rule: str, notes: Footnotes) -> str:
    """A rule names reports by their ids; here they have numbers."""
    numbers = notes.refs.number
    return re.sub(r"\br[0-9a-f]{16}\b", lambda one: f"[{numbers[one[0]]}]" if one[0] in numbers else one[0], rule)


def _table(found: list[tuple[Claim, tuple[Event, ...]]], keys: dict[str, str], matrix: bool, notes: Footnotes) -> Table:
    heads = [f">[{number}]" for number in range(1, len(notes.refs.reports) + 1)] if matrix else ["told by"]
    table = grid("", "", "", *heads, "rule", heads=True)
    for claim, events in found:
        mark = Text(MARKS[claim.status], style=str(claim.status))
        told = [_line(report.id, events, notes) for report in notes.refs.reports] if matrix else [_refs(events, notes)]
        rule = keys.get(f"{claim.status}: {one_line(claim.rule)}", "")
        table.add_row(mark, Text(str(events[0].type), style="dim"), _words(events, notes), *told, Text(rule, "dim"))
    return table


def _words(events: tuple[Event, ...], notes: Footnotes) -> Text:
    fullest = max(events, key=lambda one: len(one.span))
    text = Text(notes.refs.words(Cell(fullest.report, fullest.span)))
    return text.append(f"\n{' · '.join(_details(events, notes))}", style="dim")


def _details(events: tuple[Event, ...], notes: Footnotes) -> Iterator[str]:
    sources = {actor for one in events for actor in notes.refs.actor_ids(one.sources)}
    targets = {actor for one in events for actor in notes.refs.actor_ids(one.targets)}
    by, to = (listed(tuple(sorted(notes.refs.names(tuple(ids))))) for ids in (sources, targets))
    yield f"{by or 'by nobody named'} → {to}" if to else by or "by nobody named"
    modalities = dict.fromkeys(str(one.modality) for one in events)
    if set(modalities) != {str(Modality.ACTUAL)}:
        yield ", ".join(modalities)
    dates = dict.fromkeys(readable(one.date) for one in events if one.date)
    places = dict.fromkeys(one_line(one.place.name) for one in events if one.place)
    yield from (" or ".join(each) for each in (dates, places) if each)


def _line(report: str, events: tuple[Event, ...], notes: Footnotes) -> Text:
    told = [one for one in events if one.report == report]
    if not told:
        return Text("·", style="dim")
    cell = Cell(report, told[0].span)
    notes.note(cell)
    line = str(notes.refs.line(cell))
    denied = all(one.modality is Modality.DENIED for one in told)
    copied = report in notes.refs.copied_from
    return Text(f"({line})" if copied else f"{line}✗" if denied else line, style="dim" if copied else "ref")


def _refs(events: tuple[Event, ...], notes: Footnotes) -> Text:
    return notes.mark(*(Cell(one.report, one.span) for one in events))


__all__ = ["claims"]
