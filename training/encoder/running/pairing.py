"""What is counted of a pair of mentions beside the network's states: names in common, forms, distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

_DETERMINERS: Final = frozenset(
    "a an the this that these those his her its their our my your 's ’s mr mr. mrs mrs. ms ms.".split()
)
_GENDER: Final = {
    **dict.fromkeys(("he", "him", "his", "himself"), 1),
    **dict.fromkeys(("she", "her", "hers", "herself"), 2),
    **dict.fromkeys(("it", "its", "itself", "which"), 3),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "'em"), 4),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), 5),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), 6),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), 7),
    **dict.fromkeys(("who", "whom", "whose"), 8),
}
_PRONOUNS: Final = 9
_DISTANCES: Final = 7
_DEFINITE: Final = frozenset("the this that these those".split())
_INDEFINITE: Final = frozenset("a an some another many several".split())
PAIR_FEATURES: Final = 25 + _DISTANCES
ALONE_FEATURES: Final = 9 + _PRONOUNS


@dataclass(frozen=True, slots=True)
class Named:
    """A mention as pairing sees it: `words` in lower case, `head` the number of the head among them.

    `form` is 0 for a name, 1 for a description, 2 for a pronoun; `kind` is a number.
    """

    words: tuple[str, ...]
    head: int
    form: int
    kind: int
    plural: bool
    start: int
    end: int
    sentence: int
    paragraph: int


def pair_features(mentions: Sequence[Named]) -> tuple[Numbers, Numbers]:
    """Features of each pair (later x earlier x PAIR_FEATURES) and of each mention alone (x ALONE_FEATURES)."""
    count = len(mentions)
    cores = [tuple(word for word in one.words if word not in _DETERMINERS) or one.words for one in mentions]
    texts = _codes([" ".join(core) for core in cores])
    heads = _codes([one.words[one.head] for one in mentions])
    sets = [frozenset(core) for core in cores]
    form = np.array([one.form for one in mentions])
    kind = np.array([one.kind for one in mentions])
    gender = np.array([_GENDER.get(one.words[one.head], 0) if one.form == 2 else 0 for one in mentions])
    plural = np.array([one.plural for one in mentions])
    sentence = np.array([one.sentence for one in mentions])
    paragraph = np.array([one.paragraph for one in mentions])
    start, end = np.array([one.start for one in mentions]), np.array([one.end for one in mentions])
    pairs = np.zeros((count, count, PAIR_FEATURES), np.float32)
    a, b = slice(None), None
    same_text, same_head = texts[a, b] == texts[b, a], heads[a, b] == heads[b, a]
    shared, contains = _shared(sets, mentions)
    named, nominal, pronoun = form == 0, form == 1, form == 2
    apart = sentence[a, b] - sentence[b, a]
    columns = (
        same_text & ~pronoun[a, b], same_head & ~pronoun[a, b], shared, contains,
        named[a, b] & named[b, a], named[a, b] & nominal[b, a], nominal[a, b] & named[b, a],
        nominal[a, b] & nominal[b, a], pronoun[a, b] & named[b, a], pronoun[a, b] & nominal[b, a],
        pronoun[a, b] & pronoun[b, a], kind[a, b] == kind[b, a],
        (gender[a, b] == gender[b, a]) & pronoun[a, b] & pronoun[b, a],
        _clash(gender, kind), plural[a, b] == plural[b, a],
        apart == 0, apart == 1, apart == 2, apart > 4,
        paragraph[a, b] == paragraph[b, a], paragraph[a, b] - paragraph[b, a] == 1,
        (start[a, b] >= start[b, a]) & (end[a, b] <= end[b, a]),
        (start[a, b] <= start[b, a]) & (end[a, b] >= end[b, a]),
        same_head & named[a, b] & named[b, a], (gender[a, b] == 8) & (apart == 0),
    )  # fmt: skip
    for number, column in enumerate(columns):
        pairs[:, :, number] = column
    order = np.arange(count)
    bucket = np.clip(np.ceil(np.log2(np.maximum(order[:, None] - order[None, :], 1))), 0, _DISTANCES - 1).astype(int)
    pairs[order[:, None], order[None, :], len(columns) + bucket] = 1
    alone = np.zeros((count, ALONE_FEATURES), np.float32)
    earlier = np.tril(np.ones((count, count), bool), -1)
    first = [one.words[0] for one in mentions]
    told = (
        named, nominal, pronoun, [word in _DEFINITE for word in first], [word in _INDEFINITE for word in first],
        (same_text & earlier).any(1), (same_head & earlier).any(1), plural, ((contains > 0) & earlier).any(1),
    )  # fmt: skip
    for number, values in enumerate(told):
        alone[:, number] = values
    alone[order, len(told) + gender] = 1
    return pairs, alone


def _codes(words: Sequence[str]) -> NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.array([known.setdefault(word, len(known)) for word in words])


def _shared(sets: Sequence[frozenset[str]], mentions: Sequence[Named]) -> tuple[Numbers, Numbers]:
    """Share of words in common, and whether the shorter name's words are all in the longer; names only."""
    count = len(sets)
    shared, contains = np.zeros((count, count), np.float32), np.zeros((count, count), np.float32)
    places: dict[str, list[int]] = {}
    for number, words in enumerate(sets):
        if mentions[number].form == 2:
            continue
        near = {other for word in words for other in places.get(word, ())}
        for other in near:
            common = len(words & sets[other])
            shared[number, other] = shared[other, number] = common / len(words | sets[other])
            whole = common == min(len(words), len(sets[other])) and mentions[number].form == mentions[other].form == 0
            contains[number, other] = contains[other, number] = whole
        for word in words:
            places.setdefault(word, []).append(number)
    return shared, contains


def _clash(gender: NDArray[np.int64], kind: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a pronoun can't stand for the other: he and she, he and it, it and a person."""
    third = (gender >= 1) & (gender <= 4)
    clash = (gender[:, None] != gender[None, :]) & third[:, None] & third[None, :]
    thing = gender == 3
    person = (kind == 0) & ~thing
    human = (gender == 1) | (gender == 2)
    return np.asarray(clash | (thing[:, None] & person[None, :]) | (human[:, None] & (kind != 0)[None, :]))
