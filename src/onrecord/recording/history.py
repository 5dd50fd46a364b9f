"""How the record changed, when and why: written down while it changes.

Of each change only what was there before is kept: what came instead is in the record, or in the next row of the
same thing. What comes with a new story has no row of its own, so a pile of new reports costs one row a report and one
a story. A story that is dropped is set aside until its reports are fused again: only what then differs has changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from onrecord.model import Cause, Fusion
from onrecord.recording.fused_rows import actor_of, fusion_of
from onrecord.recording.inserting import insert_all, insert_missing
from onrecord.recording.judgement_rows import instant
from onrecord.recording.nouns import annotation_of
from onrecord.recording.schema import ACTORS, ANNOTATIONS, KEYS, STORIES, Rows, batched, fused, judging, marks, reports
from onrecord.recording.sealing import seal
from onrecord.recording.values import packed, unpacked, value_of

#: Kind and id of a thing of the record.
Key = tuple[str, str]
#: A thing's story and its fields; fields are None for what came.
Before = tuple[str | None, Mapping[str, Any] | None]
#: The cause of a change, and the report or judgement behind it.
Why = tuple[Cause, str | None]
#: Where nothing else is known, something new was read.
NEWS: Why = (Cause.READ, None)

#: A judgement explains a change before what was read does.
_CAUSES = (Cause.JUDGED, Cause.UNDONE, Cause.REMOVED, Cause.REANNOTATED, Cause.READ)


def stir(connection: Connection, ids: Iterable[str], cause: Cause, because: str | None) -> None:
    """Keep why reports wait to be fused; the first cause stays."""
    rows = [{"report": one, "cause": cause.value, "because": because} for one in sorted(set(ids))]
    insert_missing(connection, judging.stirred, rows)


def write_down(connection: Connection, cause: Cause, because: str | None, changed: Mapping[Key, Before]) -> None:
    """Keep what was there before a change, with the time and the cause."""
    if not changed:
        return
    moment: dict[str, Any] = {"at": instant(datetime.now(UTC)), "cause": cause.value, "because": because}
    result = connection.execute(insert(judging.moment).values(moment | {"seal": ""}))
    (number,) = result.inserted_primary_key or (None,)
    rows = [
        {
            "moment": number,
            "kind": kind,
            "id": key,
            "story": story,
            "before": None if before is None else packed(before),
        }
        for (kind, key), (story, before) in sorted(changed.items(), key=lambda one: one[0])
    ]
    insert_all(connection, judging.change, rows)
    sealed = seal({judging.moment: [moment], judging.change: rows})
    connection.execute(update(judging.moment).where(judging.moment.c.number == number).values(seal=sealed))


def idle() -> ColumnElement[bool]:
    """Of the reports of which it is kept why they wait those that do not wait."""
    table, entity = judging.stirred, marks.entity
    waits = select(reports.unfused.c.report).where(reports.unfused.c.report == table.c.report).exists()
    joins = (
        select(entity.c.id)
        .join(reports.unjoined, reports.unjoined.c.block == entity.c.block)
        .where(entity.c.report == table.c.report)
        .exists()
    )
    return ~waits & ~joins


def calm(connection: Connection) -> None:
    """Forget why reports waited that wait no more."""
    connection.execute(delete(judging.stirred).where(idle()))


def things_of(fusion: Fusion) -> dict[Key, dict[str, Any]]:
    """What hangs on a story, each thing with its fields; the story's own with its copies.

    Trails are left out: they are an index, made of the rest.
    """
    return {key: _fields(noun) for key, noun in _nouns(fusion).items()}


def _nouns(fusion: Fusion) -> dict[Key, Any]:
    """What hangs on a story; for the story itself the fusion stands, which has its copies too."""
    found: dict[Key, Any] = {("story", fusion.story.id): fusion}
    found |= {("claim", one.id): one for one in fusion.claims}
    found |= {("demand", one.id): one for one in fusion.demands}
    found |= {("commitment", one.id): one for one in fusion.commitments}
    found |= {("prospect", one.id): one for one in fusion.prospects}
    return found


def _fields(noun: Any) -> dict[str, Any]:
    if isinstance(noun, Fusion):
        return value_of(noun.story) | {"copies": [value_of(one) for one in noun.copies]}
    return value_of(noun)


def keep_reports(connection: Connection, ids: Sequence[str], cause: Cause) -> None:
    """Keep what reports are called that are about to be taken out; their texts and marks go for good."""
    table = reports.report
    names = ("outlet", "title", "published", "url", "language", "sha256")
    columns = (table.c.id, *(table.c[name] for name in names))
    gone: dict[Key, Before] = {}
    for some in batched(ids, KEYS):
        for row in connection.execute(select(*columns).where(table.c.id.in_(some))).mappings():
            gone["report", row["id"]] = (None, dict(row))
    write_down(connection, cause, None, gone)


def keep_marks(connection: Connection, report: str) -> None:
    """Keep the marks of a report that is about to be annotated anew, and whom its entities were."""
    annotation = annotation_of(ANNOTATIONS.load(connection, [report])[report])
    joined, entity = fused.actor_entity, marks.entity
    query = select(joined.c.entity, joined.c.actor).join(entity, entity.c.id == joined.c.entity)
    actors = {row.entity: row.actor for row in connection.execute(query.where(entity.c.report == report))}
    before = None if annotation is None else value_of(annotation) | {"actors": actors}
    write_down(connection, Cause.REANNOTATED, report, {("marks", report): (None, before)})
    stir(connection, [report], Cause.REANNOTATED, report)


def keep_actors(connection: Connection, ids: Sequence[str], why: Why) -> None:
    """Keep what actors were called that are about to be called otherwise, or to go."""
    loaded = ACTORS.load(connection, ids)
    gone: dict[Key, Before] = {("actor", key): (None, value_of(actor_of(loaded[key], ()))) for key in loaded}
    write_down(connection, *why, gone)


def keep_joins(connection: Connection, changed: Mapping[str, str | None], among: Iterable[str]) -> Why:
    """Keep whom entities were that are about to be somebody else.

    Args:
        connection: to the store.
        changed: the actor that each entity was, if any.
        among: the reports of the entities that are joined together.

    Returns:
        Why they are.
    """
    gone: dict[Key, Before] = {
        ("entity", one): (None, {"actor": actor}) for one, actor in changed.items() if actor is not None
    }
    reports_here = frozenset(among)
    stirred = connection.execute(select(judging.stirred)).all()
    why = _strongest(row for row in stirred if row.report in reports_here) or NEWS
    write_down(connection, *why, gone)
    return why


def set_aside(connection: Connection, stories: Iterable[str]) -> None:
    """Keep stories that are about to be dropped, until what is made anew can be compared with them."""
    for key, rows in STORIES.load(connection, stories).items():
        fusion = fusion_of(rows)
        kept = [
            {"kind": kind, "id": one, "story": key, "before": packed(value)}
            for (kind, one), value in things_of(fusion).items()
        ]
        insert_missing(connection, judging.dropped, kept)
        held = [{"report": report, "story": key} for report in fusion.story.reports]
        insert_missing(connection, judging.dropped_report, held)


def settle(
    connection: Connection,
    ids: Sequence[str],
    made: Sequence[Rows],
    gone: Cause = Cause.READ,
    because: str | None = None,
) -> None:
    """Compare what was made of reports with what was set aside, and write down what differs.

    Args:
        connection: to the store.
        ids: the reports that were fused, or taken out.
        made: the stories that were made of them, as they are stored.
        gone: why something is gone of which no other cause is known.
        because: which report is behind that.
    """
    if made and not _any_aside(connection):
        _settle_new(connection, ids, made, gone, because)
        return
    fusions = [fusion_of({table: rows.get(table, []) for table in STORIES.tables}) for rows in made]
    things = {key: (fusion.story.id, noun) for fusion in fusions for key, noun in _nouns(fusion).items()}
    aside = _aside(connection, things)
    changed: dict[Key, Before] = {}
    for key, (story, noun) in things.items():
        if key in aside:
            # of a new story nothing was set aside: its fields are not needed
            if aside[key][1] != _fields(noun):
                changed[key] = aside[key]
        elif key[0] == "story" or ("story", story) in aside:
            changed[key] = (story, None)
    _forget(connection, list(aside))
    cause, because = _cause(connection, ids) or (gone, because or _newcomer(connection, ids, fusions))
    changed |= _left_over(connection, ids)
    write_down(connection, cause, because, changed)


def _settle_new(
    connection: Connection, ids: Sequence[str], made: Sequence[Rows], gone: Cause, because: str | None
) -> None:
    """As `settle` where nothing was set aside: the stories are new, with all that hangs on them."""
    new: dict[Key, Before] = {("story", row["id"]): (row["id"], None) for rows in made for row in rows[fused.story]}
    first = min(row["report"] for rows in made for row in rows[fused.story_report])
    why: Why = _cause(connection, ids) or (gone, because or first)
    write_down(connection, *why, new)


def _any_aside(connection: Connection) -> bool:
    return any(
        connection.execute(select(table.c.story).limit(1)).first() is not None
        for table in (judging.dropped, judging.dropped_report)
    )


def _aside(connection: Connection, keys: Iterable[Key]) -> dict[Key, tuple[str, Mapping[str, Any]]]:
    table = judging.dropped
    wanted = set(keys)
    found: dict[Key, tuple[str, Mapping[str, Any]]] = {}
    for some in batched(sorted({key for _, key in wanted}), KEYS):
        for row in connection.execute(select(table).where(table.c.id.in_(some))):
            if (row.kind, row.id) in wanted:
                found[row.kind, row.id] = (row.story, unpacked(row.before))
    return found


def _left_over(connection: Connection, ids: Sequence[str]) -> dict[Key, Before]:
    """What is gone: things of dropped stories none of whose reports waits any more."""
    table, held, waits = judging.dropped, judging.dropped_report, reports.unfused
    stories: set[str] = set()
    for some in batched(sorted(set(ids)), KEYS):
        stories.update(connection.scalars(select(held.c.story).where(held.c.report.in_(some))))
    found: dict[Key, Before] = {}
    for story in sorted(stories):
        waiting = select(held.c.report).join(waits, waits.c.report == held.c.report).where(held.c.story == story)
        if connection.execute(waiting.limit(1)).first() is not None:
            continue
        for row in connection.execute(select(table).where(table.c.story == story)):
            found[row.kind, row.id] = (story, unpacked(row.before))
        connection.execute(delete(table).where(table.c.story == story))
        connection.execute(delete(held).where(held.c.story == story))
    return found


def _forget(connection: Connection, keys: Iterable[Key]) -> None:
    table = judging.dropped
    by_kind: dict[str, list[str]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    for kind, found in sorted(by_kind.items()):
        for some in batched(sorted(found), KEYS):
            connection.execute(delete(table).where(table.c.kind == kind, table.c.id.in_(some)))


def _cause(connection: Connection, ids: Sequence[str]) -> Why | None:
    """Why reports waited, which they do no more."""
    table = judging.stirred
    told: list[Row[Any]] = []
    for some in batched(sorted(set(ids)), KEYS):
        found = connection.execute(select(table).where(table.c.report.in_(some))).all()
        if found:
            connection.execute(delete(table).where(table.c.report.in_(some)))
        told += found
    return _strongest(told)


def _strongest(told: Iterable[Row[Any]]) -> Why | None:
    causes = [(_CAUSES.index(Cause(row.cause)), row.because or "") for row in told]
    if not causes:
        return None
    cause, because = min(causes)
    return _CAUSES[cause], because or None


def _newcomer(connection: Connection, ids: Sequence[str], fusions: Sequence[Fusion]) -> str | None:
    """The first report of the stories that was in none of those that they were made of."""
    held = judging.dropped_report
    before: set[str] = set()
    for some in batched(sorted(set(ids)), KEYS):
        stories = select(held.c.story).where(held.c.report.in_(some))
        before.update(connection.scalars(select(held.c.report).where(held.c.story.in_(stories))))
    new = sorted({report for fusion in fusions for report in fusion.story.reports} - before)
    return new[0] if new else None
