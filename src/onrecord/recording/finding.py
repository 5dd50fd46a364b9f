"""The profiles of a block of many, found by the words of their names and by their actors."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, delete, select, text

from onrecord.model.marks import Profile
from onrecord.recording.inserting import insert_missing
from onrecord.recording.profile_rows import ACTOR, profile_of, word_rows
from onrecord.recording.schema import KEYS, batched, profiles

#: From so many profiles on a block's are found by words. Fewer are read as quickly, and need no rows more.
MANY = 8

_WANTED = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS block, json_extract(value, '$[1]') AS initial, "
    "json_extract(value, '$[2]') AS word FROM json_each(:wanted)",
    "postgresql": "SELECT value ->> 0 AS block, value ->> 1 AS initial, value ->> 2 AS word "
    "FROM json_array_elements(CAST(:wanted AS json))",
}
_WORDS = (
    "SELECT DISTINCT p.block, p.initial, p.word FROM wanted CROSS JOIN profile_word p "
    "WHERE p.block = wanted.block AND p.initial = wanted.initial"
)
_TOLD = (
    "SELECT p.* FROM wanted CROSS JOIN profile_word w CROSS JOIN profile p WHERE w.block = wanted.block "
    "AND w.initial = wanted.initial AND w.word = wanted.word AND p.block = w.block AND p.alike = w.alike"
)


@cache
def _query(dialect: str, told: str) -> TextClause:
    return text(f"WITH wanted AS ({_WANTED[dialect]}) {told}")


class Found:
    """Profiles of blocks that are found by words; `actors` are those that were given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.actors: set[str] = set()

    def words(self, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        """The words of the profiles of a block that begin with a letter, by block and letter."""
        found: dict[tuple[str, str], list[str]] = {}
        for block, initial, word in self._rows(_WORDS, [(*place, "") for place in places]):
            found.setdefault((block, initial), []).append(word)
        return found

    def told(self, words: Iterable[tuple[str, str]]) -> list[Profile]:
        """The profiles of a block that have a word; those that have none have the word ""."""
        return self._profiles([(block, word[:1], word) for block, word in words])

    def members(self, actors: Iterable[tuple[str, str]]) -> list[Profile]:
        """The profiles of a block that are an actor."""
        return self._profiles([(block, ACTOR, actor) for block, actor in actors])

    def _profiles(self, wanted: Sequence[tuple[str, str, str]]) -> list[Profile]:
        rows = {(row.block, row.alike): row for row in self._rows(_TOLD, wanted)}
        found = [profile_of(rows[key]) for key in sorted(rows)]
        self.actors.update(one.actor for one in found if one.actor is not None)
        return found

    def _rows(self, told: str, wanted: Sequence[tuple[str, str, str]]) -> Sequence[Any]:
        query = _query(self._connection.dialect.name, told)
        return self._connection.execute(query, {"wanted": json.dumps(wanted)}).all() if wanted else ()


def found_by_words(connection: Connection, blocks: Iterable[str]) -> frozenset[str]:
    """Those of these blocks whose profiles are found by words."""
    table = profiles.profile_word
    return frozenset(
        block
        for some in batched(sorted(set(blocks)), KEYS)
        for block in connection.scalars(
            select(table.c.block).where(
                table.c.block.in_(some), table.c.initial == "", table.c.word == "", table.c.alike == ""
            )
        )
    )


def add_words(connection: Connection, told: Iterable[Mapping[str, Any]]) -> None:
    """Let profiles be found by their words, given their rows: all rows of a block of which none is found so yet."""
    worded = [row for row in told if row["words"] is not None]
    marks = [
        {"block": block, "initial": "", "word": "", "alike": ""} for block in {row["block"]: None for row in worded}
    ]
    insert_missing(connection, profiles.profile_word, [*marks, *(found for row in worded for found in word_rows(row))])


def drop_profiles(connection: Connection, blocks: Iterable[str]) -> None:
    """Drop the profiles of these blocks and what they are found by: the blocks will be joined as a whole."""
    for some in batched(sorted(set(blocks)), KEYS):
        for table in (profiles.profile, profiles.profile_word):
            connection.execute(delete(table).where(table.c.block.in_(some)))


__all__ = ["MANY", "Found", "add_words", "drop_profiles", "found_by_words"]
