"""Rows put aside on disk in order, so that a section can be written when all stories have been seen."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from tempfile import TemporaryDirectory

from onrecord.showing.exports.rows import Fields, Row

_ENCODER = json.JSONEncoder(separators=(",", ":"))


class Spool:
    """A sorted heap of rows in a temporary SQLite file; the same row twice is kept once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE row (section TEXT, place TEXT, fields TEXT, reading TEXT, PRIMARY KEY (section, place)) "
            "WITHOUT ROWID"
        )
        connection.execute("BEGIN")

    def add(self, rows: Iterable[Row]) -> None:
        """Put rows aside; an actor that stands in several stories gets the roles and aliases of all of them."""
        for row in rows:
            fields = self._with_known(row) if row.section == "actors" else row.fields
            self._connection.execute(
                "INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?)",
                (row.section, row.order, _packed(fields), _packed(row.reading)),
            )

    def _with_known(self, row: Row) -> Fields:
        found = self._connection.execute(
            "SELECT fields FROM row WHERE section = ? AND place = ?", (row.section, row.order)
        ).fetchone()
        if found is None:
            return row.fields
        known = json.loads(found[0])
        roles = {(role["title"], role["country"] or ""): role for role in [*known["roles"], *row.fields["roles"]]}
        aliases = sorted({*known["aliases"], *row.fields["aliases"]})
        return {**row.fields, "roles": [roles[key] for key in sorted(roles)], "aliases": aliases}

    def rows(self, section: str) -> Iterator[tuple[Fields, dict[str, str]]]:
        """The rows of a section in order, each with its reading."""
        found = self._connection.execute("SELECT fields, reading FROM row WHERE section = ? ORDER BY place", (section,))
        for fields, reading in found:
            yield json.loads(fields), json.loads(reading)


def _packed(fields: object) -> str:
    # Escaped to ASCII: SQLite takes no lone surrogates, JSON carries them through.
    return _ENCODER.encode(fields)


@contextmanager
def spooled() -> Iterator[Spool]:
    """An empty spool that is gone afterwards; it lies where `TMPDIR` says."""
    with (
        TemporaryDirectory(prefix="onrecord-export-") as folder,
        closing(sqlite3.connect(f"{folder}/spool.db", isolation_level=None)) as connection,
    ):
        yield Spool(connection)


__all__ = ["Spool", "spooled"]
