"""Joining persons to a block of many without reading the whole block.

What a new telling can change hangs on those profiles only whose given names agree with it, and on all of their actors'
other profiles: a person goes into the first group that it fits, in an order that no other profile changes. Where that
shows that a known profile would be another actor, or where these profiles do not tell, the block is left to be joined
as a whole. So the result is that of `join_to` with all profiles (a test holds one against the other).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from onrecord.fusing.actors import (
    EACH,
    Group,
    Joined,
    actors_of,
    alike,
    best_name,
    both,
    distinct,
    join_to,
    profile_of,
)
from onrecord.fusing.persons import (
    SAME_SPELLING,
    Person,
    countries,
    fits,
    group_full,
    near_to,
    person_id,
    person_of,
    spellings,
    times_told,
)
from onrecord.model import Actor, ActorKind, Entity
from onrecord.model.marks import Profile


class Finding(Protocol):
    """Gives profiles of blocks that are too large to be read; what is not there is left out."""

    def words(self, places: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Sequence[str]]:
        """The words of the profiles of a block that begin with a letter, by block and letter."""

    def told(self, words: Iterable[tuple[str, str]]) -> Sequence[Profile]:
        """The profiles of a block that have a word; those that have none have the word ""."""

    def members(self, actors: Iterable[tuple[str, str]]) -> Sequence[Profile]:
        """The profiles of a block that are an actor."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """How entities are joined to actors: all that a store must be told of it."""

    def join(self, entities: Sequence[Entity], known: Sequence[Profile]) -> Joined:
        """Join entities to all others of their blocks; see `join_to`."""
        return join_to(entities, known)

    def join_nearby(self, entities: Sequence[Entity], find: Finding) -> tuple[Joined, frozenset[str]]:
        """Join entities to those of their blocks that they may have to do with; see `join_nearby`."""
        return join_nearby(entities, find)

    def words(self, told: Profile) -> tuple[str, ...] | None:
        """By what a profile is found among many of its block; None for what is not a person's.

        Those of one given name in two spellings, or of two of which one is short for the other, are the same or alike.
        """
        return spellings(person_of(told).given) if _is_person(told) else None


class _Unsettled(Exception):
    """It takes the whole block to tell."""


def join_nearby(entities: Sequence[Entity], find: Finding) -> tuple[Joined, frozenset[str]]:
    """Join entities to known ones of their blocks, of which `find` gives the profiles.

    Returns:
        What joining gives, where nothing known becomes another actor; and the blocks of which that can't be said, which
        must be joined as a whole.
    """
    told: dict[str, list[Profile]] = {}
    for entity in sorted(entities, key=lambda one: one.id):
        one = profile_of(entity)
        told.setdefault(one.block, []).append(one)
    unsettled = {block for block, some in told.items() if not all(map(_is_person, some))}
    asked = {block: [person_of(one) for one in some] for block, some in sorted(told.items()) if block not in unsettled}
    known = _load(asked, find)
    actors: list[Actor] = []
    changed: list[Profile] = []
    for block, people in asked.items():
        try:
            groups = _Block(people, known[block]).groups()
        except _Unsettled:
            unsettled.add(block)
            continue
        new: dict[object, list[Profile]] = {}
        for person in people:
            new.setdefault(alike(person.told), []).append(person.told)
        for group in groups:
            fresh = [one for told_alike in group.profiles for one in new.get(alike(told_alike), ())]
            actors += actors_of(group, fresh)
            changed += [replace(one, actor=group.id) for one in group.profiles if alike(one) in new]
    return Joined(tuple(sorted(actors, key=lambda one: one.id)), tuple(changed), ()), frozenset(unsettled)


def _is_person(told: Profile) -> bool:
    return told.kind is ActorKind.PERSON and told.named and not told.keyed


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of a block: `whole` are the actors of whom all profiles are among `people`."""

    people: dict[object, Person]
    whole: frozenset[str]


def _load(asked: Mapping[str, Sequence[Person]], find: Finding) -> dict[str, _Known]:
    """Of each block those whose names agree with one that is asked for, their actors' others, and all mere surnames."""
    read: dict[str, dict[object, Person]] = {block: {} for block in asked}
    words = _agreeing(asked, find)
    for one in find.told(sorted(words | {(block, "") for block in asked})):
        read[one.block][alike(one)] = person_of(one)
    near = {block: _near(asked[block], tuple(read[block].values())) for block in asked}
    wanted = sorted((block, actor) for block, some in near.items() for actor in some)
    more: set[tuple[str, str]] = set()
    for one in find.members(wanted) if wanted else ():
        if (key := alike(one)) not in read[one.block]:
            read[one.block][key] = person = person_of(one)
            # how often each form is told decides who is grouped first
            more.update((one.block, word) for word in person.given[:1])
    if more := more - words:
        for one in find.told(sorted(more)):
            read[one.block].setdefault(alike(one), person_of(one))
    return {block: _Known(read[block], near[block]) for block in asked}


def _near(asked: Sequence[Person], told: Sequence[Person]) -> frozenset[str]:
    """The actors that new names may have to do with, of those who agree with them in a given name."""
    forms = {one.form for one in asked}
    new = {alike(one.told) for one in asked}
    # Those told in the form of a new one are grouped earlier than they were, whatever their countries.
    moving = [*asked, *(one for one in told if one.form in forms)]
    return frozenset(
        one.told.actor
        for one in told
        if one.told.actor is not None
        and (
            any(other.given and near_to(one, other) for other in moving)
            if one.given
            else alike(one.told) in new and not _is_unsure(one.told)
        )
    )


def _agreeing(asked: Mapping[str, Sequence[Person]], find: Finding) -> set[tuple[str, str]]:
    """Block and word of all profiles that may agree with one of these persons in a given name."""
    given = sorted({(block, name) for block, people in asked.items() for person in people for name in person.given})
    places = sorted({(block, told[0]) for block, name in given for told in spellings([name])})
    there = find.words(places) if places else {}
    found: set[tuple[str, str]] = set()
    for block, name in given:
        same = spellings([name])
        for letter in {told[0] for told in same}:
            words = there.get((block, letter), ())
            # an initial agrees with all names that begin with it, or whose usual form does
            told = words if len(name) == 1 else [word for word in words if len(word) == 1 or word in same]
            found.update((block, word) for word in told)
        likely = process.extract(
            name,
            there.get((block, name[0]), ()),
            scorer=JaroWinkler.similarity,
            score_cutoff=SAME_SPELLING,
            limit=None,
        )
        found.update((block, word) for word, _, _ in likely)
    return found


class _Block:
    """The part of a block that was read, with what is new in it."""

    def __init__(self, new: Sequence[Person], known: _Known) -> None:
        self._before = known.people
        self._whole = known.whole
        after = dict(known.people)
        for person in new:
            key = alike(person.told)
            after[key] = replace(after[key], told=both(after[key].told, person.told)) if key in after else person
        self._new = {alike(person.told) for person in new}
        self._full = [one for one in after.values() if one.given]
        self._bare = [one for one in after.values() if not one.given]

    def groups(self) -> list[Group]:
        """The actors that have something new, with all their profiles.

        Raises:
            _Unsettled: something known is another actor now, or that can't be told.
        """
        taken = [one for one in self._full if one.told.actor in self._whole or self._is_new(one)]
        told = [(self._same_actor(one), one) for one in group_full(taken, times_told(self._full))]
        actors = [actor for actor, _ in told if actor is not None]
        if len(set(actors)) < len(actors):
            raise _Unsettled  # one actor has become two
        for _, group in told:
            self._check_bare(group)
        persons = [(actor, [one.told for one in (*group, *self._joined(actor))]) for actor, group in told]
        known, founded = [(a, g) for a, g in persons if a is not None], [g for a, g in persons if a is None]
        found = [Group(self._lasting(actor, group), group) for actor, group in known if self._has_new(group)]
        return [*found, *_named_apart(founded, known), *self._unsure(actors)]

    def _is_new(self, one: Person) -> bool:
        """Whether an entity more is told so, be it as others were before."""
        return alike(one.told) in self._new

    def _is_first(self, one: Person) -> bool:
        """Whether no known entity is told so."""
        return alike(one.told) not in self._before

    def _has_new(self, group: Iterable[Profile]) -> bool:
        return any(alike(one) in self._new for one in group)

    def _same_actor(self, group: Sequence[Person]) -> str | None:
        """The actor that the known of a group were before; None if none is known."""
        actors = {one.told.actor for one in group if not self._is_first(one)}
        if len(actors) > 1:
            raise _Unsettled  # two actors have become one
        return next(iter(actors), None)

    def _check_bare(self, group: Sequence[Person]) -> None:
        """Nobody who is told by a surname alone may fit a group that it did not, or fit it no more.

        Who is known to fit several persons may fit one more.
        """
        if not any(self._is_first(one) for one in group):
            return
        before = [one for one in group if not self._is_first(one)]
        for bare in self._bare:
            if self._is_first(bare):
                continue
            if before and fits(bare, before) and not fits(bare, group):
                raise _Unsettled
            if not before and not _is_unsure(bare.told) and fits(bare, group):
                raise _Unsettled

    def _joined(self, actor: str | None) -> list[Person]:
        """Those told by a surname alone that are an actor who is told in full."""
        return [one for one in self._bare if actor is not None and one.told.actor == actor]

    def _lasting(self, actor: str, group: Sequence[Profile]) -> str:
        """The id of a known actor, if nothing by which actors get theirs has changed."""
        before = [self._before[key].told for one in group if (key := alike(one)) in self._before]
        now, was = Group(person_id(group, best_name(group)), group), Group(actor, before)
        lasting = actor == now.id or (
            now.country == was.country and actor in (f"{now.id}:{now.country}", f"{now.id}:{now.first}")
        )
        if not lasting:
            raise _Unsettled
        return actor

    def _unsure(self, actors: Sequence[str]) -> list[Group]:
        """The new among those told by a surname that several persons have; each of their entities is an actor."""
        found = []
        for one in self._bare:
            if not self._is_new(one) or one.told.actor in actors:
                continue
            if self._is_first(one):
                identity = self._first_unsure(one)
            elif _is_unsure(one.told) and one.told.actor is not None:
                identity = one.told.actor
            else:
                raise _Unsettled
            found.append(Group(identity, [one.told], apart=True))
        return found

    def _first_unsure(self, one: Person) -> str:
        """The id of a telling by surname alone that fits all whom a known one fits, and that one fits several."""
        mine = countries(one.told)
        same = [other for other in self._bare if other is not one and other.surname == one.surname]
        known = [other for other in same if not self._is_first(other) and _is_unsure(other.told)]
        if not any(not mine or set() < countries(other.told) <= mine for other in known):
            raise _Unsettled
        base = person_id([one.told], one.told.name)
        compatriots = [other for other in same if other.told.country == one.told.country]
        if one.told.country is None:
            return f"{base}:{EACH}"
        if any(self._is_first(other) or not _is_unsure(other.told) for other in compatriots):
            raise _Unsettled
        return f"{base}:{EACH if compatriots or one.told.number > 1 else one.told.country}"


def _named_apart(founded: Sequence[Sequence[Profile]], known: Sequence[tuple[str, Sequence[Profile]]]) -> list[Group]:
    """New actors with their ids; all known actors that would have the same are among those given."""
    groups = [Group(person_id(group, best_name(group)), group) for group in founded]
    wanted = {group.id for group in groups}
    namesakes = [
        (actor, group) for actor, told in known if (group := Group(person_id(told, best_name(told)), told)).id in wanted
    ]
    named = distinct([*groups, *(group for _, group in namesakes)])
    if any(actor != group.id for (actor, _), group in zip(namesakes, named[len(groups) :], strict=True)):
        raise _Unsettled
    return named[: len(groups)]


def _is_unsure(told: Profile) -> bool:
    """Whether a telling by surname alone is known to fit several persons."""
    return told.actor is not None and told.actor.endswith(f":{EACH}")


__all__ = ["Finding", "Resolver", "join_nearby"]
