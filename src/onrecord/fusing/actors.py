"""Which entities of many reports are one actor.

Entities are never compared one by one: those that are told alike within a block are one profile, and profiles are
what is joined. Profiles of joined entities are stored, so a new report costs what its own blocks hold of different
tellings, not what the store holds of entities.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.fusing.names import name_words, skeleton, slug, sound, surname
from onrecord.fusing.persons import (
    SAME_SPELLING,
    countries_contradict,
    group_persons,
    has_given_name,
    person_id,
    touched_by,
)
from onrecord.model import Actor, ActorKind, Entity, Role
from onrecord.model.marks import Profile

#: Ends the actor id of a profile each of whose entities is an actor of its own.
EACH = "*"


#: Blocks with fewer profiles are joined as a whole: that is quick, and needs no thought about what may have changed.
LARGE = 64


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining gives.

    Attributes:
        actors: those that have entities that were to be joined, with these, sorted by id.
        profiles: those that are new or changed, each with its actor.
        moved: blocks in which an entity that was joined before is another actor now, sorted: there, all entities
            must be joined.
    """

    actors: tuple[Actor, ...]
    profiles: tuple[Profile, ...]
    moved: tuple[str, ...]


def actor_block(entity: Entity) -> str:
    """What entities must share to be one actor at all: their key, else kind and folded surname or name.

    An entity that no report names (a description such as "two officials") is an actor of its report alone.
    """
    if entity.key:
        return entity.key
    if not _named(entity):
        return f"{entity.kind}:{entity.id}"
    words = name_words(entity.name)
    if entity.kind is ActorKind.PERSON:
        return f"{entity.kind}:{sound(surname(words, entity.country))}"
    return f"{entity.kind}:{slug(words)}"


def join_actors(entities: Sequence[Entity]) -> tuple[Actor, ...]:
    """The actors that entities of any number of blocks stand for, sorted by id.

    Within a block, a key joins always; persons are joined when their given names are compatible and their
    countries do not contradict; who is told by surname alone joins the only compatible full name, else
    stays apart. The result does not depend on the order of `entities`.
    """
    return join_to(entities, ()).actors


def join_to(entities: Sequence[Entity], known: Iterable[Profile]) -> Joined:
    """Join entities with others of which only the profiles are known.

    Args:
        entities: to be joined.
        known: profiles of all other entities of the same blocks.
    """
    before = {alike(one): one for one in known}
    profiles = dict(before)
    fresh: dict[object, list[Profile]] = {}
    for entity in sorted(entities, key=lambda one: one.id):
        told = profile_of(entity)
        key = alike(told)
        profiles[key] = both(profiles[key], told) if key in profiles else told
        fresh.setdefault(key, []).append(told)
    blocks: dict[str, list[Profile]] = {}
    for one in sorted(profiles.values(), key=lambda one: one.first):
        blocks.setdefault(one.block, []).append(one)
    actors: list[Actor] = []
    joined: list[Profile] = []
    for block, told_alike in sorted(blocks.items()):
        for group in distinct(_groups(block, told_alike, before)):
            if new := [told for one in group.profiles for told in fresh.get(alike(one), ())]:
                actors += actors_of(group, new)
            joined += [replace(one, actor=group.id) for one in group.profiles]
    changed = [one for one in joined if before.get(alike(one)) != one]
    moved = {one.block for one in changed if (was := before.get(alike(one))) is not None and was.actor != one.actor}
    return Joined(tuple(sorted(actors, key=lambda one: one.id)), tuple(changed), tuple(sorted(moved)))


@dataclass(frozen=True, slots=True)
class Group:
    """Profiles that are one actor; or, where `apart`, one profile each of whose entities is an actor of its own."""

    id: str
    profiles: Sequence[Profile]
    apart: bool = False

    @property
    def country(self) -> str | None:
        """That of most entities."""
        return _most((one.country, one.number) for one in self.profiles)

    @property
    def first(self) -> str:
        """The smallest entity id."""
        return min(one.first for one in self.profiles)

    @property
    def actors(self) -> int:
        """How many they are."""
        return self.profiles[0].number if self.apart else 1


def _groups(block: str, profiles: Sequence[Profile], before: Mapping[tuple[object, ...], Profile]) -> list[Group]:
    """The actors of a block; of a large block of persons only those that something new may belong to."""
    known = [before.get(alike(one)) for one in profiles]
    persons = profiles[0].kind is ActorKind.PERSON and profiles[0].named and not profiles[0].keyed
    if len(profiles) < LARGE or not persons or not any(known):
        return _join_block(block, profiles)
    changed = [one for one, was in zip(profiles, known, strict=True) if one != was]
    touched = touched_by(changed, profiles)
    if touched is None:
        return _join_block(block, profiles)
    people, unsure = group_persons([one for one in touched if has_given_name(one)])
    unsure += [one for one in touched if not has_given_name(one)]
    return _named_persons(people, unsure)


def _named_persons(people: Sequence[Sequence[Profile]], unsure: Sequence[Profile]) -> list[Group]:
    return [
        *(Group(person_id(group, best_name(group)), group) for group in people),
        *(Group(person_id([one], one.name), [one], apart=True) for one in unsure),
    ]


def _join_block(block: str, profiles: Sequence[Profile]) -> list[Group]:
    if profiles[0].keyed:
        return [Group(block, profiles)]
    if profiles[0].kind is ActorKind.PERSON and profiles[0].named:
        return _named_persons(*group_persons(profiles))
    return [Group(block, group) for group in _by_country(profiles)]


def distinct(groups: Sequence[Group]) -> list[Group]:
    """Namesakes get their country, or else their first entity, into their id; many of one profile get a star."""
    told, countries = Counter[str](), Counter[tuple[str, str | None]]()
    for group in groups:
        told[group.id] += group.actors
        countries[group.id, group.country] += group.actors
    found: list[Group] = []
    for group in groups:
        identity = group.id
        if told[identity] > 1:
            alone = group.country is not None and countries[identity, group.country] == 1
            mark = group.country if alone else EACH if group.apart else group.first
            identity = f"{identity}:{mark}"
        found.append(replace(group, id=identity))
    return found


def actors_of(group: Group, new: Sequence[Profile]) -> list[Actor]:
    """The actors of a group, with those of their entities that are `new`, one profile each."""
    if group.apart:
        stem = group.id.removesuffix(EACH)
        return [_actor(stem + one.first if stem != group.id else stem, [one], [one]) for one in new]
    return [_actor(group.id, group.profiles, new)]


def profile_of(entity: Entity) -> Profile:
    """How an entity is told."""
    return Profile(
        block=actor_block(entity),
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        roles=entity.roles,
        keyed=bool(entity.key),
        named=_named(entity),
        first=entity.id,
        number=1,
        aliases=tuple(sorted({*entity.aliases, entity.name})),
    )


def alike(one: Profile) -> tuple[object, ...]:
    """What is the same of entities of one profile."""
    return one.block, one.name, one.kind, one.country, one.roles, one.keyed, one.named


def both(one: Profile, other: Profile) -> Profile:
    """One profile of two that are alike."""
    return replace(
        one,
        first=min(one.first, other.first),
        number=one.number + other.number,
        aliases=tuple(sorted({*one.aliases, *other.aliases})),
    )


def _named(entity: Entity) -> bool:
    return bool(entity.aliases) or any(mention.form == "name" for mention in entity.mentions)


def _by_country(profiles: Iterable[Profile]) -> list[list[Profile]]:
    groups: list[list[Profile]] = []
    for one in sorted(profiles, key=lambda one: (one.country is None, one.country or "", one.first)):
        home = next((g for g in groups if not any(countries_contradict(one, other) for other in g)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def best_name(group: Sequence[Profile]) -> str:
    """What most reports call a person, by a full name if there is one."""
    told = Counter[str]()
    for one in group:
        told[one.name] += one.number
    fullest = [name for name in told if len(name_words(name)) > 1] or list(told)
    return min(fullest, key=lambda name: (-told[name], name))


def _most(values: Iterable[tuple[str | None, int]]) -> str | None:
    told = Counter[str]()
    for value, number in values:
        if value:
            told[value] += number
    return min(told, key=lambda value: (-told[value], value)) if told else None


def _actor(identity: str, group: Sequence[Profile], new: Sequence[Profile]) -> Actor:
    roles = {role for one in group for role in one.roles}
    located = {role.title for role in roles if role.country}
    return Actor(
        id=identity,
        name=best_name(group),
        kind=ActorKind(_most((one.kind, one.number) for one in group) or group[0].kind),
        country=_most((one.country, one.number) for one in group),
        roles=tuple(sorted((r for r in roles if r.country or r.title not in located), key=_role_order)),
        aliases=tuple(sorted({alias for one in group for alias in one.aliases})),
        entities=tuple(sorted(one.first for one in new)),
    )


def _role_order(role: Role) -> tuple[str, str]:
    return role.title, role.country or ""


__all__ = [
    "EACH",
    "SAME_SPELLING",
    "Group",
    "Joined",
    "actor_block",
    "actors_of",
    "alike",
    "best_name",
    "both",
    "distinct",
    "join_actors",
    "join_to",
    "profile_of",
    "skeleton",
]
