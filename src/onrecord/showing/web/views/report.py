"""A report's text cut where marks begin and end, so that each piece says which layers it belongs to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import Annotation, BlockKind, Cell, Record, Report, Span
from onrecord.showing.references import References
from onrecord.showing.web.views.claims import words
from onrecord.showing.web.views.telling import Named, named, proof_of

#: The layers of marks, in the order of their switches: key, name, and whether it is on at first.
LAYERS = (
    ("s", "Statements", True),
    ("q", "Who says it", True),
    ("e", "Events", True),
    ("a", "Actors", False),
    ("t", "Times and places", False),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks throughout.

    Attributes:
        layers: keys of `LAYERS`, sorted; empty for plain text.
        proof: the page that says what it feeds; None for plain text.
        begins: whether a mark begins here: the keyboard stops once at each mark, not at each piece.
    """

    text: str
    layers: tuple[str, ...]
    proof: str | None
    begins: bool
    start: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the report, or text between two blocks; `kind` is of the block, or "between"."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A statement or event of the report, as the list beside the text names it."""

    proof: str
    what: str
    who: tuple[Named, ...]
    words: str
    line: int


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    layer: str


def paragraphs(report: Report, marks: Annotation | None) -> tuple[Paragraph, ...]:
    """The whole text, nothing left out, in blocks and pieces."""
    found = [] if marks is None else sorted(_marks(marks), key=lambda one: (one.span, one.layer))
    made, at = [], 0
    for block in report.blocks:
        if report.text[at : block.span.start].strip():
            made.append(_paragraph(report, "between", Span(at, block.span.start), found))
        made.append(_paragraph(report, str(block.kind), block.span, found))
        at = block.span.end
    if report.text[at:].strip():
        made.append(_paragraph(report, "between", Span(at, len(report.text)), found))
    return tuple(made)


def _marks(marks: Annotation) -> Iterator[_Mark]:
    for statement in marks.statements:
        yield from (_Mark(span, "s") for span in statement.content)
        yield from (_Mark(span, "q") for span in (*statement.source, *statement.cue))
    for event in marks.events:
        yield _Mark(event.span, "e")
    for entity in marks.entities:
        yield from (_Mark(mention.span, "a") for mention in entity.mentions)
    yield from (_Mark(one.span, "t") for one in marks.times)
    yield from (_Mark(one.span, "t") for one in marks.places)


def _paragraph(report: Report, kind: str, span: Span, marks: list[_Mark]) -> Paragraph:
    here = [one for one in marks if one.span.overlaps(span)] if kind != BlockKind.BOILERPLATE else []
    edges = {span.start, span.end}
    for one in here:
        edges.update(edge for edge in (one.span.start, one.span.end) if span.start < edge < span.end)
    cuts = sorted(edges)
    starts, ends = sorted(one.span.start for one in here), sorted(one.span.end for one in here)
    pieces = []
    for start, end in pairwise(cuts):
        is_plain = bisect_right(starts, start) == bisect_right(ends, start)
        over = [] if is_plain else [one for one in here if one.span.start <= start and end <= one.span.end]
        layers = tuple(sorted({one.layer for one in over}))
        begins = bisect_left(starts, start) < bisect_right(starts, start)
        proof = f"/proof/words/{report.id}/{start}-{end}" if over else None
        pieces.append(Piece(report.text[start:end], layers, proof, begins, start))
    return Paragraph(kind, tuple(pieces))


def feeds(record: Record, report: Report) -> tuple[Feed, ...]:
    """Every statement and event of the report, in text order."""
    refs = References(record)
    found: list[tuple[Span, Feed]] = []
    for one in refs.statement.values():
        if one.report == report.id:
            cell = Cell(report.id, one.content[0])
            told = refs.joined(report.id, one.content)
            who = named(refs, refs.actor_ids(one.speakers))
            found.append((cell.span, Feed(proof_of(one), "statement", who, told, refs.line(cell))))
    for event in refs.event.values():
        if event.report == report.id:
            cell = Cell(report.id, event.span)
            who = named(refs, refs.actor_ids(event.sources))
            found.append((cell.span, Feed(proof_of(event), str(event.type), who, words(refs, event), refs.line(cell))))
    return tuple(feed for _, feed in sorted(found, key=lambda one: (one[0], one[1].proof)))


__all__ = ["LAYERS", "Feed", "Paragraph", "Piece", "feeds", "paragraphs"]
