"""Why an actor is one, as a list."""

from collections.abc import Iterable, Iterator

from onrecord.fusing.why import Joining
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.words import one_line

_KEYS = ("name", "country", "roles", "aliases", "entities", "first", "against", "score", "judged", "reasons")
_COLUMNS = (
    Column("told as", lambda row: one_line(row["name"]), 16),
    Column(">entities", lambda row: str(row["entities"])),
    Column("against", lambda row: one_line(row["against"]), 16),
    Column(">score", lambda row: f"{row['score']:.2f}"),
    Column("why", lambda row: _why(row), 30),
)


def list_joinings(joinings: Iterable[Joining]) -> Listing:
    """Each way in which reports tell an actor, with why it is the same one."""
    return Listing(_KEYS, _COLUMNS, _rows(joinings), "No actor.")


def _why(row: Fields) -> str:
    told = [f"{one['feature']} {one['value']:.2f} × {one['weight']:.2f}" for one in row["reasons"]]
    return "\n".join([*(["an analyst merged them"] if row["judged"] else []), *told])


def _rows(joinings: Iterable[Joining]) -> Iterator[Fields]:
    for one in joinings:
        told = one.told
        yield {
            "name": told.name,
            "country": told.country,
            "roles": [role.title for role in told.roles],
            "aliases": list(told.aliases),
            "entities": told.number,
            "first": told.first,
            "against": one.against.name,
            "score": one.score,
            "judged": one.judged,
            "reasons": [{"feature": r.feature, "value": r.value, "weight": r.weight} for r in one.reasons],
        }


__all__ = ["list_joinings"]
