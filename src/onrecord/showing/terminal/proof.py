"""The sentences behind the references."""

from rich.console import RenderableType
from rich.text import Text

from onrecord.model import Cell, Span
from onrecord.showing.terminal.styles import Footnotes, grid, indented
from onrecord.showing.words import one_line


def proof(notes: Footnotes) -> RenderableType:
    """Each reference with its sentence, the words that are meant set off, and where they stand."""
    table = grid("reference", "sentence")
    sentences: dict[Cell, list[Span]] = {}
    for cell in notes.cells():
        sentences.setdefault(notes.refs.sentence(cell), []).append(cell.span)
    for sentence, spans in sentences.items():
        at = notes.refs.at(Cell(sentence.report, spans[0]))
        table.add_row(Text(str(at), style="ref"), _shown(sentence, spans, notes))
    return indented(table)


def _shown(sentence: Cell, spans: list[Span], notes: Footnotes) -> Text:
    places = ", ".join(f"{span.start}-{span.end}" for span in sorted(set(spans)))
    text = notes.refs.report[sentence.report].text
    return set_off(text, sentence.span, spans).append(f"  {places}", style="dim")


def set_off(text: str, sentence: Span, spans: list[Span]) -> Text:
    """A sentence on one line with the spans in it underlined."""
    shown, at = Text(), sentence.start
    for span in sorted(spans):
        start, end = max(span.start, at), min(span.end, sentence.end)
        if start < end:
            shown.append(_kept(text[at:start])).append(_kept(text[start:end]), style="underline")
            at = end
    return shown.append(_kept(text[at : sentence.end]))


def _kept(text: str) -> str:
    """Like `one_line`, but with the blanks at the edges: the pieces are put together again."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{one_line(text)}{' ' * text[-1].isspace()}"


__all__ = ["proof", "set_off"]
