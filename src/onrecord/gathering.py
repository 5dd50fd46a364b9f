"""Which stories must be fused anew, and what fusing them needs, out of the store."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from onrecord import fusing
from onrecord.recording import Store
from onrecord.working import Gathered

T = TypeVar("T")

#: Reports from which stories are loaded, and stored, together: queries cost more than what they give.
_TOGETHER = 64


def gathered(store: Store, waiting: set[str]) -> Iterator[Gathered]:
    """The stories of which one of the waiting reports came, went or changed, with what they hold."""
    for some in together((ids, None) for ids in _touched(store, waiting)):
        yield from _gather(store, [ids for ids, _ in some])


def together(stories: Iterable[tuple[tuple[str, ...], T]]) -> Iterator[list[tuple[tuple[str, ...], T]]]:
    """Stories, each with its reports first, a few at a time."""
    some: list[tuple[tuple[str, ...], T]] = []
    reports = 0
    for story in stories:
        some.append(story)
        reports += len(story[0])
        if reports >= _TOGETHER:
            yield some
            some, reports = [], 0
    if some:
        yield some


def _touched(store: Store, waiting: set[str]) -> Iterator[tuple[str, ...]]:
    """The reports of each of these stories."""
    pieces = fusing.Pieces(store.neighbours)
    left = set(pieces.touched(waiting))
    # Those that only lost or won neighbours first: while a new report waits, a killed read finds them again.
    for report in (*sorted(left - waiting), *store.unfused_by_day()):
        if report in left:
            members = pieces.piece(report)
            left.difference_update(members)
            stand = set(store.grouped(members))
            for ids in fusing.group(store.signatures(members)):
                if ids not in stand or not waiting.isdisjoint(ids):
                    yield ids


def _gather(store: Store, stories: Sequence[tuple[str, ...]]) -> Iterator[Gathered]:
    for ids, record in zip(stories, store.records_of(stories), strict=True):
        named = fusing.named_actors(record.judgements)
        more = store.judging().actors(named) if named else ()
        yield Gathered(ids, record, {actor.id: actor for actor in more} | record.actor_of())
