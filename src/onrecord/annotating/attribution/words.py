"""Paragraphs as the network reads them: word pieces, and a surface code for every word.

The encoder's vocabulary is lower-cased and its pieces keep no spaces, so each word also carries a
surface code: its casing, or the kind of quotation mark it is, and whether a space stands before it.
All double quotation marks become one piece; only the code tells opening from closing. Straight,
curly, doubled and guillemet quotation marks therefore read the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tokenizers import Tokenizer

PIECES_A_WINDOW: Final = 192
"""Word pieces in one window, special ones included.

Trained and run at the same length: 0.74 combined f1 there, 0.69 at 512 (PolNeAR dev, trial of 2026-11).
"""

_LOWER, _TITLE, _UPPER, _MIXED, _DIGIT, _MARK = range(6)
_OPENING, _CLOSING, _STRAIGHT, _SINGLE_OPENING, _SINGLE_CLOSING = range(6, 11)
SURFACE_CODES: Final = 24
"""Size of the table of surface codes: 11 kinds, each with and without a space before, and one for padding."""

_OPENING_MARKS: Final = frozenset("“„‟«")
_CLOSING_MARKS: Final = frozenset("”»")
_STRAIGHT_MARKS: Final = frozenset('"')
_DOUBLE_MARKS: Final = _OPENING_MARKS | _CLOSING_MARKS | _STRAIGHT_MARKS
QUOTATION_MARKS: Final = _DOUBLE_MARKS | frozenset("'‘’`")
"""Marks that may open or close a quotation."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")  # half a pair is no code point the tokenizer can take
_SENTENCE_ENDS: Final = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, or a part of an over-long one.

    `pieces` and `surfaces` run in parallel; `firsts[i]` is the position of word i's first piece in them;
    `words[i]` is its half-open span of code points in the text.
    """

    pieces: tuple[int, ...]
    surfaces: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[tuple[int, int], ...]

    def part(self, start: int, end: int) -> Stretch:
        """The words `start` to `end` (half-open) as a stretch of their own."""
        low = self.firsts[start]
        high = self.firsts[end] if end < len(self.firsts) else len(self.pieces)
        return Stretch(
            self.pieces[low:high],
            self.surfaces[low:high],
            tuple(first - low for first in self.firsts[start:end]),
            self.words[start:end],
        )


class WordReader:
    """Turns spans of a text into stretches."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.start_piece, self.end_piece, self._quotation_piece = (
            tokenizer.encode(piece, add_special_tokens=False).ids[0] for piece in ("[CLS]", "[SEP]", '"')
        )

    def __call__(self, text: str, span: tuple[int, int]) -> Stretch:
        """Read one paragraph. A span outside the text, or one without a word, gives an empty stretch."""
        base = max(span[0], 0)
        encoding = self._tokenizer.encode(_SURROGATE.sub("\ufffd", text[base : span[1]]), add_special_tokens=False)
        pieces, firsts, words = list(encoding.ids), list[int](), list[tuple[int, int]]()
        last_word = None
        for position, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets, strict=True)):
            if word == last_word:
                words[-1] = (words[-1][0], base + end)
            else:
                firsts.append(position)
                words.append((base + start, base + end))
                last_word = word
        surfaces = [0] * len(pieces)
        codes = _surfaces(text, words)
        for index, (first, code) in enumerate(zip(firsts, codes, strict=True)):
            after = firsts[index + 1] if index + 1 < len(firsts) else len(pieces)
            surfaces[first:after] = [code] * (after - first)
            if _OPENING <= code % 12 <= _STRAIGHT:
                pieces[first] = self._quotation_piece
        return Stretch(tuple(pieces), tuple(surfaces), tuple(firsts), tuple(words))


def _surfaces(text: str, words: Sequence[tuple[int, int]]) -> Iterator[int]:
    for index, (start, end) in enumerate(words):
        spaced = index == 0 or words[index - 1][1] < start
        follows = index + 1 < len(words) and words[index + 1][0] == end
        kind = _kind(text, start, end, spaced=spaced, follows=follows)
        yield kind + (12 if spaced else 0)


def _kind(text: str, start: int, end: int, *, spaced: bool, follows: bool) -> int:
    first = text[start : start + 1]
    if first.isalpha():
        return _casing(text[start:end])
    if first.isdigit():
        return _DIGIT
    if first in _OPENING_MARKS:
        return _OPENING
    if first in _CLOSING_MARKS:
        return _CLOSING
    doubled = first in "'`" and (text[start - 1 : start] == first or text[end : end + 1] == first)
    if first in _STRAIGHT_MARKS or doubled:
        return _by_spaces(spaced, follows)
    if first == "‘":
        return _SINGLE_OPENING
    if first in "'’`":
        return _SINGLE_OPENING if spaced and follows else _SINGLE_CLOSING
    return _MARK


@lru_cache(maxsize=10_000)
def _casing(word: str) -> int:
    if word.islower():
        return _LOWER
    if len(word) > 1 and word.isupper():
        return _UPPER
    return _TITLE if word[0].isupper() and word[1:] == word[1:].lower() else _MIXED


def _by_spaces(spaced: bool, follows: bool) -> int:
    if spaced == follows:
        return _OPENING if spaced else _CLOSING
    return _STRAIGHT


def split_long(text: str, stretch: Stretch, limit: int = PIECES_A_WINDOW - 2) -> Iterator[Stretch]:
    """Split a stretch of more than `limit` pieces at ends of sentences, or at a word if one is too long.

    Every part but one of a single word has at most `limit` pieces; together they hold all words, in order.
    """
    start, count = 0, len(stretch.words)
    while start < count:
        end, best = start, 0
        low = stretch.firsts[start]
        while end < count:
            after = stretch.firsts[end + 1] if end + 1 < count else len(stretch.pieces)
            if after - low > limit and end > start:
                break
            end += 1
            if _ends_sentence(text, stretch, end):
                best = end
        if end < count and best > start:
            end = best
        yield stretch.part(start, end)
        start = end


def _ends_sentence(text: str, stretch: Stretch, end: int) -> bool:
    """Whether a sentence may end before word `end`: an end mark, then quotation marks, then a space."""
    words = stretch.words
    if end >= len(words) or words[end - 1][1] == words[end][0]:
        return False
    last = end - 1
    while last > 0 and text[words[last][0]] in QUOTATION_MARKS | frozenset(")]"):
        last -= 1
    return text[words[last][0]] in _SENTENCE_ENDS


def pack(lengths: Iterable[int], limit: int = PIECES_A_WINDOW, first: int | None = None) -> list[tuple[int, int]]:
    """Group neighbouring stretches into windows of at most `limit` pieces.

    Each stretch costs one piece more (its end), each window one (its start). `first` limits the first
    window differently. Returns half-open ranges of stretch numbers; a stretch longer than the limit
    gets a window of its own.

    >>> pack([100, 80, 50], limit=192)
    [(0, 2), (2, 3)]
    """
    windows: list[tuple[int, int]] = []
    start, used, room = 0, 1, limit if first is None else first
    number = -1
    for number, length in enumerate(lengths):
        if number > start and used + length + 1 > room:
            windows.append((start, number))
            start, used, room = number, 1, limit
        used += length + 1
    if number >= start:
        windows.append((start, number + 1))
    return windows
