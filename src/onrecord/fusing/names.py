"""The words of names, as reports spell them."""

from collections.abc import Sequence
from functools import lru_cache

from onrecord.fusing.words import fold, lexicon, table

#: Where the family name comes first.
_FAMILY_FIRST = (None, "CHN", "KOR", "PRK", "TWN", "VNM")


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """A name without what romanisations disagree about.

    >>> skeleton("Zelenskyy") == skeleton("Zelensky") == skeleton("Zelenskiy")
    True
    """
    name = fold(name)
    for told, plain in table("romanisation").items():
        name = name.replace(told, plain)
    return "".join(c for at, c in enumerate(name) if at == 0 or c != name[at - 1])


_VOWELS = str.maketrans("eo", "aa")


def sound(name: str) -> str:
    """A skeleton that also leaves open what unstressed vowels and articles are written as.

    >>> sound("Kovalenko") == sound("Kavalenka"), sound("el-Sherif") == sound("al-Sharif")
    (True, True)
    """
    plain = fold(name)
    for article in ("al-", "el-", "ul-", "al ", "el "):
        plain = plain.removeprefix(article)
    told = skeleton(plain).translate(_VOWELS)
    return "".join(c for at, c in enumerate(told) if at == 0 or c != told[at - 1])


def name_words(name: str) -> list[str]:
    """The words of a name, folded, without titles; at least one.

    >>> name_words("Mr. Ilya J.Torvan")
    ['ilya', 'j', 'torvan']
    """
    told = [word.strip(".,'-") for word in fold(name).replace(".", ". ").split()]
    kept = [word for word in told if word and word not in lexicon("titles")]
    return kept or [word for word in told if word] or [fold(name) or "unnamed"]


def slug(words: Sequence[str]) -> str:
    """Words as a part of an id."""
    return "-".join(words)


def surname(words: Sequence[str], country: str | None) -> str:
    """Which of a name's words is the family name, where one country's people may put it first.

    >>> surname(["ilya", "torvan"], "VAR")
    'torvan'
    """
    family_first = words[0] in lexicon("surnames_first") and country in _FAMILY_FIRST
    return words[0] if family_first else words[-1]
