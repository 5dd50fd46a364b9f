"""Datelines: "KELM, March 4 (Reuters) -" before a paragraph names an agency and a place, and no one who acts."""

from onrecord.annotating.actors.lexicon import names, plain
from onrecord.annotating.actors.words import Passage

_DASHES = frozenset("-–—")
_LONGEST = 14


def dateline_end(passage: Passage) -> int:
    """How many words at the start of a passage are its dateline; 0 for none."""
    words = passage.words[: _LONGEST + 1]
    if passage.shouted or not words:
        return 0
    for at, word in enumerate(words):
        if word.text == "(":
            return _after_agency(passage, at)
        if word.text in _DASHES and word.spaced and at:
            spaced = at + 1 < len(words) and words[at + 1].spaced
            return at + 1 if spaced and all(one.text.isupper() or not one.text.isalpha() for one in words[:at]) else 0
        if not (word.capital or word.text[0].isdigit() or word.text in ",./"):
            return 0
    return 0


def _after_agency(passage: Passage, opening: int) -> int:
    """The end of "(Reuters) -" whose parenthesis opens at a word; without a dash only where nothing stands before."""
    words = passage.words
    at = opening + 1
    while at < len(words) and at - opening <= 5 and (words[at].capital or words[at].text in "/&"):
        at += 1
    if at == opening + 1 or at >= len(words) or words[at].text != ")":
        return 0
    if at + 1 < len(words) and words[at + 1].text in _DASHES:
        placed = opening == 0 or words[0].text.isupper() or words[opening - 1].text.isdigit()
        return at + 2 if placed or _agency(passage, opening + 1, at) else 0
    return at + 1 if opening == 0 else 0


def _agency(passage: Passage, first: int, last: int) -> bool:
    """Whether the words are a known organisation: "Kelm (Reuters) -" is a dateline, "Ana Kell (Varda) -" is not."""
    found = names().at([plain(word.text) for word in passage.words[first:last]], 0)
    return found is not None and found[0] == last - first and found[1].sort == "organisation"


__all__ = ["dateline_end"]
