"""Families: a table and all that hangs on its rows, read, sealed and written together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Select, Table, bindparam, select

from onrecord.recording.schema.columns import metadata, owner_column

T = TypeVar("T")

#: Keys in one query; every database takes so many parameters.
KEYS = 400

#: The rows of one root and its parts, by table, owners before parts, parts in order.
Rows = dict[Table, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Family:
    """A root table and its parts, owners before parts.

    Attributes:
        key: the root's column that its parts name.
    """

    root: Table
    key: Column[Any]
    tables: tuple[Table, ...]

    def select(self, table: Table) -> Select[Any]:
        """The rows of one table under the roots with `keys`, a parameter, with the root's key as the last column."""
        return _select(self, table)

    def load(self, connection: Connection, keys: Iterable[str]) -> dict[str, Rows]:
        """The rows under each of these keys that exists, by key."""
        loaded: dict[str, Rows] = {}
        for some in batched(sorted(set(keys)), KEYS):
            for table in self.tables:
                found = connection.execute(self.select(table), {"keys": some})
                names = tuple(found.keys())[:-1]
                for row in found.all():
                    if table is self.root:
                        loaded[row[-1]] = {each: [] for each in self.tables}
                    # Parts whose root is gone are damage that `verify` tells of.
                    if row[-1] in loaded:
                        loaded[row[-1]][table].append(dict(zip(names, row, strict=False)))
        return loaded

    def each(self, connection: Connection, page: int = 100) -> Iterator[tuple[str, Rows]]:
        """All roots in the order of their keys, a page at a time."""
        after: str | None = None
        while True:
            query = select(self.key).order_by(self.key).limit(page)
            keys = connection.scalars(query if after is None else query.where(self.key > after)).all()
            if not keys:
                return
            loaded = self.load(connection, keys)
            yield from ((key, loaded[key]) for key in keys)
            after = keys[-1]


@cache
def _select(kin: Family, table: Table) -> Select[Any]:
    # Made once: making a query costs SQLAlchemy more than SQLite takes to answer it.
    chain = [_owner(table)] if table is not kin.root else []
    while chain and (above := _above(chain[-1])) is not kin.key:
        chain.append(_owner(above.table))
    query = select(table)
    for column in chain[:-1]:
        query = query.join(_above(column).table, _above(column) == column)
    last = chain[-1] if chain else kin.key
    wanted = last.in_(bindparam("keys", expanding=True))
    return query.add_columns(last.label("root_key")).where(wanted).order_by(*_order(table))


def family(root: Table, key: str = "id") -> Family:
    """The family of a root table."""
    tables = [root]
    for table in places():
        column = owner_column(table)
        if column is not None and _above(column).table in tables:
            tables.append(table)
    return Family(root, root.c[key], tuple(tables))


@cache
def places() -> dict[Table, int]:
    """Each table's place when those that others refer to come first."""
    return {table: place for place, table in enumerate(metadata.sorted_tables)}


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items in tuples of at most `size`."""
    rest = iter(items)
    while some := tuple(islice(rest, size)):
        yield some


def _owner(table: Table) -> Column[Any]:
    column = owner_column(table)
    if column is None:
        raise LookupError(f"{table.name} belongs to nothing")
    return column


def _above(column: Column[Any]) -> Column[Any]:
    return next(iter(column.foreign_keys)).column


def _order(table: Table) -> tuple[Column[Any], ...]:
    """Owners' parts by their number; entities and the like stand in their report's order."""
    owner = owner_column(table)
    if "n" not in table.c or owner is None:
        return tuple(table.primary_key.columns)
    return (
        owner,
        *(column for column in table.primary_key.columns if column.name in ("role", "disagreement")),
        table.c.n,
    )
