"""Plain text -> blocks: what is title, byline, date, caption, paragraph, and what is page furniture.

Each segment is measured (`features`), read on its own (`furniture`, `dates`, `names`, joined in `signs`) and then
decided among its neighbours: the body first (`body`), what stands over it after (`heading`). Nothing is cut: every
line that is not blank is in a block. The features are those of Kohlschütter et al. 2010 ("Boilerplate detection
using shallow text features": length, punctuation, position, share of little words) without link density, which plain
text does not have; lexicons of furniture stand in for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Block, BlockKind, Span
from onrecord.reading.body import body_kinds, body_start
from onrecord.reading.features import Segment, fold, measure
from onrecord.reading.heading import head_kinds
from onrecord.reading.lines import split_segments
from onrecord.reading.notes import mark_notes
from onrecord.reading.notices import mark_notices
from onrecord.reading.signs import Sign, read_signs


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's segments and their kinds, in text order.

    Attributes:
        signs: what each segment says by itself.
        kinds: as many, the decisions.
        start: index of the first paragraph of the body; the number of segments where there is no body.
    """

    signs: tuple[Sign, ...]
    kinds: tuple[BlockKind, ...]
    start: int

    def blocks(self) -> tuple[Block, ...]:
        """The blocks; stray tags around a segment are boilerplate of their own."""
        found: list[Block] = []
        for sign, kind in zip(self.signs, self.kinds, strict=True):
            segment = sign.segment
            if segment.outer_start < segment.start:
                found.append(Block(Span(segment.outer_start, segment.start), BlockKind.BOILERPLATE))
            found.append(Block(Span(segment.start, segment.end), kind))
            if segment.end < segment.outer_end:
                found.append(Block(Span(segment.end, segment.outer_end), BlockKind.BOILERPLATE))
        return tuple(found)

    def of_kind(self, kind: BlockKind) -> tuple[Sign, ...]:
        """The segments of one kind."""
        return tuple(sign for sign, one in zip(self.signs, self.kinds, strict=True) if one is kind)


def find_layout(text: str, title: str | None = None) -> Layout:
    """The segments of a plain text with their kinds.

    Args:
        text: as it was read.
        title: the report's title where its metadata tells it; it must be a line of `text` to be marked.
    """
    return decide([measure(text, start, end) for start, end in split_segments(text)], title)


def decide(segments: Sequence[Segment], title: str | None = None) -> Layout:
    """The kinds of segments that are measured already."""
    signs = mark_notes(mark_notices(read_signs(segments)))
    start = body_start(signs)
    if title is not None and start is not None:
        start = max(start, _after_title(signs, title, start))
    if start is None:
        start = len(signs)
    kinds = head_kinds(signs, start, title) | body_kinds(signs, start) if start < len(signs) else _no_body(signs, title)
    return Layout(tuple(signs), tuple(kinds[index] for index in range(len(signs))), start)


def find_blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    r"""The blocks of a plain text.

    >>> text = "Talks end in Vareni\n\nThe two sides met for an hour and left without a word.\n\nShare"
    >>> [(block.kind.value, block.span.of(text)[:8]) for block in find_blocks(text)]
    [('title', 'Talks en'), ('paragraph', 'The two '), ('boilerplate', 'Share')]
    """
    return find_layout(text, title).blocks()


def _after_title(signs: Sequence[Sign], title: str, start: int) -> int:
    """Index after the given title, where it was taken for the start of the body."""
    wanted = fold(title)[:400]
    if signs[start].segment.folded != wanted or start + 1 == len(signs):
        return start
    later = body_start(signs[start + 1 :])
    return start + 1 + later if later is not None else start + 1


def _no_body(signs: Sequence[Sign], title: str | None) -> dict[int, BlockKind]:
    """The kinds where nothing reads as running sentences: what no evidence speaks against stays readable."""
    kinds = head_kinds(signs, len(signs), title)
    return {
        index: BlockKind.PARAGRAPH
        if signs[index].plain and signs[index].repeated is None and kind is not BlockKind.TITLE
        else kind
        for index, kind in kinds.items()
    }
