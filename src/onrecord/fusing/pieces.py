"""Small pieces of the web of likenesses, each of which is parted into stories by itself.

Likenesses join nearly all reports of a busy year into one web. A story needs only a part of it, and what a new
report changes must be found without looking at the rest. So the web is thinned to the nearest neighbours that
hold for both sides, and where its connected parts are still too large, to those more and more alike. Which piece
a report is in depends only on the set of reports, and is found by looking at PIECE reports and their neighbours
at a level.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from onrecord.model import Likeness

#: For each report the others that it is like enough, and how alike they are; reports with none may be left out.
Neighbours = Mapping[str, Sequence[tuple[str, float]]]
Loader = Callable[[Collection[str]], Neighbours]
#: A neighbour counts if each is among the other's nearest so many.
NEAREST = 16
#: Reports of a piece; larger ones are parted at the next level.
PIECE = 96
#: Likenesses at which parts that are too large are parted, one after another.
LEVELS = (0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)
#: Reports whose neighbours are kept in memory.
_KEPT = 20_000
_CHUNK = 500


class Pieces:
    """Finds pieces, with the neighbours of a report as `load` gives them."""

    def __init__(self, load: Loader) -> None:
        self._load = load
        self._known: dict[str, tuple[tuple[str, float], ...]] = {}
        self._nearest: dict[str, frozenset[str]] = {}

    def piece(self, report: str, without: Collection[str] = ()) -> tuple[str, ...]:
        """The reports of one piece with this one, sorted, as if those in `without` were unknown to all but ranks."""
        for level in LEVELS:
            found = self._connected(report, level, without)
            if found is not None:
                return found
        # Hundreds of reports that are all but the same: each with its own nearest alone.
        nearest = self._mutual([report], LEVELS[-1], without)[report][:1]
        return tuple(sorted({report, *nearest})) if self._chosen_by(nearest, report, without) else (report,)

    def touched(self, changed: Collection[str]) -> tuple[str, ...]:
        """All reports whose piece may be another one because these came, went or changed; these included."""
        known = frozenset(changed)
        found = set(known)
        for one in self._ends(known):
            if one not in found:
                found.update(self.piece(one, without=known))
        return tuple(sorted(found))

    def _ends(self, known: frozenset[str]) -> list[str]:
        """The neighbours of changed reports, and those that they pushed from among a neighbour's nearest."""
        near: set[str] = set()
        for some in _chunks(sorted(known)):
            self._want(some)
            near.update(other for one in some for other, _ in self._known[one] if other not in known)
        ends = set(near)
        for some in _chunks(sorted(near)):
            self._want(some)
            for one in some:
                ranked = [other for other, _ in self._known[one]]
                pushed = sum(other in known for other in ranked)
                ends.update(other for other in ranked[NEAREST : NEAREST + pushed] if other not in known)
        return sorted(ends)

    def _connected(self, report: str, level: float, without: Collection[str]) -> tuple[str, ...] | None:
        """The reports that neighbours of this level lead to, None if they are too many for a piece."""
        reached, frontier = {report}, [report]
        while frontier:
            found = {other for near in self._mutual(frontier, level, without).values() for other in near}
            frontier = sorted(found - reached)
            reached |= found
            if len(reached) > PIECE:
                return None
        return tuple(sorted(reached))

    def _mutual(self, reports: Sequence[str], level: float, without: Collection[str]) -> dict[str, list[str]]:
        """For each report the neighbours of this level that hold for both sides, nearest first."""
        self._want(reports)
        near = {
            one: [other for other, score in self._known[one][:NEAREST] if score >= level and other not in without]
            for one in reports
        }
        self._want({other for others in near.values() for other in others})
        return {one: [other for other in others if one in self._nearest[other]] for one, others in near.items()}

    def _chosen_by(self, nearest: Sequence[str], report: str, without: Collection[str]) -> bool:
        return bool(nearest) and self._mutual(nearest, LEVELS[-1], without)[nearest[0]][:1] == [report]

    def _want(self, reports: Iterable[str]) -> None:
        missing = sorted(set(reports) - self._known.keys())
        if not missing:
            return
        if len(self._known) > _KEPT:
            wanted = set(reports)
            self._known = {one: near for one, near in self._known.items() if one in wanted}
            self._nearest = {one: near for one, near in self._nearest.items() if one in wanted}
        loaded = self._load(missing)
        for one in missing:
            ranked = sorted(loaded.get(one, ()), key=lambda near: (-near[1], _apart(one, near[0]), near[0]))
            self._known[one] = tuple(ranked)
            self._nearest[one] = frozenset(other for other, _ in ranked[:NEAREST])


def _chunks(reports: Sequence[str]) -> Iterator[Sequence[str]]:
    return (reports[at : at + _CHUNK] for at in range(0, len(reports), _CHUNK))


def worth_keeping(report: str, found: Sequence[Likeness], load: Loader) -> list[Likeness]:
    """Those of a new report's likenesses that can ever count: it is among the other's nearest, or the other among its.

    Args:
        report: the new one.
        found: its likenesses to others.
        load: gives the neighbours of some of these, so far.
    """
    near = {one: one.left if one.right == report else one.right for one in found}
    ranked = sorted(found, key=lambda one: (-one.score, _apart(report, near[one]), near[one]))
    doubtful = ranked[NEAREST:]
    known = load([near[one] for one in doubtful]) if doubtful else {}
    kept = [one for one in doubtful if _nearer(near[one], report, one, known) < NEAREST]
    return ranked[:NEAREST] + kept


def _nearer(other: str, report: str, likeness: Likeness, known: Neighbours) -> int:
    """How many reports are nearer to the other one than this report is."""
    own = (-likeness.score, _apart(other, report), report)
    return sum((-score, _apart(other, one), one) < own for one, score in known.get(other, ()) if one != report)


@lru_cache(maxsize=1 << 15)
def _place(report: str) -> int:
    return int.from_bytes(blake2b(report.encode(), digest_size=8).digest())


def _apart(a: str, b: str) -> int:
    """How far two reports lie apart on a ring: among equally alike ones the nearest on it are taken.

    By their ids, hundreds of copies of one text would all choose the same few.
    """
    turn = (_place(a) - _place(b)) % (1 << 64)
    return min(turn, (1 << 64) - turn)
