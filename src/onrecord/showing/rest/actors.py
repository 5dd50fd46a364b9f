"""Actors, and search."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from onrecord.errors import UsageError
from onrecord.model import ActorKind
from onrecord.recording import HitKind
from onrecord.recording.paging import Key
from onrecord.showing.rest import making, models
from onrecord.showing.rest.caching import TaggedRoute
from onrecord.showing.rest.cursors import DEFAULT_LIMIT, Cursor, Limit, link_next, pack, unpack
from onrecord.showing.rest.problems import missing, responses
from onrecord.showing.rest.settings import TheStore

#: A search goes through so many hits: who wants more asks more closely.
MOST_HITS = 10_000

router = APIRouter(route_class=TaggedRoute, tags=["actors"])


@router.get("/actors", summary="Actors by id")
def actors(
    request: Request,
    response: Response,
    store: TheStore,
    q: Annotated[str, Query(max_length=300, description="Words that stand in one of the names.")] = "",
    kind: ActorKind | None = None,
    country: Annotated[str | None, Query(pattern="^[A-Z]{3}$", examples=["FIN"])] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Actor]:
    """Persons, states, organisations and groups."""
    found = store.paging().actors(q, kind, country, unpack(cursor, "actors", (str,)), limit)
    cards = store.paging().actor_cards(found.ids)
    after = pack(found.last, "actors")
    link_next(request, response, after)
    return models.Page(items=[making.actor(one) for one in cards], next=after)


@router.get("/actors/{actor}", summary="One actor", responses=responses(404))
def actor(actor: str, store: TheStore) -> models.Actor:
    """One actor; what it said, did and owes are lists with `?speaker=`, `?actor=` and `?party=`."""
    try:
        return making.actor(store.browse().actor(actor))
    except UsageError as error:
        raise missing(f"there is no actor {actor!r} in the store; /actors lists them") from error


@router.get("/search", summary="Reports and statements with all words", tags=["search"])
def search(
    request: Request,
    response: Response,
    store: TheStore,
    q: Annotated[str, Query(max_length=500, description='Words, "phrases", beginnings*.', examples=["letter"])],
    kind: Annotated[HitKind | None, Query(description="Only of this kind.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> models.Page[models.Hit]:
    """The best hits first; nothing in `q` is an error.

    A page goes on after so many hits: a report that is read meanwhile may move others from one page to another.
    """
    kinds: tuple[HitKind, ...] = ("report", "statement") if kind is None else (kind,)
    skip = _skipped(unpack(cursor, "search", (int,)))
    found = store.search(q, limit=limit + 1, kinds=kinds, skip=skip)
    after = pack((skip + limit,), "search") if len(found) > limit and skip + limit < MOST_HITS else None
    link_next(request, response, after)
    found = found[:limit]
    headings = store.browse().headings([one.report for one in found])
    words = store.browse().words([(one.report, one.snippet.start, one.snippet.end) for one in found])
    items = [
        models.Hit(
            kind=one.kind,
            id=one.id,
            report=making.heading(headings[one.report]),
            snippet=models.Cell(
                report=one.report,
                span=making.offsets(one.snippet),
                words=words.get((one.report, one.snippet.start, one.snippet.end), ""),
            ),
            matches=[making.offsets(span) for span in one.matches],
            score=one.score,
        )
        for one in found
        if one.report in headings
    ]
    return models.Page(items=items, next=after)


def _skipped(key: Key | None) -> int:
    return max(0, min(int(key[0]), MOST_HITS)) if key is not None else 0


__all__ = ["router"]
