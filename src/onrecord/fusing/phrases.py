"""Fixed phrases that stand for one concept: "turned down" for refusing, "laid down their arms" for disarming."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

from onrecord.fusing.words import lexicon, lexicon_lines, stem
from onrecord.fusing.words import words as words_of

_WHOSE = frozenset("its their his her our my your".split())


@cache
def _between() -> frozenset[str]:
    """What may stand between the words of a phrase."""
    return lexicon("articles") | _WHOSE


class Word(Protocol):
    """A word in its place."""

    @property
    def form(self) -> str:
        """The folded word."""

    @property
    def concept(self) -> str:
        """What it is compared by; actors begin with "@"."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands for a concept in so many words; `stands_for` is the word that its line begins with."""

    concept: str
    stands_for: str
    length: int


def phrase_at(words: Sequence[Word], at: int) -> Phrase | None:
    """The longest phrase of `lexicons/concepts.txt` that begins with a word; forms of its words may vary.

    An article or whose it is may stand between: "laid down their arms".
    """
    for stems, concept, head in _phrases().get(stem(words[at].form), ()):
        length = _length(words, at, stems)
        if length:
            return Phrase(concept, head, length)
    return None


def _length(words: Sequence[Word], at: int, stems: Sequence[str]) -> int:
    """How many words from one on are the phrase of these stems, 0 if they are not."""
    place = at
    for number, root in enumerate(stems):
        if number and place < len(words) and words[place].form in _between():
            place += 1
        if place >= len(words) or words[place].concept.startswith("@") or stem(words[place].form) != root:
            return 0
        place += 1
    within = words[at:place]
    return len(within) if all(after.start - before.end == 1 for before, after in pairwise(within)) else 0


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    """By the stem of the first word the stems of all phrases, their concept and the head of its line, longest first."""
    found: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
    for line in lexicon_lines("concepts"):
        head, *others = line.split()
        for told in (head, *others):
            stems = tuple(stem(word) for word in words_of(told.replace("_", " ")))
            if len(stems) > 1:
                found.setdefault(stems[0], {}).setdefault(stems, (f"={stem(head)}", head))
    return {
        first: tuple((stems, *told) for stems, told in sorted(some.items(), key=lambda one: (-len(one[0]), one[0])))
        for first, some in found.items()
    }
