"""Claims, and the ledger: demands and commitments."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from onrecord.model import Answer, Cell, Claim, Commitment, CommitmentState, Demand, Prospect, ProspectKind, Status
from onrecord.recording import Store
from onrecord.recording.paging import Wanted
from onrecord.showing.rest import making, models
from onrecord.showing.rest.caching import TaggedRoute
from onrecord.showing.rest.cursors import DEFAULT_LIMIT, Cursor, Limit, link_next, pack, unpack
from onrecord.showing.rest.days import Today, asked
from onrecord.showing.rest.problems import missing, responses
from onrecord.showing.rest.reports import OfActor, OfStory
from onrecord.showing.rest.settings import TheStore

router = APIRouter(route_class=TaggedRoute, tags=["claims"])


@router.get("/claims", summary="Claims, story by story")
def claims(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    status: Status | None = None,
    kind: Literal["statement", "event"] | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Claim]:
    """What reports assert, with who tells it and in what they differ."""
    wanted = Wanted(story=story, status=status, kind=kind)
    found = store.paging().claims(wanted, unpack(cursor, "claims", (str, int)), limit)
    after = pack(found.last, "claims")
    link_next(request, response, after)
    return models.Page(items=_with_words(store, store.paging().claims_of(found.ids)), next=after)


@router.get("/claims/{claim}", summary="One claim", responses=responses(404))
def claim(claim: str, store: TheStore) -> models.Claim:
    """One claim with all its tellings."""
    found = _with_words(store, store.paging().claims_of([claim]))
    if not found:
        raise missing(f"there is no claim {claim!r} in the store; /claims lists them")
    return found[0]


def _with_words(store: Store, found: tuple[Claim, ...]) -> list[models.Claim]:
    places = store.paging().places(member for one in found for member in one.members)
    told = [side.cell for one in found for differing in one.disagreements for side in differing.values]
    words = _words(store, [*(cell for cells in places.values() for cell in cells), *told])
    return [making.claim(one, places, words) for one in found]


def _words(store: Store, cells: Iterable[Cell]) -> making.Words:
    return store.browse().words([making.place(cell) for cell in cells])


@router.get("/demands", summary="Demands and their answers", tags=["ledger"])
def demands(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    party: OfActor = None,
    state: Annotated[Answer | Literal["unanswered"] | None, Query(description="How it was answered.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Demand]:
    """What somebody must answer."""
    wanted = Wanted(story=story, actor=party, state=state, kind="demand")
    found = store.paging().entries(wanted, unpack(cursor, "demands", (str, str)), limit)
    after = pack(found.last, "demands")
    link_next(request, response, after)
    entries = store.paging().demands_of(found.ids)
    names, words = _told(store, entries)
    return models.Page(items=[making.demand(one, names, words) for one in entries], next=after)


@router.get("/commitments", summary="Commitments, those due first first", tags=["ledger"])
def commitments(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    party: OfActor = None,
    state: Annotated[CommitmentState | None, Query(description="On `today`: `overdue` is reckoned from it.")] = None,
    today: Today = None,
    due_before: Annotated[date | None, Query(description="Due before this day.", examples=["2025-03-31"])] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Commitment]:
    """What somebody must keep."""
    day, now = due_before.isoformat() if due_before else None, asked(today)
    wanted = Wanted(story=story, actor=party, state=state, due_before=day, kind="commitment", today=now)
    found = store.paging().entries(wanted, unpack(cursor, "commitments", (str, str)), limit)
    after = pack(found.last, "commitments")
    link_next(request, response, after)
    entries = store.paging().commitments_of(found.ids)
    names, words = _told(store, entries)
    return models.Page(items=[making.commitment(one, names, words, now) for one in entries], next=after)


@router.get("/prospects", summary="Threats and offers", tags=["ledger"])
def prospects(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    party: OfActor = None,
    kind: ProspectKind | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Prospect]:
    """What somebody announces to do to or for somebody."""
    wanted = Wanted(story=story, actor=party, kind=kind or " ".join(ProspectKind))
    found = store.paging().entries(wanted, unpack(cursor, "prospects", (str, str)), limit)
    after = pack(found.last, "prospects")
    link_next(request, response, after)
    entries = store.paging().prospects_of(found.ids)
    names, words = _told(store, entries)
    return models.Page(items=[making.prospect(one, names, words) for one in entries], next=after)


def _told(store: Store, entries: Iterable[Demand | Commitment | Prospect]) -> tuple[dict[str, str], making.Words]:
    """The names of all parties, and all words."""
    parties: set[str] = set()
    cells: list[Cell] = []
    for one in entries:
        parties.update(one.by)
        cells.extend(one.words)
        if isinstance(one, Demand):
            parties.update(one.of, one.answered_by)
            cells.extend((*one.answer_words, *(reply.cell for reply in one.replies)))
            continue
        parties.update(one.to)
        cells.extend(one.condition)
        if isinstance(one, Commitment):
            cells.extend(turn.cell for turn in one.turns)
    return store.paging().names(parties), _words(store, cells)


__all__ = ["router"]
