"""Nouns -> rows of the tables, for reports and marks; `nouns` is the way back."""

import json
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from onrecord.model import (
    Annotation,
    Entity,
    Event,
    Failure,
    Likeness,
    Place,
    Report,
    Signature,
    SourceClass,
    Span,
    Statement,
)
from onrecord.recording.schema import Rows, marks, reports
from onrecord.recording.sealing import hash_of, seal, sealed

Row = dict[str, Any]

#: Terms of a report that other reports find it by: its heaviest ones.
INDEXED_TERMS = 12
#: Between the stretches of a statement whose words stand apart.
GAP = " … "


def report_rows(report: Report) -> Rows:
    """A report without its sources."""
    row: Row = {
        "id": report.id,
        "sha256": report.sha256,
        "text": report.text,
        "text_sha256": hash_of(report.text),
        "length": len(report.text),
        "title": report.title,
        "outlet": report.outlet,
        "published": report.published,
        "dateline": report.dateline,
        "url": report.url,
        "language": report.language,
        "source_class": None if report.source_class is SourceClass.OUTLET else report.source_class.value,
    }
    rows: Rows = {
        reports.report: [row],
        reports.block: [
            {"report": report.id, "n": n, **_span(block.span), "kind": block.kind.value}
            for n, block in enumerate(report.blocks)
        ],
        reports.byline: [{"report": report.id, "n": n, "name": name} for n, name in enumerate(report.byline)],
        reports.field_note: [
            {
                "report": report.id,
                "n": n,
                "field": note.field,
                "how": note.how,
                "reason": note.reason,
                **_span(note.span),
            }
            for n, note in enumerate(report.notes)
        ],
    }
    row["seal"] = seal(rows)
    return rows


def source_row(report: str, source: str) -> Row:
    """One place at which a report's bytes were seen."""
    return sealed(reports.report_source, {"report": report, "source": source})


def failure_row(failure: Failure) -> Row:
    """A failure; the same one has the same id."""
    row: Row = {
        "source": failure.source,
        "cause": failure.cause.value,
        "message": failure.message,
        "sha256": failure.sha256,
    }
    told = json.dumps(list(row.values()))
    return sealed(reports.failure, row | {"id": f"f{hash_of(told)[:24]}"})


def signature_rows(signature: Signature) -> Rows:
    """What grouping knows of a report."""
    row: Row = {
        "report": signature.report,
        "day": signature.day,
        "outlet": signature.outlet,
        "terms": zlib.compress(json.dumps(signature.terms, ensure_ascii=False).encode(), 1),
        "minhash": b"",
        "told": " ".join(signature.told) or None,
    }
    return {reports.signature: [sealed(reports.signature, row)]}


def day_number(day: str | None) -> int:
    """Days since 0001-01-01, from 1; 0 where there is no (possible) date.

    >>> day_number("0001-01-02"), day_number(None), day_number("2031-02-30")
    (2, 0, 0)
    """
    try:
        return date.fromisoformat(day).toordinal() if day else 0
    except ValueError:
        return 0


def term_rows(signature: Signature, number: int) -> list[Row]:
    """The report under each of its heaviest terms."""
    day = day_number(signature.day)
    terms = dict.fromkeys(term for term, _ in signature.terms[:INDEXED_TERMS])
    return [{"term": term, "day": day, "number": number} for term in terms]


def likeness_row(likeness: Likeness) -> Row:
    """Two reports and how alike they are."""
    row = {"left_report": likeness.left, "right_report": likeness.right, "score": real(likeness.score)}
    return sealed(reports.likeness, row)


def pending_row(report: str) -> Row:
    """The annotation of a report that waits for it."""
    return sealed(marks.annotation, {"report": report, "state": "pending", "reason": None, "annotator": None})


def annotation_rows(
    annotation: Annotation, text: str, blocks: Mapping[str, str], annotator: str | None, failed: str | None = None
) -> Rows:
    """All marks of one report.

    Args:
        annotation: the marks.
        text: of the report.
        blocks: the block of each entity.
        annotator: what made the marks, with its version.
        failed: why annotating failed, if it did.
    """
    state = "failed" if failed is not None else "done" if annotation.skipped is None else "skipped"
    reason = failed if failed is not None else annotation.skipped
    report = annotation.report
    rows: Rows = {
        marks.annotation: [{"report": report, "state": state, "reason": reason, "annotator": annotator}],
        marks.sentence: [{"report": report, "n": n, **_span(span)} for n, span in enumerate(annotation.sentences)],
        marks.time_mention: [
            {"report": report, "n": n, **_span(one.span), "edtf": one.edtf, "form": one.form}
            for n, one in enumerate(annotation.times)
        ],
        marks.place_mention: [
            {"report": report, "n": n, **_span(one.span), **_place(one.place)}
            for n, one in enumerate(annotation.places)
        ],
    }
    for n, entity in enumerate(annotation.entities):
        _add(rows, _entity_rows(entity, report, n, blocks.get(entity.id)))
    known = {entity.id for entity in annotation.entities}
    for n, statement in enumerate(annotation.statements):
        _add(rows, _statement_rows(statement, n, text, known))
    for n, event in enumerate(annotation.events):
        _add(rows, _event_rows(event, n))
    rows[marks.annotation][0]["seal"] = seal(rows)
    return rows


def real(number: float) -> float:
    """A number as a database gives it back: SQLite keeps no negative zero."""
    return float(number) + 0.0


def content_of(spans: Iterable[Span], text: str) -> str:
    """The words of a statement, for search and for people."""
    return GAP.join(span.of(text) for span in spans)


def _entity_rows(entity: Entity, report: str, n: int, block: str | None) -> Rows:
    row: Row = {
        "id": entity.id,
        "report": report,
        "n": n,
        "name": entity.name,
        "kind": entity.kind.value,
        "key": entity.key,
        "country": entity.country,
        "block": block,
    }
    return {
        marks.entity: [row],
        marks.entity_role: [
            {"entity": entity.id, "n": at, "title": role.title, "country": role.country}
            for at, role in enumerate(entity.roles)
        ],
        marks.entity_alias: [{"entity": entity.id, "n": at, "name": name} for at, name in enumerate(entity.aliases)],
        marks.mention: [
            {"entity": entity.id, "n": at, **_span(one.span), "form": one.form, "confidence": real(one.confidence)}
            for at, one in enumerate(entity.mentions)
        ],
    }


def _statement_rows(statement: Statement, n: int, text: str, known: set[str]) -> Rows:
    row: Row = {
        "id": statement.id,
        "report": statement.report,
        "n": n,
        "kind": statement.kind.value,
        "act": statement.act.value,
        "content": content_of(statement.content, text),
        "said": statement.said,
        "inside": statement.inside,
        "anonymity": statement.anonymity.value if statement.anonymity else None,
        "inferred": statement.inferred,
        "confidence": real(statement.confidence),
    }
    spans = {
        "content": statement.content,
        "source": statement.source,
        "cue": statement.cue,
        "setting": statement.setting,
    }
    return {
        marks.statement: [row],
        marks.statement_speaker: [
            {
                "statement": statement.id,
                "n": at,
                "entity": speaker if speaker in known else None,
                "name": None if speaker in known else speaker,
            }
            for at, speaker in enumerate(statement.speakers)
        ],
        marks.statement_span: [
            {"statement": statement.id, "role": role, "n": at, **_span(span)}
            for role, several in spans.items()
            for at, span in enumerate(several)
        ],
    }


def _event_rows(event: Event, n: int) -> Rows:
    row: Row = {
        "id": event.id,
        "report": event.report,
        "n": n,
        "type": event.type.value,
        "modality": event.modality.value,
        **_span(event.span),
        **_span(event.topic, "topic_"),
        **_span(event.condition, "condition_"),
        "date": event.date,
        **_place(event.place, "place_"),
        "statement": event.statement,
        "confidence": real(event.confidence),
        "type_confidence": None if event.type_confidence == 1.0 else real(event.type_confidence),
        "modality_confidence": None if event.modality_confidence == 1.0 else real(event.modality_confidence),
    }
    return {
        marks.event: [row],
        marks.event_party: [
            {"event": event.id, "role": role, "n": at, "entity": entity}
            for role, entities in (("source", event.sources), ("target", event.targets))
            for at, entity in enumerate(entities)
        ],
        marks.quantity: [
            {
                "event": event.id,
                "n": at,
                **_span(one.span),
                "value": real(one.value),
                "unit": one.unit,
                "bound": one.bound,
                "high": None if one.high is None else real(one.high),
            }
            for at, one in enumerate(event.quantities)
        ],
    }


def _span(span: Span | None, prefix: str = "") -> Row:
    if span is None:
        return {f"{prefix}start": None, f"{prefix}stop": None}
    return {f"{prefix}start": span.start, f"{prefix}stop": span.end}


def _place(place: Place | None, prefix: str = "") -> Row:
    return {
        f"{prefix}name": place.name if place else None,
        f"{prefix}country": place.country if place else None,
        f"{prefix}lat": real(place.lat) if place and place.lat is not None else None,
        f"{prefix}lon": real(place.lon) if place and place.lon is not None else None,
        f"{prefix}geonames": place.geonames if place else None,
    }


def _add(rows: Rows, more: Rows) -> None:
    for table, some in more.items():
        rows.setdefault(table, []).extend(some)
