"""Actors and their doings."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.model import ActorKind, Judged
from onrecord.recording.browsing_nouns import ActorCard, EntryFilter, Stance, StoryFilter
from onrecord.recording.targets import fields_of
from onrecord.showing.web.desk import Desk, desk_of
from onrecord.showing.web.rendering import path_part
from onrecord.showing.web.routes.asking import Id, Number, Words
from onrecord.showing.web.routes.ledger import today
from onrecord.showing.web.views.judging import Judging

router = APIRouter()

ACTORS, SAID, STORIES, ENTRIES = 60, 25, 12, 20


@router.get("/actors")
def actors(request: Request, q: Words = "", kind: Words = "", country: Words = "", page: Number = 1) -> Response:
    """All actors, those that most reports speak of first."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    known = kind if kind in {str(one) for one in ActorKind} else ""
    found = browsing.actors(q, kind=known or None, country=country or None, limit=ACTORS, offset=(page - 1) * ACTORS)
    return desk.page(
        request,
        "actors.html",
        found=found,
        page=page,
        asked={"q": q, "kind": known, "country": country},
        kinds=[str(one) for one in ActorKind],
        choices=browsing.choices(),
        q="",
    )


@router.get("/actors/{actor:path}")
def actor(request: Request, actor: Id, page: Number = 1) -> Response:
    """An actor: what it said and holds, what it owes and is owed, whom it met, in which stories."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    card = browsing.actor(actor)
    return desk.page(
        request,
        "actor.html",
        card=card,
        said=browsing.said(actor, limit=SAID, offset=(page - 1) * SAID),
        page=page,
        positions=_by_story(browsing.stances(actor, limit=40)),
        entries=browsing.entries(EntryFilter(actor=actor, today=today()), limit=ENTRIES),
        met=browsing.meetings(actor),
        stories=browsing.stories(StoryFilter(actor=actor), limit=STORIES),
        judging=_judging(desk, card),
    )


def _judging(desk: Desk, card: ActorCard) -> Judging:
    """Forms to correct an actor, or to merge it with one of a like name."""
    likely = [one for word in card.name.split()[-1:] for one in desk.book.store.browse().actors_named(word, 20)]
    others = tuple((one.id, f"{one.name} ({one.kind}, {one.id})") for one in likely if one.id != card.id)
    made = desk.book.judgements([card.id])
    return Judging(
        Judged.ACTOR, card.id, fields_of(Judged.ACTOR), others, (), f"/actors/{path_part(card.id)}", made, {}
    )


def _by_story(stances: tuple[Stance, ...]) -> list[tuple[str | None, str | None, list[Stance]]]:
    """Positions on each issue: the stances in one story together, newest story first."""
    found: dict[str | None, tuple[str | None, str | None, list[Stance]]] = {}
    for one in stances:
        found.setdefault(one.story, (one.story, one.story_title, []))[2].append(one)
    return list(found.values())


__all__ = ["router"]
