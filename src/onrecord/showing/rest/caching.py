"""Conditional requests (RFC 9110, section 13): an answer that a program has already is not sent again."""

from collections.abc import Callable, Coroutine
from hashlib import blake2b
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


class TaggedRoute(APIRoute):
    """A route whose answers carry an ETag: a hash of what is sent, so it is right whatever has changed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with tags."""
        handle = super().get_route_handler()

        async def tagged(request: Request) -> Response:
            response = await handle(request)
            body = getattr(response, "body", None)
            if request.method != "GET" or response.status_code != 200 or not isinstance(body, bytes):
                return response
            tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "private, no-cache"
            if is_known(request.headers.get("If-None-Match"), tag):
                kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Link") if
                        name in response.headers}  # fmt: skip
                return Response(status_code=304, headers=kept)
            return response

        return tagged


def is_known(told: str | None, tag: str) -> bool:
    """Whether a tag is among those of `If-None-Match`; weak ones are compared like strong ones.

    >>> is_known('"a", W/"b"', '"b"'), is_known("*", '"b"'), is_known(None, '"b"')
    (True, True, False)
    """
    if told is None:
        return False
    return told.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in told.split(","))


__all__ = ["TaggedRoute", "is_known"]
