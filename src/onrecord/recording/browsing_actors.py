"""Pages of actors, and what filters can choose from."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.model import ActorKind, Role
from onrecord.recording.browsing_nouns import ActorCard, Choices, Page
from onrecord.recording.schema import KEYS, batched, fused, reports

#: Actors that a part of a name may stand for in a filter: more are a question too wide to answer.
MATCHING = 50

#: Outlets that a filter offers: a list of thousands is no help, and heavier than the page.
CHOICES = 500

_ACTOR = fused.actor
_JOINED = fused.actor_entity


def matching_actors(connection: Connection, wanted: str) -> tuple[str, ...]:
    """The actor with this id, else those with this part in a name."""
    if connection.scalar(select(_ACTOR.c.id).where(_ACTOR.c.id == wanted)) is not None:
        return (wanted,)
    return actors_named(connection, wanted, MATCHING)


def actors_named(connection: Connection, part: str, limit: int) -> tuple[str, ...]:
    """The ids of actors with all these words in one name, most reports first."""
    words = part.split()
    if not words:
        return ()
    alias = fused.actor_alias
    query = (
        select(_JOINED.c.actor)
        .where(_JOINED.c.actor.in_(select(alias.c.actor).where(*(_holds(alias.c.name, word) for word in words))))
        .group_by(_JOINED.c.actor)
        .order_by(func.count().desc(), _JOINED.c.actor)
        .limit(limit)
    )
    return tuple(connection.scalars(query))


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return column.icontains(word, autoescape=True)


def find_actors(
    connection: Connection, part: str, kind: str | None, country: str | None, limit: int, offset: int
) -> Page[ActorCard]:
    """Actors, those that most reports speak of first."""
    alias = fused.actor_alias
    conditions: list[ColumnElement[bool]] = []
    if words := part.split():
        conditions.append(_ACTOR.c.id.in_(select(alias.c.actor).where(*(_holds(alias.c.name, one) for one in words))))
    if kind:
        conditions.append(_ACTOR.c.kind == kind)
    if country:
        conditions.append(_ACTOR.c.country == country)
    total = connection.scalar(select(func.count()).select_from(_ACTOR).where(*conditions)) or 0
    number = func.count()
    query = select(_JOINED.c.actor).group_by(_JOINED.c.actor).order_by(number.desc(), _JOINED.c.actor)
    if conditions:
        query = query.where(_JOINED.c.actor.in_(select(_ACTOR.c.id).where(*conditions)))
    ids = connection.scalars(query.limit(limit).offset(offset)).all()
    return Page(actor_cards(connection, ids), int(total), offset, limit)


def actor_card(connection: Connection, actor: str) -> ActorCard | None:
    """One actor, if there is such a one."""
    found = actor_cards(connection, [actor])
    return found[0] if found else None


def actor_cards(connection: Connection, ids: Sequence[str]) -> tuple[ActorCard, ...]:
    """These actors, in the order given; those that are not there are left out."""
    cards: dict[str, ActorCard] = {}
    for some in batched(ids, KEYS):
        roles, aliases = _roles(connection, some), _aliases(connection, some)
        counting = select(_JOINED.c.actor, func.count()).where(_JOINED.c.actor.in_(some)).group_by(_JOINED.c.actor)
        counts: dict[str, int] = {row[0]: int(row[1]) for row in connection.execute(counting)}
        for row in connection.execute(select(_ACTOR).where(_ACTOR.c.id.in_(some))):
            cards[row.id] = ActorCard(
                row.id,
                row.name,
                ActorKind(row.kind),
                row.country,
                tuple(roles.get(row.id, ())),
                tuple(aliases.get(row.id, ())),
                counts.get(row.id, 0),
            )
    return tuple(cards[one] for one in ids if one in cards)


def _roles(connection: Connection, ids: Sequence[str]) -> dict[str, list[Role]]:
    table, found = fused.actor_role, dict[str, list[Role]]()
    query = select(table).where(table.c.actor.in_(ids)).order_by(table.c.actor, table.c.n)
    for row in connection.execute(query):
        found.setdefault(row.actor, []).append(Role(row.title, row.country))
    return found


def _aliases(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    table, found = fused.actor_alias, dict[str, list[str]]()
    query = select(table).where(table.c.actor.in_(ids)).order_by(table.c.actor, table.c.n)
    for row in connection.execute(query):
        found.setdefault(row.actor, []).append(row.name)
    return found


def names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of actors, by id."""
    return {
        row.id: row.name
        for some in batched(sorted(set(ids)), KEYS)
        for row in connection.execute(select(_ACTOR.c.id, _ACTOR.c.name).where(_ACTOR.c.id.in_(some)))
    }


def choices(connection: Connection) -> Choices:
    """The outlets (the first `CHOICES` of them) and countries that a store knows."""
    outlet, country = reports.report.c.outlet, _ACTOR.c.country
    return Choices(
        tuple(connection.scalars(select(outlet).where(outlet.is_not(None)).distinct().order_by(outlet).limit(CHOICES))),
        tuple(connection.scalars(select(country).where(country.is_not(None)).distinct().order_by(country))),
    )


__all__ = ["actor_card", "actor_cards", "actors_named", "choices", "find_actors", "matching_actors", "names"]
