"""Quotation marks of all kinds, paired within a paragraph."""

import re
from collections.abc import Iterator

from onrecord.model import Span

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", "‹": "›"}
#: A straight or curly single mark is a quotation mark only where no letter or digit touches it on the outside:
#: "the ministers’ words" and "don't" hold apostrophes.
_OPENING = re.compile(r"""[“«„‹]|(?<!\w)[‘']|(?<!\w)"|``""")
_WORD = re.compile(r"\w")
_NO_LETTERS = re.compile(r"[\W_]+")


def find_quotations(text: str, within: Span) -> tuple[Span, ...]:
    """The quotations in a paragraph, with their marks, outermost only.

    A quotation that is never closed runs to the end of the paragraph when it opens the paragraph (the
    convention for a quotation over several paragraphs); elsewhere a lone mark is taken for a slip and ignored.

    >>> text = 'He called it “useful” and left. "We stay," she said.'
    >>> [span.of(text) for span in find_quotations(text, Span(0, len(text)))]
    ['“useful”', '"We stay,"']
    """
    return tuple(_quotations(text, within))


def _quotations(text: str, within: Span) -> Iterator[Span]:
    at = within.start
    while (opening := _OPENING.search(text, at, within.end)) is not None:
        start = opening.start()
        end = _closing(text, opening, within.end)
        if end is None and opening.group() != "'" and not text[within.start : start].strip():
            end = within.end
        if end is None or not _WORD.search(text, opening.end(), end):
            at = opening.end()
            continue
        yield Span(start, end)
        at = end


def _closing(text: str, opening: re.Match[str], end: int) -> int | None:
    """Where the quotation that `opening` begins ends, or None."""
    mark = opening.group()
    if mark in ("‘", "'"):
        # the last mark that no letter follows, before the paragraph's end: apostrophes inside words are passed over
        closing = re.compile(r"[’'](?!\w)" if mark == "‘" else r"'(?!\w)").search(text, opening.end(), end)
    elif mark in ('"', "``"):
        closing = re.compile(r'"|\'\'').search(text, opening.end(), end)
    else:
        closing = re.compile(f"[{_PAIRS[mark]}]").search(text, opening.end(), end)
    return None if closing is None else closing.end()


def letters(text: str, spans: tuple[Span, ...]) -> int:
    """How many letters and digits the spans hold; spans must not overlap."""
    return sum(len(_NO_LETTERS.sub("", span.of(text))) for span in spans)


def quoted_letters(text: str, spans: tuple[Span, ...], quotations: tuple[Span, ...]) -> int:
    """How many letters and digits of the spans stand inside one of the quotations."""
    shared = tuple(
        Span(max(span.start, quotation.start), min(span.end, quotation.end))
        for span in spans
        for quotation in quotations
        if span.overlaps(quotation)
    )
    return letters(text, shared)
