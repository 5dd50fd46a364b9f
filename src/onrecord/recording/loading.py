"""The record out of the store, as nouns."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select

from onrecord.errors import DamagedRecord, UsageError
from onrecord.model import Actor, Failure, FailureCause, Fusion, Record, Report, Story
from onrecord.recording.answers import Counts
from onrecord.recording.fresh import Fresh
from onrecord.recording.fused_rows import actor_of, fusion_of
from onrecord.recording.judgements import about_reports
from onrecord.recording.nouns import BROKEN, annotation_of, failure_of, report_of
from onrecord.recording.schema import ACTORS, ANNOTATIONS, KEYS, REPORTS, STORIES, Rows, batched, fused, marks, reports

P = ParamSpec("P")
T = TypeVar("T")

#: Reports without a story that are given in one record: a handful keeps memory flat.
PAGE = 50


def report_nouns(connection: Connection, ids: Iterable[str]) -> tuple[Report, ...]:
    """These reports, by id; those that are not there are left out."""
    table = reports.report_source
    sources: dict[str, str] = {}
    keys = sorted(set(ids))
    for some in batched(keys, KEYS):
        query = (
            select(table.c.report, func.min(table.c.source)).where(table.c.report.in_(some)).group_by(table.c.report)
        )
        sources.update((row[0], row[1]) for row in connection.execute(query))
    loaded = REPORTS.load(connection, keys)
    return tuple(_sound(f"report {key}", _report, loaded[key], sources.get(key)) for key in keys if key in loaded)


def _report(rows: Rows, source: str | None) -> Report:
    if source is None:
        raise LookupError("its source is missing")
    return report_of(rows, source)


def report_named(connection: Connection, wanted: str) -> str:
    """The id of a report from the beginning of it, or from a path or URL at which it was seen.

    Raises:
        UsageError: there is none, or more than one.
    """
    key, source = reports.report.c.id, reports.report_source.c
    named = connection.scalars(select(source.report).where(source.source == wanted)).all()
    begins = select(key).where(key.startswith(wanted, autoescape=True)).order_by(key).limit(2)
    found = sorted({*named, *connection.scalars(begins)}) if wanted else []
    if wanted in found or len(found) == 1:
        return wanted if wanted in found else found[0]
    what = "more than one report is" if found else "no report is"
    raise UsageError(f"{what} {wanted!r}, neither by its id nor by where it came from; `onrecord export` lists all")


def pending(connection: Connection, after: str | None, limit: int, annotator: str | None) -> tuple[Report, ...]:
    """The next reports that wait for annotation, by id; with `annotator`, also those that another one marked."""
    table = marks.annotation
    waits: ColumnElement[bool] = table.c.state == "pending"
    if annotator is not None:
        waits = waits | table.c.annotator.is_distinct_from(annotator)
    query = select(table.c.report).where(waits).order_by(table.c.report).limit(limit)
    return report_nouns(connection, connection.scalars(query if after is None else query.where(table.c.report > after)))


def number_pending(connection: Connection) -> int:
    """How many reports wait for annotation."""
    state = marks.annotation.c.state
    return int(connection.scalar(select(func.count()).where(state == "pending")) or 0)


def record_of(
    connection: Connection, ids: Iterable[str], fusions: Sequence[Fusion] = (), fresh: Fresh | None = None
) -> Record:
    """These reports with their marks, their entities' actors, and what is given of stories."""
    keys = sorted(set(ids))
    known = {} if fresh is None else fresh.of(connection, keys)
    loaded = ANNOTATIONS.load(connection, [key for key in keys if key not in known])
    found = (
        known[key] if key in known else _sound(f"marks of {key}", annotation_of, loaded[key])
        for key in keys
        if key in known or key in loaded
    )
    return Record(
        reports=report_nouns(connection, keys),
        annotations=tuple(one for one in found if one is not None),
        actors=_actors(connection, keys),
        fusions=tuple(fusions),
        judgements=about_reports(connection, keys),
    )


def record(connection: Connection, story: str | None) -> Record:
    """One story, or everything.

    Raises:
        UsageError: there is no such story.
    """
    if story is not None:
        found = fusions_of(connection, [story])
        if not found:
            raise UsageError(f"there is no story {story!r} in the store; `onrecord show` lists the stories")
        return record_of(connection, found[0].story.reports, found)
    everything = connection.scalars(select(reports.report.c.id)).all()
    return record_of(connection, everything, fusions_of(connection, connection.scalars(select(fused.story.c.id))))


def records(connection: Connection) -> Iterator[Record]:
    """Story by story, then the reports that are in none, a few at a time."""
    for page in _pages(connection, select(fused.story.c.id), fused.story.c.id):
        waiting: list[Fusion] = []
        for fusion in fusions_of(connection, page):
            waiting.append(fusion)
            if sum(len(one.story.reports) for one in waiting) >= PAGE:
                yield from _story_by_story(connection, waiting)
                waiting = []
        yield from _story_by_story(connection, waiting)
    in_story = select(fused.story_report.c.report).where(fused.story_report.c.report == reports.report.c.id).exists()
    for page in _pages(connection, select(reports.report.c.id).where(~in_story), reports.report.c.id):
        yield record_of(connection, page)


def _story_by_story(connection: Connection, fusions: Sequence[Fusion]) -> Iterator[Record]:
    """The record of each of these stories."""
    found = records_of(connection, [fusion.story.reports for fusion in fusions])
    for fusion, one in zip(fusions, found, strict=True):
        yield replace(one, fusions=(fusion,))


def records_of(
    connection: Connection, groups: Sequence[Collection[str]], fresh: Fresh | None = None
) -> Iterator[Record]:
    """Each of some groups of reports as `record_of` gives it; no report is in two of them.

    What they hold is loaded at once: queries cost more than what they give.
    """
    if not groups:
        return
    ids = {report for group in groups for report in group}
    whole = record_of(connection, ids, fresh=fresh)
    report = {one.id: one for one in whole.reports}
    marked = {one.report: one for one in whole.annotations}
    actor = {one.id: one for one in whole.actors}
    held: dict[str, dict[str, list[str]]] = {one: {} for one in ids}
    owner = {entity.id: mark.report for mark in whole.annotations for entity in mark.entities}
    for one in whole.actors:
        for entity in one.entities:
            if (where := owner.get(entity)) is not None:
                held[where].setdefault(one.id, []).append(entity)
    for group in groups:
        mine = sorted(group)
        entities: dict[str, list[str]] = {}
        for report_id in mine:
            for key, some in held[report_id].items():
                entities.setdefault(key, []).extend(some)
        yield Record(
            reports=tuple(report[one] for one in mine if one in report),
            annotations=tuple(marked[one] for one in mine if one in marked),
            actors=tuple(replace(actor[key], entities=tuple(sorted(entities[key]))) for key in sorted(entities)),
            judgements=about_reports(connection, mine) if whole.judgements else (),
        )


def stories(connection: Connection, report: str | None) -> tuple[Story, ...]:
    """All stories, or those that hold a report: newest first, then by id."""
    query = select(fused.story.c.id)
    if report is not None:
        query = query.join(fused.story_report).where(fused.story_report.c.report == report)
    table = fused.story_report
    found: list[Story] = []
    for some in batched(sorted(connection.scalars(query)), KEYS):
        members: dict[str, list[str]] = {}
        rows = select(table).where(table.c.story.in_(some)).order_by(table.c.story, table.c.n)
        for row in connection.execute(rows):
            members.setdefault(row.story, []).append(row.report)
        for row in connection.execute(select(fused.story).where(fused.story.c.id.in_(some)).order_by(fused.story.c.id)):
            found.append(Story(row.id, row.title, tuple(members.get(row.id, ())), row.start, row.stop))
    return tuple(sorted(found, key=lambda story: story.end or story.start or "", reverse=True))


def failures(connection: Connection) -> tuple[Failure, ...]:
    """All inputs that could not be read, by source."""
    table = reports.failure
    query = select(table).order_by(table.c.source, table.c.cause, table.c.id)
    return tuple(_sound(f"failure {row['id']}", failure_of, dict(row)) for row in connection.execute(query).mappings())


def sources(connection: Connection, report: str) -> tuple[str, ...]:
    """Every path or URL at which the report's bytes were seen, sorted."""
    table = reports.report_source
    return tuple(sorted(connection.scalars(select(table.c.source).where(table.c.report == report))))


def counts(connection: Connection) -> Counts:
    """How much of what the store holds."""

    def number(query: Select[Any]) -> int:
        return int(connection.scalar(query) or 0)

    def by(column: Any) -> dict[str, int]:
        return dict(connection.execute(select(column, func.count()).group_by(column).order_by(column)).all())

    states, entries, causes = by(marks.annotation.c.state), by(fused.ledger.c.kind), by(reports.failure.c.cause)
    tables = {
        "reports": reports.report,
        "unfused": reports.unfused,
        "entities": marks.entity,
        "statements": marks.statement,
        "events": marks.event,
        "actors": fused.actor,
        "stories": fused.story,
        "claims": fused.claim,
    }
    return Counts(
        annotated=states.get("done", 0),
        skipped=states.get("skipped", 0),
        failed=states.get("failed", 0),
        pending=states.get("pending", 0),
        failures=tuple((FailureCause(cause), n) for cause, n in causes.items()),
        demands=entries.get("demand", 0),
        commitments=entries.get("commitment", 0),
        **{name: number(select(func.count()).select_from(table)) for name, table in tables.items()},
    )


def actors(connection: Connection, ids: Iterable[str]) -> tuple[Actor, ...]:
    """The actors with these ids, without their entities; those that are not there are left out."""
    loaded = ACTORS.load(connection, ids)
    return tuple(_sound(f"actor {key}", actor_of, loaded[key], ()) for key in sorted(loaded))


def entities_of(connection: Connection, actor: str, limit: int | None = None) -> tuple[str, ...]:
    """The ids of an actor's entities, by id."""
    table = fused.actor_entity
    query = select(table.c.entity).where(table.c.actor == actor).order_by(table.c.entity).limit(limit)
    return tuple(connection.scalars(query))


def _actors(connection: Connection, ids: Sequence[str]) -> tuple[Actor, ...]:
    """The actors of these reports' entities, each with those of its entities only."""
    table = fused.actor_entity
    entities: dict[str, list[str]] = {}
    for some in batched(ids, KEYS):
        query = select(table.c.actor, table.c.entity).join(marks.entity, marks.entity.c.id == table.c.entity)
        for actor, entity in connection.execute(query.where(marks.entity.c.report.in_(some))):
            entities.setdefault(actor, []).append(entity)
    loaded = ACTORS.load(connection, entities)
    return tuple(_sound(f"actor {key}", actor_of, loaded[key], entities[key]) for key in sorted(loaded))


def fusions_of(connection: Connection, ids: Iterable[str]) -> tuple[Fusion, ...]:
    """What was fused of these stories, by id; those that are not there are left out."""
    loaded = STORIES.load(connection, ids)
    return tuple(_sound(f"story {key}", fusion_of, loaded[key]) for key in sorted(loaded))


def _pages(connection: Connection, query: Select[Any], key: ColumnElement[str]) -> Iterator[list[str]]:
    after: str | None = None
    while page := list(
        connection.scalars((query if after is None else query.where(key > after)).order_by(key).limit(PAGE))
    ):
        yield page
        after = page[-1]


def _sound(what: str, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A noun made of rows.

    Raises:
        DamagedRecord: the rows hold what can't be: a span that ends before it starts, an unknown kind.
    """
    try:
        return make(*args, **kwargs)
    except BROKEN as error:
        raise DamagedRecord(f"{what}: what is stored can't be ({error}); `onrecord verify` lists all damage") from error
