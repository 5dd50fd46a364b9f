"""The ledger: demands with their answers, commitments by due date."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.model import Answer, CommitmentState
from onrecord.recording.browsing_nouns import EntryFilter
from onrecord.showing.web.desk import desk_of
from onrecord.showing.web.routes.asking import Number, Words

router = APIRouter()

ENTRIES = 40
_STATES = tuple(dict.fromkeys((*(str(one) for one in CommitmentState), *(str(one) for one in Answer), "unanswered")))


@router.get("/ledger")
def ledger(request: Request, kind: Words = "", state: Words = "", party: Words = "", page: Number = 1) -> Response:
    """What is demanded and answered, promised and due; overdue first."""
    desk = desk_of(request)
    browsing = desk.book.store.browse()
    kind = kind if kind in ("demand", "commitment") else ""
    state = state if state in _STATES else ""
    wanted = EntryFilter(kind or None, state or None, party or None)
    return desk.page(
        request,
        "ledger.html",
        found=browsing.entries(wanted, limit=ENTRIES, offset=(page - 1) * ENTRIES),
        page=page,
        asked={"kind": kind, "state": state, "party": party},
        states=browsing.states(),
        all_states=_STATES,
    )


__all__ = ["router"]
