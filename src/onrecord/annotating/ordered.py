"""Look-ups in marks that stand in text order, in logarithmic time: reports may hold ten thousand of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter

from onrecord.model import Span

_START, _END = attrgetter("start"), attrgetter("end")


def overlapping(ordered: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """Those of some ordered, disjoint spans that share a code point with `span`.

    >>> overlapping((Span(0, 4), Span(5, 9), Span(12, 20)), Span(8, 13))
    (Span(start=5, end=9), Span(start=12, end=20))
    """
    first = bisect_right(ordered, span.start, key=_END)
    last = bisect_left(ordered, span.end, key=_START)
    return ordered[first:last]


def envelope(spans: Iterable[Span]) -> Span:
    """The smallest span around some spans; there must be one.

    >>> envelope([Span(5, 9), Span(1, 2)])
    Span(start=1, end=9)
    """
    every = tuple(spans)
    return Span(min(map(_START, every)), max(map(_END, every)))
