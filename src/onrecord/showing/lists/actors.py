"""Actors as a list, the most quoted first."""

from collections import Counter
from collections.abc import Iterable, Iterator

from onrecord.model import Actor, Record
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.words import one_line

_KEYS = ("id", "name", "kind", "country", "roles", "aliases", "statements", "reports")
_COLUMNS = (
    Column("name", lambda row: one_line(row["name"])),
    Column("kind", lambda row: row["kind"]),
    Column("country", lambda row: row["country"] or ""),
    Column("roles", lambda row: one_line("; ".join(row["roles"]))),
    Column(">statements", lambda row: str(row["statements"])),
    Column(">reports", lambda row: str(row["reports"])),
    Column("also", lambda row: one_line("; ".join(name for name in row["aliases"] if name != row["name"]))),
)


def list_actors(records: Iterable[Record]) -> Listing:
    """Every actor once, with how many statements it makes and how many reports speak of it."""
    return Listing(_KEYS, _COLUMNS, _rows(records), "No actors.")


def _rows(records: Iterable[Record]) -> Iterator[Fields]:
    actors: dict[str, Actor] = {}
    said: Counter[str] = Counter()
    told: dict[str, set[str]] = {}
    for record in records:
        actor_of = record.actor_of()
        for one in record.actors:
            actors[one.id] = one
            told.setdefault(one.id, set()).update(entity.rsplit(".", 1)[0] for entity in one.entities)
        for statement in record.statements():
            said.update({actor_of[speaker].id for speaker in statement.speakers if speaker in actor_of})
    for key in sorted(actors, key=lambda key: (-said[key], -len(told[key]), actors[key].name, key)):
        yield _row(actors[key], said[key], len(told[key]))


def _row(actor: Actor, statements: int, reports: int) -> Fields:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": str(actor.kind),
        "country": actor.country,
        "roles": [role.title + (f" ({role.country})" if role.country else "") for role in actor.roles],
        "aliases": list(actor.aliases),
        "statements": statements,
        "reports": reports,
    }


__all__ = ["list_actors"]
