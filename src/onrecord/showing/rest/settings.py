"""What the interface for programs is told by the desk that it is a part of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Request

from onrecord.model import Change
from onrecord.pipeline import Book
from onrecord.recording import Store

T = TypeVar("T")


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


class LastList(Generic[T]):
    """The list that was asked for last: its further pages need not be made anew.

    One that several changes come to can't be made a page at a time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: tuple[object, Sequence[T]] | None = None

    def get(self, key: object, make: Callable[[], Sequence[T]]) -> Sequence[T]:
        """The list of this key, kept or made.

        Args:
            key: unlike for unlike lists, and for every state of the store.
            make: makes it.
        """
        with self._lock:
            kept = self._kept
        if kept is None or kept[0] != key:
            kept = (key, make())
            with self._lock:
                self._kept = kept
        return kept[1]


@dataclass(frozen=True, slots=True)
class Access:
    """What every handler works with.

    Attributes:
        store_of: gives the open store.
        book_of: gives the same store to judge in; None where nothing is written.
        changes: the changes that were asked for last.
    """

    store_of: Callable[[], Store]
    settings: RestSettings
    book_of: Callable[[], Book] | None = None
    changes: LastList[Change] = field(default_factory=LastList, compare=False)


def _access(request: Request) -> Access:
    access: Access = request.app.state.access
    return access


def _store(request: Request) -> Store:
    return _access(request).store_of()


#: A handler's parameter of this type is the open store.
TheStore = Annotated[Store, Depends(_store)]
TheAccess = Annotated[Access, Depends(_access)]

__all__ = ["Access", "LastList", "RestSettings", "TheAccess", "TheStore"]
