"""What the interface for programs is told by the desk that it is a part of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from onrecord.pipeline import Book
from onrecord.recording import Store


@dataclass(frozen=True, slots=True)
class RestSettings:
    """How the interface behaves.

    Attributes:
        edit: whether judgements can be made and undone.
        token: what a write must carry in `X-Onrecord-Token`; without one nothing is written.
        base_url: address of the desk as its users see it, without a slash at the end; None takes it from the request.
    """

    edit: bool = False
    token: str | None = None
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """What every handler works with.

    Attributes:
        store_of: gives the open store.
        book_of: gives the same store to judge in; None where nothing is written.
    """

    store_of: Callable[[], Store]
    settings: RestSettings
    book_of: Callable[[], Book] | None = None


def _access(request: Request) -> Access:
    access: Access = request.app.state.access
    return access


def _store(request: Request) -> Store:
    return _access(request).store_of()


#: A handler's parameter of this type is the open store.
TheStore = Annotated[Store, Depends(_store)]
TheAccess = Annotated[Access, Depends(_access)]

__all__ = ["Access", "RestSettings", "TheAccess", "TheStore"]
