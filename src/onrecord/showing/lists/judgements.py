"""Judgements as a list: for people, and as gold with the places and words that they are about."""

from collections.abc import Iterable, Iterator, Mapping

from onrecord.model import Anchor, Judgement, Report
from onrecord.showing.lists.listing import Column, Fields, Listing
from onrecord.showing.words import one_line

_KEYS = (
    *("id", "verdict", "kind", "targets", "field", "machine", "value", "note", "author", "made", "undone", "lost"),
    "places",
)
_COLUMNS = (
    Column("judgement", lambda row: row["id"], 17),
    Column("verdict", lambda row: f"{row['verdict']} {row['kind']}" + (", undone" if row["undone"] else "")),
    Column("what", lambda row: _what(row), 40),
    Column("made", lambda row: "\n".join((row["made"][:10], one_line(row["author"] or ""))).rstrip(), 10),
)


def list_judgements(judgements: Iterable[Judgement], reports: Mapping[str, Report]) -> Listing:
    """The judgements in the order given.

    Args:
        judgements: what is listed.
        reports: those that the judgements' places are in, by id; of one that is gone the words are null.
    """
    return Listing(_KEYS, _COLUMNS, _rows(judgements, reports), "No judgements.")


def _what(row: Fields) -> str:
    change = f"{row['field']}: {row['machine'] or 'none'} → {row['value'] or 'none'}\n" if row["field"] else ""
    words = dict.fromkeys(place["words"] for place in row["places"] if place["words"] and place["kind"] != "entity")
    told = " | ".join(one_line(one) for one in words) or ", ".join(row["targets"])
    note = f"\nnote: {one_line(row['note'])}" if row["note"] else ""
    return change + told + (" (not in the record any more)" if row["lost"] else "") + note


def _rows(judgements: Iterable[Judgement], reports: Mapping[str, Report]) -> Iterator[Fields]:
    for one in judgements:
        yield {
            "id": one.id,
            "verdict": str(one.verdict),
            "kind": str(one.kind),
            "targets": list(one.targets),
            "field": one.field,
            "machine": one.machine,
            "value": one.value,
            "note": one.note,
            "author": one.author,
            "made": one.made.isoformat(),
            "undone": None if one.undone is None else one.undone.isoformat(),
            "lost": one.lost,
            "places": [_place(anchor, reports) for anchor in one.anchors],
        }


def _place(anchor: Anchor, reports: Mapping[str, Report]) -> Fields:
    report = reports.get(anchor.report or "")
    return {
        "target": anchor.target,
        "kind": anchor.kind,
        "mark": anchor.mark,
        "report": anchor.report,
        "sha256": report.sha256 if report else None,
        "spans": [[span.start, span.end] for span in anchor.spans],
        "words": " … ".join(span.of(report.text) for span in anchor.spans) if report and anchor.spans else None,
    }


__all__ = ["list_judgements"]
