"""Which mark is the smallest around a character."""

from collections.abc import Iterable

from onrecord.model import Span


class Cover:
    """Names of spans, looked up by a position inside; the smallest span wins.

    >>> cover = Cover([(Span(0, 9), "outer"), (Span(4, 9), "inner")])
    >>> cover.at(2), cover.at(5), cover.at(9)
    ('outer', 'inner', None)
    """

    def __init__(self, named: Iterable[tuple[Span, str]]) -> None:
        # longer spans are painted first, shorter ones over them
        ordered = sorted(named, key=lambda row: (-len(row[0]), row[0].start, row[1]))
        self._at: dict[int, str] = {}
        for span, name in ordered:
            self._at.update(dict.fromkeys(range(span.start, span.end), name))

    def at(self, position: int) -> str | None:
        """The name of the smallest span around a position."""
        return self._at.get(position)
