"""One report with its marks."""

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.showing.web.desk import desk_of
from onrecord.showing.web.rendering import web_address
from onrecord.showing.web.routes.asking import Id, Words
from onrecord.showing.web.views.report import LAYERS, feeds, paragraphs

router = APIRouter()


@router.get("/reports/{report}")
def report(request: Request, report: Id, at: Words = "") -> Response:
    """A report: its text with marks in layers, and what it feeds."""
    desk = desk_of(request)
    found = desk.book.store.report(report)
    record = desk.book.store.record_of([report])
    marks = record.annotations[0] if record.annotations else None
    asked = re.fullmatch(r"(\d{1,9})-(\d{1,9})", at)
    return desk.page(
        request,
        "report.html",
        report=found,
        paragraphs=paragraphs(found, marks),
        skipped=marks.skipped if marks else "it waits to be annotated",
        feeds=feeds(record, found),
        layers=LAYERS,
        sources=desk.book.store.sources(report),
        stories=desk.book.store.browse().stories_of(report),
        address=web_address(found.url) or web_address(found.source),
        at=(int(asked[1]), int(asked[2])) if asked else None,
        missing={note.field: note.reason for note in found.notes if note.how == "missing"},
        inferred={note.field: note.reason for note in found.notes if note.how == "inferred"},
    )


__all__ = ["router"]
