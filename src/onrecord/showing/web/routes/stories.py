"""The list of stories and one story."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from onrecord.model import EventType
from onrecord.recording.browsing_nouns import EntryFilter, Heading, StoryCard, StoryFilter
from onrecord.showing.exports import FORMS
from onrecord.showing.judging import corrected
from onrecord.showing.lists import SHOWN, list_changes, reports_told
from onrecord.showing.references import References
from onrecord.showing.web.desk import desk_of
from onrecord.showing.web.routes.asking import PAGES, Day, DayText, Id, Text, Words
from onrecord.showing.web.routes.ledger import today
from onrecord.showing.web.views.claims import differences, facts, matrix, moments
from onrecord.showing.web.views.meetings import meetings
from onrecord.showing.web.views.sparkline import Sparkline, sparkline
from onrecord.showing.web.views.statements import speakers

router = APIRouter()

#: Stories on a page of the list.
STORIES = 20
#: How far back changes are looked for when no day is given, and how many are shown.
DAYS, CHANGES = 7, 150
#: What a story's page shows of each kind at first; `?all=` shows one kind in full, a page at a time.
SPEAKERS, UTTERANCES, ROWS, MOMENTS, ENTRIES, REPORTS, MEETINGS = 12, 10, 25, 20, 40, 60, 12
_CAPS = {
    "speakers": SPEAKERS,
    "utterances": UTTERANCES,
    "rows": ROWS,
    "moments": MOMENTS,
    "reports": REPORTS,
    "meetings": MEETINGS,
}


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


class Asked(BaseModel):
    """What the list of stories is asked for; an empty field asks for nothing."""

    q: Text = ""
    since: DayText = ""
    until: DayText = ""
    outlet: Text = ""
    actor: Text = ""
    country: Text = ""
    type: Text = ""
    page: Annotated[int, Field(ge=1, le=PAGES)] = 1

    def filter(self) -> StoryFilter:
        """The same as a filter of the store."""
        kind = EventType(self.type) if self.type in EventType.__members__ else None
        return StoryFilter(
            since=self.since or None,
            until=self.until or None,
            outlet=self.outlet or None,
            actor=self.actor or None,
            country=self.country or None,
            event_type=kind,
            words=self.q or None,
        )


@router.get("/")
def stories(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """Stories, newest first."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    found = browsing.stories(asked.filter(), limit=STORIES, offset=(asked.page - 1) * STORIES, today=today())
    kept = asked.model_dump(exclude={"page"})
    return desk.page(
        request,
        "stories.html",
        lines=[_line(card) for card in found.items],
        found=found,
        page=asked.page,
        asked=kept,
        filtered=any(kept.values()),
        choices=browsing.choices(),
        types=[str(one) for one in EventType],
        counts=desk.book.counts() if asked.page == 1 and not any(kept.values()) else None,
        q=asked.q,
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
    return desk.page(
        request,
        "story.html",
        line=_line(card),
        judged=judged,
        refs=refs,
        fusion=fusion,
        facts=facts(refs, fusion),
        meetings=meetings(refs, fusion),
        speakers=speakers(refs, fusion),
        matrix=matrix(refs, fusion),
        differences=differences(refs, fusion),
        moments=moments(refs, fusion),
        entries=browsing.entries(EntryFilter(story=story, today=today()), limit=ENTRIES),
        forms=FORMS,
        caps=_CAPS,
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


__all__ = ["router"]
