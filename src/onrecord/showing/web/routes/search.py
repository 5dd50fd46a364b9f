"""Search over reports, statements and actors."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.recording import Browsing, Hit
from onrecord.recording.browsing_nouns import Heading
from onrecord.showing.web.desk import desk_of
from onrecord.showing.web.routes.asking import Words

router = APIRouter()

#: Hits of each kind on the page.
HITS, ACTORS = 15, 8


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the words around it; `matches` are ranges of `words`."""

    href: str
    heading: Heading
    words: str
    matches: tuple[tuple[int, int], ...]


@router.get("/search")
def search(request: Request, q: Words = "") -> Response:
    """Reports, statements and actors with all words that are searched for."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    reports = _found(browsing, desk.book.store.search(q, limit=HITS, kinds=("report",)))
    statements = _found(browsing, desk.book.store.search(q, limit=HITS, kinds=("statement",)))
    actors = browsing.actors_named(q, ACTORS)
    return desk.page(request, "search.html", q=q, reports=reports, statements=statements, actors=actors, limit=HITS)


def _found(browsing: Browsing, hits: Sequence[Hit]) -> list[Found]:
    known = browsing.headings([one.report for one in hits])
    places = [(one.report, one.snippet.start, one.snippet.end) for one in hits]
    words = browsing.words(places)
    found = []
    for hit, place in zip(hits, places, strict=True):
        start, stop = place[1:]
        inside = tuple((one.start - start, one.end - start) for one in hit.matches if start <= one.start < stop)
        first = hit.matches[0] if hit.matches else hit.snippet
        page = f"/reports/{hit.report}?at={first.start}-{first.end}#at"
        href = f"/proof/statement/{hit.id}" if hit.kind == "statement" else page
        found.append(Found(href, known[hit.report], words.get(place, ""), inside))
    return found


__all__ = ["router"]
