"""The ledger over many stories: what others tell of an entry, and the thread that an entry is part of.

Looked up by who and what within a span of time (`onrecord.recording.trails`), never by reading the whole store; nothing
of it is stored, so it is the same in whatever order the reports came.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord import fusing
from onrecord.errors import UsageError
from onrecord.model import Actor, Fusion, Record
from onrecord.recording import Store

#: How far apart, in days, two neighbours of one thread may be told.
NEIGHBOUR_DAYS = 120
#: A thread of more entries is cut: it shares only words that say little.
THREAD_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Thread:
    """The entries that belong together, and the stories that they are in.

    Attributes:
        entries: ids of demands, commitments, threats and offers, sorted.
        record: the stories, with what is told of their entries elsewhere.
    """

    entries: tuple[str, ...]
    record: Record


def followed(store: Store, records: Iterable[Record]) -> Iterator[Record]:
    """Records whose demands and commitments say what reports of other stories tell of them too.

    The other reports are added to the record, so that their words can be shown.
    """
    for record in records:
        now = record
        for fusion in record.fusions:
            now = _followed(store, now, fusion)
        yield now


def thread(store: Store, entry: str) -> Thread:
    """The thread of an issue: the entries of all stories that the entry leads to, step by step.

    Args:
        store: the store.
        entry: id of a demand, commitment, threat or offer, or the beginning of one.

    Raises:
        UsageError: no entry, or more than one, begins so.
    """
    trails = store.trails()
    begun = trails.entries(entry)
    if len(begun) != 1:
        what = "no entry of the ledger begins" if not begun else f"{len(begun)} entries begin"
        raise UsageError(f"{what} with {entry!r}; `onrecord ledger --format json` shows their ids")
    found: set[str] = set()
    waiting = list(begun)
    while waiting and len(found) < THREAD_LIMIT:
        found.update(waiting)
        near = {
            one.item
            for trail in trails.of(waiting)
            for one in trails.near(trail.keys, first=_day(trail.day, -1), last=_day(trail.day, 1))
            if one.entry
        }
        waiting = sorted(near - found)[: THREAD_LIMIT - len(found)]
    records = followed(store, (store.record(story) for story in trails.stories(found)))
    return Thread(tuple(sorted(found)), _joined(records))


def _day(day: str | None, step: int) -> str | None:
    if day is None:
        return None
    return (date.fromisoformat(day) + timedelta(days=step * NEIGHBOUR_DAYS)).isoformat()


def _followed(store: Store, record: Record, fusion: Fusion) -> Record:
    answerable = {one.id for one in fusion.demands} | {one.id for one in fusion.commitments}
    keys = {key for trail in fusion.trails if trail.item in answerable for key in trail.keys}
    if not keys:
        return record
    near = store.trails().near(keys, first=fusion.story.start, last=None, besides=[fusion.story.id])
    events = [one for one in near if not one.entry]
    if not events:
        return record
    more = _joined([record, store.record_of(sorted({one.report for one in events}))])
    now = fusing.follow(more.reports, more.annotations, more.actor_of(), fusion, [one.item for one in events])
    fusions = tuple(now if one.story.id == fusion.story.id else one for one in record.fusions)
    return replace(more, fusions=fusions)


def _joined(records: Iterable[Record]) -> Record:
    """Records as one, each report, actor and story once."""
    parts = list(records)
    reports = {one.id: one for part in parts for one in part.reports}
    marks = {one.report: one for part in parts for one in part.annotations}
    fusions = {one.story.id: one for part in reversed(parts) for one in part.fusions}
    actors: dict[str, Actor] = {}
    for one in (actor for part in parts for actor in part.actors):
        known = actors.get(one.id, one)
        actors[one.id] = replace(known, entities=tuple(sorted({*known.entities, *one.entities})))
    return Record(
        tuple(reports[key] for key in sorted(reports)),
        tuple(marks[key] for key in sorted(marks)),
        tuple(actors[key] for key in sorted(actors)),
        tuple(fusions[key] for key in sorted(fusions)),
        tuple(dict.fromkeys(judgement for part in parts for judgement in part.judgements)),
    )
