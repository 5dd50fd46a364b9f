"""Stories."""

from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from onrecord.errors import UsageError
from onrecord.model import EventType, Fusion
from onrecord.recording import Store
from onrecord.recording.browsing_nouns import StoryFilter
from onrecord.showing.rest import making, models
from onrecord.showing.rest.caching import TaggedRoute
from onrecord.showing.rest.cursors import DEFAULT_LIMIT, Cursor, Limit, link_next, pack, unpack
from onrecord.showing.rest.days import Today, asked
from onrecord.showing.rest.problems import missing, responses
from onrecord.showing.rest.settings import TheStore

router = APIRouter(route_class=TaggedRoute, tags=["stories"])

Since = Annotated[
    date | None, Query(description="Stories with a report on or after this day.", examples=["2025-03-01"])
]
Until = Annotated[date | None, Query(description="Stories that began on or before this day.", examples=["2025-03-31"])]
Q = Annotated[str | None, Query(max_length=500, description="Words that all stand in one report.", examples=["letter"])]


@router.get("/stories", summary="Stories, newest first")
def stories(
    request: Request,
    response: Response,
    store: TheStore,
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, Query(max_length=300, examples=["Meridian Courier"])] = None,
    actor: Annotated[str | None, Query(max_length=300, description="An id, or a part of a name.")] = None,
    country: Annotated[str | None, Query(pattern="^[A-Z]{3}$", examples=["FIN"])] = None,
    type: Annotated[EventType | None, Query(description="Stories with an event of this type.")] = None,
    q: Q = None,
    today: Today = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.StoryCard]:
    """A page of stories."""
    wanted = StoryFilter(
        since.isoformat() if since else None, until.isoformat() if until else None, outlet, actor, country, type, q
    )
    found = store.paging().stories(wanted, unpack(cursor, "stories", (str, str)), limit)
    cards = {one.story.id: one for one in store.paging().story_cards(found.ids, asked(today))}
    after = pack(found.last, "stories")
    link_next(request, response, after)
    return models.Page(items=[making.story_card(cards[one]) for one in found.ids if one in cards], next=after)


@router.get("/stories/{story}", summary="One story", responses=responses(404))
def story(story: str, store: TheStore, today: Today = None) -> models.Story:
    """The card, the reports and how the claims stand; claims, statements and the ledger are lists with `?story=`."""
    fusion = fusion_of(store, story)
    (card,) = store.paging().story_cards([story], asked(today))
    counts = Counter(one.status for one in fusion.claims)
    return models.Story(
        card=making.story_card(card),
        reports=[making.heading(one) for one in card.headings],
        claims={status: counts[status] for status in sorted(counts)},
        copies=[
            models.Copy(reports=one.reports, kind=one.kind.value, score=one.score, by=one.by) for one in fusion.copies
        ],
    )


@router.get("/stories/{story}/matrix", summary="Which report tells which claim", responses=responses(404))
def matrix(story: str, store: TheStore) -> models.Matrix:
    """Claims by reports: a report's id stands in `told_by` where it tells the claim."""
    fusion, card = fusion_of(store, story), store.browse().story(story)
    places = store.paging().places(member for one in fusion.claims for member in one.members[:1])
    words = store.browse().words([making.place(cell) for cells in places.values() for cell in cells])
    rows = [
        models.MatrixRow(
            claim=one.id,
            kind=one.kind,
            status=one.status,
            independent=one.independent,
            words=" … ".join(words.get(making.place(cell), "") for cell in places.get(one.members[0], ()))
            if one.members
            else "",
            told_by=list(one.reports),
        )
        for one in fusion.claims
    ]
    return models.Matrix(story=story, reports=[making.heading(one) for one in card.headings], rows=rows)


def fusion_of(store: Store, story: str) -> Fusion:
    """What was fused of a story.

    Raises:
        HTTPException: 404, there is no such story.
    """
    try:
        found = store.paging().fusions([story])
    except UsageError:
        found = ()
    if not found:
        raise missing(f"there is no story {story!r} in the store; /stories lists them")
    return found[0]


__all__ = ["fusion_of", "router"]
