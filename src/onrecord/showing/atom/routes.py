"""The addresses of the feeds."""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from onrecord.errors import UsageError
from onrecord.recording import Store
from onrecord.recording.browsing_nouns import Heading, Said, StoryCard, StoryFilter
from onrecord.recording.paging import Wanted
from onrecord.showing.atom.feeds import Author, Entry, Feed, moment, newest, write_feed
from onrecord.showing.exports import link
from onrecord.showing.rest import RestSettings
from onrecord.showing.rest.caching import TaggedRoute
from onrecord.showing.words import counted, listed, one_line

#: Entries of a feed: a reader asks several times a day.
ENTRIES = 50
MEDIA_TYPE = "application/atom+xml"


def router(store_of: Callable[[], Store], settings: RestSettings | None = None) -> APIRouter:
    """The feeds: /feeds/new.atom, /feeds/stories/{story}.atom and /feeds/actors/{actor}.atom.

    Args:
        store_of: gives the open store.
        settings: the address that links begin with.
    """
    base_url = (settings or RestSettings()).base_url
    routes = APIRouter(prefix="/feeds", route_class=TaggedRoute, tags=["feeds"])

    def desk(request: Request) -> str:
        return (base_url or str(request.base_url)).rstrip("/")

    @routes.get("/new.atom", response_class=Response)
    def new(request: Request) -> Response:
        """The newest stories: an entry is new when a report has come to its story."""
        at, store = desk(request), store_of()
        found = store.paging().stories(StoryFilter(), None, ENTRIES)
        entries = (_story(one, at) for one in store.paging().story_cards(found.ids))
        return _answer(Feed("new", "New on record", f"{at}/feeds/new.atom", f"{at}/", newest(entries, ENTRIES)))

    @routes.get("/stories/{story}.atom", response_class=Response)
    def of_story(request: Request, story: str) -> Response:
        """The reports of a story, newest first."""
        at, store = desk(request), store_of()
        cards = store.paging().story_cards([story])
        if not cards:
            raise HTTPException(404, f"there is no story {story!r} in the store")
        found = store.paging().reports(Wanted(story=story), None, None, ENTRIES)
        known = store.browse().headings(found.ids)
        entries = (_report(known[one], at) for one in found.ids if one in known)
        own, page = f"{at}/feeds/stories/{_path(story)}.atom", f"{at}/stories/{_path(story)}"
        return _answer(Feed(f"story {story}", _title(cards[0].story.title), own, page, newest(entries, ENTRIES)))

    @routes.get("/actors/{actor}.atom", response_class=Response)
    def of_actor(request: Request, actor: str) -> Response:
        """What an actor said or holds, newest first."""
        at, store = desk(request), store_of()
        try:
            card = store.browse().actor(actor)
        except UsageError as error:
            raise HTTPException(404, str(error)) from error
        entries = _statements(store.browse().said(actor, limit=ENTRIES).items, at, card.name)
        own, page = f"{at}/feeds/actors/{_path(actor)}.atom", f"{at}/actors/{_path(actor)}"
        return _answer(Feed(f"actor {actor}", one_line(card.name), own, page, newest(entries, ENTRIES)))

    return routes


def _answer(feed: Feed) -> Response:
    return Response(write_feed(feed), media_type=MEDIA_TYPE)


def _story(card: StoryCard, at: str) -> Entry:
    newest_day = max((one.published or one.day or "" for one in card.headings), default="")
    told = (
        counted(len(card.headings), "report"),
        f"{card.originals} not copied from another",
        counted(card.disagreements, "disagreement"),
        listed(tuple(map(one_line, card.outlets))) or "outlets not told",
    )
    return Entry(
        key=f"story {card.story.id}",
        title=_title(card.story.title),
        updated=moment(newest_day),
        link=f"{at}/stories/{_path(card.story.id)}",
        author=Author("onrecord"),
        summary="; ".join(told),
        categories=("story",),
    )


def _report(one: Heading, at: str) -> Entry:
    outlet = one_line(one.outlet or "") or "outlet not told"
    return Entry(
        key=f"report {one.id}",
        title=_title(one.title),
        updated=moment(one.published or one.day),
        link=f"{at}/reports/{_path(one.id)}",
        author=Author(outlet),
        summary=f"{outlet}: {_title(one.title)}",
        related=link(one.url),
        categories=("report",),
    )


def _statements(found: Iterable[Said], at: str, name: str) -> Iterator[Entry]:
    for one in found:
        words = one_line(one.content)
        yield Entry(
            key=f"statement {one.id}",
            title=words if len(words) <= 120 else f"{words[:119]}…",
            updated=moment(one.heading.published or one.heading.day),
            link=f"{at}/proof/statement/{_path(one.id)}",
            author=Author(one_line(one.heading.outlet or "") or "outlet not told"),
            summary=f"{one_line(name)} ({one.kind}): {words}",
            related=link(one.heading.url),
            categories=("statement",),
        )


def _title(title: str | None) -> str:
    return one_line(title or "") or "Untitled"


def _path(key: str) -> str:
    return quote(key, safe=":")


__all__ = ["ENTRIES", "router"]
