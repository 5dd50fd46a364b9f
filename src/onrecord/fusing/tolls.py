"""What a number counts, by the words around it: the dead and the injured of a text that nothing has parsed."""

import re
from dataclasses import replace
from functools import cache
from itertools import takewhile

from onrecord.fusing.quantities import agree, lexicon_of_numbers, numbers, same
from onrecord.fusing.words import WORD, fold, lexicon
from onrecord.model import Quantity

#: Words between a number and the word that tells what it counts, at most: before and after the number.
_BEFORE, _AFTER = 9, 12
#: Words between a verb and the number that is its object ("killed at least 40"), bounds not counted.
_OBJECT = 1
#: "including seven children", "among them", "of whom": what follows is a part of a number told before.
_OPENS_PART = re.compile(
    r"(?:including|includes|among (?:them|whom)|of (?:them|whom))(?: (?:at least|some|about))?\W*$"
)
#: "Two medics were among ...": what stands before is a part of a number told after.
_CLOSES_PART = re.compile(r"^\W*(?:\w+ ){0,3}(?:were |was )?among (?:at|the|those|some|\d+)\b")
_TOLL = re.compile(r"\b(?:death toll|toll|dead)\b", re.IGNORECASE)
_PART_WORDS = frozenset({"including", "includes", "among", "whom", "them", "of"})
#: Verbs that count what stands after them, not their subject: "two cars blew up, killing 40".
_ACTIVE = frozenset({"kill", "kills", "killing", "claimed"})
#: Words at which what follows a number speaks of something else.
_TURNS = frozenset({"and", "while", "but", "as", "injuring", "wounding"})
_BOUND_WORDS = frozenset(
    "at least most more than up to as many some about around roughly nearly almost over the a an of".split()
)


def counted(text: str, family: str = "dead") -> tuple[Quantity, ...]:
    """The numbers of a text that count the members of a family ("dead", "injured"), in text order.

    A number that tells a part of one ("including seven children") is left out.

    >>> [one.value for one in counted("At least 40 people, among them nine guards, were killed and 15 hurt.")]
    [40.0]
    """
    found = []
    for number in numbers(text):
        if not _is_part(text, number) and _counts(text, number) == family:
            found.append(replace(number, unit=family))
    return tuple(found)


def headline(text: str, family: str = "dead") -> Quantity | None:
    """The number that a text tells first; None where it tells none.

    >>> headline("Death toll rises to 52; 40 were told dead before").value
    52.0
    """
    found = counted(text, family)
    # "Raids kill 10": the text below may say "at least 10".
    return next((one for one in found if same(one, found[0]) and one.bound != "exact"), found[0]) if found else None


def compare_tolls(a: Quantity | None, b: Quantity | None) -> str:
    """Whether two numbers of one thing are the same, compatible ("at least 40" and 43), or differ.

    A number that is not told goes with any.
    """
    if a is None or b is None:
        return "compatible"
    if same(a, b):
        return "same"
    return "compatible" if agree(a, b) else "differ"


def _is_part(text: str, number: Quantity) -> bool:
    before = fold(text[max(0, number.span.start - 40) : number.span.start])
    after = fold(text[number.span.end : number.span.end + 60])
    return bool(_OPENS_PART.search(before) or _CLOSES_PART.search(after))


def _counts(text: str, number: Quantity) -> str | None:
    """The family whose cue stands nearest to a number within its sentence: a verb before it first of all."""
    around = _sentence(text, number)
    before = [word for word in WORD.findall(fold(around[0]))[-_BEFORE:][::-1] if word not in _BOUND_WORDS]
    for word in before[:_OBJECT]:
        if word in _cues():
            return _cues()[word]
    # "The death toll of Friday's blast in the port has risen to 70": what rises was named long before.
    if set(WORD.findall(fold(around[0]))[-4:]) & lexicon("rising") and _TOLL.search(around[0]):
        return "dead"
    told = WORD.findall(fold(around[1]))[:_AFTER]
    after = _following(told)
    before = list(takewhile(lambda word: word not in _TURNS or word == "and", before))
    found = [
        (distance, family)
        for distance, word in enumerate(after)
        if (family := _cues().get(word)) and not _has_object(word, told[told.index(word) + 1 :])
    ]
    found += [(distance + 2, family) for distance, word in enumerate(before) if (family := _cues().get(word))]
    return min(found)[1] if found else None


def _has_object(cue: str, after: list[str]) -> bool:
    """Whether a cue counts what follows it: "two raids killed at least 40" tells of 40 dead, not of two."""
    told = [word for word in after if word not in _BOUND_WORDS or word == "as"]
    return cue in _ACTIVE or bool(cue == "killed" and told and _is_number(told[0]))


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in lexicon_of_numbers()["small"]


def _following(after: list[str]) -> list[str]:
    """What follows a number as far as it speaks of it: parts are passed over, another number or clause ends it."""
    kept: list[str] = []
    for at, word in enumerate(after):
        # "16 guards and three drivers were killed": what follows tells of both.
        if word == "and" and at + 1 < len(after) and _is_number(after[at + 1]) and "killed" in after[at:]:
            continue
        if word in _TURNS or (word[:1].isdigit() and not set(after[max(0, at - 2) : at]) & {*_PART_WORDS, "and"}):
            break
        kept.append(word)
    return kept


def _sentence(text: str, number: Quantity) -> tuple[str, str]:
    """What stands before and after a number in its sentence."""
    before = text[max(0, number.span.start - 160) : number.span.start]
    after = text[number.span.end : number.span.end + 160]
    for mark in (". ", "; ", "\n"):
        before = before.rsplit(mark, 1)[-1]
        after = after.split(mark, 1)[0]
    return before, after


@cache
def _cues() -> dict[str, str]:
    cues = lexicon_of_numbers()["cues"]
    return {word: family for family, words in cues.items() for word in words}
