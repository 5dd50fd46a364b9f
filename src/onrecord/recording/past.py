"""The record as it was, and what became of it: the history read backwards from the record as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.errors import UsageError
from onrecord.model import (
    Actor,
    Annotation,
    Cause,
    Cell,
    Change,
    Claim,
    Commitment,
    Copy,
    Demand,
    FieldNote,
    Fusion,
    Judgement,
    Record,
    Report,
    Story,
)
from onrecord.recording import loading
from onrecord.recording.fused_rows import fusion_of
from onrecord.recording.history import Key, things_of
from onrecord.recording.judgement_rows import instant
from onrecord.recording.judgements import about_reports, load
from onrecord.recording.schema import KEYS, STORIES, batched, fused, judging, reports
from onrecord.recording.values import noun_of, unpacked, value_of

#: A thing's fields, or None where it was not there.
Value = Mapping[str, Any] | None
_NOUNS = {"claim": Claim, "demand": Demand, "commitment": Commitment}


@dataclass(frozen=True, slots=True)
class _Window:
    """The transactions from one time to another: numbers after `since`, up to `until`."""

    since: int
    until: int


def began(connection: Connection) -> datetime:
    """Since when the store keeps its history."""
    found = connection.scalar(select(func.min(judging.moment.c.at)))
    return datetime.fromisoformat(found) if found else datetime.now(UTC)


def stories_at(connection: Connection, when: datetime) -> tuple[Story, ...]:
    """The stories as they were: newest first, then by id."""
    past = _Past(connection, _window(connection, when, None))
    found = [fusion.story for key in past.stories() if (fusion := past.fusion(key)) is not None]
    return tuple(sorted(found, key=lambda story: story.end or story.start or "", reverse=True))


def record_at(connection: Connection, story: str | None, when: datetime) -> Record:
    """One story, or everything, as it was.

    A report that was taken out since is named, but its text is gone, and what stood in it with it.

    Raises:
        UsageError: there was no such story then, or the history begins later.
    """
    past = _Past(connection, _window(connection, when, None))
    keys = past.stories() if story is None else (story,)
    fusions = tuple(fusion for key in keys if (fusion := past.fusion(key)) is not None)
    if story is not None and not fusions:
        raise UsageError(
            f"there was no story {story!r} at {when.isoformat()}; `onrecord show --as-of` lists those then"
        )
    ids = past.reports() if story is None else fusions[0].story.reports
    return past.record(ids, fusions, when)


def changes(connection: Connection, since: datetime, until: datetime | None, story: str | None) -> tuple[Change, ...]:
    """What is another than it was, oldest change first: of several changes of one thing what they come to."""
    past = _Past(connection, _window(connection, since, until))
    later = _Past(connection, _window(connection, until, None)) if until is not None else None
    found = [*past.changes(later, story), *_judged(connection, since, until, story)]
    return tuple(sorted(found, key=lambda one: (one.at, _ORDER.index(one.kind), one.id)))


_ORDER = ("report", "story", "marks", "claim", "demand", "commitment", "actor", "entity", "judgement")


def _window(connection: Connection, since: datetime, until: datetime | None) -> _Window:
    if since < (start := began(connection)):
        raise UsageError(
            f"the history of this store begins at {start.isoformat()}; nothing is known of {since.isoformat()}"
        )
    table = judging.moment
    last = select(func.max(table.c.number))
    at = connection.scalar(last.where(table.c.at <= instant(since))) or 0
    end = connection.scalar(last if until is None else last.where(table.c.at <= instant(until))) or at
    return _Window(at, end)


class _Past:
    """What was there at the beginning of a window, of each thing as far as it was asked for."""

    def __init__(self, connection: Connection, window: _Window) -> None:
        self.connection = connection
        self.window = window

    def rows(self, *where: Any) -> list[Row[Any]]:
        """Changes in the window, oldest first."""
        change, moment = judging.change, judging.moment
        within = change.c.moment.between(self.window.since + 1, self.window.until)
        query = select(change, moment.c.at, moment.c.cause, moment.c.because).join(
            moment, moment.c.number == change.c.moment
        )
        return list(self.connection.execute(query.where(within, *where).order_by(change.c.moment, change.c.id)))

    def first(self, ids: Iterable[str], *kinds: str) -> dict[Key, Row[Any]]:
        """The first change in the window of each of these things."""
        change = judging.change
        found: dict[Key, Row[Any]] = {}
        for some in batched(sorted(set(ids)), KEYS):
            for row in self.rows(change.c.id.in_(some), change.c.kind.in_(kinds)):
                found.setdefault((row.kind, row.id), row)
        return found

    def stories(self) -> tuple[str, ...]:
        """Stories that may have been there, by id."""
        now = set(self.connection.scalars(select(fused.story.c.id)))
        return tuple(sorted(now | {row.id for row in self.rows(judging.change.c.kind == "story")}))

    def reports(self) -> tuple[str, ...]:
        """The reports that were there, by id."""
        ids = set(self.connection.scalars(select(reports.report.c.id)))
        for row in reversed(self.rows(judging.change.c.kind == "report")):
            ids = ids - {row.id} if row.before is None else ids | {row.id}
        return tuple(sorted(ids))

    def things(self, story: str) -> dict[Key, Value]:
        """What hung on a story, each thing with its fields; nothing where the story was not there."""
        loaded = STORIES.load(self.connection, [story])
        now: dict[Key, Any] = {
            key: value for rows in loaded.values() for key, value in things_of(fusion_of(rows)).items()
        }
        touched = self.rows(judging.change.c.story == story)
        first = self.first({key for _, key in now} | {row.id for row in touched}, "story", *_NOUNS)
        # What came with a story has no row of its own.
        anew = any(row.kind == "story" and row.id == story and row.before is None for row in touched)
        found: dict[Key, Value] = {} if anew else dict(now)
        for key, row in first.items():
            if row.before is not None and row.story == story:
                found[key] = unpacked(row.before)
            else:
                found.pop(key, None)
        return found if ("story", story) in found else {}

    def fusion(self, story: str) -> Fusion | None:
        """A story as it was."""
        things = self.things(story)
        told = things.get(("story", story))
        if told is None:
            return None
        nouns: dict[str, list[Any]] = {kind: [] for kind in _NOUNS}
        for (kind, _), value in sorted(things.items()):
            if kind in nouns and value is not None:
                nouns[kind].append(noun_of(_NOUNS[kind], value))
        return Fusion(
            noun_of(Story, told),
            tuple(noun_of(Copy, one) for one in told["copies"]),
            tuple(nouns["claim"]),
            tuple(nouns["demand"]),
            tuple(nouns["commitment"]),
        )

    def record(self, ids: Iterable[str], fusions: tuple[Fusion, ...], when: datetime) -> Record:
        """Reports with their marks and actors as they were."""
        keys = sorted(set(ids))
        now = loading.record_of(self.connection, keys)
        first = self.first(keys, "marks", "report")
        marks = {one.report: one for one in now.annotations}
        joined = {entity: actor.id for actor in now.actors for entity in actor.entities}
        for (kind, report), row in first.items():
            if kind == "marks" and row.before is not None and report in marks:
                before = unpacked(row.before)
                joined = {one: actor for one, actor in joined.items() if not one.startswith(f"{report}.")}
                joined |= before.pop("actors")
                marks[report] = noun_of(Annotation, before)
        there = {one.id for one in now.reports}
        gone = [_stub(report, first.get(("report", report))) for report in keys if report not in there]
        record = Record(
            reports=tuple(sorted((*now.reports, *gone), key=lambda one: one.id)),
            annotations=tuple(marks[key] for key in sorted(marks)),
            actors=self._actors(joined, now.actors),
            fusions=tuple(_standing(fusion, marks.values(), there) for fusion in fusions),
        )
        held = (_held(one, when) for one in about_reports(self.connection, keys, undone=True))
        return replace(record, judgements=tuple(one for one in held if one is not None))

    def _actors(self, joined: Mapping[str, str], now: Iterable[Actor]) -> tuple[Actor, ...]:
        """The actors of entities as they were."""
        was = dict(joined)
        for (_, entity), row in self.first(joined, "entity").items():
            if row.before is not None:
                was[entity] = unpacked(row.before)["actor"]
        entities: dict[str, list[str]] = {}
        for entity, actor in sorted(was.items()):
            entities.setdefault(actor, []).append(entity)
        known = {one.id: one for one in now}
        missing = [key for key in entities if key not in known]
        known |= {one.id: one for one in loading.actors(self.connection, missing)}
        for (_, key), row in self.first(entities, "actor").items():
            if row.before is not None:
                known[key] = noun_of(Actor, unpacked(row.before))
        return tuple(replace(known[key], entities=tuple(entities[key])) for key in sorted(entities) if key in known)

    def changes(self, later: "_Past | None", story: str | None) -> list[Change]:
        """What the window changed; `later` knows what came of it until now."""
        rows = self.rows()
        if story is not None:
            mine = self._reports_of(rows, story)
            rows = [row for row in rows if row.story == story or (row.story is None and row.id in mine)]
        first: dict[Key, Row[Any]] = {}
        last: dict[Key, Row[Any]] = {}
        for row in rows:
            first.setdefault((row.kind, row.id), row)
            last[row.kind, row.id] = row
        after = _now(self.connection, set(first), later)
        found = []
        for key, row in first.items():
            before = None if row.before is None else unpacked(row.before)
            if _told(before) != _told(after.get(key)):
                found.append(_change(key, last[key], before, after.get(key)))
            if key[0] == "story" and row.before is None and after.get(key) is not None:
                found += self._came(key[1], last[key], first, later)
        return found

    def _came(self, story: str, row: Row[Any], known: Mapping[Key, Any], later: "_Past | None") -> list[Change]:
        """What came with a new story."""
        things = _things_now(self.connection, story) if later is None else later.things(story)
        moved = self.first((key for _, key in things), *_NOUNS)
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


def _things_now(connection: Connection, story: str) -> dict[Key, Any]:
    loaded = STORIES.load(connection, [story])
    return {key: value for rows in loaded.values() for key, value in things_of(fusion_of(rows)).items()}


def _now(connection: Connection, keys: set[Key], later: "_Past | None") -> dict[Key, Any]:
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
        for key, row in later.first(ids, *{kind for kind, _ in keys}).items():
            if row.before is not None:
                found[key] = unpacked(row.before)
            else:
                found.pop(key, None)
    return found


def _told(value: Value) -> Value:
    """A thing's fields without its story: a claim is no other claim when its story gets another id."""
    return None if value is None else {name: told for name, told in value.items() if name != "story"}


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


def _held(one: Judgement, when: datetime) -> Judgement | None:
    """A judgement as it stood then."""
    if one.made > when or (one.undone is not None and one.undone <= when):
        return None
    return replace(one, undone=None)


def _stub(report: str, row: Row[Any] | None) -> Report:
    """A report that was taken out: what it was called, without its text."""
    told = {} if row is None or row.before is None else unpacked(row.before)
    why = "the report was removed from the store" if row is None else f"the report was removed at {row.at}"
    return Report(
        id=report,
        source=told.get("url") or f"removed:{report}",
        sha256=told.get("sha256", ""),
        text="",
        blocks=(),
        title=told.get("title"),
        outlet=told.get("outlet"),
        published=told.get("published"),
        url=told.get("url"),
        language=told.get("language", "und"),
        notes=(FieldNote("title", "missing", why),),
    )


def _standing(fusion: Fusion, marks: Iterable[Annotation], there: set[str]) -> Fusion:
    """A story without the words of reports that are gone."""
    known = {one.id for each in marks for one in (*each.statements, *each.events)}

    def cells(some: Iterable[Cell]) -> tuple[Cell, ...]:
        return tuple(one for one in some if one.report in there)

    claims = []
    for claim in fusion.claims:
        members = tuple(one for one in claim.members if one in known)
        differing = (
            replace(d, values=tuple(v for v in d.values if v.cell.report in there)) for d in claim.disagreements
        )
        claims.append(
            replace(
                claim,
                members=members,
                variants=tuple(v for v in claim.variants if v.member in known and v.against in known),
                disagreements=tuple(d for d in differing if d.values),
            )
        )
    kept = tuple(one for one in claims if one.members)
    ids = {one.id for one in kept}
    return replace(
        fusion,
        claims=kept,
        demands=tuple(
            replace(one, words=cells(one.words), answer_words=cells(one.answer_words))
            for one in fusion.demands
            if one.claim in ids and cells(one.words)
        ),
        commitments=tuple(
            replace(one, words=cells(one.words)) for one in fusion.commitments if one.claim in ids and cells(one.words)
        ),
    )
