"""Cursors: what a page goes on after, packed so that nobody takes it apart."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from fastapi import Query, Request, Response

from onrecord.recording.paging import Key
from onrecord.showing.rest.problems import Refused

#: Rows of a page: as many as are wanted where nothing is said, and at the most.
DEFAULT_LIMIT, MAX_LIMIT = 50, 200

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items a page holds at the most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=2_000, description="`next` of the page before. It stays valid while the store grows."),
]


def pack(key: Key | None, of: str) -> str | None:
    """The cursor of a key in the list `of`.

    >>> unpack(pack(("2025-03-14", "s1"), "stories"), "stories", (str, str))
    ('2025-03-14', 's1')
    """
    if key is None:
        return None
    return urlsafe_b64encode(json.dumps([of, *key]).encode()).decode().rstrip("=")


def unpack(cursor: str | None, of: str, kinds: tuple[type, ...]) -> Key | None:
    """The key in a cursor.

    Args:
        cursor: as `pack` gave it.
        of: the list that it must be of.
        kinds: the types of the key's values.

    Raises:
        Refused: it is not a cursor of this list.
    """
    if cursor is None:
        return None
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        found = None
    if isinstance(found, list) and found[:1] == [of] and _fits(found[1:], kinds):
        return tuple(found[1:])
    raise Refused("cursor", f"{cursor[:80]!r} is no cursor of {of}; give the `next` of the page before, or none")


def _fits(values: list[object], kinds: tuple[type, ...]) -> bool:
    """Whether a database takes the values: its numbers have 64 bits, its texts hold no lone surrogates and no NUL."""
    if [type(one) for one in values] != list(kinds):
        return False
    if any(abs(one) >= 2**63 for one in values if isinstance(one, int)):
        return False
    texts = "".join(one for one in values if isinstance(one, str))
    return "\0" not in texts and not any("\ud800" <= char <= "\udfff" for char in texts)


def link_next(request: Request, response: Response, cursor: str | None) -> None:
    """Tell the next page in the header `Link` too (RFC 8288)."""
    if cursor is not None:
        response.headers["Link"] = f'<{request.url.include_query_params(cursor=cursor)}>; rel="next"'


__all__ = ["DEFAULT_LIMIT", "MAX_LIMIT", "Cursor", "Limit", "link_next", "pack", "unpack"]
