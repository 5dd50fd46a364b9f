"""Seals: a hash over a row and all parts that hang on it, so that any later change of either shows.

A seal covers columns by name and leaves out what is null, so a migration that adds a nullable column keeps
every seal valid. It guards against damage, not against somebody who computes seals.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b, sha256
from typing import Any

from sqlalchemy import Table

from onrecord.recording.schema import UNSEALED, Rows


def seal(rows: Rows) -> str:
    """The seal of a root's rows, in whatever order they come."""
    lines = sorted(f"{table.name} {_line(row)}" for table, some in rows.items() for row in some)
    return blake2b("\n".join(lines).encode(), digest_size=12).hexdigest()


def sealed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row that stands alone, with its seal."""
    return row | {"seal": seal({table: [row]})}


def hash_of(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _line(row: Mapping[str, Any]) -> str:
    told = {name: value for name, value in row.items() if value is not None and name not in UNSEALED}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, default=bytes.hex)
