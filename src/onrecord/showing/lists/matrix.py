"""The matrix as a list: a claim a row, an outlet a column."""

from collections.abc import Iterator

from onrecord.model import Record
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.matrix import Entry, Matrix, Saying, matrix
from onrecord.showing.references import References
from onrecord.showing.words import one_line

_MARKS = {Saying.SAID: "●", Saying.DIFFERENTLY: "◐", Saying.NOT_SAID: "·"}
LEGEND = "● said   ◐ said differently   · not said; a number is the line that tells it, (n) in a copy"


def list_matrix(record: Record, kind: str | None = None, *, shared: bool = False) -> Listing:
    """The claims of one story by its outlets.

    Args:
        record: one story.
        kind: statement or event: only such claims.
        shared: only what two outlets or more say.
    """
    refs = References(record)
    told = matrix(record.fusions[0], refs)
    columns = [
        Column("claim", lambda row: row["claim"], 17),
        Column("words", lambda row: one_line(row["words"]), 30),
        *(_column(n, outlet) for n, outlet in enumerate(told.outlets)),
    ]
    keys = ("claim", "story", "kind", "status", "independent", "words", "outlets")
    return Listing(keys, tuple(columns), _rows(told, refs, kind, shared), "No claims.")


def _column(n: int, outlet: str) -> Column:
    return Column(one_line(outlet), lambda row: _cell(row["outlets"][n]), 8)


def _cell(told: Fields) -> str:
    mark = _MARKS[Saying(told["saying"])]
    lines = ", ".join(str(one["line"]) for one in told["cells"])
    where = f"({lines})" if told["copied"] and lines else lines
    how = ", ".join(told["values"] or told["how"])
    return " ".join(part for part in (mark, where, one_line(how)) if part)


def _rows(told: Matrix, refs: References, kind: str | None, shared: bool) -> Iterator[Fields]:
    for line in told.lines:
        claim = line.claim
        saying = sum(entry.saying is not Saying.NOT_SAID for entry in line.entries)
        if (kind and claim.kind != kind) or (shared and saying < 2):
            continue
        fullest = max((refs.member(member) for member in claim.members), key=lambda cell: (len(cell.span), cell))
        yield {
            "claim": claim.id,
            "story": claim.story,
            "kind": claim.kind,
            "status": str(claim.status),
            "independent": claim.independent,
            "words": refs.words(fullest),
            "outlets": [_entry(outlet, entry, refs) for outlet, entry in zip(told.outlets, line.entries, strict=True)],
        }


def _entry(outlet: str, entry: Entry, refs: References) -> Fields:
    return {
        "outlet": outlet,
        "saying": str(entry.saying),
        "how": list(entry.how),
        "values": list(entry.values),
        "copied": entry.copied,
        "cells": [
            {
                "report": cell.report,
                "line": refs.line(cell),
                "span": [cell.span.start, cell.span.end],
                "words": refs.words(cell),
            }
            for cell in entry.cells
        ],
    }


__all__ = ["LEGEND", "list_matrix"]
