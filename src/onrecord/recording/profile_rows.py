"""Profiles of entities <-> rows."""

import json
from hashlib import blake2b
from typing import Any

from onrecord.model import ActorKind, Role
from onrecord.model.marks import Profile
from onrecord.recording.schema import profiles
from onrecord.recording.sealing import sealed


def profile_row(one: Profile) -> dict[str, Any]:
    """A profile as a row."""
    roles = [[role.title, role.country] for role in one.roles]
    told = json.dumps([one.name, one.kind.value, one.country, roles, one.keyed, one.named], ensure_ascii=False)
    row = {
        "block": one.block,
        "alike": blake2b(told.encode(), digest_size=12).hexdigest(),
        "told": told,
        "first": one.first,
        "number": one.number,
        "aliases": json.dumps(one.aliases, ensure_ascii=False),
        "actor": one.actor,
    }
    return sealed(profiles.profile, row)


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
    )
