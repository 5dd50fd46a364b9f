"""What grouping needs to know of a report, so that no text is read twice for it."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import sqrt

from rensa import RMinHash

from onrecord.fusing.daystold import days_told
from onrecord.fusing.shingles import shingles
from onrecord.fusing.words import frequency, inverse_frequency, lexicon, stem, words
from onrecord.model import BlockKind, Report, Signature

#: Words of the body that count; news tells what it is about first (benchmarks/README of the story sets).
LEAD_WORDS = 200
#: Code points of the body that hold LEAD_WORDS words in all but the longest-worded texts.
_LEAD_LENGTH = 1800
TITLE_WEIGHT = 2
#: Terms kept. Measured 2026-11-22 (`python -m benchmarks.stories`), mean B-cubed F1 of g5w1h, wikinews, fakes:
#: 32 0.921, 40 0.924, 48 0.925, 64 0.924.
KEPT_TERMS = 48
#: Words more frequent than this in English say nothing of what a report is about.
COMMON = 5.7e-4
#: Weight of a word pair against a single word of the same rarity.
PAIR_WEIGHT = 0.7
#: How often a rarer word of a pair has just this neighbour.
_NEIGHBOUR = 0.05
#: Weight of a word that tells the subject ("Syrian", "strike") against one that may tell the happening. Reports of one
#: war share all of these: without it fakes lose two points at one threshold for all sets.
SUBJECT_WEIGHT = 0.5
#: A report fewer shingles long than this can't be told to be a copy by its text.
LEAST_SHINGLES = 12
PERMUTATIONS = 64
_SEED = 20221


def sign(report: Report) -> Signature:
    """The signature of a report: its heaviest words and word pairs, and a MinHash of its running text.

    The weights use a fixed table of English, so that a signature depends on its report alone.
    """
    lead, title = _lead(report), report.title or ""
    grams = shingles(report)
    hashes: tuple[int, ...] = ()
    if len(grams) >= LEAST_SHINGLES:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
        sketch.update(grams)
        hashes = tuple(sketch.digest())
    return Signature(
        report=report.id,
        day=report.day,
        outlet=report.outlet,
        terms=_weighed(title, lead),
        minhash=hashes,
        told=days_told(f"{title}\n{lead}", report.day),
    )


def terms_of(report: Report) -> tuple[tuple[str, float], ...]:
    """The terms of a report's signature, without the rest of it."""
    return _weighed(report.title or "", _lead(report))


def _weighed(title: str, lead: str) -> tuple[tuple[str, float], ...]:
    counts = Counter(_terms(words(lead)[:LEAD_WORDS]))
    for term in _terms(words(title)):
        counts[term] += TITLE_WEIGHT
    weighed = sorted([(-count * _weight(term), term) for term, count in counts.items()])[:KEPT_TERMS]
    length = sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
    terms = [(term, round(-weight / length, 6)) for weight, term in weighed]
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


def _terms(told: list[str]) -> list[str]:
    terms = []
    before = ""
    for word in told:
        if not _says_something(word):
            before = ""
            continue
        terms.append(word)
        if before:
            terms.append(f"{before} {word}")
        before = word
    return terms


@lru_cache(maxsize=1 << 15)
def _says_something(word: str) -> bool:
    if len(word) < 2 or frequency(word) > COMMON or word in lexicon("calendar") or word in lexicon("newsroom"):
        return False
    return not (len(word) == 4 and word.isdigit() and word[:2] in ("19", "20"))


@lru_cache(maxsize=1 << 15)
def _weight(term: str) -> float:
    first, _, second = term.partition(" ")
    if second:
        return PAIR_WEIGHT * inverse_frequency(_NEIGHBOUR * min(frequency(first), frequency(second)))
    return inverse_frequency(frequency(first)) * (SUBJECT_WEIGHT if _tells_the_subject(first) else 1.0)


def _tells_the_subject(word: str) -> bool:
    return word in lexicon("countries") or stem(word) in lexicon("deeds")


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two weightings of unit length, the same whichever comes first."""
    if len(b) < len(a):
        a, b = b, a
    return sum(sorted(weight * b[term] for term, weight in a.items() if term in b))
