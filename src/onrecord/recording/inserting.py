"""Rows into tables, many at once, on either database."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from onrecord.recording.schema import Rows, places


def insert_rows(connection: Connection, families: Iterable[Rows]) -> None:
    """Insert the rows of many families, a table at a time, owners before parts."""
    together: Rows = {}
    for rows in families:
        for table, some in rows.items():
            together.setdefault(table, []).extend(some)
    for table in sorted(together, key=lambda table: places()[table]):
        insert_all(connection, table, together[table])


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    # SQLite takes the values as they are; preparing each row costs SQLAlchemy more than SQLite needs to store it.
    columns = tuple(rows[0])
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
    connection.exec_driver_sql(sql, list(map(itemgetter(*columns), rows)))


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; those whose key is there stay as they are."""
    if rows:
        connection.execute(_insert(connection)(table).on_conflict_do_nothing(), list(rows))


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; those whose key is there are overwritten."""
    if not rows:
        return
    query = _insert(connection)(table)
    key = [column.name for column in table.primary_key.columns]
    rest = {name: query.excluded[name] for name in rows[0] if name not in key}
    connection.execute(query.on_conflict_do_update(index_elements=key, set_=rest), list(rows))


def _insert(connection: Connection) -> Any:
    return sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
