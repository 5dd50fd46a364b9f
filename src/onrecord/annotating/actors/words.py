"""Words of a parsed block, in tokens that suit names: "U.S." and "O'Neill" are one, "Varda-Oskelia" are three."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, SENT_START, TAG

from onrecord.annotating.folding import fold
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import Annotation, BlockKind, Span

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|Adm|Brig|Rev|Hon|St|Pres|Amb|Cmdr|Cpl|No)\."
    r"|[A-Z]\.(?=\s+(?:[A-Z]|(?:van|von|de|der|den|di|da|al|el|bin|ben)\b))"  # an initial
    r"|\d+(?:[.,]\d+)*"
    r"|[’']s\b"
    r"|[^\W_]+(?:[’'](?!s\b)[^\W\d_]+)*\+?"
    r"|\S"
)
_QUOTATION = re.compile('["“”«»„]')
_CLOSED = {'"': '"', "“": "”", "«": "»", "„": "“"}


class Word(NamedTuple):
    """One word and what the parse says of it; a tuple, for a report has a thousand: half as costly to make.

    Attributes:
        sentence: number of its sentence within the report.
        head: index of the word that governs it, within the same passage; its own index for a root.
        quoted: whether it stands inside quotation marks.
        spaced: whether white space stands before it.
        capital: whether it begins with a capital letter.
    """

    text: str
    lower: str
    span: Span
    tag: str
    dep: str
    head: int
    lemma: str
    label: str
    sentence: int
    quoted: bool
    spaced: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A readable block as words.

    Attributes:
        loud: set in capitals, all letters or the first of nearly every word, as headlines are.
        shouted: all letters are capitals.
    """

    number: int
    kind: BlockKind
    words: tuple[Word, ...]
    loud: bool
    shouted: bool

    def span(self, first: int, last: int) -> Span:
        """The report's span of the words first..last-1."""
        return Span(self.words[first].span.start, self.words[last - 1].span.end)

    def text(self, first: int, last: int) -> str:
        """The words first..last-1, spaced as they stand."""
        parts = [(" " if word.spaced and n else "") + word.text for n, word in enumerate(self.words[first:last])]
        return "".join(parts)


def split(text: str) -> list[str]:
    """The words of a text, without a parse; for lexicons.

    >>> split("Guinea-Bissau's U.S. envoy")
    ['Guinea', '-', 'Bissau', "'s", 'U.S.', 'envoy']
    """
    return _WORD.findall(text)


def passages(parse: Parse, marks: Annotation) -> tuple[Passage, ...]:
    """The readable blocks as words, in text order."""
    return _passages(parse, marks.sentences)


@lru_cache(maxsize=1)
def _passages(parse: Parse, sentences: tuple[Span, ...]) -> tuple[Passage, ...]:
    """The passages of the last report are kept: several stages read them."""
    starts = [span.start for span in sentences]
    found, sentence = [], 0
    for number, parsed in enumerate(parse.blocks):
        words = tuple(_words(parsed, starts, sentence))
        if words and not starts:
            sentence = words[-1].sentence + 1
        found.append(Passage(number, parsed.block.kind, words, _loud(words), _shouted(words)))
    return tuple(found)


def _words(parsed: ParsedBlock, starts: list[int], base: int) -> Iterator[Word]:
    text, strings = parsed.text, parsed.doc.vocab.strings
    # One array is read ten times as fast as the attributes of each token.
    read: Any = parsed.doc.to_array([IDX, TAG, DEP, LEMMA, ENT_TYPE, HEAD, SENT_START])
    token_starts, tags, deps, lemmas, labels = read[:, :5].T.tolist()
    heads, opens = read[:, 5:].view(np.int64).T.tolist()
    sentence_of = list(accumulate((opened == 1 for opened in opens[1:]), initial=base))
    named = {number: strings[number] for number in {*tags, *deps, *labels}}
    lemma_of = {number: strings[number].lower() for number in set(lemmas)}
    matches = list(_WORD.finditer(text))
    word_starts = [match.start() for match in matches]
    turns = _turns(text)
    last, at = len(token_starts) - 1, 0
    for match, begin in zip(matches, word_starts, strict=True):
        while at < last and token_starts[at + 1] <= begin:
            at += 1
        word, start = match.group(), parsed.start + begin
        # by place: names would cost as much again
        yield Word(
            word,
            fold(word),
            Span(start, parsed.start + match.end()),
            named[tags[at]],
            named[deps[at]],
            max(bisect_right(word_starts, token_starts[at + heads[at]]) - 1, 0),
            lemma_of[lemmas[at]],
            named[labels[at]],
            bisect_right(starts, start) if starts else sentence_of[at],
            bisect_right(turns, begin) % 2 == 1,
            begin == 0 or text[begin - 1].isspace(),
            word[0].isupper(),
        )


def _turns(text: str) -> list[int]:
    """Where double quotation marks open and close, by turns; one left open runs to the end."""
    turns: list[int] = []
    closer: str | None = None
    for match in _QUOTATION.finditer(text):
        mark = match.group()
        if closer is None and mark in _CLOSED:
            closer = _CLOSED[mark]
        elif mark == closer:
            closer = None
        else:
            continue
        turns.append(match.start())
    return turns


def _loud(words: tuple[Word, ...]) -> bool:
    letters = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    return len(letters) >= 4 and sum(word.capital for word in letters) >= 0.8 * len(letters)


def _shouted(words: tuple[Word, ...]) -> bool:
    letters = [word.text for word in words if word.text.isalpha() and len(word.text) > 1]
    return len(letters) >= 3 and sum(text.isupper() for text in letters) >= 0.8 * len(letters)


__all__ = ["Passage", "Word", "passages", "split"]
