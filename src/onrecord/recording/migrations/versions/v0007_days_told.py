"""Signatures: the days that a report tells; fewer terms are indexed, and likenesses are chances now."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

#: Terms of a report that it is found by, from this version on.
_INDEXED_TERMS = 12


def upgrade() -> None:
    """Add the column, make the index anew, and let every report be compared and fused again."""
    op.add_column("signature", sa.Column("told", sa.Text(), nullable=True))
    connection = op.get_bind()
    op.execute("DELETE FROM likeness")
    op.execute(
        "INSERT INTO unfused (report) SELECT report FROM annotation WHERE state <> 'pending' "
        "AND report NOT IN (SELECT report FROM unfused)"
    )
    op.execute("DELETE FROM signature_term")
    found = connection.execute(
        sa.text("SELECT r.number, s.day, s.terms FROM signature s JOIN report r ON r.id = s.report ORDER BY r.number")
    )
    insert = sa.text("INSERT INTO signature_term (term, day, number) VALUES (:term, :day, :number)")
    while rows := found.fetchmany(500):
        terms = [row for number, day, blob in rows for row in _term_rows(number, day, blob)]
        if terms:
            connection.execute(insert, terms)


def _term_rows(number: int, day: str | None, blob: bytes) -> list[dict[str, str | int]]:
    # The reckoning of days is that of this version: a migration does not follow later code.
    from datetime import date

    try:
        at = date.fromisoformat(day).toordinal() if day else 0
    except ValueError:
        at = 0
    terms = dict.fromkeys(term for term, _ in json.loads(zlib.decompress(blob))[:_INDEXED_TERMS])
    return [{"term": term, "day": at, "number": number} for term in terms]
