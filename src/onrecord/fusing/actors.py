"""Which entities of many reports are one actor."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from onrecord.fusing.words import fold, lexicon, table
from onrecord.model import Actor, ActorKind, Entity, Role

#: Jaro-Winkler similarity from which two spellings are one name ("Anthony" and "Antony" have 0.95).
SAME_SPELLING = 0.88


def actor_block(entity: Entity) -> str:
    """What entities must share to be one actor at all: their key, else kind and folded surname or name.

    An entity that no report names (a description such as "two officials") is an actor of its report alone.
    """
    if entity.key:
        return entity.key
    if not _named(entity):
        return f"{entity.kind}:{entity.id}"
    if entity.kind is ActorKind.PERSON:
        return f"{entity.kind}:{skeleton(_surname(_name_words(entity.name), entity))}"
    return f"{entity.kind}:{_slug(_name_words(entity.name))}"


def skeleton(name: str) -> str:
    """A name without what romanisations disagree about.

    >>> skeleton("Zelenskyy") == skeleton("Zelensky") == skeleton("Zelenskiy")
    True
    """
    name = fold(name)
    for told, plain in table("romanisation").items():
        name = name.replace(told, plain)
    return "".join(c for at, c in enumerate(name) if at == 0 or c != name[at - 1])


def join_actors(entities: Sequence[Entity]) -> tuple[Actor, ...]:
    """The actors that entities of any number of blocks stand for, sorted by id.

    Within a block, a key joins always; persons are joined when their given names are compatible and their
    countries do not contradict; who is told by surname alone joins the only compatible full name, else
    stays apart. The result does not depend on the order of `entities`.
    """
    blocks: dict[str, list[Entity]] = {}
    for entity in sorted(entities, key=lambda one: one.id):
        blocks.setdefault(actor_block(entity), []).append(entity)
    actors: list[Actor] = []
    for block, members in sorted(blocks.items()):
        if members[0].key:
            actors.append(_actor(block, members))
        elif members[0].kind is ActorKind.PERSON and _named(members[0]):
            actors += _distinct([_actor(_person_id(group), group) for group in _persons(members)])
        else:
            actors += _distinct([_actor(block, group) for group in _by_country(members)])
    return tuple(sorted(actors, key=lambda one: one.id))


def _named(entity: Entity) -> bool:
    return bool(entity.aliases) or any(mention.form == "name" for mention in entity.mentions)


def _name_words(name: str) -> list[str]:
    told = [word.strip(".,'-") for word in fold(name).replace(".", ". ").split()]
    kept = [word for word in told if word and word not in lexicon("titles")]
    return kept or [word for word in told if word] or [fold(name) or "unnamed"]


def _slug(name: Sequence[str]) -> str:
    return "-".join(name)


def _surname(name: Sequence[str], entity: Entity) -> str:
    first_is_surname = name[0] in lexicon("surnames_first") and entity.country in (
        None,
        "CHN",
        "KOR",
        "PRK",
        "TWN",
        "VNM",
    )
    return name[0] if first_is_surname else name[-1]


@dataclass(frozen=True, slots=True)
class _Person:
    """How one report names a person."""

    entity: Entity
    given: tuple[str, ...]
    surname: str

    @property
    def form(self) -> tuple[str, ...]:
        return (*self.given, self.surname)


def _person(entity: Entity) -> _Person:
    name = _name_words(entity.name)
    surname = _surname(name, entity)
    return _Person(entity, tuple(word for word in name if word != surname), surname)


def _persons(members: Iterable[Entity]) -> list[list[Entity]]:
    people = [_person(entity) for entity in members]
    full: list[list[_Person]] = []
    # Most told forms first: a rare spelling joins the usual one, never the other way round.
    told = Counter(person.form for person in people)
    ordered = sorted(
        (p for p in people if p.given), key=lambda p: (-told[p.form], -len("".join(p.given)), p.form, p.entity.id)
    )
    for person in ordered:
        home = next((group for group in full if all(_one_person(person, other) for other in group)), None)
        if home is None:
            full.append([person])
        else:
            home.append(person)
    apart: list[list[_Person]] = []
    whole = [tuple(group) for group in full]
    for person in (p for p in people if not p.given):
        fits = [n for n, group in enumerate(whole) if all(_one_person(person, other) for other in group)]
        if len(fits) == 1:
            full[fits[0]].append(person)
            continue
        # Of several that fit none is taken; without any, those told by surname alone are one another.
        home = next((g for g in apart if not fits and all(_one_person(person, other) for other in g)), None)
        if home is None:
            apart.append([person])
        else:
            home.append(person)
    return [[person.entity for person in group] for group in (*full, *apart)]


def _one_person(a: _Person, b: _Person) -> bool:
    if JaroWinkler.similarity(a.surname, b.surname) < SAME_SPELLING:
        return False
    if a.form == b.form and a.given:
        return not (_countries_contradict(a.entity, b.entity) and _titles_contradict(a.entity, b.entity))
    if _countries_contradict(a.entity, b.entity):
        return False
    if not a.given or not b.given:
        return True
    return _given_names_agree(a.given, b.given)


def _given_names_agree(a: Sequence[str], b: Sequence[str]) -> bool:
    shorter, longer = sorted((a, b), key=len)
    return all(any(_one_given_name(name, other) for other in longer) for name in shorter)


def _one_given_name(a: str, b: str) -> bool:
    nick = table("nicknames")
    if len(a) == 1 or len(b) == 1:
        return bool({a[0], nick.get(a, a)[0]} & {b[0], nick.get(b, b)[0]})
    if nick.get(a, a) == nick.get(b, b) or skeleton(a) == skeleton(b):
        return True
    return a[0] == b[0] and JaroWinkler.similarity(a, b) >= SAME_SPELLING


def _countries(entity: Entity) -> frozenset[str]:
    told = {role.country for role in entity.roles} | {entity.country}
    return frozenset(country for country in told if country)


def _countries_contradict(a: Entity, b: Entity) -> bool:
    one, other = _countries(a), _countries(b)
    return bool(one and other and not one & other)


def _titles_contradict(a: Entity, b: Entity) -> bool:
    one, other = ({role.title for role in entity.roles} for entity in (a, b))
    return bool(one and other and not one & other)


def _by_country(members: Iterable[Entity]) -> list[list[Entity]]:
    groups: list[list[Entity]] = []
    for entity in sorted(members, key=lambda one: (one.country is None, one.country or "", one.id)):
        home = next((g for g in groups if not any(_countries_contradict(entity, other) for other in g)), None)
        if home is None:
            groups.append([entity])
        else:
            home.append(entity)
    return groups


def _person_id(group: Sequence[Entity]) -> str:
    # Read as its own report reads it: which name is the surname may hang on the country told there.
    name = _best_name(group)
    person = _person(min((entity for entity in group if entity.name == name), key=lambda one: one.id))
    return "person:" + _slug((person.surname, *person.given))


def _best_name(group: Sequence[Entity]) -> str:
    told = Counter(entity.name for entity in group)
    fullest = [name for name in told if len(_name_words(name)) > 1] or list(told)
    return min(fullest, key=lambda name: (-told[name], name))


def _most(values: Iterable[str | None]) -> str | None:
    told = Counter(value for value in values if value)
    return min(told, key=lambda value: (-told[value], value)) if told else None


def _actor(identity: str, group: Sequence[Entity]) -> Actor:
    roles = {role for entity in group for role in entity.roles}
    located = {role.title for role in roles if role.country}
    aliases = {alias for entity in group for alias in (*entity.aliases, entity.name)}
    return Actor(
        id=identity,
        name=_best_name(group),
        kind=ActorKind(_most(entity.kind for entity in group) or group[0].kind),
        country=_most(entity.country for entity in group),
        roles=tuple(sorted((r for r in roles if r.country or r.title not in located), key=_role_order)),
        aliases=tuple(sorted(aliases)),
        entities=tuple(sorted(entity.id for entity in group)),
    )


def _role_order(role: Role) -> tuple[str, str]:
    return role.title, role.country or ""


def _distinct(actors: list[Actor]) -> list[Actor]:
    """Namesakes get their country, or else their first entity, into their id."""
    told = Counter(actor.id for actor in actors)
    countries = Counter((actor.id, actor.country) for actor in actors)
    found = []
    for actor in actors:
        identity = actor.id
        if told[identity] > 1:
            alone = actor.country is not None and countries[identity, actor.country] == 1
            identity = f"{identity}:{actor.country}" if alone else f"{identity}:{actor.entities[0]}"
        found.append(Actor(identity, actor.name, actor.kind, actor.country, actor.roles, actor.aliases, actor.entities))
    return found
