"""Reports and what was found in them: statements, events, and the proof of a cell."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from onrecord.errors import UsageError
from onrecord.model import Cell, EventType, Modality, Record, Span
from onrecord.recording import Store
from onrecord.recording.paging import Wanted
from onrecord.showing.exports import link, text_link
from onrecord.showing.references import References
from onrecord.showing.rest import making, models
from onrecord.showing.rest.caching import TaggedRoute
from onrecord.showing.rest.cursors import DEFAULT_LIMIT, Cursor, Limit, link_next, pack, unpack
from onrecord.showing.rest.problems import Refused, missing, responses
from onrecord.showing.rest.settings import TheStore

router = APIRouter(route_class=TaggedRoute, tags=["reports"])

OfStory = Annotated[str | None, Query(max_length=200, description="Only of this story: its id.")]
OfReport = Annotated[str | None, Query(max_length=200, description="Only of this report: its id.")]
OfActor = Annotated[str | None, Query(max_length=300, description="An actor's id, or a part of a name.")]


@router.get("/reports", summary="Reports without their texts, newest first")
def reports(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    outlet: Annotated[str | None, Query(max_length=300, examples=["Meridian Courier"])] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Heading]:
    """A page of reports."""
    found = store.paging().reports(Wanted(story=story), outlet, unpack(cursor, "reports", (str, str)), limit)
    known = store.browse().headings(found.ids)
    after = pack(found.last, "reports")
    link_next(request, response, after)
    return models.Page(items=[making.heading(known[one]) for one in found.ids if one in known], next=after)


@router.get("/reports/{report}", summary="One report with its text", responses=responses(404))
def report(report: str, store: TheStore) -> models.Report:
    """The text as it was read, its blocks, and where each field comes from."""
    record = _loaded(store, report)
    skipped = next((marks.skipped for marks in record.annotations), None)
    stories = (one.id for one in store.browse().stories_of(report))
    return making.report(record.reports[0], stories, skipped)


@router.get("/reports/{report}/marks", summary="All marks of one report", responses=responses(404))
def marks(report: str, store: TheStore) -> models.Marks:
    """Statements and events in the order of the text."""
    refs = References(_loaded(store, report))
    return models.Marks(
        report=report,
        statements=[making.statement(one, refs) for one in refs.record.statements()],
        events=[making.event(one, refs) for one in refs.record.events()],
    )


def _loaded(store: Store, report: str) -> Record:
    try:
        found = store.record_of([report])
    except UsageError:
        found = Record()
    if not found.reports:
        raise missing(f"there is no report {report!r} in the store; /reports lists them")
    return found


@router.get("/statements", summary="Statements, report by report", tags=["marks"])
def statements(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    report: OfReport = None,
    speaker: OfActor = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Statement]:
    """Who says or holds what, with the words and where they stand."""
    key = unpack(cursor, "statements", (str, int))
    found = store.paging().statements(Wanted(story=story, report=report, actor=speaker), key, limit)
    refs = _refs(store, found.ids)
    after = pack(found.last, "statements")
    link_next(request, response, after)
    return models.Page(
        items=[making.statement(refs.statement[one], refs) for one in found.ids if one in refs.statement], next=after
    )


@router.get("/events", summary="Events, report by report", tags=["marks"])
def events(
    request: Request,
    response: Response,
    store: TheStore,
    story: OfStory = None,
    report: OfReport = None,
    actor: OfActor = None,
    type: EventType | None = None,
    modality: Modality | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> models.Page[models.Event]:
    """What reports say happened, will, might or did not."""
    wanted = Wanted(story=story, report=report, actor=actor, kind=type, modality=modality)
    found = store.paging().events(wanted, unpack(cursor, "events", (str, int)), limit)
    refs = _refs(store, found.ids)
    after = pack(found.last, "events")
    link_next(request, response, after)
    return models.Page(
        items=[making.event(refs.event[one], refs) for one in found.ids if one in refs.event], next=after
    )


def _refs(store: Store, marks: tuple[str, ...]) -> References:
    """The reports of these marks: a mark's id begins with its report's."""
    return References(store.record_of({one.rpartition(".")[0] for one in marks}))


@router.get("/proof", summary="The sentence behind words of a report", tags=["marks"], responses=responses(404))
def proof(
    store: TheStore,
    report: Annotated[str, Query(max_length=200)],
    start: Annotated[int, Query(ge=0, examples=[120])],
    end: Annotated[int, Query(ge=0, examples=[152])],
) -> models.Proof:
    """Of a cell: report, outlet, date, line, sentence, and a link to the words in the web page."""
    refs = References(_loaded(store, report))
    if not start <= end <= len(refs.report[report].text):
        raise Refused(
            "end", f"no such range in the text of {len(refs.report[report].text)} code points: {start}..{end}"
        )
    return _proof(store, Cell(report, Span(start, end)), refs)


@router.get("/proof/{mark}", summary="The sentence behind a statement or event", tags=["marks"],
            responses=responses(404))  # fmt: skip
def proof_of_mark(mark: str, store: TheStore) -> models.Proof:
    """The same for a mark, with its confidence and why it was joined with others."""
    report = store.paging().report_of(mark)
    if report is None:
        raise missing(f"there is no statement or event {mark!r} in the store")
    refs = References(_loaded(store, report))
    found = refs.statement.get(mark) or refs.event[mark]
    return _proof(store, refs.member(mark), refs, found.confidence, mark)


def _proof(
    store: Store, cell: Cell, refs: References, confidence: float | None = None, mark: str | None = None
) -> models.Proof:
    report = refs.report[cell.report]
    claims = store.paging().claims_of(store.paging().claims_with(mark)) if mark else ()
    joined = [
        models.Joined(claim=one.id, story=one.story, status=one.status, rule=one.rule, reasons=making.reasons(one))
        for one in claims
    ]
    return models.Proof(
        report=making.heading(store.browse().headings([report.id])[report.id]),
        cell=making.cell_in(cell, refs),
        sentence=making.cell_in(refs.sentence(cell), refs),
        line=refs.line(cell),
        link=text_link(link(report.url, report.source), report.text, cell.span),
        confidence=confidence,
        joined=joined,
    )


__all__ = ["OfActor", "OfStory", "router"]
