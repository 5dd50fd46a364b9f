"""Words as fusing compares them: folded, stemmed lightly, and weighed by how rare they are in English."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from math import exp, log

import wordfreq

#: A word: letters and digits, with inner apostrophes, dots and commas of numbers ("don't", "1,300", "2.5").
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*|\w+")
#: The same for folded words of plain letters, at half the cost.
_PLAIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*|\w+", re.ASCII)
#: Both of "Kelm's" and "the states'"; what is looked for begins with one sign, so that most of a text is skipped.
_POSSESSIVE = re.compile(r"'(?:s\b|(?<=s')(?!\w))")
#: Frequency given to a word that the list does not know: the rarest of the "large" list is 1e-8.
UNKNOWN = 3e-8


@cache
def lexicon_lines(name: str) -> tuple[str, ...]:
    """The lines of `lexicons/<name>.txt`; those that start with # are comments."""
    text = resources.files("onrecord.fusing").joinpath("lexicons", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def lexicon(name: str) -> frozenset[str]:
    """The words of `lexicons/<name>.txt`."""
    return frozenset(word for line in lexicon_lines(name) for word in line.split())


@cache
def table(name: str) -> dict[str, str]:
    """The mapping of `lexicons/<name>.json`."""
    text = resources.files("onrecord.fusing").joinpath("lexicons", f"{name}.json").read_text(encoding="utf-8")
    return {str(key): str(value) for key, value in json.loads(text).items()}


@cache
def _frequencies() -> dict[str, float]:
    return dict(wordfreq.get_frequency_dict("en", wordlist="large"))


@cache
def _plain_letters() -> dict[int, str]:
    return str.maketrans(table("latin"))


def fold(text: str) -> str:
    """Lower case without accents; possessive endings fall.

    >>> fold("Łódź’s Envoy")
    'lodz envoy'
    """
    if text.isascii():
        return _POSSESSIVE.sub("", text.lower())
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    if marks := [ord(c) for c in set(text) if unicodedata.combining(c)]:
        text = text.translate(dict.fromkeys(marks))
    text = _POSSESSIVE.sub("", text.lower())
    # Most texts that are not ASCII have curly quotation marks only: going through every letter is dear.
    return text if _plain_letters().keys().isdisjoint(map(ord, set(text))) else text.translate(_plain_letters())


def words(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    folded = fold(text)
    return (_PLAIN_WORD if folded.isascii() else WORD).findall(folded)


@lru_cache(maxsize=1 << 17)
def frequency(word: str) -> float:
    """Share of running English words that are `word` (wordfreq, Speer 2022); numbers count as fairly rare."""
    if word[:1].isdigit():
        return 2e-5
    return max(_frequencies().get(word, 0.0), UNKNOWN)


@lru_cache(maxsize=1 << 17)
def rarity(word: str) -> float:
    """How much a shared word says, from 0 ("the") to about 1 (a name that English hardly knows).

    >>> rarity("the") < rarity("talks") < rarity("sanctions") < rarity("brinkmanship")
    True
    """
    return min(1.0, max(0.0, log(5e-2 / frequency(word)) / log(5e-2 / 1e-7)))


def inverse_frequency(share: float, corpus: int = 1000, length: int = 200) -> float:
    """Inverse document frequency that a word of this share of running words has in news of `length` words.

    A fixed stand-in for counting: the likeness of two reports must depend on those two alone.
    """
    return log((1 + corpus) / (1 + corpus * (1 - exp(-length * share))))


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """A light stem: enough to meet "responses" with "response" and "agreed" with "agree".

    >>> [stem(word) for word in ("responses", "respond", "invading", "invade", "told", "tell")]
    ['respond', 'respond', 'invad', 'invad', 'tell', 'tell']
    """
    if not word.isalpha():
        return word
    word = table("irregular").get(word, word)
    for ending, instead in table("endings").items():
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + instead
            break
    word = word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl" else word
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@cache
def concepts() -> dict[str, str]:
    """For the stem of a word of `lexicons/concepts.txt` the concept that its line stands for."""
    found: dict[str, str] = {}
    for line in lexicon_lines("concepts"):
        head, *others = line.split()
        for word in (head, *others):
            if word.isalpha():
                found.setdefault(stem(word), f"={stem(head)}")
    return found
