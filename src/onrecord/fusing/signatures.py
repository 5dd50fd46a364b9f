"""What grouping needs to know of a report, and how alike two reports are by it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from math import exp, sqrt

from rensa import RMinHash

from onrecord.fusing.shingles import shingles
from onrecord.fusing.words import frequency, inverse_frequency, lexicon, words
from onrecord.model import BlockKind, Likeness, Report, Signature

#: Words of the body that count; news tells what it is about first (benchmarks/README of the story sets).
LEAD_WORDS = 200
#: Code points of the body that hold LEAD_WORDS words in all but the longest-worded texts.
_LEAD_LENGTH = 1800
TITLE_WEIGHT = 2
#: Terms kept. Measured on g5w1h, wikinews, fakes on 2026-11-22, mean B-cubed F1: 64 0.887, 96 0.881, all 0.880.
KEPT_TERMS = 64
#: Words more frequent than this in English say nothing of what a report is about.
COMMON = 5.7e-4
#: Weight of a word pair against a single word of the same rarity.
PAIR_WEIGHT = 0.7
#: How often a rarer word of a pair has just this neighbour.
_NEIGHBOUR = 0.05
#: A report fewer shingles long than this can't be told to be a copy by its text.
LEAST_SHINGLES = 12
PERMUTATIONS = 64
_SEED = 20221
#: Days in which the part of a likeness that hangs on dates falls to 1/e (README of the story sets).
DECAY_DAYS = 14.0


def sign(report: Report) -> Signature:
    """The signature of a report: its heaviest words and word pairs, and a MinHash of its running text.

    The weights use a fixed table of English, so that a signature depends on its report alone.
    """
    counts = Counter(_terms(_lead(report)))
    for term in _terms(words(report.title or "")):
        counts[term] += TITLE_WEIGHT
    weighed = sorted([(-count * _weight(term), term) for term, count in counts.items()])[:KEPT_TERMS]
    length = sqrt(sum(weight * weight for weight, _ in weighed)) or 1.0
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
        terms=tuple((term, round(-weight / length, 6)) for weight, term in weighed),
        minhash=hashes,
    )


def _lead(report: Report) -> list[str]:
    stretches: list[str] = []
    wanted = _LEAD_LENGTH
    for block in report.readable():
        if block.kind is not BlockKind.TITLE and wanted > 0:
            stretches.append(report.text[block.span.start : min(block.span.end, block.span.start + wanted)])
            wanted -= len(stretches[-1])
    return words("\n".join(stretches))[:LEAD_WORDS]


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
    return inverse_frequency(frequency(first))


def likeness(a: Signature, b: Signature) -> Likeness:
    """How alike two reports are: cosine of their terms, less the further apart their days are.

    The reports stand sorted in the result; without a date on either side nothing is taken off.
    """
    left, right = (a, b) if a.report <= b.report else (b, a)
    score = cosine(dict(left.terms), dict(right.terms)) * decay(left.day, right.day)
    return Likeness(left.report, right.report, round(min(1.0, score), 6))


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two weightings of unit length, the same whichever comes first."""
    if len(b) < len(a):
        a, b = b, a
    return sum(sorted(weight * b[term] for term, weight in a.items() if term in b))


def decay(day: str | None, other: str | None) -> float:
    """What the days between two reports leave of their likeness: 1 for a day, towards 0.5 for months.

    >>> decay("2031-05-02", "2031-05-03"), round(decay("2031-05-02", "2031-05-31"), 2), decay(None, "2031-05-02")
    (1.0, 0.57, 1.0)
    """
    if day is None or other is None:
        return 1.0
    apart = abs((_date(day) - _date(other)).days)
    return 0.5 + 0.5 * exp(-max(apart - 1, 0) / DECAY_DAYS)


@lru_cache(maxsize=1 << 12)
def _date(day: str) -> date:
    return date.fromisoformat(day)
