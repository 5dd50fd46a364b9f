"""Words of a parsed block, in tokens that suit names: "U.S." and "O'Neill" are one, "Varda-Oskelia" are three."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

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
_OPENING, _CLOSED = "“«„", {"“": "”", "«": "»", "„": "“"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word and what the parse says of it.

    Attributes:
        sentence: number of its sentence within the report.
        head: index of the word that governs it, within the same passage; its own index for a root.
        quoted: whether it stands inside quotation marks.
        spaced: whether white space stands before it.
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

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


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


def fold(text: str) -> str:
    """Lower case without accents, one kind of apostrophe.

    >>> fold("Erdoğan’s")
    "erdogan's"
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


def split(text: str) -> list[str]:
    """The words of a text, without a parse; for lexicons.

    >>> split("Guinea-Bissau's U.S. envoy")
    ['Guinea', '-', 'Bissau', "'s", 'U.S.', 'envoy']
    """
    return _WORD.findall(text)


def passages(parse: Parse, marks: Annotation) -> tuple[Passage, ...]:
    """The readable blocks as words, in text order."""
    starts = [span.start for span in marks.sentences]
    found, sentence = [], 0
    for number, parsed in enumerate(parse.blocks):
        words = tuple(_words(parsed, starts, sentence))
        if words and not starts:
            sentence = words[-1].sentence + 1
        found.append(Passage(number, parsed.block.kind, words, _loud(words), _shouted(words)))
    return tuple(found)


def _words(parsed: ParsedBlock, starts: list[int], base: int) -> Iterator[Word]:
    doc = parsed.doc
    text = doc.text
    token_starts = [token.idx for token in doc]
    matches = list(_WORD.finditer(text))
    word_starts = [match.start() for match in matches]
    sentence_of = [base] * len(doc)
    for number, tokens in enumerate(doc.sents):
        for token in tokens:
            sentence_of[token.i] = base + number
    quoted = _quoted(text)
    for match in matches:
        at = max(bisect_right(token_starts, match.start()) - 1, 0)
        token = doc[at]
        head = max(bisect_right(word_starts, token.head.idx) - 1, 0)
        start = parsed.start + match.start()
        yield Word(
            text=match.group(),
            lower=fold(match.group()),
            span=Span(start, parsed.start + match.end()),
            tag=token.tag_,
            dep=token.dep_,
            head=head,
            lemma=token.lemma_.lower(),
            label=token.ent_type_,
            sentence=bisect_right(starts, start) if starts else sentence_of[at],
            quoted=quoted[match.start()],
            spaced=match.start() == 0 or text[match.start() - 1].isspace(),
        )


def _quoted(text: str) -> list[bool]:
    """For each character, whether it stands inside double quotation marks; one left open runs to the end."""
    inside = [False] * len(text)
    closer: str | None = None
    for at, char in enumerate(text):
        if closer is not None and char == closer:
            closer = None
        elif closer is None and char == '"':
            closer = '"'
        elif closer is None and char in _OPENING:
            closer = _CLOSED[char]
        inside[at] = closer is not None
    return inside


def _loud(words: tuple[Word, ...]) -> bool:
    letters = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    return len(letters) >= 4 and sum(word.capital for word in letters) >= 0.8 * len(letters)


def _shouted(words: tuple[Word, ...]) -> bool:
    letters = [word.text for word in words if word.text.isalpha() and len(word.text) > 1]
    return len(letters) >= 3 and sum(text.isupper() for text in letters) >= 0.8 * len(letters)


__all__ = ["Passage", "Word", "fold", "passages", "split"]
