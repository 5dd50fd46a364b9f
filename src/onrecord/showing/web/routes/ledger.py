"""The ledger: demands with their answers, commitments by due date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.following import thread as thread_of
from onrecord.model import Answer, Cell, Commitment, CommitmentState, Demand, Fusion
from onrecord.recording.browsing_nouns import EntryFilter
from onrecord.showing.lists.ledger import KINDS
from onrecord.showing.references import References
from onrecord.showing.web.desk import desk_of
from onrecord.showing.web.routes.asking import Id, Number, Words
from onrecord.showing.web.views.telling import teller

router = APIRouter()

ENTRIES, THREAD = 40, 64
_STATES = tuple(dict.fromkeys((*(str(one) for one in CommitmentState), *(str(one) for one in Answer), "unanswered")))


@router.get("/ledger")
def ledger(request: Request, kind: Words = "", state: Words = "", party: Words = "", page: Number = 1) -> Response:
    """What is demanded and answered, promised and due; overdue first."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    kind = kind if kind in KINDS else ""
    state = state if state in _STATES else ""
    wanted = EntryFilter(kind or None, state or None, party or None, today=today())
    return desk.page(
        request,
        "ledger.html",
        found=browsing.entries(wanted, limit=ENTRIES, offset=(page - 1) * ENTRIES),
        page=page,
        asked={"kind": kind, "state": state, "party": party},
        states=browsing.states(today()),
        kinds=KINDS,
    )


@router.get("/threads/{entry}")
def thread(request: Request, entry: Id) -> Response:
    """The entries of all stories that belong together, in the order of their days."""
    desk = desk_of(request)
    found = thread_of(desk.book.store, entry)
    refs = References(found.record)
    day = {one.id: one.day or "9999" for one in found.record.reports}
    shown = desk.book.store.browse().entries(EntryFilter(ids=found.entries, today=today()), limit=THREAD).items
    ordered = sorted(
        shown, key=lambda one: (min((day.get(told[0].id, "9999") for told in one.words), default=""), one.id)
    )
    known = {(one.id, told[0].id, told[1]) for one in shown for _, told in one.told}
    later = [
        (entry.id, str(told), teller(refs, cell), refs.words(cell))
        for fusion in found.record.fusions
        for entry, told, cell in _later(fusion)
        if (entry.id, cell.report, cell.span.start) not in known
    ]
    return desk.page(request, "thread.html", entries=ordered, later=later, asked=entry)


def _later(fusion: Fusion) -> Iterator[tuple[Demand | Commitment, str, Cell]]:
    """What is told of the entries of a story, in other stories too."""
    for demand in fusion.demands:
        yield from ((demand, str(one.answer), one.cell) for one in demand.replies)
    for promise in fusion.commitments:
        yield from ((promise, str(one.state), one.cell) for one in promise.turns)


def today() -> date:
    """The day from which overdue is reckoned: the server's, in UTC."""
    return datetime.now(UTC).date()


__all__ = ["router", "today"]
