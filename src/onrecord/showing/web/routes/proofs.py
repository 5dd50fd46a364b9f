"""The proof of every cell: the sentence in its report, and how it was joined."""

from typing import Literal

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from onrecord.model import (
    Annotation,
    Cell,
    Claim,
    Commitment,
    Demand,
    Event,
    Fusion,
    Judged,
    Prospect,
    Record,
    Span,
    Statement,
)
from onrecord.recording.browsing_nouns import EntryFilter
from onrecord.showing.references import References
from onrecord.showing.web.desk import Desk, desk_of
from onrecord.showing.web.routes.asking import Id
from onrecord.showing.web.routes.ledger import today
from onrecord.showing.web.views.judging import claim_choices, judging
from onrecord.showing.web.views.proof import claims_of, joined, mark_proof, passage_of
from onrecord.showing.web.views.telling import named

router = APIRouter()


@router.get("/proof/words/{report}/{start:int}-{stop:int}")
def words(request: Request, report: Id, start: int, stop: int) -> Response:
    """Some words of a report, and every mark that covers them."""
    desk = desk_of(request)
    record = desk.book.store.record_of([report])
    if not record.reports:
        raise HTTPException(404, f"There is no report {report!r} in the store.")
    text = record.reports[0].text
    if not 0 <= start < stop <= len(text):
        raise HTTPException(404, f"The report has {len(text)} characters; there is nothing at {start} to {stop}.")
    refs, here = References(record), Span(start, stop)
    marks: list[Statement | Event] = [
        one for one in refs.statement.values() if any(span.overlaps(here) for span in one.content)
    ]
    marks += [one for one in refs.event.values() if one.span.overlaps(here)]
    annotation = record.annotations[0] if record.annotations else Annotation(report)
    entities = [one.id for one in annotation.entities if any(told.span.overlaps(here) for told in one.mentions)]
    return desk.page(
        request,
        "words.html",
        passage=passage_of(refs, report, [(here, "content")]),
        proofs=[mark_proof(refs, one) for one in marks],
        actors=named(refs, refs.actor_ids(tuple(entities))),
        times=[one for one in annotation.times if one.span.overlaps(here)],
        places=[one for one in annotation.places if one.span.overlaps(here)],
    )


@router.get("/proof/{kind}/{mark}")
def mark(
    request: Request, kind: Literal["statement", "event", "claim", "demand", "commitment", "threat", "offer"], mark: Id
) -> Response:
    """The proof of a statement, an event, a claim, or an entry of the ledger."""
    desk = desk_of(request)
    if kind in ("statement", "event"):
        return _mark(request, desk, kind, mark)
    browsing = desk.book.store.browse()
    if kind == "claim":
        record = desk.book.record(browsing.story_of_claim(mark))
        return _claim(request, desk, record, mark)
    record = desk.book.record(browsing.story_of_entry(mark))
    refs, fusion = References(record), record.fusions[0]
    entry = next(iter(browsing.entries(EntryFilter(ids=(mark,), today=today())).items), None)
    if entry is None or entry.kind != kind:
        raise HTTPException(404, f"There is no {kind} {mark!r} in the store.")
    claim = _claim_of(record, entry.claim)
    return desk.page(
        request,
        "entry.html",
        entry=entry,
        words=[passage_of(refs, one.report, [(one.span, "content")]) for one in _cells(fusion, mark, "words")],
        answers=[passage_of(refs, one.report, [(one.span, "content")]) for one in _cells(fusion, mark, "answer_words")],
        joined=joined(refs, claim),
        story=fusion.story,
        conditions=[passage_of(refs, one.report, [(one.span, "content")]) for one in _cells(fusion, mark, "condition")],
        judging=judging(record, Judged(kind), mark, _safe_back(claim)) if kind in tuple(Judged) else None,
        actors=record.actors,
    )


def _cells(fusion: Fusion, entry: str, name: str) -> tuple[Cell, ...]:
    ledger: tuple[Demand | Commitment | Prospect, ...] = (*fusion.demands, *fusion.commitments, *fusion.prospects)
    found = next((one for one in ledger if one.id == entry), None)
    return tuple(getattr(found, name, ()))


def _claim_of(record: Record, claim: str) -> Claim:
    found = next((one for fusion in record.fusions for one in fusion.claims if one.id == claim), None)
    if found is None:
        raise HTTPException(404, f"There is no claim {claim!r} in the store.")
    return found


def _claim(request: Request, desk: Desk, record: Record, claim: str) -> Response:
    refs, found = References(record), _claim_of(record, claim)
    forms = judging(record, Judged.CLAIM, claim, _safe_back(found), *claim_choices(refs, record.fusions[0], found))
    return desk.page(
        request,
        "claim.html",
        joined=joined(refs, found),
        story=record.fusions[0].story,
        judging=forms,
        actors=record.actors,
    )


def _safe_back(claim: Claim) -> str:
    """A claim may have another id after a judgement; its members keep theirs."""
    first = claim.members[0]
    return f"/proof/{'event' if '.e' in first else 'statement'}/{first}"


def _mark(request: Request, desk: Desk, kind: str, mark: str) -> Response:
    report = mark.rpartition(".")[0]
    stories = desk.book.store.browse().stories_of(report)
    record = desk.book.record(stories[0].id) if stories else desk.book.store.record_of([report])
    refs = References(record)
    one = (refs.statement if kind == "statement" else refs.event).get(mark)
    if one is None:
        raise HTTPException(404, f"There is no {kind} {mark!r} in the store.")
    claims = [joined(refs, claim) for claim in claims_of(record, mark)]
    return desk.page(
        request,
        "proof.html",
        proof=mark_proof(refs, one),
        claims=claims,
        story=record.fusions[0].story if record.fusions else None,
        judging=judging(record, Judged(kind), mark, f"/proof/{kind}/{mark}"),
        actors=record.actors,
    )


__all__ = ["router"]
