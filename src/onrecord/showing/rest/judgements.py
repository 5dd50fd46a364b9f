"""What analysts decided, and how the record changed; with `--edit` also deciding and taking back."""

import hmac
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request, Response
from pydantic import Field

from onrecord import model
from onrecord.errors import UsageError
from onrecord.model import Cause, Judged, Verdict
from onrecord.pipeline import Book
from onrecord.recording.judgements import place
from onrecord.showing.rest.caching import TaggedRoute
from onrecord.showing.rest.cursors import DEFAULT_LIMIT, Cursor, Limit, link_next, pack, unpack
from onrecord.showing.rest.problems import Refused, missing, responses
from onrecord.showing.rest.settings import Access, TheAccess, TheStore
from onrecord.showing.rest.shapes import Page, Shape, StoryId

router = APIRouter(route_class=TaggedRoute, tags=["judgements"])

#: What a write must carry: a page of another site can send neither without being asked for it first.
TOKEN_HEADER = "X-Onrecord-Token"

Moment = Annotated[
    datetime, Query(description="A moment; without a zone it is UTC.", examples=["2025-03-14T00:00:00Z"])
]


class Session(Shape):
    """Whether this desk takes judgements, and what a write must carry."""

    edit: bool
    token: str | None = Field(description=f"For the header `{TOKEN_HEADER}`; null where nothing can be written.")


class Decision(Shape):
    """A judgement that is to be made."""

    verdict: Verdict
    kind: Judged
    targets: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        min_length=1, max_length=200, examples=[["r3e3dbf8a1c5f4d20.s4"]]
    )
    field: str | None = Field(default=None, max_length=60, examples=["speakers"], description="What is corrected.")
    value: str | None = Field(default=None, max_length=2_000, examples=["person:marenko-ilse"])
    note: str | None = Field(default=None, max_length=10_000, examples=["heard it myself"])
    author: str | None = Field(default=None, max_length=200, examples=["k.lund"])


class Judgement(Shape):
    """An analyst's decision: it stands beside what the machine says, and holds until it is undone."""

    id: str = Field(examples=["j0a1b2c3d4e5"])
    verdict: Verdict
    kind: Judged
    targets: list[str]
    made: datetime
    field: str | None
    value: str | None
    machine: str | None = Field(description="What the machine said when it was judged.")
    note: str | None
    author: str | None
    undone: datetime | None
    lost: bool = Field(description="Whether nothing that it is about is in the record any more.")


class Change(Shape):
    """One thing of the record that came, went or became another."""

    at: datetime
    cause: Cause
    kind: str = Field(examples=["claim"])
    id: str = Field(examples=["c91d2a7f0b6e3"])
    story: StoryId | None
    because: str | None = Field(description="The report or judgement behind it.")
    before: dict[str, Any] | None = Field(description="Null where it is new.", examples=[{"status": "single"}])
    after: dict[str, Any] | None = Field(description="Null where it is gone.", examples=[{"status": "corroborated"}])


@router.get("/session", summary="Whether judgements can be made")
def session(access: TheAccess) -> Session:
    """Browsers let no page of another site read this answer."""
    return Session(edit=_can_write(access), token=access.settings.token if _can_write(access) else None)


@router.get("/judgements", summary="Judgements, oldest first")
def judgements(
    request: Request,
    response: Response,
    store: TheStore,
    of: Annotated[str | None, Query(max_length=200, description="About this thing: its id.")] = None,
    undone: Annotated[bool, Query(description="Also those that were taken back.")] = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Judgement]:
    """What analysts decided."""
    key = unpack(cursor, "judgements", (str, str))
    seen = None if key is None else (str(key[0]), str(key[1]))
    about = None if of is None else [of]
    found = store.judging().judgements(about, undone=undone, after=seen, limit=limit + 1)
    after = pack(place(found[limit - 1]), "judgements") if len(found) > limit else None
    link_next(request, response, after)
    return Page(items=[_shown(one) for one in found[:limit]], next=after)


def _shown(one: model.Judgement) -> Judgement:
    return Judgement(
        id=one.id,
        verdict=one.verdict,
        kind=one.kind,
        targets=list(one.targets),
        made=one.made,
        field=one.field,
        value=one.value,
        machine=one.machine,
        note=one.note,
        author=one.author,
        undone=one.undone,
        lost=one.lost,
    )


@router.get("/changes", summary="What changed, oldest first")
def changes(
    request: Request,
    response: Response,
    store: TheStore,
    access: TheAccess,
    since: Moment,
    until: Moment | None = None,
    story: Annotated[str | None, Query(max_length=200, description="Only of this story: its id.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Change]:
    """What came, went or became another in between, and why; several changes of one thing are told as one."""
    key = unpack(cursor, "changes", (str, str, str))
    start, stop, history = _aware(since), None if until is None else _aware(until), store.judging()
    try:
        ordered = access.changes.get(
            (start, stop, story, history.newest()),
            lambda: sorted(history.changes(start, stop, story), key=_change_place),
        )
    except UsageError as error:
        raise Refused("since", str(error)) from error
    rest = [one for one in ordered if key is None or _change_place(one) > key]
    after = pack(_change_place(rest[limit - 1]), "changes") if len(rest) > limit else None
    link_next(request, response, after)
    return Page(items=[_changed(one) for one in rest[:limit]], next=after)


def _aware(told: datetime) -> datetime:
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told


def _change_place(one: model.Change) -> tuple[str, str, str]:
    return (one.at.astimezone(UTC).isoformat(timespec="microseconds"), one.kind, one.id)


def _changed(one: model.Change) -> Change:
    return Change(
        at=one.at,
        cause=one.cause,
        kind=one.kind,
        id=one.id,
        story=one.story,
        because=one.because,
        before=None if one.before is None else dict(one.before),
        after=None if one.after is None else dict(one.after),
    )


def _can_write(access: Access) -> bool:
    return access.settings.edit and access.settings.token is not None and access.book_of is not None


def _writable(
    request: Request, access: TheAccess, token: Annotated[str | None, Header(alias=TOKEN_HEADER)] = None
) -> Book:
    """The store to write to.

    Raises:
        HTTPException: 403 without `--edit` or the token, 415 for a body that is not JSON.
    """
    if not _can_write(access) or access.book_of is None:
        raise HTTPException(403, "this desk is read-only; start it with `onrecord serve --edit` to make judgements")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415, "send the header Content-Type: application/json")
    if token is None or not hmac.compare_digest(token.encode(), (access.settings.token or "").encode()):
        raise HTTPException(403, f"send the header {TOKEN_HEADER} with the token that /api/v1/session gives")
    return access.book_of()


Writable = Annotated[Book, Depends(_writable)]


@router.post("/judgements", status_code=201, summary="Make a judgement", responses=responses(403, 415))
def judge(decision: Decision, book: Writable) -> Judgement:
    """It is put into effect at once; only the stories that it is about are touched."""
    try:
        made = book.judge(
            decision.verdict,
            decision.targets,
            kind=decision.kind,
            field=decision.field,
            value=decision.value,
            note=decision.note,
            author=decision.author,
        )
    except UsageError as error:
        raise HTTPException(422, str(error)) from error
    return _shown(made)


@router.post("/judgements/{judgement}/undo", summary="Take a judgement back", responses=responses(403, 404, 415))
def undo(judgement: str, book: Writable) -> Judgement:
    """The record is as if it had never been made."""
    try:
        return _shown(book.undo(judgement))
    except UsageError as error:
        raise missing(str(error)) from error


__all__ = ["TOKEN_HEADER", "router"]
