"""In what the reports of a story differ."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.model import Cell, Claim, Disagreement, DisagreementKind, Fusion
from onrecord.showing.terminal.proof import set_off
from onrecord.showing.terminal.styles import Footnotes, grid, heading, indented
from onrecord.showing.words import listed, one_line


def disagreements(fusion: Fusion, notes: Footnotes) -> Iterator[RenderableType]:
    """Each value with its report and sentence; wordings, which are framing and no contradiction, come last."""
    found = [(claim, one) for claim in fusion.claims for one in claim.disagreements]
    if not found:
        return
    found.sort(key=lambda one: (str(one[1].kind), one[1].values[0].cell, one[0].id))
    framing = [one for one in found if one[1].kind is DisagreementKind.WORDING]
    differing = [one for one in found if one[1].kind is not DisagreementKind.WORDING]
    yield heading("Disagreements", "wording is framing, not a contradiction" if framing else "")
    if differing:
        yield indented(_table(differing, notes, with_sentence=True))
    if framing:
        yield indented(_table(framing, notes, with_sentence=False))


def _table(found: list[tuple[Claim, Disagreement]], notes: Footnotes, *, with_sentence: bool) -> Table:
    table = grid("kind", "value", *(["words"] if with_sentence else []), "told by")
    for claim, one in found:
        for number, told in enumerate(one.values):
            by = notes.mark(told.cell).append(f" {notes.refs.outlet(told.cell.report)}")
            words = [_sentence(told.cell, notes)] if with_sentence else []
            label = _about(claim, one, notes) if number == 0 else Text()
            table.add_row(label, Text(one_line(told.value), style="bold"), *words, by)
    return table


def _about(claim: Claim, one: Disagreement, notes: Footnotes) -> Text:
    """The kind of disagreement, and whose words or what type of event it is about."""
    refs, first = notes.refs, claim.members[0]
    if first in refs.statement:
        about = listed(refs.names(refs.actor_ids(refs.statement[first].speakers)))
    else:
        about = str(refs.event[first].type)
    return Text().append(str(one.kind), style="disputed").append(f" · {about}" if about else "", style="dim")


def _sentence(cell: Cell, notes: Footnotes) -> Text:
    """The sentence around a cell: a bare number or date does not say what it counts."""
    text = notes.refs.report[cell.report].text
    return set_off(text, notes.refs.sentence(cell).span, [cell.span])


__all__ = ["disagreements"]
