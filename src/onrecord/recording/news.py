"""What is new since a moment: of several changes of one thing what they come to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.model import Cause, Change
from onrecord.recording import loading
from onrecord.recording.fused_rows import fusion_of
from onrecord.recording.history import Key, things_of
from onrecord.recording.judgement_rows import instant
from onrecord.recording.judgements import about_reports, load
from onrecord.recording.past import NOUNS, Past, Value, window
from onrecord.recording.schema import KEYS, STORIES, batched, fused, judging
from onrecord.recording.values import unpacked, value_of

_ORDER = ("report", "story", "marks", "claim", "demand", "commitment", "prospect", "actor", "entity", "judgement")
#: Kind -> what it is made of: a claim that has another first member since is the same claim under another id.
_PARTS = {"story": "reports", "claim": "members"}
#: Share of its parts by which a thing goes on in another one.
_GOES_ON = 0.5
#: Ids that say where a thing stands, not what it is.
_PLACES = frozenset({"id", "story", "claim"})


def changes(connection: Connection, since: datetime, until: datetime | None, story: str | None) -> tuple[Change, ...]:
    """What is another than it was, oldest change first.

    Raises:
        UsageError: the history of the store begins later.
    """
    news = _News(connection, since, until)
    found = [*_going_on(news.changes(story)), *_judged(connection, since, until, story)]
    return tuple(sorted(found, key=lambda one: (one.at, _ORDER.index(one.kind), one.id)))


def newest(connection: Connection) -> tuple[int, ...]:
    """What is unlike whenever something has changed: the last transaction, and how many judgements hold."""
    moment, judgement = judging.moment, judging.judgement
    asked = (func.max(moment.c.number), func.count(judgement.c.id), func.count(judgement.c.undone))
    return tuple(int(connection.scalar(select(one)) or 0) for one in asked)


class _News:
    """The changes of a window, held against what is there after it."""

    def __init__(self, connection: Connection, since: datetime, until: datetime | None) -> None:
        self.connection = connection
        self.past = Past(connection, window(connection, since, until))
        #: What came of it between the end of the window and now.
        self.later = Past(connection, window(connection, until, None)) if until is not None else None

    def changes(self, story: str | None) -> list[Change]:
        """What the window changed, in the whole store or in one story."""
        rows = self.past.rows()
        if story is not None:
            mine = self._reports_of(rows, story)
            rows = [row for row in rows if row.story == story or (row.story is None and row.id in mine)]
        first: dict[Key, Row[Any]] = {}
        last: dict[Key, Row[Any]] = {}
        for row in rows:
            first.setdefault((row.kind, row.id), row)
            last[row.kind, row.id] = row
        after = _now(self.connection, set(first), self.later)
        found = []
        for key, row in first.items():
            before = None if row.before is None else unpacked(row.before)
            if _told(before) != _told(after.get(key)):
                found.append(_change(key, last[key], before, after.get(key)))
            if key[0] == "story" and row.before is None and after.get(key) is not None:
                found += self._came(key[1], last[key], first)
        return found

    def _came(self, story: str, row: Row[Any], known: Mapping[Key, Any]) -> list[Change]:
        """What came with a new story."""
        things = _things_now(self.connection, story) if self.later is None else self.later.things(story)
        moved = self.past.first((key for _, key in things), *NOUNS)
        return [
            _change(key, row, None, value)
            for key, value in sorted(things.items())
            if key not in known and key not in moved
        ]

    def _reports_of(self, rows: Iterable[Row[Any]], story: str) -> frozenset[str]:
        held = set(_things_now(self.connection, story).get(("story", story), {}).get("reports", ()))
        for row in rows:
            if row.kind == "story" and row.id == story and row.before is not None:
                held.update(unpacked(row.before)["reports"])
        return frozenset(held)


def _going_on(found: Sequence[Change]) -> list[Change]:
    """Put what is gone together with what it goes on in: a claim that more reports tell now may have another id."""
    into: dict[Key, Key] = {}
    for kind, parts in _PARTS.items():
        owner = {part: one.id for one in found if one.kind == kind and one.after for part in one.after[parts]}
        for one in found:
            if one.kind == kind and one.after is None and one.before:
                votes = Counter(owner[part] for part in one.before[parts] if part in owner)
                best = min(votes, key=lambda key: (-votes[key], key), default=None)
                if best is not None and votes[best] >= _GOES_ON * len(one.before[parts]):
                    into[kind, one.id] = (kind, best)
    for entry in found:
        if entry.kind in ("demand", "commitment", "prospect") and entry.after is None and entry.before:
            claim = into.get(("claim", entry.before["claim"]), ("claim", entry.before["claim"]))[1]
            same = [o.id for o in found if o.kind == entry.kind and o.after and o.after["claim"] == claim]
            if same:
                into[entry.kind, entry.id] = (entry.kind, same[0])
    return _joined(found, into)


def _joined(found: Sequence[Change], into: Mapping[Key, Key]) -> list[Change]:
    before: dict[Key, Value] = {}
    for one in sorted(found, key=lambda one: (-len((one.before or {}).get(_PARTS.get(one.kind, ""), ())), one.id)):
        if (one.kind, one.id) in into:
            before.setdefault(into[one.kind, one.id], one.before)
    kept = []
    for one in found:
        if (one.kind, one.id) in into:
            continue
        if one.before is None and (one.kind, one.id) in before:
            one = replace(one, before=before[one.kind, one.id])
        if _told(one.before) != _told(one.after):
            kept.append(one)
    return kept


def _things_now(connection: Connection, story: str) -> dict[Key, Any]:
    loaded = STORIES.load(connection, [story])
    return {key: value for rows in loaded.values() for key, value in things_of(fusion_of(rows)).items()}


def _now(connection: Connection, keys: set[Key], later: "Past | None") -> dict[Key, Any]:
    """What things are now, or were when `later` begins; those that are not there are left out."""
    found: dict[Key, Any] = {}
    ids = sorted({key for _, key in keys})
    stories: set[str] = {key for kind, key in keys if kind == "story"}
    for some in batched(ids, KEYS):
        for table in (fused.claim, fused.ledger):
            stories.update(connection.scalars(select(table.c.story).where(table.c.id.in_(some))))
    for story in sorted(stories):
        found |= {key: value for key, value in _things_now(connection, story).items() if key in keys}
    for one in loading.report_nouns(connection, [key for kind, key in keys if kind == "report"]):
        told = ("id", "outlet", "title", "published", "url", "language", "sha256")
        found["report", one.id] = {name: getattr(one, name) for name in told}
    for actor in loading.actors(connection, [key for kind, key in keys if kind == "actor"]):
        found["actor", actor.id] = value_of(actor)
    table = fused.actor_entity
    for some in batched([key for kind, key in sorted(keys) if kind == "entity"], KEYS):
        for row in connection.execute(select(table.c.entity, table.c.actor).where(table.c.entity.in_(some))):
            found["entity", row.entity] = {"actor": row.actor}
    for kind, key in keys:
        if kind == "marks":
            found[kind, key] = {"report": key}
    if later is not None:
        for thing, change in later.first(ids, *sorted({kind for kind, _ in keys})).items():
            if change.before is not None:
                found[thing] = unpacked(change.before)
            else:
                found.pop(thing, None)
    return found


def _told(value: Value) -> Value:
    """A thing's fields without where it stands: a claim is no other claim when its story gets another id."""
    return None if value is None else {name: told for name, told in value.items() if name not in _PLACES}


def _change(key: Key, row: Row[Any], before: Value, after: Value) -> Change:
    kind, name = key
    return Change(
        at=datetime.fromisoformat(row.at),
        cause=Cause(row.cause),
        kind=kind,
        id=name,
        story=name if kind == "story" else row.story,
        because=row.because,
        before={"report": name} if kind == "marks" and before is not None else before,
        after=after,
    )


def _judged(connection: Connection, since: datetime, until: datetime | None, story: str | None) -> list[Change]:
    """Judgements that were made or taken back; those of a story are about marks of its reports."""
    table = judging.judgement
    start, stop = instant(since), instant(until) if until is not None else instant(datetime.max.replace(tzinfo=UTC))
    within = table.c.made.between(start, stop) | table.c.undone.between(start, stop)
    about: frozenset[str] | None = None
    if story is not None:
        held = _things_now(connection, story).get(("story", story), {}).get("reports", ())
        about = frozenset(one.id for one in about_reports(connection, held, undone=True))
    found = []
    for one in load(connection, connection.scalars(select(table.c.id).where(within)).all(), undone=True):
        if about is not None and one.id not in about:
            continue
        fields = {"verdict": one.verdict.value, "kind": one.kind.value, "targets": list(one.targets)}
        fields |= {name: getattr(one, name) for name in ("field", "value", "machine", "note", "author")}
        if start < instant(one.made) <= stop:
            found.append(Change(one.made, Cause.JUDGED, "judgement", one.id, story, one.id, None, fields))
        if one.undone is not None and start < instant(one.undone) <= stop:
            found.append(Change(one.undone, Cause.UNDONE, "judgement", one.id, story, one.id, fields, None))
    return found
