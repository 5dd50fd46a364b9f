"""The record as it was: the history read backwards from the record as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.errors import UsageError
from onrecord.model import (
    Actor,
    Annotation,
    Cell,
    Claim,
    Commitment,
    Copy,
    Demand,
    FieldNote,
    Fusion,
    Judgement,
    Prospect,
    Record,
    Report,
    Story,
)
from onrecord.recording import loading
from onrecord.recording.fused_rows import fusion_of
from onrecord.recording.history import Key, things_of
from onrecord.recording.judgement_rows import instant
from onrecord.recording.judgements import about_reports
from onrecord.recording.schema import KEYS, STORIES, batched, fused, judging, reports
from onrecord.recording.values import noun_of, unpacked

#: A thing's fields, or None where it was not there.
Value = Mapping[str, Any] | None
#: What hangs on a story, beside the story itself.
NOUNS = {"claim": Claim, "demand": Demand, "commitment": Commitment, "prospect": Prospect}


@dataclass(frozen=True, slots=True)
class Window:
    """The transactions from one time to another: numbers after `since`, up to `until`."""

    since: int
    until: int


def began(connection: Connection) -> datetime:
    """Since when the store keeps its history."""
    found = connection.scalar(select(func.min(judging.moment.c.at)))
    return datetime.fromisoformat(found) if found else datetime.now(UTC)


def stories_at(connection: Connection, when: datetime) -> tuple[Story, ...]:
    """The stories as they were: newest first, then by id."""
    past = Past(connection, window(connection, when, None))
    found = [fusion.story for key in past.stories() if (fusion := past.fusion(key)) is not None]
    return tuple(sorted(found, key=lambda story: story.end or story.start or "", reverse=True))


def record_at(connection: Connection, story: str | None, when: datetime) -> Record:
    """One story, or everything, as it was.

    A report that was taken out since is named, but its text is gone, and what stood in it with it.

    Raises:
        UsageError: there was no such story then, or the history begins later.
    """
    past = Past(connection, window(connection, when, None))
    keys = past.stories() if story is None else (story,)
    fusions = tuple(fusion for key in keys if (fusion := past.fusion(key)) is not None)
    if story is not None and not fusions:
        raise UsageError(
            f"there was no story {story!r} at {when.isoformat()}; `onrecord show --as-of` lists those then"
        )
    ids = past.reports() if story is None else fusions[0].story.reports
    return past.record(ids, fusions, when)


def window(connection: Connection, since: datetime, until: datetime | None) -> Window:
    """The transactions after a time, up to another or to the last.

    Raises:
        UsageError: the history of the store begins later.
    """
    if since < (start := began(connection)):
        raise UsageError(
            f"the history of this store begins at {start.isoformat()}; nothing is known of {since.isoformat()}"
        )
    table = judging.moment
    last = select(func.max(table.c.number))
    at = connection.scalar(last.where(table.c.at <= instant(since))) or 0
    end = connection.scalar(last if until is None else last.where(table.c.at <= instant(until))) or at
    return Window(at, end)


class Past:
    """What was there at the beginning of a window, of each thing as far as it was asked for."""

    def __init__(self, connection: Connection, window: Window) -> None:
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
        first = self.first({key for _, key in now} | {row.id for row in touched}, "story", *NOUNS)
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
        nouns: dict[str, list[Any]] = {kind: [] for kind in NOUNS}
        for (kind, _), value in sorted(things.items()):
            if kind in nouns and value is not None:
                nouns[kind].append(noun_of(NOUNS[kind], value))
        return Fusion(
            noun_of(Story, told),
            tuple(noun_of(Copy, one) for one in told["copies"]),
            tuple(nouns["claim"]),
            tuple(nouns["demand"]),
            tuple(nouns["commitment"]),
            tuple(nouns["prospect"]),
        )

    def record(self, ids: Iterable[str], fusions: tuple[Fusion, ...], when: datetime) -> Record:
        """Reports with their marks and actors as they were."""
        keys = sorted(set(ids))
        now = loading.record_of(self.connection, keys)
        first = self.first(keys, "marks", "report")
        marks = {one.report: one for one in now.annotations}
        joined = {entity: actor.id for actor in now.actors for entity in actor.entities}
        for (kind, report), row in sorted(first.items()):
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
            fusions=tuple(_standing(fusion, tuple(marks.values()), there) for fusion in fusions),
        )
        held = (_held(one, when) for one in about_reports(self.connection, keys, undone=True))
        return replace(record, judgements=tuple(one for one in held if one is not None))

    def _actors(self, joined: Mapping[str, str], now: Iterable[Actor]) -> tuple[Actor, ...]:
        """The actors of entities as they were."""
        was = dict(joined)
        for (_, moved), row in self.first(joined, "entity").items():
            if row.before is not None:
                was[moved] = unpacked(row.before)["actor"]
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


def _standing(fusion: Fusion, marks: Sequence[Annotation], there: set[str]) -> Fusion:
    """A story without the words of reports that are gone."""
    known = {one.id for each in marks for one in each.statements} | {one.id for each in marks for one in each.events}

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
            replace(
                one,
                words=cells(one.words),
                answer_words=cells(one.answer_words),
                replies=tuple(reply for reply in one.replies if reply.cell.report in there),
            )
            for one in fusion.demands
            if one.claim in ids and cells(one.words)
        ),
        commitments=tuple(
            replace(
                one,
                words=cells(one.words),
                condition=cells(one.condition),
                turns=tuple(turn for turn in one.turns if turn.cell.report in there),
            )
            for one in fusion.commitments
            if one.claim in ids and cells(one.words)
        ),
        prospects=tuple(
            replace(one, words=cells(one.words), condition=cells(one.condition))
            for one in fusion.prospects
            if one.claim in ids and cells(one.words)
        ),
    )
