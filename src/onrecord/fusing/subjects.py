"""Words that tell the subject of several stories of a piece, not one happening.

Reports of one war or one campaign share its words however many happenings they tell. A fixed table of English cannot
know which words those are this month, and counting them in the store would make old likenesses stale with each new
report (decision 0002). But a piece of the web is grouped anew whenever one of its reports comes or goes. So it is
grouped twice: by its words as they weigh, and once more with those words made lighter that several of the stories just
found share. A story is counted, not its reports: what all reports of one happening share is what joins them.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import fsum, log, sqrt

from onrecord.model import Signature

#: What is taken off a word's weight for each e-fold of the stories of a piece that tell it, and the least share of it
#: that is left. Chosen with LENGTH on 2026-11-27: mean B-cubed f1 of g5w1h, wikinews, fakes by weights fitted on half
#: of the stories of all three and scored on the other half: 0 .929, 0.15 .934, 0.25 .936, reports counted in place of
#: stories .931; each set by weights fitted on the two others: 0 .906, 0.15 .915, 0.25 .919, 0.35 .912.
LIGHTER, LEAST = 0.25, 0.2
#: Length of a signature of which words were made lighter: what is left says more, and without it reports of one
#: happening in a busy piece would be parted. 1.05 goes with 0.15, 1.13 with 0.35.
LENGTH = 1.09


def lightened(signatures: Sequence[Signature], stories: Sequence[Sequence[str]]) -> list[Signature]:
    """The signatures of a piece with words made lighter by how many of its stories tell them.

    Args:
        signatures: of the piece.
        stories: the report ids of each of its stories.

    >>> a, b, c = (Signature(name, None, None, (("war", 0.6), (name, 0.8))) for name in "abc")
    >>> [dict(one.terms)["war"] < 0.6 < dict(one.terms)[one.report] for one in lightened([a, b, c], ["a", "b", "c"])]
    [True, True, True]
    >>> lightened([a, b, c], [["a", "b", "c"]]) == [a, b, c]
    True
    """
    if len(stories) < 2:
        return list(signatures)
    by_id = {one.report: one for one in signatures}
    told: dict[str, list[float]] = {}
    for story in stories:
        for report in story:
            for term, _ in by_id[report].terms:
                told.setdefault(term, []).append(1.0 / len(story))
    kept = {term: _left(several) for term, parts in told.items() if (several := fsum(parts)) > 1.0}
    return [_weighed_anew(one, kept) for one in signatures]


def _left(stories: float) -> float:
    """The share of its weight that a word keeps which so many stories tell."""
    return max(LEAST, 1.0 - LIGHTER * log(stories))


def _weighed_anew(one: Signature, kept: dict[str, float]) -> Signature:
    terms = [(term, weight * kept.get(term, 1.0)) for term, weight in one.terms]
    length = LENGTH / (sqrt(fsum(weight * weight for _, weight in terms)) or 1.0)
    return replace(one, terms=tuple((term, round(weight * length, 6)) for term, weight in terms))
