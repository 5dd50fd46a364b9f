"""How much of one wording another one has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from onrecord.fusing.scene import Token, opposites

#: Words of a run that two texts share word for word, from which it is evidence by itself.
RUN_WORDS = 4
_LONGEST_COMPARED = 120


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two wordings lie on one another.

    Attributes:
        covered: share of the shorter one's weight that the longer one has within one stretch, 0..1.
        shared: the weight of what they share there.
        content: distinct words of content that they share there, actors not counted.
        run: words of the longest run they share word for word.
        run_weight: the weight of that run, actors not counted.
        order: share of the shorter one's words, grammar included, that the longer one has in the same order.
        negated: whether one stretch says the opposite of the other: "not", or "open" against "close".
    """

    covered: float
    shared: float
    content: int
    run: int
    run_weight: float
    order: float
    negated: bool


NOTHING = Alignment(0.0, 0.0, 0, 0, 0.0, 0.0, False)


def align(a: Sequence[Token], b: Sequence[Token]) -> Alignment:
    """Lay the shorter of two wordings on the stretch of the longer one that fits it best."""
    shorter, longer = sorted((a[:_LONGEST_COMPARED], b[:_LONGEST_COMPARED]), key=_weight)
    total = _weight(shorter)
    if not total or not longer:
        return NOTHING
    stretch = _best_stretch(shorter, longer)
    shared = _shared(shorter, stretch)
    weight = sum(_token_weight(shorter, concept) * count for concept, count in shared.items())
    run, run_weight = _longest_run(shorter, longer)
    forms, other = [t.concept for t in shorter], [t.concept for t in longer]
    return Alignment(
        covered=weight / total,
        shared=weight,
        content=sum(not concept.startswith("@") for concept in shared),
        run=run,
        run_weight=run_weight,
        order=LCSseq.similarity(forms, other) / len(forms),
        negated=_negations(shorter) % 2 != _negations(stretch) % 2 or _opposed(shorter, stretch),
    )


def _weight(tokens: Sequence[Token]) -> float:
    return sum(token.weight for token in tokens)


def _negations(tokens: Sequence[Token]) -> int:
    return sum(token.concept == "=not" for token in tokens)


def _opposed(a: Sequence[Token], b: Sequence[Token]) -> bool:
    """Whether one says "open" and the other "close", and neither says both."""
    one, other = {token.concept for token in a}, {token.concept for token in b}
    return any(
        (x in one and y not in one and y in other and x not in other)
        or (y in one and x not in one and x in other and y not in other)
        for x, y in opposites()
    )


def _token_weight(tokens: Sequence[Token], concept: str) -> float:
    return max(token.weight for token in tokens if token.concept == concept)


def _content(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.concept for token in tokens if token.weight)


def _shared(a: Sequence[Token], b: Sequence[Token]) -> Counter[str]:
    return _content(a) & _content(b)


def _best_stretch(shorter: Sequence[Token], longer: Sequence[Token]) -> Sequence[Token]:
    """The window of the longer wording, half as long again as the shorter one, that shares most with it.

    Words that a long text has all over do not make an utterance: they must stand together.
    """
    width = len(shorter) * 3 // 2 + 4
    if len(longer) <= width:
        return longer
    weights = {token.concept: token.weight for token in shorter if token.weight}
    wanted = _content(shorter)
    have: Counter[str] = Counter()
    score = best = 0.0
    best_end = width
    for end, token in enumerate(longer):
        if token.concept in weights:
            if have[token.concept] < wanted[token.concept]:
                score += weights[token.concept]
            have[token.concept] += 1
        gone = longer[end - width] if end >= width else None
        if gone is not None and gone.concept in weights:
            have[gone.concept] -= 1
            if have[gone.concept] < wanted[gone.concept]:
                score -= weights[gone.concept]
        if score > best + 1e-9:
            best, best_end = score, end + 1
    return longer[max(0, best_end - width) : best_end]


def _longest_run(a: Sequence[Token], b: Sequence[Token]) -> tuple[int, float]:
    matcher = SequenceMatcher(None, [t.form for t in a], [t.form for t in b], autojunk=False)
    match = matcher.find_longest_match()
    run = a[match.a : match.a + match.size]
    return match.size, sum(token.weight for token in run if not token.concept.startswith("@"))
