"""The seal: one SHA-256 over all rows, by which a single changed character of an export is found."""

import hashlib
import json

from onrecord.showing.exports.rows import Fields


class Seal:
    """Hashes rows as they are written.

    Each row is hashed with its section's name as JSON with sorted keys and no blanks (the form of RFC 8785 but
    for numbers), so that pretty-printing a file does not break it and reordering keys does not either.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, section: str, fields: Fields) -> None:
        """Take one row in."""
        row = json.dumps([section, fields], sort_keys=True, separators=(",", ":"))
        self._hash.update(row.encode() + b"\n")

    def hexdigest(self) -> str:
        """64 hexadecimal digits."""
        return self._hash.hexdigest()


__all__ = ["Seal"]
