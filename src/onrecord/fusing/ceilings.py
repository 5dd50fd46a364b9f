"""How likely two tellings can be one thing at the most: cheap to tell, so that most pairs need no more.

A story's marks share words with many others, and few of these pairs are anything. What is reckoned once for each
telling, and once for each two voices, times and types, leaves little to do for a pair; the one dear feature, words in a
run, is taken at its highest. The rest is as in `onrecord.fusing.sameness`, so that no pair is lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from onrecord.fusing.happenings import types_agree
from onrecord.fusing.sameness import (
    ENOUGH,
    ENOUGH_AROUND,
    MOST_ACTORS,
    MOST_WORDS,
    deeds_agree,
    features,
    likelihood,
    voices_agree,
    weights,
)
from onrecord.fusing.tellings import Telling
from onrecord.fusing.times import overlap
from onrecord.model import Act, EventType

#: Sums come out otherwise in another order; this is far more than they can.
_SLACK = 1e-6
#: What the fuller telling is one of, by the number of statements in a pair.
_OF_WHAT = ("event", "of a statement and an event")


@dataclass(frozen=True, slots=True)
class _Side:
    """A telling with what comparing it by its words needs.

    Attributes:
        words, around: what weighs in it and in its sentence.
        names: those of its words that stand for actors.
        whole, whole_around: the weight of them all.
        plain: its words of content that are no names.
        numbers: the values that are counted.
        voice, kind, alike: numbers: tellings of one voice, of one kind, type and manner, and tellings that have
            all in common that features are made of, as those of copies have, have one.
    """

    telling: Telling
    words: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]
    whole: float
    whole_around: float
    plain: frozenset[str]
    numbers: frozenset[float]
    voice: int
    kind: int
    alike: int


class Ceilings:
    """How likely pairs of some tellings can be one thing at the most."""

    def __init__(self, told: Iterable[Telling]) -> None:
        self._weights = defaultdict(float, weights())
        self._voices: dict[object, int] = {}
        self._kinds: dict[object, int] = {}
        self._alike: dict[object, int] = {}
        self._ceilings: dict[tuple[int, int], float] = {}
        self._scored: dict[tuple[int, int], tuple[float, Mapping[str, float]]] = {}
        self._by_voice: dict[tuple[int, int], float] = {}
        self._by_kind: dict[tuple[int, int], float] = {}
        self._by_time: dict[tuple[str | None, str | None], float] = {}
        self._sides = {one.mark: self._side(one) for one in told}

    def _side(self, one: Telling) -> _Side:
        words = frozenset(one.rare)
        numbers = frozenset(number.value for number in one.numbers)
        type_ = None if one.happening is None else one.happening.event.type
        voice = self._voices.setdefault((one.voices, one.vague), len(self._voices))
        kind = self._kinds.setdefault((type_, one.manner, one.act is Act.BELIEF, one.types), len(self._kinds))
        tokens = tuple([token[:3] for token in one.wording.tokens])
        around = tuple(one.around.items())
        whole = voice, kind, one.turned, one.time, one.actors, numbers, tokens, around
        return _Side(
            telling=one,
            words=words,
            around=frozenset(one.around),
            names=frozenset([concept for concept in words if concept.startswith("@")]),
            whole=sum(one.rare.values()),
            whole_around=sum(one.around.values()),
            plain=one.plain,
            numbers=numbers,
            voice=voice,
            kind=kind,
            alike=self._alike.setdefault(whole, len(self._alike)),
        )

    def of(self, left: str, right: str) -> float:
        """The likelihood, 0..1, that two marks of different reports have at the most."""
        a, b = self._sides[left], self._sides[right]
        key = a.alike, b.alike
        if key not in self._ceilings:
            self._ceilings[key] = 1.0 / (1.0 + exp(-self._odds(a, b) - _SLACK))
        return self._ceilings[key]

    def scored(self, left: str, right: str) -> tuple[float, Mapping[str, float]]:
        """The likelihood itself, and the features that it is made of."""
        a, b = self._sides[left], self._sides[right]
        key = a.alike, b.alike
        if key not in self._scored:
            found = features(a.telling, b.telling)
            self._scored[key] = likelihood(found), found
        return self._scored[key]

    def _odds(self, a: _Side, b: _Side) -> float:
        known = self._weights
        odds = known[""] + self._of_words(a, b) + self._of_voices(a, b) + self._of_kinds(a, b)
        one, other = a.telling, b.telling
        if actors := len(one.actors & other.actors):
            odds += known["actors in common"] * min(actors, MOST_ACTORS) / MOST_ACTORS
        if a.numbers and b.numbers:
            odds += known["numbers differ" if a.numbers.isdisjoint(b.numbers) else "numbers agree"]
        if one.time and other.time:
            odds += self._of_times(one.time, other.time)
        # whether one says the opposite is dear to tell; it speaks against a pair
        odds += max(0.0, known["one says the opposite"])
        return odds

    def _of_words(self, a: _Side, b: _Side) -> float:
        known, odds = self._weights, 0.0
        common = a.words & b.words
        if common:
            odds += known["distinct words in common"] * min(len(a.plain & b.plain), MOST_WORDS) / MOST_WORDS
        weight = sum(map(a.telling.rare.__getitem__, common)) if common else 0.0
        if weight:
            left, right = min(1.0, weight / a.whole), min(1.0, weight / b.whole)
            fuller = known["words in common, of the fuller telling"]
            statements = (a.telling.happening is None) + (b.telling.happening is None)
            if statements < len(_OF_WHAT):
                fuller += known[f"words in common, of the fuller {_OF_WHAT[statements]}"]
            odds += fuller * min(left, right)
            odds += known["words in common, of the shorter telling"] * max(left, right)
            odds += known["weight of the words in common"] * min(1.0, weight / ENOUGH)
            if len(common - a.names) > 1:
                odds += max(0.0, known["words in a run"])
        common = a.around & b.around
        weight = sum(map(a.telling.around.__getitem__, common)) if common else 0.0
        if weight:
            left, right = min(1.0, weight / a.whole_around), min(1.0, weight / b.whole_around)
            odds += known["words of the two sentences in common"] * 2 * left * right / (left + right)
            odds += known["weight of the words that the sentences have in common"] * min(1.0, weight / ENOUGH_AROUND)
        return odds

    def _of_voices(self, a: _Side, b: _Side) -> float:
        key = a.voice, b.voice
        if key not in self._by_voice:
            same, other = voices_agree(a.telling, b.telling)
            self._by_voice[key] = self._weights["one voice"] * same + self._weights["another voice"] * other
        return self._by_voice[key]

    def _of_times(self, one: str, other: str) -> float:
        key = one, other
        if key not in self._by_time:
            when = overlap(one, other)
            self._by_time[key] = 0.0 if when is None else self._weights["times meet" if when else "times differ"]
        return self._by_time[key]

    def _of_kinds(self, a: _Side, b: _Side) -> float:
        key = a.kind, b.kind
        if key not in self._by_kind:
            self._by_kind[key] = self._reckon_kinds(a.telling, b.telling)
        return self._by_kind[key]

    def _reckon_kinds(self, a: Telling, b: Telling) -> float:
        known = self._weights
        if a.happening is None or b.happening is None:
            same, other = deeds_agree(a, b)
            odds = known["deeds of one type inside"] * same + known["deeds of other types inside"] * other
            if a.happening is b.happening:
                return odds + known["one only believes it"] * ((a.act is Act.BELIEF) != (b.act is Act.BELIEF))
            return odds + known["a statement and an event"]
        types: tuple[EventType, EventType] = (a.happening.event.type, b.happening.event.type)
        odds = known["two events"] + known["types are one"] * types_agree(*types)
        return odds + known["told otherwise"] * (a.manner != b.manner)
