"""The building blocks of the tables: metadata, ownership and the columns of a span."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Text

#: Names of constraints are fixed, so that migrations can name them on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Columns that a seal does not cover: itself, and numbers that the database gives.
UNSEALED = frozenset({"seal", "number"})


def owner(table: str, key: str = "id", **options: Any) -> Column[str]:
    """The column of a part that names the row it belongs to and goes with when that is deleted.

    It is called like the owning table, or like the owner's key where that has a name of its own.
    """
    name = table if key == "id" else key
    return reference(name, f"{table}.{key}", info={"owner": True}, **options)


def reference(name: str, to: str, *, nullable: bool = False, **options: Any) -> Column[str]:
    """A column that refers to a row of another table and goes with it."""
    return Column(name, Text, ForeignKey(to, ondelete="CASCADE"), nullable=nullable, **options)


def part(name: str, of: str, *columns: Column[Any], within: Column[Any] | None = None, of_key: str = "id") -> Table:
    """A table of the numbered parts of one thing; rows of one owner lie side by side on disk.

    Args:
        name: of the table.
        of: the table that owns the parts.
        columns: besides owner and number.
        within: what tells several rows of parts of one owner apart, e.g. their role.
        of_key: the owner's column that is referred to (see `owner`).
    """
    key = [owner(of, of_key, primary_key=True), *([within] if within is not None else [])]
    number = Column("n", Integer, primary_key=True, nullable=False, autoincrement=False)
    return Table(name, metadata, *key, number, *columns, sqlite_with_rowid=False)


def role() -> Column[str]:
    """What a part is to its owner, as a part of its key."""
    return Column("role", Text, primary_key=True, nullable=False)


def span(prefix: str = "", *, nullable: bool = False) -> Iterator[Column[int]]:
    """The two columns of a half-open range of code points. `end` is a reserved word in SQL, hence `stop`."""
    for name in ("start", "stop"):
        yield Column(f"{prefix}{name}", Integer, nullable=nullable)


def owner_column(table: Table) -> Column[Any] | None:
    """The column of a part that names its owner; None for what belongs to nothing."""
    return next((column for column in table.columns if column.info.get("owner")), None)


def text(name: str, *, nullable: bool = False, **options: Any) -> Column[str]:
    """A column of text that is told unless it says otherwise."""
    return Column(name, Text, nullable=nullable, **options)
