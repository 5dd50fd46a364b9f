"""What fusing needs from the store and gives back to it: likenesses, actors and stories of a few reports."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, union_all

from onrecord.errors import UsageError
from onrecord.model import Actor, Entity, Fusion, Likeness, Signature
from onrecord.recording.fused_rows import actor_entity_row, actor_rows, fusion_rows
from onrecord.recording.history import settle
from onrecord.recording.inserting import insert_rows, put
from onrecord.recording.marking import drop_empty_actors, drop_stories, mark_unfused
from onrecord.recording.nouns import entities_of, likeness_of, signature_of
from onrecord.recording.rows import INDEXED_TERMS, day_number, likeness_row
from onrecord.recording.schema import KEYS, batched, family, fused, marks, reports

#: Entities with what resolving actors needs of them.
ENTITIES = family(marks.entity)


def signatures_sharing(
    connection: Connection, signature: Signature, *, days: int, terms: int, limit: int | None
) -> tuple[Signature, ...]:
    """Signatures of other reports that have at least `terms` of this one's heaviest terms among their own heaviest.

    Args:
        connection: to the store.
        signature: of a report, stored or not.
        days: how far apart two dated reports may lie; one without a date matches any.
        terms: how many terms they share at the least.
        limit: how many are given, those that share the most terms first, then by report id.
    """
    table, day = reports.signature_term, day_number(signature.day)
    wanted = list(dict.fromkeys(term for term, _ in signature.terms[:INDEXED_TERMS]))
    if not wanted:
        return ()

    def shared(*when: ColumnElement[bool]) -> Any:
        return select(table.c.number).where(table.c.term.in_(wanted), *when)

    near = union_all(shared(table.c.day.between(day - days, day + days), table.c.day > 0), shared(table.c.day == 0))
    found = (near if day else shared()).subquery()
    count = func.count()
    query = (
        select(reports.report.c.id)
        .join(found, found.c.number == reports.report.c.number)
        .where(reports.report.c.id != signature.report)
        .group_by(reports.report.c.id)
        .having(count >= terms)
        .order_by(count.desc(), reports.report.c.id)
        .limit(limit)
    )
    return signatures(connection, connection.scalars(query).all())


def signatures(connection: Connection, ids: Iterable[str]) -> tuple[Signature, ...]:
    """The signatures of these reports, by report id; those that have none are left out."""
    table = reports.signature
    return tuple(
        signature_of(dict(row))
        for some in batched(sorted(set(ids)), KEYS)
        for row in connection.execute(select(table).where(table.c.report.in_(some)).order_by(table.c.report)).mappings()
    )


def add_likenesses(connection: Connection, likenesses: Iterable[Likeness]) -> None:
    """Store likenesses, in place of earlier ones of the same two reports."""
    rows = {(one.left, one.right): likeness_row(one) for one in likenesses}
    if wrong := next(((left, right) for left, right in rows if left >= right), None):
        raise UsageError(f"a likeness has two different reports in order, not {wrong[0]!r} and {wrong[1]!r}")
    put(connection, reports.likeness, [rows[key] for key in sorted(rows)])


def component(connection: Connection, report: str) -> tuple[tuple[str, ...], tuple[Likeness, ...]]:
    """All reports that a chain of likenesses leads to from this one, itself included, and those likenesses."""
    table = reports.likeness
    edges: dict[tuple[str, str], Likeness] = {}
    reached, frontier = {report}, {report}
    while frontier:
        found: set[str] = set()
        for some in batched(sorted(frontier), KEYS):
            for column in (table.c.left_report, table.c.right_report):
                for row in connection.execute(select(table).where(column.in_(some))).mappings():
                    edge = likeness_of(dict(row))
                    edges[edge.left, edge.right] = edge
                    found |= {edge.left, edge.right}
        frontier = found - reached
        reached |= found
    return tuple(sorted(reached)), tuple(edges[key] for key in sorted(edges))


def grouped(connection: Connection, ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The reports of each story that holds one of these, sorted."""
    table = fused.story_report
    stories: set[str] = set()
    for some in batched(sorted(set(ids)), KEYS):
        stories.update(connection.scalars(select(table.c.story).where(table.c.report.in_(some)).distinct()))
    members: dict[str, list[str]] = {}
    for some in batched(sorted(stories), KEYS):
        for row in connection.execute(select(table.c.story, table.c.report).where(table.c.story.in_(some))):
            members.setdefault(row.story, []).append(row.report)
    return tuple(sorted(tuple(sorted(held)) for held in members.values()))


def blocks_of(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    """The blocks that entities of these reports are in, sorted."""
    table = marks.entity
    blocks: set[str] = set()
    for some in batched(sorted(set(ids)), KEYS):
        query = select(table.c.block).where(table.c.report.in_(some), table.c.block.is_not(None)).distinct()
        blocks.update(connection.scalars(query))
    return tuple(sorted(blocks))


def entities_in_blocks(connection: Connection, blocks: Iterable[str]) -> tuple[Entity, ...]:
    """The entities of these blocks, by report and place in it."""
    ids = [
        entity
        for some in batched(sorted(set(blocks)), KEYS)
        for entity in connection.scalars(select(marks.entity.c.id).where(marks.entity.c.block.in_(some)))
    ]
    loaded = ENTITIES.load(connection, ids)
    ordered = sorted(loaded.values(), key=lambda rows: (rows[marks.entity][0]["report"], rows[marks.entity][0]["n"]))
    return tuple(entity for rows in ordered for entity in entities_of(rows))


def replace_actors(connection: Connection, blocks: Iterable[str], actors: Iterable[Actor]) -> tuple[str, ...]:
    """Store the actors of these blocks in place of the ones there; only what differs is written.

    Reports with an entity whose actor changed wait to be fused again.

    Returns:
        Those reports, sorted.

    Raises:
        UsageError: an actor holds an entity that lies outside the blocks.
    """
    blocks, actors = tuple(sorted(set(blocks))), tuple(actors)
    before = _actor_by_entity(connection, blocks)
    after = {entity: actor.id for actor in actors for entity in actor.entities}
    if strangers := sorted(after.keys() - before.keys()):
        raise UsageError(f"{after[strangers[0]]} holds {strangers[0]!r}, which lies in none of {', '.join(blocks)}")
    _refuse_strangers(connection, blocks, after)
    _put_actors(connection, actors)
    changed = sorted(entity for entity, (_, actor) in before.items() if after.get(entity) != actor)
    table = fused.actor_entity
    for some in batched(changed, KEYS):
        connection.execute(delete(table).where(table.c.entity.in_(some)))
    insert_rows(connection, [{table: [actor_entity_row(one, after[one]) for one in changed if one in after]}])
    drop_empty_actors(connection, {actor for _, actor in before.values() if actor is not None})
    for some in batched(blocks, KEYS):
        connection.execute(delete(reports.unjoined).where(reports.unjoined.c.block.in_(some)))
    touched = sorted({before[entity][0] for entity in changed})
    mark_unfused(connection, touched)
    return tuple(touched)


def _refuse_strangers(connection: Connection, blocks: Sequence[str], after: Mapping[str, str]) -> None:
    """One id is one actor: it can't be that of an actor of other blocks."""
    table = fused.actor_entity
    query = select(table.c.actor, marks.entity.c.block).join(marks.entity, marks.entity.c.id == table.c.entity)
    for some in batched(sorted(set(after.values())), KEYS):
        elsewhere = query.where(table.c.actor.in_(some), marks.entity.c.block.not_in(blocks))
        if (row := connection.execute(elsewhere.limit(1)).first()) is not None:
            raise UsageError(f"the actor id {row.actor!r} is already that of an actor of another block, {row.block!r}")


def _actor_by_entity(connection: Connection, blocks: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """Report and actor of each entity of the blocks."""
    entity, joined = marks.entity, fused.actor_entity
    query = select(entity.c.id, entity.c.report, joined.c.actor).join(
        joined, joined.c.entity == entity.c.id, isouter=True
    )
    return {
        row.id: (row.report, row.actor)
        for some in batched(blocks, KEYS)
        for row in connection.execute(query.where(entity.c.block.in_(some)))
    }


def _put_actors(connection: Connection, actors: Sequence[Actor]) -> None:
    table = fused.actor
    rows_of = {actor.id: actor_rows(actor) for actor in actors}
    if len(rows_of) < len(actors):
        raise UsageError("two of the actors have one id")
    seals = {
        row.id: row.seal
        for some in batched(sorted(rows_of), KEYS)
        for row in connection.execute(select(table.c.id, table.c.seal).where(table.c.id.in_(some)))
    }
    unlike = [key for key in sorted(rows_of) if seals.get(key) != rows_of[key][table][0]["seal"]]
    put(connection, table, [rows_of[key][table][0] for key in unlike])
    for part in (fused.actor_role, fused.actor_alias):
        for some in batched([key for key in unlike if key in seals], KEYS):
            connection.execute(delete(part).where(part.c.actor.in_(some)))
        insert_rows(connection, [{part: rows_of[key][part]} for key in unlike])


def replace_fusions(connection: Connection, ids: Iterable[str], fusions: Iterable[Fusion]) -> None:
    """Drop every story that holds one of these reports, store the new ones, and let the reports wait no more.

    A report of a dropped story that is in no new one waits to be fused.

    Raises:
        UsageError: a story names a report, statement or event that is not in the store.
    """
    fusions = tuple(fusions)
    told = {report for fusion in fusions for report in fusion.story.reports}
    fresh = sorted({*ids, *told})
    drop_stories(connection, fresh)
    rows = [fusion_rows(fusion) for fusion in fusions]
    insert_rows(connection, rows)
    for some in batched(fresh, KEYS):
        connection.execute(delete(reports.unfused).where(reports.unfused.c.report.in_(some)))
    settle(connection, fresh, rows)
