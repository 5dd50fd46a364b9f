"""Judgements <-> rows of their tables."""

import json
from datetime import UTC, datetime
from typing import Any

from onrecord.model import Anchor, Judged, Judgement, Span, Verdict
from onrecord.recording.schema import Rows, judging
from onrecord.recording.sealing import seal

Row = dict[str, Any]


def instant(when: datetime) -> str:
    """A time as it is stored: UTC, with microseconds, so that times sort as text.

    >>> instant(datetime(2025, 3, 4, 9, 30, tzinfo=UTC))
    '2025-03-04T09:30:00.000000+00:00'
    """
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def judgement_rows(one: Judgement) -> Rows:
    """A judgement with its targets and anchors."""
    row: Row = {
        "id": one.id,
        "verdict": one.verdict.value,
        "kind": one.kind.value,
        "field": one.field,
        "value": one.value,
        "machine": one.machine,
        "note": one.note,
        "author": one.author,
        "made": instant(one.made),
        "undone": None if one.undone is None else instant(one.undone),
    }
    rows: Rows = {
        judging.judgement: [row],
        judging.judgement_target: [
            {"judgement": one.id, "n": n, "target": target} for n, target in enumerate(one.targets)
        ],
        judging.judgement_anchor: [
            {
                "judgement": one.id,
                "n": n,
                "target": anchor.target,
                "kind": anchor.kind,
                "report": anchor.report,
                "spans": json.dumps([[span.start, span.end] for span in anchor.spans]),
                "mark": anchor.mark,
            }
            for n, anchor in enumerate(one.anchors)
        ],
    }
    row["seal"] = seal(rows)
    return rows


def judgement_of(rows: Rows) -> Judgement:
    """A judgement."""
    (row,) = rows[judging.judgement]
    return Judgement(
        id=row["id"],
        verdict=Verdict(row["verdict"]),
        kind=Judged(row["kind"]),
        targets=tuple(one["target"] for one in rows[judging.judgement_target]),
        made=datetime.fromisoformat(row["made"]),
        field=row["field"],
        value=row["value"],
        note=row["note"],
        author=row["author"],
        undone=None if row["undone"] is None else datetime.fromisoformat(row["undone"]),
        machine=row["machine"],
        anchors=tuple(
            Anchor(
                target=one["target"],
                kind=one["kind"],
                report=one["report"],
                spans=tuple(Span(*span) for span in json.loads(one["spans"])),
                mark=one["mark"],
            )
            for one in rows[judging.judgement_anchor]
        ),
    )
