"""Which reports tell of one happening: average link over the likenesses of one connected component."""

from collections.abc import Iterable, Sequence
from datetime import date
from heapq import heapify, heappop, heappush

from onrecord.model import Likeness, Signature

#: Below this no likeness is worth storing.
LINK = 0.05
#: Average likeness at which two groups of reports are one story; one value for all sets. Measured 2026-11-22 with
#: `python -m benchmarks.stories`, B-cubed F1 on g5w1h, wikinews, fakes: 0.18 .914 .874 .868, 0.19 .914 .868 .887,
#: 0.20 .909 .862 .900.
JOIN = 0.19
#: Two reports are compared when they share at least CANDIDATE_TERMS of their INDEXED_TERMS heaviest terms and
#: lie within CANDIDATE_DAYS; an undated report is compared with every report that shares the terms. All pairs whatever
#: their days give .928 .864 .868 at 70 % more likenesses (outlets' dates of g5w1h are often those of a later update).
INDEXED_TERMS = 40
CANDIDATE_TERMS = 3
CANDIDATE_DAYS = 180
#: Likenesses are added as whole millionths, so that sums do not depend on the order of adding.
_MILLION = 1_000_000


def group(signatures: Sequence[Signature], likenesses: Sequence[Likeness]) -> tuple[tuple[str, ...], ...]:
    """Part the reports into stories.

    Likenesses that are not given count as 0. Of several merges that are equally good the one with the
    smallest report ids is made first, so the result depends on neither order. O(e log e) for e likenesses,
    since a merge moves the smaller side's edges only.

    Returns:
        The stories' report ids, sorted, stories in the order of their first id.
    """
    reports = sorted({signature.report for signature in signatures})
    known = set(reports)
    clusters = _Clusters(reports, [one for one in likenesses if one.left in known and one.right in known])
    clusters.merge_all()
    return tuple(sorted(tuple(sorted(members)) for members in clusters.members.values()))


def within(a: Signature, b: Signature) -> bool:
    """Whether two reports lie close enough in time to be compared."""
    if a.day is None or b.day is None:
        return True
    return abs((date.fromisoformat(a.day) - date.fromisoformat(b.day)).days) <= CANDIDATE_DAYS


class _Clusters:
    """Groups of reports under merging; a group is named by its smallest report's number."""

    def __init__(self, reports: Sequence[str], likenesses: Iterable[Likeness]) -> None:
        number = {report: n for n, report in enumerate(reports)}
        self.members: dict[int, list[str]] = {n: [report] for n, report in enumerate(reports)}
        #: Sum of the likenesses between two groups.
        self.sums: dict[int, dict[int, int]] = {n: {} for n in self.members}
        for one in likenesses:
            i, j = number[one.left], number[one.right]
            if i != j and one.score >= LINK:
                self.sums[i][j] = self.sums[j][i] = round(one.score * _MILLION)
        self.waiting = [self._offer(i, j) for i, near in self.sums.items() for j in near if i < j]
        self.waiting = [offer for offer in self.waiting if -offer[0] >= JOIN]
        heapify(self.waiting)

    def _offer(self, i: int, j: int) -> tuple[float, int, int, int]:
        # The sum goes along: an offer whose sum has changed since is stale.
        total = self.sums[i][j]
        average = total / (len(self.members[i]) * len(self.members[j]) * _MILLION)
        return (-average, min(i, j), max(i, j), len(self.members[i]) + len(self.members[j]))

    def merge_all(self) -> None:
        while self.waiting:
            _, i, j, size = heappop(self.waiting)
            if i in self.members and j in self.members and len(self.members[i]) + len(self.members[j]) == size:
                self._merge(i, j)

    def _merge(self, i: int, j: int) -> None:
        kept, gone = sorted((i, j))
        near = self.sums.pop(gone)
        near.pop(kept, None)
        self.sums[kept].pop(gone, None)
        self.members[kept] += self.members.pop(gone)
        for k, total in near.items():
            del self.sums[k][gone]
            self.sums[kept][k] = self.sums[k][kept] = self.sums[kept].get(k, 0) + total
        for k in self.sums[kept]:
            offer = self._offer(kept, k)
            if -offer[0] >= JOIN:
                heappush(self.waiting, offer)
