"""Trails <-> rows, and what lies on the same trail in other stories."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select

from onrecord.model import Trail
from onrecord.recording.dialect import reading
from onrecord.recording.schema import KEYS, Rows, batched, fused

Row = dict[str, Any]

#: Found items of one look-up at the most, those that share most keys first.
NEAR_LIMIT = 64


@dataclass(frozen=True, slots=True, order=True)
class Near:
    """An item on the same trail: an entry of the ledger or an event, the story it is in and how many keys it shares."""

    story: str
    item: str
    entry: bool
    report: str
    shared: int


def trail_rows(trails: Sequence[Trail], story: str) -> Rows:
    """The trails of a story, a row for each key."""
    rows = [
        {"story": story, "item": one.item, "entry": one.entry, "report": one.report, "day": one.day, "key": key}
        for one in trails
        for key in one.keys
    ]
    return {fused.trail: [{**row, "n": n} for n, row in enumerate(rows)]}


def trails_of(rows: Rows) -> tuple[Trail, ...]:
    """The trails of a story."""
    keys: dict[tuple[str, bool, str, str | None], list[str]] = {}
    for row in rows[fused.trail]:
        keys.setdefault((row["item"], bool(row["entry"]), row["report"], row["day"]), []).append(row["key"])
    return tuple(Trail(*of, tuple(told)) for of, told in keys.items())


def _near(
    connection: Connection, keys: Iterable[str], *, first: str | None, last: str | None, besides: Sequence[str] = ()
) -> tuple[Near, ...]:
    """The items of other stories that share at least two of these keys, those that share most first.

    Args:
        connection: to the store.
        keys: of an entry, or of several.
        first: day (YYYY-MM-DD) from which the item is told; one without a day is always in.
        last: day until which it is told.
        besides: stories that are left out.
    """
    table = fused.trail
    counted: dict[tuple[str, str, bool, str], int] = {}
    when = []
    if first is not None:
        when.append(or_(table.c.day >= first, table.c.day.is_(None)))
    if last is not None:
        when.append(or_(table.c.day <= last, table.c.day.is_(None)))
    for some in batched(sorted(set(keys)), KEYS):
        query = (
            select(table.c.story, table.c.item, table.c.entry, table.c.report, func.count())
            .where(table.c.key.in_(some), *when)
            .group_by(table.c.story, table.c.item, table.c.entry, table.c.report)
        )
        for story, item, entry, report, count in connection.execute(query):
            counted[story, item, bool(entry), report] = counted.get((story, item, bool(entry), report), 0) + count
    out = set(besides)
    found = [Near(*of, count) for of, count in counted.items() if of[0] not in out and count > 1]
    return tuple(sorted(found, key=lambda one: (-one.shared, one))[:NEAR_LIMIT])


def _trails(connection: Connection, items: Iterable[str]) -> tuple[Trail, ...]:
    """The trails of these items, by item."""
    table = fused.trail
    rows: list[Row] = []
    for some in batched(sorted(set(items)), KEYS):
        query = select(table).where(table.c.item.in_(some)).order_by(table.c.item, table.c.key)
        rows += [dict(row._mapping) for row in connection.execute(query)]
    return trails_of({table: rows})


def _stories(connection: Connection, items: Iterable[str]) -> tuple[str, ...]:
    """The stories that these items are in, sorted."""
    table = fused.trail
    found: set[str] = set()
    for some in batched(sorted(set(items)), KEYS):
        found.update(connection.scalars(select(table.c.story).where(table.c.item.in_(some)).distinct()))
    return tuple(sorted(found))


class Trails:
    """Look-ups of the ledger over many stories. Get one with `Store.trails`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def near(
        self, keys: Iterable[str], *, first: str | None, last: str | None, besides: Sequence[str] = ()
    ) -> tuple[Near, ...]:
        """The items of other stories that share at least two of these keys, those that share most first.

        Args:
            keys: of an entry, or of several.
            first: day (YYYY-MM-DD) from which the item is told; one without a day is always in.
            last: day until which it is told.
            besides: stories that are left out.
        """
        with reading(self._engine) as connection:
            return _near(connection, keys, first=first, last=last, besides=besides)

    def of(self, items: Iterable[str]) -> tuple[Trail, ...]:
        """The trails of entries or events, by item."""
        with reading(self._engine) as connection:
            return _trails(connection, items)

    def stories(self, items: Iterable[str]) -> tuple[str, ...]:
        """The stories that these items are in, sorted."""
        with reading(self._engine) as connection:
            return _stories(connection, items)

    def entries(self, beginning: str) -> tuple[str, ...]:
        """The entries of the ledger whose id is this, or else begins so; sorted."""
        ids = fused.ledger.c.id
        with reading(self._engine) as connection:
            begun = connection.scalars(select(ids).where(ids.startswith(beginning, autoescape=True)).limit(9)).all()
        return (beginning,) if beginning in begun else tuple(sorted(begun))
