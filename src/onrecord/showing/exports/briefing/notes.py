"""Footnotes: each place in a report gets one number, in the order in which it is first named."""

from collections.abc import Iterable
from urllib.parse import quote

from onrecord.model import Cell, Span
from onrecord.showing.dates import readable
from onrecord.showing.exports.bibliography import link
from onrecord.showing.exports.briefing.parts import Note, Wording
from onrecord.showing.references import References
from onrecord.showing.words import one_line

#: Words of a longer stretch that a text fragment names at its beginning and at its end.
_FRAGMENT_WORDS = 5


class Notes:
    """The footnotes of one briefing while it is made."""

    def __init__(self, refs: References) -> None:
        self.refs = refs
        self._numbers: dict[Cell, int] = {}

    def number(self, cell: Cell) -> int:
        """The number of the footnote to a place."""
        return self._numbers.setdefault(cell, len(self._numbers) + 1)

    def numbers(self, cells: Iterable[Cell]) -> tuple[int, ...]:
        """The numbers of several, each once, in order."""
        return tuple(sorted({self.number(cell) for cell in cells}))

    def wording(self, words: str, label: str, cells: Iterable[Cell]) -> Wording:
        """Words with their footnotes."""
        told = tuple(cells)
        language = self.refs.report[told[0].report].language if told else "und"
        return Wording(words, label, self.numbers(told), language)

    def all(self) -> tuple[Note, ...]:
        """Every footnote so far, by number."""
        return tuple(self._note(number, cell) for cell, number in self._numbers.items())

    def _note(self, number: int, cell: Cell) -> Note:
        report, sentence = self.refs.report[cell.report], self.refs.sentence(cell)
        start, end = min(sentence.span.start, cell.span.start), max(sentence.span.end, cell.span.end)
        return Note(
            number=number,
            source=self.refs.number[cell.report],
            outlet=self.refs.outlet(cell.report),
            date=readable(report.published or report.dateline),
            line=self.refs.line(cell),
            before=_piece(report.text[start : cell.span.start]),
            words=_piece(cell.span.of(report.text)),
            after=_piece(report.text[cell.span.end : end]),
            link=text_link(link(report.url, report.source), report.text, cell.span),
            language=report.language,
        )


def _piece(text: str) -> str:
    """On one line, with a blank where it stood at an edge: the pieces are put together again."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{one_line(text)}{' ' * text[-1].isspace()}"


def text_link(url: str | None, text: str, span: Span) -> str | None:
    """The page's address with a text fragment that leads to the words (WICG, "Text Fragments").

    >>> text_link("https://a.example/1", "Peace, at last", Span(0, 5))
    'https://a.example/1#:~:text=Peace'
    """
    words = span.of(text).split()
    if url is None or not words:
        return url
    ends = [words] if len(words) <= 2 * _FRAGMENT_WORDS else [words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]]
    # A hyphen has a meaning of its own in a fragment, and `quote` keeps it.
    told = ",".join(quote(" ".join(some), safe="").replace("-", "%2D") for some in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={told}"


__all__ = ["Notes", "text_link"]
