"""Which entities are which actor, in the store: of entities that were joined before only their profiles are read."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from sqlalchemy import Connection, delete, select

from onrecord.errors import UsageError
from onrecord.model import Actor, Entity
from onrecord.model.marks import Profile
from onrecord.recording.finding import MANY, Found, add_words, drop_profiles, found_by_words
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


class Joins(Protocol):
    """How entities are joined; see `onrecord.fusing.Resolver`."""

    def join(self, entities: Sequence[Entity], known: Sequence[Profile]) -> Joined:
        """Join entities to others of the same blocks, of which only the profiles are known."""

    def join_nearby(self, entities: Sequence[Entity], find: Found) -> tuple[Joined, frozenset[str]]:
        """The same where profiles are found by words; gives also the blocks that must be joined with all of theirs."""

    def words(self, told: Profile) -> tuple[str, ...] | None:
        """By what a profile is found among many; None where all profiles of its block must be known."""


def join_actors(connection: Connection, blocks: Iterable[str], by: Joins) -> None:
    """Join the entities that wait in these blocks; the blocks then wait no more, and changed reports wait to be fused.

    Blocks without profiles, and those where something known is another actor now, are joined as a whole. All is read
    and written in one transaction: another program that joins at the same time waits.
    """
    waiting = tuple(sorted(set(blocks)))
    found = found_by_words(connection, waiting)
    known = profiles_of(connection, [block for block in waiting if block not in found])
    many = set(found)
    entities = _entities_by_block(connection, many | {one.block for one in known})
    parts: list[Joined] = []
    actors = {one.actor for one in known if one.actor is not None}
    if many:
        find = Found(connection)
        nearby, unsettled = by.join_nearby([one for block in sorted(many) for one in entities.get(block, ())], find)
        known = (*known, *profiles_of(connection, unsettled))
        actors |= find.actors | {one.actor for one in known if one.actor is not None}
        parts.append(nearby)
        many -= unsettled
    joined, steady = _join_steady(entities, known, by)
    parts.append(joined)
    told = _with_words([one for part in parts for one in part.profiles], known, found, by)
    odd = {one.block for one in told if one.block in found and one.words is None}
    if settled := sorted((steady | many) - odd):
        lost = {one.id for block in odd for one in entities.get(block, ())}
        some = [one for part in parts for one in part.actors if lost.isdisjoint(one.entities)]
        _extend(connection, settled, some, [one for one in told if one.block in settled], actors)
    if whole := [block for block in waiting if block not in settled]:
        joined = by.join(entities_in_blocks(connection, whole), ())
        replace_actors(connection, whole, joined.actors, _with_words(joined.profiles, (), frozenset(), by))


def _join_steady(
    entities: Mapping[str, Sequence[Entity]], known: Sequence[Profile], by: Joins
) -> tuple[Joined, set[str]]:
    """Join entities to all others of their blocks; gives also the blocks where nothing known is another actor then."""
    steady = {one.block for one in known}
    joined = by.join([one for block in sorted(steady) for one in entities.get(block, ())], known)
    if joined.moved:
        steady -= set(joined.moved)
        some = [one for block in sorted(steady) for one in entities.get(block, ())]
        joined = by.join(some, [one for one in known if one.block in steady])
    return joined, steady


def _with_words(
    changed: Sequence[Profile], known: Sequence[Profile], found: Collection[str], by: Joins
) -> list[Profile]:
    """Profiles that are new or changed, with their words in blocks that are found by words or will be from now on.

    In the latter, what is known and did not change is among those that are given.
    """
    number = Counter(one.block for one in (*known, *changed) if one.block not in found)
    told: dict[str, dict[object, Profile]] = {block: {} for block in number if number[block] >= MANY}
    for one in (*known, *changed):
        if one.block in told:  # the later in the place of the earlier
            told[one.block][replace(one, first="", number=0, aliases=(), actor=None, words=None)] = one
    fresh: dict[str, list[Profile]] = {}
    for block, some in told.items():
        if len(some) >= MANY and None not in (words := [by.words(one) for one in some.values()]):
            fresh[block] = [replace(one, words=its) for one, its in zip(some.values(), words, strict=True)]
    rest = [one for one in changed if one.block not in fresh]
    return [
        *(one for some in fresh.values() for one in some),
        *(replace(one, words=by.words(one)) if one.block in found else one for one in rest),
    ]


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


def _extend(
    connection: Connection,
    blocks: Sequence[str],
    actors: Sequence[Actor],
    told: Sequence[Profile],
    known: Collection[str],
) -> None:
    """Join waiting entities to actors; joined ones keep theirs.

    Args:
        connection: to the store.
        blocks: that the entities are in.
        actors: of the entities.
        told: profiles that are new or changed.
        known: ids of actors of these blocks.
    """
    actor_of = {entity: actor.id for actor in actors for entity in actor.entities}
    _refuse_strangers(connection, blocks, set(actor_of.values()).difference(known))
    _put_actors(connection, actors)
    insert_all(connection, fused.actor_entity, [actor_entity_row(one, actor_of[one]) for one in sorted(actor_of)])
    rows = [profile_row(one) for one in told]
    put(connection, profiles.profile, rows)
    add_words(connection, rows)
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
    drop_profiles(connection, blocks)
    rows = [profile_row(one) for one in told]
    insert_all(connection, profiles.profile, rows)
    add_words(connection, rows)


def _settle(connection: Connection, blocks: Sequence[str]) -> None:
    """Let these blocks, and the entities in them, wait no more."""
    for some in batched(blocks, KEYS):
        for table in (reports.unjoined, profiles.unjoined_entity):
            connection.execute(delete(table).where(table.c.block.in_(some)))
