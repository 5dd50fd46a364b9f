"""The list of stories and one story."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.model import EventType
from onrecord.recording.browsing_nouns import EntryFilter, Heading, StoryCard, StoryFilter
from onrecord.showing.exports import FORMS
from onrecord.showing.judging import corrected
from onrecord.showing.lists import SHOWN, list_changes, reports_told
from onrecord.showing.references import References
from onrecord.showing.web.desk import desk_of
from onrecord.showing.web.routes.asking import Day, Id, Number, Words
from onrecord.showing.web.routes.ledger import today
from onrecord.showing.web.views.claims import differences, facts, is_meeting, matrix, moments, ranked, words
from onrecord.showing.web.views.sparkline import Sparkline, sparkline
from onrecord.showing.web.views.statements import speakers
from onrecord.showing.web.views.telling import named, tellers

router = APIRouter()

#: Stories on a page of the list.
STORIES = 20
#: How far back changes are looked for when no day is given, and how many are shown.
DAYS, CHANGES = 7, 150
#: What a story's page shows of each kind at first; `?all=` shows one kind in full, a page at a time.
SPEAKERS, ROWS, MOMENTS, ENTRIES, REPORTS, MEETINGS = 12, 25, 20, 40, 60, 12


@dataclass(frozen=True, slots=True)
class Line:
    """A story in the list; `added` is how many reports came on its newest day, 0 where it has no earlier one."""

    card: StoryCard
    spark: Sparkline
    newest: Heading | None
    added: int


def _line(card: StoryCard) -> Line:
    dated = [one for one in card.headings if one.day]
    days = [one.day for one in dated if one.day]
    added = days.count(days[-1]) if days and days[0] != days[-1] else 0
    return Line(card, sparkline(days), dated[-1] if dated else None, added)


@router.get("/")
def stories(
    request: Request,
    q: Words = "",
    since: Day = "",
    until: Day = "",
    outlet: Words = "",
    actor: Words = "",
    country: Words = "",
    type: Words = "",
    page: Number = 1,
) -> Response:
    """Stories, newest first."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    kind = EventType(type) if type in EventType.__members__ else None
    wanted = StoryFilter(since or None, until or None, outlet or None, actor or None, country or None, kind, q or None)
    found = browsing.stories(wanted, limit=STORIES, offset=(page - 1) * STORIES, today=today())
    asked = {"q": q, "since": since, "until": until, "outlet": outlet, "actor": actor, "country": country, "type": type}
    return desk.page(
        request,
        "stories.html",
        lines=[_line(card) for card in found.items],
        found=found,
        page=page,
        asked=asked,
        filtered=any(asked.values()),
        choices=browsing.choices(),
        types=[str(one) for one in EventType],
        counts=desk.book.counts() if page == 1 and not any(asked.values()) else None,
        q=q,
    )


@router.get("/stories/{story}")
def story(request: Request, story: Id, all: Words = "") -> Response:
    """A story in full."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    card, record = browsing.story(story), desk.book.record(story)
    judged = record.judged()
    record = corrected(record)
    refs, fusion = References(record), record.fusions[0]
    met = [(claim, events) for claim, events in ranked(refs, fusion) if is_meeting(refs, events)]
    meetings = [
        {
            "claim": claim,
            "who": named(
                refs, dict.fromkeys(one for event in events for one in refs.actor_ids((*event.sources, *event.targets)))
            ),
            "words": words(refs, events[0]),
            "dates": tuple(dict.fromkeys(event.date for event in events if event.date)),
            "places": tuple(dict.fromkeys(event.place.name for event in events if event.place)),
            "planned": all_planned(events),
            "told_by": tellers(refs, events),
        }
        for claim, events in met
    ]
    return desk.page(
        request,
        "story.html",
        line=_line(card),
        judged=judged,
        refs=refs,
        fusion=fusion,
        facts=facts(refs, fusion),
        meetings=meetings,
        speakers=speakers(refs, fusion),
        matrix=matrix(refs, fusion),
        differences=differences(refs, fusion),
        moments=moments(refs, fusion),
        entries=browsing.entries(EntryFilter(story=story, today=today()), limit=ENTRIES),
        forms=FORMS,
        caps={"speakers": SPEAKERS, "rows": ROWS, "moments": MOMENTS, "reports": REPORTS, "meetings": MEETINGS},
        full=all,
    )


@router.get("/stories/{story}/changes")
def changes(request: Request, story: Id, since: Day = "") -> Response:
    """What is new, gone or another in a story since a day, with when and why."""
    desk = desk_of(request)
    store = desk.book.store
    card, began = store.browse().story(story), store.judging().began()
    asked = datetime.fromisoformat(since).replace(tzinfo=UTC) if since else datetime.now(UTC) - timedelta(days=DAYS)
    start = max(asked, began)
    found = [one for one in store.judging().changes(start, None, story) if one.kind in SHOWN]
    told = store.record_of(reports_told(found))
    rows = list(islice(reversed(list(list_changes(found, told).rows)), CHANGES))
    return desk.page(request, "changes.html", card=card, rows=rows, total=len(found), start=start, since=since)


def all_planned(events: tuple[object, ...]) -> bool:
    """Whether every telling has it as still to come."""
    return all(str(getattr(one, "modality", "")) == "planned" for one in events)


__all__ = ["router"]
