"""What grouping needs to know of a report, so that no text is read twice for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum, sqrt

from onrecord.fusing.daystold import days_told
from onrecord.fusing.words import frequency, inverse_frequency, lexicon, stem, words
from onrecord.model import BlockKind, Report, Signature

#: Words of the body that count; news tells what it is about first. Measured with `python -m training.stories`,
#: 2026-11-27, mean B-cubed F1 of g5w1h, wikinews, fakes, each fitted on the other two: 200 words and 300 words.
LEAD_WORDS = 300
#: Code points of the body that hold LEAD_WORDS words in all but the longest-worded texts.
_LEAD_LENGTH = 2700
TITLE_WEIGHT = 2
#: Terms kept. Measured 2026-11-22 (`python -m benchmarks.stories`), mean B-cubed F1 of g5w1h, wikinews, fakes:
#: 32 0.921, 40 0.924, 48 0.925, 64 0.924. Pairs of words beside the words reached no more (2026-11-27).
KEPT_TERMS = 48
#: Words more frequent than this in English say nothing of what a report is about.
COMMON = 5.7e-4
#: Weight of a word that tells the subject ("Syrian", "strike") against one that may tell the happening. Reports of one
#: war share all of these: without it fakes lose two points at one threshold for all sets.
SUBJECT_WEIGHT = 0.5


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
    counts = Counter(lead[:LEAD_WORDS])
    for word in title:
        counts[word] += TITLE_WEIGHT
    weighed = sorted([(-count * weight, word) for word, count in counts.items() if (weight := _weight(word))])
    kept = weighed[:KEPT_TERMS]
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
def _weight(word: str) -> float:
    """How much a report says by a word, 0 for one that says nothing of what it is about."""
    if not _says_something(word):
        return 0.0
    return inverse_frequency(frequency(word)) * (SUBJECT_WEIGHT if _tells_the_subject(word) else 1.0)


def _tells_the_subject(word: str) -> bool:
    return word in lexicon("countries") or stem(word) in lexicon("deeds")


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two weightings of unit length, the same whichever comes first."""
    if len(b) < len(a):
        a, b = b, a
    return fsum([weight * b[term] for term, weight in a.items() if term in b])
