"""Which entities are which actor, in the store: of entities that were joined before only their profiles are read."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from sqlalchemy import Connection, delete, select

from onrecord.errors import UsageError
from onrecord.model import Actor, Entity
from onrecord.model.marks import Profile
from onrecord.recording.fused_rows import actor_entity_row, actor_rows
from onrecord.recording.history import NEWS, Why, calm, keep_actors, keep_joins
from onrecord.recording.inserting import insert_all, insert_rows, put
from onrecord.recording.marking import drop_empty_actors, mark_unfused
from onrecord.recording.nouns import entities_of
from onrecord.recording.profile_rows import profile_of, profile_row
from onrecord.recording.schema import KEYS, batched, family, fused, judging, marks, profiles, reports

#: Entities with what resolving actors needs of them.
ENTITIES = family(marks.entity)


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


def profiles_of(connection: Connection, blocks: Iterable[str]) -> tuple[Profile, ...]:
    """The profiles of these blocks; none of a block that must be joined as a whole."""
    table = profiles.profile
    return tuple(
        profile_of(row)
        for some in batched(sorted(set(blocks)), KEYS)
        for row in connection.execute(
            select(table).where(table.c.block.in_(some)).order_by(table.c.block, table.c.alike)
        )
    )


def judged_blocks(connection: Connection) -> frozenset[str]:
    """The blocks in which analysts merged or split actors, once or now: their entities are joined as a whole."""
    anchor, judgement, entity = judging.judgement_anchor, judging.judgement, marks.entity
    actors = select(judgement.c.id).where(judgement.c.kind == "actor")
    query = select(anchor.c.mark).where(anchor.c.kind == "entity", anchor.c.judgement.in_(actors))
    ids = sorted({mark for mark in connection.scalars(query) if mark is not None})
    return frozenset(
        block
        for some in batched(ids, KEYS)
        for block in connection.scalars(select(entity.c.block).where(entity.c.id.in_(some)).distinct())
        if block is not None
    )


class Joined(Protocol):
    """What joining entities to known ones gives; see `onrecord.fusing.Joined`."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Those that have entities that were to be joined, with these."""

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """Those that are new or changed, with their actors."""

    @property
    def moved(self) -> tuple[str, ...]:
        """Blocks in which an entity that was joined before is another actor now."""


#: Joins entities to others of the same blocks, of which only the profiles are known.
Join = Callable[[Sequence[Entity], Sequence[Profile]], Joined]


def join_actors(connection: Connection, blocks: Iterable[str], join: Join) -> None:
    """Join the entities that wait in these blocks; the blocks then wait no more, and changed reports wait to be fused.

    Blocks without profiles, and those where something known is another actor now, are joined as a whole. All is read
    and written in one transaction: another program that joins at the same time waits.
    """
    waiting = tuple(sorted(set(blocks)))
    known = profiles_of(connection, waiting)
    steady = {one.block for one in known}
    entities = _entities_by_block(connection, steady)
    joined = join([one for some in entities.values() for one in some], known)
    if joined.moved:
        steady -= set(joined.moved)
        some = [one for block in sorted(steady) for one in entities.get(block, ())]
        joined = join(some, [one for one in known if one.block in steady])
    if steady:
        _extend(connection, tuple(sorted(steady)), joined)
    if whole := [block for block in waiting if block not in steady]:
        joined = join(entities_in_blocks(connection, whole), ())
        replace_actors(connection, whole, joined.actors, joined.profiles)


def _entities_by_block(connection: Connection, blocks: Iterable[str]) -> dict[str, list[Entity]]:
    """The entities of these blocks that wait for an actor."""
    table = profiles.unjoined_entity
    block_of: dict[str, str] = {}
    for some in batched(sorted(set(blocks)), KEYS):
        for row in connection.execute(select(table).where(table.c.block.in_(some))):
            block_of[row.entity] = row.block
    loaded = ENTITIES.load(connection, block_of)
    found: dict[str, list[Entity]] = {}
    for key in sorted(loaded):
        found.setdefault(block_of[key], []).extend(entities_of(loaded[key]))
    return found


def _extend(connection: Connection, blocks: Sequence[str], joined: Joined) -> None:
    """Join waiting entities to actors; joined ones keep theirs."""
    actor_of = {entity: actor.id for actor in joined.actors for entity in actor.entities}
    _refuse_strangers(connection, blocks, _new(connection, blocks, set(actor_of.values())))
    _put_actors(connection, joined.actors)
    insert_all(connection, fused.actor_entity, [actor_entity_row(one, actor_of[one]) for one in sorted(actor_of)])
    put(connection, profiles.profile, [profile_row(one) for one in joined.profiles])
    _settle(connection, blocks)
    for some in batched(sorted(actor_of), KEYS):
        mark_unfused(connection, connection.scalars(select(marks.entity.c.report).where(marks.entity.c.id.in_(some))))


def replace_actors(
    connection: Connection, blocks: Iterable[str], actors: Iterable[Actor], told: Sequence[Profile] = ()
) -> tuple[str, ...]:
    """Store the actors of these blocks in place of the ones there; only what differs is written.

    Reports with an entity whose actor changed wait to be fused again.

    Args:
        connection: to the store.
        blocks: whose actors they are.
        actors: with all their entities.
        told: the profiles of the blocks; without them their entities will be joined as a whole again.

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
    _refuse_strangers(connection, blocks, after.values())
    changed = sorted(entity for entity, (_, actor) in before.items() if after.get(entity) != actor)
    why = keep_joins(connection, {one: before[one][1] for one in changed}, (report for report, _ in before.values()))
    _put_actors(connection, actors, why)
    table = fused.actor_entity
    for some in batched(changed, KEYS):
        connection.execute(delete(table).where(table.c.entity.in_(some)))
    insert_rows(connection, [{table: [actor_entity_row(one, after[one]) for one in changed if one in after]}])
    drop_empty_actors(connection, {actor for _, actor in before.values() if actor is not None}, why)
    _replace_profiles(connection, blocks, told)
    _settle(connection, blocks)
    touched = sorted({before[entity][0] for entity in changed})
    mark_unfused(connection, touched)
    calm(connection)
    return tuple(touched)


def _refuse_strangers(connection: Connection, blocks: Sequence[str], actors: Iterable[str]) -> None:
    """One id is one actor: it can't be that of an actor of other blocks.

    Raises:
        UsageError: it is.
    """
    table = fused.actor_entity
    query = select(table.c.actor, marks.entity.c.block).join(marks.entity, marks.entity.c.id == table.c.entity)
    for some in batched(sorted(set(actors)), KEYS):
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


def _put_actors(connection: Connection, actors: Sequence[Actor], why: Why = NEWS) -> None:
    """Store actors without their entities; only what differs is written."""
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
    keep_actors(connection, [key for key in unlike if key in seals], why)
    put(connection, table, [rows_of[key][table][0] for key in unlike])
    for part in (fused.actor_role, fused.actor_alias):
        for some in batched([key for key in unlike if key in seals], KEYS):
            connection.execute(delete(part).where(part.c.actor.in_(some)))
        insert_rows(connection, [{part: rows_of[key][part]} for key in unlike])


def _replace_profiles(connection: Connection, blocks: Sequence[str], told: Sequence[Profile]) -> None:
    """Store the profiles of these blocks in place of those there."""
    for some in batched(blocks, KEYS):
        connection.execute(delete(profiles.profile).where(profiles.profile.c.block.in_(some)))
    insert_all(connection, profiles.profile, [profile_row(one) for one in told])


def _settle(connection: Connection, blocks: Sequence[str]) -> None:
    """Let these blocks, and the entities in them, wait no more."""
    for some in batched(blocks, KEYS):
        for table in (reports.unjoined, profiles.unjoined_entity):
            connection.execute(delete(table).where(table.c.block.in_(some)))


def _new(connection: Connection, blocks: Sequence[str], ids: set[str]) -> set[str]:
    """Those of these actor ids that no profile of the blocks has."""
    table = profiles.profile
    known: set[str] = set()
    for some in batched(blocks, KEYS):
        known.update(connection.scalars(select(table.c.actor).where(table.c.block.in_(some)).distinct()))
    return ids - known
