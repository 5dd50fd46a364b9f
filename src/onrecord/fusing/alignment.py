"""How much of one wording another one has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from onrecord.fusing.scene import Token, opposites

#: Words of a run that two texts share word for word, from which it is evidence by itself.
RUN_WORDS = 4
_LONGEST_COMPARED = 120


@dataclass(frozen=True)
class Wording:
    """Tokens with what comparing them needs, reckoned once: a wording is compared with many others.

    Without slots, as what only some are asked for is kept once it is reckoned.

    Attributes:
        content: how often each concept that weighs something is told.
        weights: what each of them weighs.
        weight: of all tokens together.
        negations: how often it says "not".
    """

    tokens: tuple[Token, ...]
    content: Mapping[str, int]
    weights: Mapping[str, float]
    weight: float
    negations: int

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Where each form stands."""
        found: dict[str, tuple[int, ...]] = {}
        for place, token in enumerate(self.tokens):
            found[token.form] = (*found.get(token.form, ()), place)
        return found


def wording(tokens: Iterable[Token]) -> Wording:
    """The wording that tokens are, of at most the first 120 of them."""
    kept = tuple(tokens)[:_LONGEST_COMPARED]
    if not kept:
        return _SILENCE
    content: dict[str, int] = {}
    weights: dict[str, float] = {}
    for token in kept:
        if token.weight:
            content[token.concept] = content.get(token.concept, 0) + 1
            weights[token.concept] = max(weights.get(token.concept, 0.0), token.weight)
    weight = sum([token.weight for token in kept])
    return Wording(kept, content, weights, weight, sum([token.concept == "=not" for token in kept]))


_SILENCE = Wording((), {}, {}, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two wordings lie on one another.

    Attributes:
        covered: share of the shorter one's weight that the longer one has within one stretch, 0..1.
        shared: the weight of what they share there.
        content: distinct words of content that they share there, actors not counted.
        named: distinct actors that they share there.
        negated: whether one stretch says the opposite of the other: "not", or "open" against "close".
    """

    covered: float
    shared: float
    content: int
    negated: bool
    named: int = 0


NOTHING = Alignment(0.0, 0.0, 0, False)


def align(a: Wording, b: Wording) -> Alignment:
    """Lay the shorter of two wordings on the stretch of the longer one that fits it best."""
    shorter, longer = (a, b) if a.weight <= b.weight else (b, a)
    if not shorter.weight or shorter.content.keys().isdisjoint(longer.content):
        return NOTHING
    stretch = _best_stretch(shorter, longer)
    shared = {
        concept: min(count, stretch.content[concept])
        for concept, count in shorter.content.items()
        if concept in stretch.content
    }
    weight = sum(shorter.weights[concept] * count for concept, count in shared.items())
    return Alignment(
        covered=min(1.0, weight / shorter.weight),
        shared=weight,
        content=sum(not concept.startswith("@") for concept in shared),
        named=sum(concept.startswith("@") for concept in shared),
        negated=shorter.negations % 2 != stretch.negations % 2 or _opposed(shorter, stretch),
    )


@dataclass(frozen=True, slots=True)
class Run:
    """The longest run of words that two wordings share word for word; actors weigh nothing in it."""

    words: int
    weight: float


def longest_run(a: Wording, b: Wording) -> Run:
    """The words that stand in both in one piece."""
    # the first of the longest runs, as `difflib.SequenceMatcher` finds it, which would look for the places each time
    places = b.places
    best = best_end = 0
    before: dict[int, int] = {}
    for at, token in enumerate(a.tokens):
        lengths: dict[int, int] = {}
        for place in places.get(token.form, ()):
            length = lengths[place] = before.get(place - 1, 0) + 1
            if length > best:
                best, best_end = length, at + 1
        before = lengths
    run = a.tokens[best_end - best : best_end]
    return Run(best, sum(token.weight for token in run if not token.concept.startswith("@")))


def words_in_order(a: Wording, b: Wording) -> int:
    """How many words, grammar included, both have in the same order."""
    forms, other = ([token.concept for token in one.tokens] for one in (a, b))
    return int(LCSseq.similarity(forms, other))


def _best_stretch(shorter: Wording, longer: Wording) -> Wording:
    """The window of the longer wording, half as long again as the shorter one, that shares most with it.

    Words that a long text has all over do not make an utterance: they must stand together.
    """
    width = len(shorter.tokens) * 3 // 2 + 4
    if len(longer.tokens) <= width:
        return longer
    have = dict.fromkeys(shorter.content, 0)
    score = best = 0.0
    best_end = width
    for end, token in enumerate(longer.tokens):
        if token.concept in have:
            if have[token.concept] < shorter.content[token.concept]:
                score += shorter.weights[token.concept]
            have[token.concept] += 1
        gone = longer.tokens[end - width] if end >= width else None
        if gone is not None and gone.concept in have:
            have[gone.concept] -= 1
            if have[gone.concept] < shorter.content[gone.concept]:
                score -= shorter.weights[gone.concept]
        if score > best + 1e-9:
            best, best_end = score, end + 1
    return wording(longer.tokens[max(0, best_end - width) : best_end])


def _opposed(a: Wording, b: Wording) -> bool:
    """Whether one says "open" and the other "close", and neither says both."""
    return any(
        any(
            other in b.content and other not in a.content and concept not in b.content for other in opposites()[concept]
        )
        for concept in a.content
        if concept in opposites()
    )
