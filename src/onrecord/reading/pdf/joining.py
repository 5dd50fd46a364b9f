"""Text boxes of pages -> one text: no running heads, paragraphs whole, no words cut at line ends."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from onrecord.reading.pdf.child import Box

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page|seite|p\.)?\s*\d{1,4}\s*(?:(?:/|of|von|–|-)\s*\d{1,4})?\W*$", re.I)
_CUT_WORD = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"^(\w+)")
_LONGEST_WORD = 80
#: Running heads stand in the outer tenth of a page.
_MARGIN = 0.12
#: How common (Zipf scale of wordfreq) a word of the language is; rarer ones are names, slips and compounds.
_COMMON = 3.0


def join_pages(pages: Sequence[Sequence[Box]]) -> str:
    r"""The text of all pages, a blank line between paragraphs.

    >>> join_pages([[("Talks on the ri-\nver began.\n", 0.5)], [("They went\n", 0.5)], [("on.\n", 0.5)]])
    'Talks on the river began.\n\nThey went on.'
    """
    heads = _running_heads(pages)
    paragraphs: list[str] = []
    for number, page in enumerate(pages):
        kept = [box for box in page if not _is_head(box, heads)]
        for at, (text, _) in enumerate(kept):
            paragraph = join_lines(text)
            if not paragraph:
                continue
            if at == 0 and number and paragraphs and _goes_on(paragraphs[-1], paragraph):
                paragraphs[-1] = _glued(paragraphs[-1], paragraph)
            else:
                paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


def join_lines(text: str) -> str:
    r"""The lines of one box as one line.

    >>> join_lines("The foreign mini-\nster and his well-\nknown envoy")
    'The foreign minister and his well-known envoy'
    """
    parts: list[str] = []
    for line in text.splitlines():
        if told := " ".join(line.split()):
            if parts:
                parts[-1], joint = _seam(parts[-1], told)
                told = joint + told
            parts.append(told)
    return "".join(parts).replace("\u00ad", "")


def _glued(before: str, after: str) -> str:
    kept, joint = _seam(before, after)
    return kept + joint + after


def _seam(before: str, after: str) -> tuple[str, str]:
    """What stays of a line, and what stands between it and the next one."""
    cut, rest = _CUT_WORD.search(before[-_LONGEST_WORD:]), _WORD.match(after[:_LONGEST_WORD])
    if cut is None:
        return before, " "
    if rest is None or not rest[1][0].islower():
        return before, ""
    return before[:-1], "" if _is_one_word(cut[1], rest[1], before[-1]) else "-"


def _is_one_word(left: str, right: str, mark: str) -> bool:
    """Whether a hyphen at a line's end only marks where the word was cut."""
    if mark == "\u00ad":
        return True
    if _frequency((left + right).lower()) >= _COMMON:
        return True
    # two words that make no common third one were a compound with its own hyphen
    return min(_frequency(left.lower()), _frequency(right.lower())) < _COMMON


@cache
def _frequency(word: str) -> float:
    # the list of words takes a third of a second to load, and few inputs are PDFs
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, "en"))


def _running_heads(pages: Sequence[Sequence[Box]]) -> frozenset[str]:
    """What stands at the edge of most pages, its numbers apart."""
    if len(pages) < 2:
        return frozenset()
    counts = Counter(key for page in pages for key in {_key(text) for text, top in page if _at_edge(top)})
    return frozenset(key for key, count in counts.items() if key and count * 2 > len(pages) and count > 1)


def _is_head(box: Box, heads: frozenset[str]) -> bool:
    text, top = box
    return _at_edge(top) and (_key(text) in heads or _PAGE_NUMBER.match(text.strip()) is not None)


def _at_edge(top: float) -> bool:
    return top < _MARGIN or top > 1 - _MARGIN


def _key(text: str) -> str:
    return " ".join(_NUMBER.sub("#", text).split()).casefold()[:200]


def _goes_on(before: str, after: str) -> bool:
    """Whether a page's first paragraph is the rest of the last one of the page before."""
    return before[-1] not in '.!?:"”’' and after[0].islower()
