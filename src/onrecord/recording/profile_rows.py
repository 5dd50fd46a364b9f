"""Profiles of entities <-> rows."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from onrecord.model import ActorKind, Role
from onrecord.model.marks import Profile
from onrecord.recording.schema import profiles
from onrecord.recording.sealing import sealed

#: What stands for a letter where the word is the id of an actor.
ACTOR = "actor"


def profile_row(one: Profile) -> dict[str, Any]:
    """A profile as a row."""
    roles = [[role.title, role.country] for role in one.roles]
    told = json.dumps([one.name, one.kind.value, one.country, roles, one.keyed, one.named], ensure_ascii=False)
    row: dict[str, Any] = {
        "block": one.block,
        "alike": blake2b(told.encode(), digest_size=12).hexdigest(),
        "told": told,
        "first": one.first,
        "number": one.number,
        "aliases": json.dumps(one.aliases, ensure_ascii=False),
        "actor": one.actor,
        "words": None if one.words is None else " ".join(one.words),
    }
    return sealed(profiles.profile, row)


def word_rows(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """What the profile of a row is found by, if by words: those, none of which has a space, and its actor."""
    if row["words"] is None:
        return []
    found = [*((word[:1], word) for word in row["words"].split() or ("",)), (ACTOR, row["actor"])]
    return [{"block": row["block"], "initial": initial, "word": word, "alike": row["alike"]} for initial, word in found]


def profile_of(row: Any) -> Profile:
    """A row as a profile."""
    name, kind, country, roles, keyed, named = json.loads(row.told)
    return Profile(
        block=row.block,
        name=name,
        kind=ActorKind(kind),
        country=country,
        roles=tuple(Role(*role) for role in roles),
        keyed=keyed,
        named=named,
        first=row.first,
        number=row.number,
        aliases=tuple(json.loads(row.aliases)),
        actor=row.actor,
        words=None if row.words is None else tuple(row.words.split()),
    )
