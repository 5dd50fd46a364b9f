"""What grouping needs to know of a report, so that no text is read twice for it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum, sqrt

from onrecord.fusing.daystold import days_told
from onrecord.fusing.words import frequency, inverse_frequency, lexicon, stem, words
from onrecord.model import BlockKind, Report, Signature

#: Words of the body that count; news tells what it is about first.
LEAD_WORDS = 300
#: Code points of the body that hold LEAD_WORDS words in all but the longest-worded texts.
_LEAD_LENGTH = 2700
TITLE_WEIGHT = 2
#: Terms kept. Measured 2026-11-22 (`python -m benchmarks.stories`), mean B-cubed F1 of g5w1h, wikinews, fakes:
#: 32 0.921, 40 0.924, 48 0.925, 64 0.924.
KEPT_TERMS = 48
#: Weight of a word pair against a single word of the same rarity. Mean f1 of the three sets, each by weights fitted on
#: the two others, 2026-11-27: 200 words of the body and 0.7 .873; 300 and 0 .887, 0.4 .895; 400, 0.4, 64 terms .872.
PAIR_WEIGHT = 0.4
#: How often a rarer word of a pair has just this neighbour.
_NEIGHBOUR = 0.05
#: Words more frequent than this in English say nothing of what a report is about.
COMMON = 5.7e-4
#: Weight of a word that tells the subject ("Syrian", "strike") against one that may tell the happening. Reports of one
#: war share all of these: without it fakes lose two points at one threshold for all sets. Lands, peoples and groups
#: that are no states (`parties`) with the rest: mean f1 of the three sets .917 -> .919, of weights near by as much.
SUBJECT_WEIGHT = 0.5
#: The lexicons of those who are the subject of many reports, in the singular.
_SUBJECTS = ("countries", "parties")


def sign(report: Report) -> Signature:
    """The signature of a report: its heaviest words and the days that it tells, of its title and lead.

    The weights use a fixed table of English, so that a signature depends on its report alone.
    """
    lead, title = _lead(report), report.title or ""
    told, titled = words(lead), words(title)
    return Signature(
        report=report.id,
        day=report.day,
        outlet=report.outlet,
        terms=_weighed(titled, told),
        told=days_told(f"{title}\n{lead}", {*told, *titled}, report.day),
    )


def terms_of(report: Report) -> tuple[tuple[str, float], ...]:
    """The terms of a report's signature, without the rest of it."""
    return _weighed(words(report.title or ""), words(_lead(report)))


def _weighed(title: Sequence[str], lead: Sequence[str]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for told, count in ((lead[:LEAD_WORDS], 1), (title, TITLE_WEIGHT)):
        before, near = "", 0.0
        for word in told:
            weight, in_pair = _weights(word)
            if weight:
                found[word] = found.get(word, 0.0) + count * weight
            if weight and before:
                pair = f"{before} {word}"
                found[pair] = found.get(pair, 0.0) + count * max(near, in_pair)
            before, near = word if weight else "", in_pair
    kept = sorted([(-weight, term) for term, weight in found.items()])[:KEPT_TERMS]
    length = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    terms = [(term, round(-weight / length, 6)) for weight, term in kept]
    return tuple(sorted(terms, key=lambda one: (-one[1], one[0])))


def _lead(report: Report) -> str:
    """The beginning of the body: what the report is about stands there."""
    stretches: list[str] = []
    wanted = _LEAD_LENGTH
    for block in report.readable():
        if block.kind is not BlockKind.TITLE and wanted > 0:
            stretches.append(report.text[block.span.start : min(block.span.end, block.span.start + wanted)])
            wanted -= len(stretches[-1])
    return "\n".join(stretches)


def _says_something(word: str) -> bool:
    if len(word) < 2 or frequency(word) > COMMON or word in lexicon("calendar") or word in lexicon("newsroom"):
        return False
    return not (len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"))


@lru_cache(maxsize=1 << 16)
def _weights(word: str) -> tuple[float, float]:
    """How much a report says by a word, and by a pair of it with a more frequent one; 0 if it says nothing."""
    if not _says_something(word):
        return 0.0, 0.0
    share = frequency(word)
    in_pair = PAIR_WEIGHT * inverse_frequency(_NEIGHBOUR * share)
    return inverse_frequency(share) * (SUBJECT_WEIGHT if _tells_the_subject(word) else 1.0), in_pair


def _tells_the_subject(word: str) -> bool:
    one = word[:-1] if word.endswith("s") else word
    return any(told in lexicon(of) for told in (word, one) for of in _SUBJECTS) or stem(word) in lexicon("deeds")


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two weightings of unit length, the same whichever comes first."""
    if len(b) < len(a):
        a, b = b, a
    return fsum([weight * b[term] for term, weight in a.items() if term in b])
