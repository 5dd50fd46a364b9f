"""Pages with the kind of every line written before it (tests/reading/pages): how to read them.

A line is its kind, a tab and its text; "." goes on with the block of the line before. T title, S subtitle, B byline,
D date, C caption, P paragraph, X boilerplate. Lines that begin with "# " tell the expected fields, "-" for none.
"""

from dataclasses import dataclass
from pathlib import Path

from onrecord.model import BlockKind, Span

PAGES = Path(__file__).parent / "pages"
_KINDS = {
    "T": BlockKind.TITLE,
    "S": BlockKind.SUBTITLE,
    "B": BlockKind.BYLINE,
    "D": BlockKind.DATE,
    "C": BlockKind.CAPTION,
    "P": BlockKind.PARAGRAPH,
    "X": BlockKind.BOILERPLATE,
}


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page as text, the wanted kind of each of its blocks, and the wanted fields."""

    name: str
    text: str
    blocks: tuple[tuple[Span, BlockKind], ...]
    fields: dict[str, str | None]


def marked_page(path: Path, line_end: str = "\n") -> MarkedPage:
    """The page in `path`."""
    lines: list[str] = []
    blocks: list[tuple[Span, BlockKind]] = []
    fields: dict[str, str | None] = {}
    place = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            fields[name] = None if value == "-" else value
            continue
        mark, _, text = line.partition("\t")
        if mark == ".":
            blocks[-1] = (Span(blocks[-1][0].start, place + len(text)), blocks[-1][1])
        elif mark:
            indent = len(text) - len(text.lstrip())
            blocks.append((Span(place + indent, place + len(text)), _KINDS[mark]))
        lines.append(text)
        place += len(text) + len(line_end)
    return MarkedPage(path.stem, line_end.join(lines) + line_end, tuple(blocks), fields)


def marked_pages(line_end: str = "\n") -> list[MarkedPage]:
    """All pages, by name."""
    return [marked_page(path, line_end) for path in sorted(PAGES.glob("*.txt"))]
