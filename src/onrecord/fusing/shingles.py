"""Runs of a few words outside quotations and furniture: what two reports share only by copying."""

import re

from onrecord.fusing.words import WORD
from onrecord.model import BlockKind, Report

#: Words of a shingle that two reports hardly share by chance: by these, pairs are found.
SHINGLE_WORDS = 5
#: Words of a shingle by which a pair is measured: an edited word breaks fewer of shorter ones. Best F1 for copies
#: and for all that are not independent (copies.jsonl, 2026-11-22), and how far the threshold may move at no more than
#: two points: 3 words .889 (.64-.72) .984 (.25-.37), 4 words .880 (.63-.65) .967, 5 words .880 (.60-.61) .967.
MEASURED_WORDS = 3
_CUT_WORD = "__"
_CUT = f"\n{_CUT_WORD}\n"
#: What stands between quotation marks is the speaker's text, which independent reports share too.
_QUOTATION = re.compile(r"“[^“”]{1,2000}”|\"[^\"\n]{1,2000}\"|«[^«»]{1,2000}»|(?<!\w)‘[^‘’\n]{12,600}’(?!\w)")


def shingles(report: Report, size: int = SHINGLE_WORDS) -> frozenset[str]:
    """The distinct runs of `size` words of a report's captions and paragraphs, quotations cut out."""
    running = [block.span.of(report.text) for block in report.readable() if block.kind is not BlockKind.TITLE]
    # A word that no text has keeps shingles from running across cuts and paragraphs.
    told = WORD.findall(_QUOTATION.sub(_CUT, _CUT.join(running).lower()))
    grams = zip(*(told[n:] for n in range(size)), strict=False)
    return frozenset([" ".join(gram) for gram in grams if _CUT_WORD not in gram])


def containment(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the smaller set that the larger has too, 0 where one is empty.

    >>> containment(frozenset("abcd"), frozenset("abx"))
    0.6666666666666666
    """
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0
