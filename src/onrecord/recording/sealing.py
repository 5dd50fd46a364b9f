"""Seals: a hash over a row and all parts that hang on it, so that any later change of either shows.

A seal covers columns by name and leaves out what is null, so a migration that adds a nullable column keeps
every seal valid. It guards against damage, not against somebody who computes seals.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import blake2b, sha256
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from onrecord.recording.schema import UNSEALED, Rows

_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=bytes.hex).encode


def seal(rows: Rows) -> str:
    """The seal of a root's rows, in whatever order they come."""
    told = {
        table.name: [
            {name: value for name, value in row.items() if value is not None and name not in UNSEALED}
            for row in sorted(some, key=_key(table))
        ]
        for table, some in rows.items()
        if some
    }
    return blake2b(_ENCODE(told).encode(), digest_size=12).hexdigest()


@cache
def _key(table: Table) -> Callable[[Mapping[str, Any]], Any]:
    """What orders the rows of a table: its key, but for a number that the database gives."""
    names = [column.name for column in table.primary_key.columns if column.name not in UNSEALED]
    # where the key is only such a number, the first column tells rows apart
    return itemgetter(*(names or [next(column.name for column in table.columns if column.name not in UNSEALED)]))


def sealed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row that stands alone, with its seal."""
    return row | {"seal": seal({table: [row]})}


def hash_of(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, hexadecimal."""
    return sha256(text.encode()).hexdigest()
