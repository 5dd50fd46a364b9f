"""Which reports tell of one happening: average link over the likenesses within a piece of their web."""

from collections.abc import Collection, Iterable, Sequence
from heapq import heapify, heappop, heappush

from onrecord.fusing.lending import likenesses_by_lent_days
from onrecord.fusing.likenesses import likeness
from onrecord.fusing.pieces import LEVELS, Neighbours, Pieces
from onrecord.fusing.subjects import lightened
from onrecord.model import Likeness, Signature

#: Average likeness at which two groups of reports are one story; one value for all sets. Measured 2026-11-27 with
#: `python -m benchmarks.stories`, B-cubed F1 on g5w1h, wikinews, fakes: .948 .892 .950.
JOIN = LEVELS[0]
#: Below this a likeness counts as none.
LINK = 0.02
#: Two reports are compared when they share one of their INDEXED_TERMS heaviest terms and lie within CANDIDATE_DAYS; an
#: undated report is compared with every report that shares one. Of the pairs likelier than JOIN this finds 0.99.
INDEXED_TERMS = 12
#: Likenesses are added as whole millionths, so that sums do not depend on the order of adding.
_MILLION = 1_000_000


def find_stories(signatures: Sequence[Signature]) -> tuple[tuple[str, ...], ...]:
    """Part reports into stories, all at once and in memory; a store grows to the same, report by report.

    Returns:
        The stories' report ids, sorted, stories in the order of their first id.
    """
    by_id = {one.report: one for one in signatures}
    neighbours = _neighbours([by_id[one] for one in sorted(by_id)])
    pieces = Pieces(lambda wanted: {one: neighbours[one] for one in wanted})
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for report in sorted(by_id):
        if report not in done:
            piece = pieces.piece(report)
            done.update(piece)
            found += group([by_id[one] for one in piece])
    return tuple(sorted(found))


def _neighbours(signatures: Sequence[Signature]) -> Neighbours:
    holders: dict[str, list[Signature]] = {}
    near: dict[str, list[tuple[str, float]]] = {one.report: [] for one in signatures}
    for one in signatures:
        terms = index_terms(one)
        for other in {held.report: held for term in terms for held in holders.get(term, ())}.values():
            score = likeness(one, other).score
            if score >= JOIN:
                near[one.report].append((other.report, score))
                near[other.report].append((one.report, score))
        for term in terms:
            holders.setdefault(term, []).append(one)
    return near


def index_terms(signature: Signature) -> tuple[str, ...]:
    """The terms of a report of which another one must have one, to be compared with it."""
    return tuple(dict.fromkeys(term for term, _ in signature.terms[:INDEXED_TERMS]))


def group(signatures: Collection[Signature]) -> tuple[tuple[str, ...], ...]:
    """Part the reports of one piece into stories: twice, the second time with the words of their subject made lighter.

    Returns:
        The stories' report ids, sorted, stories in the order of their first id.
    """
    ordered = sorted(signatures, key=lambda one: one.report)
    reports = [one.report for one in ordered]
    found = average_link(reports, likenesses_by_lent_days(ordered, LINK))
    if len(found) < 2:
        return found
    return average_link(reports, likenesses_by_lent_days(lightened(ordered, found), LINK))


def average_link(reports: Sequence[str], links: Iterable[Likeness]) -> tuple[tuple[str, ...], ...]:
    """Merge groups of reports while the average likeness of two of them is JOIN.

    Likenesses that are not given count as 0. Of several merges that are equally good the one with the
    smallest report ids is made first, so the result depends on neither order. O(e log e) for e likenesses,
    since a merge moves the smaller side's edges only.

    Returns:
        The groups, sorted, in the order of their first report.
    """
    ordered = sorted(set(reports))
    known = set(ordered)
    clusters = _Clusters(ordered, [one for one in links if one.left in known and one.right in known])
    clusters.merge_all()
    return tuple(sorted(tuple(sorted(members)) for members in clusters.members.values()))


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
