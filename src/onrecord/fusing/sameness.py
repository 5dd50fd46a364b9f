"""How likely two marks of different reports tell the same thing: features, weighed by a fitted regression."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import exp

from onrecord.fusing.alignment import align, longest_run
from onrecord.fusing.happenings import types_agree
from onrecord.fusing.scene import Party, opposites
from onrecord.fusing.tellings import Telling
from onrecord.fusing.times import overlap
from onrecord.fusing.words import words
from onrecord.model import Act, ActorKind

#: Weight of shared words from which more of them say no more.
ENOUGH = 1.0
ENOUGH_AROUND = 2.0
_RUN_ENOUGH = 2.0
MOST_ACTORS = 2
#: Words of content in common from which more of them say no more.
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Shared:
    """What two wordings have in common, words of content only: shares of each one's weight, 0..1, and the weight."""

    left: float
    right: float
    weight: float
    words: int

    @property
    def both(self) -> float:
        """The harmonic mean of the two shares."""
        return 2 * self.left * self.right / (self.left + self.right) if self.left and self.right else 0.0


_NOTHING = Shared(0.0, 0.0, 0.0, 0)


def shared(a: Mapping[str, float], b: Mapping[str, float]) -> Shared:
    """What two wordings share, given as concepts with their weights."""
    together = [concept for concept in a if concept in b]
    weight = sum([a[concept] for concept in together]) if together else 0.0
    if not weight:
        return _NOTHING
    named = sum([concept.startswith("@") for concept in together])
    # a word can weigh more in one form than in another: "freed", "release"
    left, right = min(1.0, weight / sum(a.values())), min(1.0, weight / sum(b.values()))
    return Shared(left, right, weight, len(together) - named)


def features(a: Telling, b: Telling) -> dict[str, float]:
    """What speaks for and against that two tellings are of the same thing; each between 0 and 1."""
    told, around = shared(a.rare, b.rare), shared(a.around, b.around)
    actors = len(a.actors & b.actors)
    same_voice, other_voice = voices_agree(a, b)
    counted, miscounted = _counted(a, b)
    when = overlap(a.time, b.time)
    kinds = (a.happening is None) + (b.happening is None)
    fuller = min(told.left, told.right)
    found = {
        "words in common, of the fuller telling": fuller,
        "words in common, of the shorter telling": max(told.left, told.right),
        "weight of the words in common": min(1.0, told.weight / ENOUGH),
        "distinct words in common": min(len(a.plain & b.plain), MOST_WORDS) / MOST_WORDS,
        "words of the two sentences in common": around.both,
        "weight of the words that the sentences have in common": min(1.0, around.weight / ENOUGH_AROUND),
        "words in a run": min(1.0, longest_run(a.wording, b.wording).weight / _RUN_ENOUGH) if told.words > 1 else 0.0,
        "actors in common": min(actors, MOST_ACTORS) / MOST_ACTORS,
        "one voice": same_voice,
        "another voice": other_voice,
        "numbers agree": counted,
        "numbers differ": miscounted,
        "times meet": float(when is True),
        "times differ": float(when is False),
        "one says the opposite": float(opposed(a, b)),
        "a statement and an event": float(kinds == 1),
        "two events": float(kinds == 0),
    }
    if a.happening is not None and b.happening is not None:
        found["types are one"] = types_agree(a.happening.event.type, b.happening.event.type)
        found["told otherwise"] = float(a.manner != b.manner)
        found["words in common, of the fuller event"] = fuller
        return found
    if kinds == 2:
        found["one only believes it"] = float((a.act is Act.BELIEF) != (b.act is Act.BELIEF))
    else:
        found["words in common, of the fuller of a statement and an event"] = fuller
    same_deed, other_deed = deeds_agree(a, b)
    found["deeds of one type inside"], found["deeds of other types inside"] = same_deed, other_deed
    return found


def deeds_agree(a: Telling, b: Telling) -> tuple[float, float]:
    """Whether what a statement tells has an event of the other's types, and whether it has none but others; 1 or 0."""
    if not a.types or not b.types:
        return 0.0, 0.0
    same = any(types_agree(one, other) for one in a.types for other in b.types)
    return float(same), float(not same)


def voices_agree(a: Telling, b: Telling) -> tuple[float, float]:
    """How surely the voices are one, and how surely they are not; both 0 where one of them is not told."""
    if not a.voices or not b.voices:
        return 0.0, 0.0
    if {party.actor for party in a.voices} & {party.actor for party in b.voices}:
        return 1.0, 0.0
    near = [(x, y) for x in a.voices for y in b.voices if _of_one_side(x, y) or _of_one_surname(x, y)]
    if near:
        # a minister speaks for her state; that a state and a ministry of it say one thing is less sure
        spoken_for = any(ActorKind.PERSON in (one.kind, other.kind) for one, other in near)
        return (0.8 if spoken_for else 0.4), 0.0
    # who stands behind a pronoun may have been taken wrongly
    return 0.0, 0.5 if a.vague or b.vague else 1.0


def _of_one_side(a: Party, b: Party) -> bool:
    persons = (a.kind is ActorKind.PERSON) + (b.kind is ActorKind.PERSON)
    return bool(a.country) and a.country == b.country and persons < 2


def _of_one_surname(a: Party, b: Party) -> bool:
    """As in "Mira Solen" and "Solen": one who is told by surname alone may have been found to be nobody known."""
    one, other = _words(a.name), _words(b.name)
    return bool(one and other) and one[-1] == other[-1] and 1 in (len(one), len(other))


#: Whoever speaks in a story is held against whoever else does.
_words = lru_cache(maxsize=1 << 14)(words)


def _counted(a: Telling, b: Telling) -> tuple[float, float]:
    mine, theirs = ({one.value for one in telling.numbers} for telling in (a, b))
    if not mine or not theirs:
        return 0.0, 0.0
    return (1.0, 0.0) if mine & theirs else (0.0, 1.0)


def other_persons(a: Telling, b: Telling) -> bool:
    """Whether two persons say two things; one of them may stand behind a pronoun that was taken wrongly."""
    if not a.voices or not b.voices or a.vague != b.vague or voices_agree(a, b)[0]:
        return False
    return all(_is_named_person(party) for party in (*a.voices, *b.voices))


def _is_named_person(party: Party) -> bool:
    """Whether it is a person told by name, and not as "an EU spokeswoman", who may be anybody."""
    return party.kind is ActorKind.PERSON and party.name.rpartition(" ")[2][:1].isupper()


def opposed(a: Telling, b: Telling) -> bool:
    """Whether one says that something is not so and the other that it is, or uses a word's opposite.

    Of a long telling only the stretch counts that the other one fits: "not" elsewhere turns something else.
    """
    if not _may_oppose(a, b):
        return False
    laid = align(a.wording, b.wording)
    # who denies it turns it, wherever the stretch lies
    denied = a.turned != b.turned and a.wording.negations % 2 == b.wording.negations % 2
    return laid.negated != denied if laid.shared else a.turned != b.turned


def _may_oppose(a: Telling, b: Telling) -> bool:
    """Whether the two wordings as wholes are opposed: if they are not, no stretch of them is taken to be."""
    if a.turned != b.turned:
        return True
    mine, theirs = a.wording.content, b.wording.content
    return any(
        other in theirs and other not in mine and concept not in theirs
        for concept in mine.keys() & opposites().keys()
        for other in opposites()[concept]
    )


@cache
def weights() -> Mapping[str, float]:
    """The fitted weights; their card stands beside them."""
    text = resources.files("onrecord").joinpath("models", "sameness", "weights.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text)["weights"].items()}


def likelihood(found: Mapping[str, float]) -> float:
    """The probability that tellings with these features tell the same thing, 0..1."""
    known = weights()
    return 1.0 / (1.0 + exp(-(known[""] + sum([known.get(name, 0.0) * value for name, value in found.items()]))))
