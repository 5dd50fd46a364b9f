"""Words that spaCy has cut, as the encoder reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tokenizers import Tokenizer

from onrecord.annotating.attribution import words as reading
from onrecord.annotating.attribution.words import QUOTATION_MARKS, Stretch, WordReader

LONGEST_WORD: Final = 24
"""Word pieces of one word that are read: the rest of a longer one (a link, a hash) tells nothing."""
_NOT: Final = re.compile("^n['’]t$", re.IGNORECASE)
_KNOWN_WORDS: Final = 50_000
_BY_CONTEXT: Final = -1
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class TokenReader(WordReader):
    """Turns words that are already cut into stretches; what a word's pieces are is kept."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__(tokenizer)
        self._unknown_piece = tokenizer.encode("[UNK]", add_special_tokens=False).ids[0]
        self._quotation = (self._quotation_piece,)
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def of_words(self, text: str, words: Sequence[tuple[int, int]]) -> Stretch:
        """Read words that are already cut; every word gets at least one piece."""
        pieces, surfaces, firsts = list[int](), list[int](), list[int]()
        last, after = -1, [*(start for start, _ in words[1:]), -1][: len(words)]
        known = self._known
        for (start, end), following in zip(words, after, strict=True):
            word = text[start:end]
            found = known.get(word)
            of_word, kind = self._read(word) if found is None else found
            spaced = last < start
            last = end
            if kind == _BY_CONTEXT:
                kind = reading._kind(text, start, end, spaced=spaced, follows=following == end)
                if reading._OPENING <= kind <= reading._STRAIGHT and end - start <= 2:
                    of_word = self._quotation
            firsts.append(len(pieces))
            code = kind + 12 if spaced else kind
            if len(of_word) == 1:
                pieces.append(of_word[0])
                surfaces.append(code)
            else:
                pieces += of_word
                surfaces += [code] * len(of_word)
        return Stretch(tuple(pieces), tuple(surfaces), tuple(firsts), tuple(words))

    def _read(self, word: str) -> tuple[tuple[int, ...], int]:
        """The pieces of a word and its kind, where that does not depend on what stands around it; kept."""
        plain = _SURROGATE.sub("\ufffd", _NOT.sub("not", word))
        ids = self._tokenizer.encode(plain, add_special_tokens=False).ids
        kind = (
            _BY_CONTEXT if word[0] in QUOTATION_MARKS else reading._kind(word, 0, len(word), spaced=True, follows=False)
        )
        made = (tuple(ids[:LONGEST_WORD]) or (self._unknown_piece,), kind)
        if len(self._known) >= _KNOWN_WORDS:
            self._known.clear()
        self._known[word] = made
        return made
