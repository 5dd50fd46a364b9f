"""Statements and events as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), one collection of one page.

A target is the report with two selectors: the quoted words with what stands around them, which finds them again in
the web page, and their position in the report's text as onrecord holds it. Both count Unicode code points.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from onrecord import __version__
from onrecord.model import Event, Record, Report, Span, Statement
from onrecord.showing.exports.bibliography import link
from onrecord.showing.exports.rows import Row
from onrecord.showing.exports.spool import spooled
from onrecord.showing.references import References

#: Ids must be IRIs; made of ours in this name space, they are the same in every export.
_NAMESPACE = UUID("5f0d7f5e-3f0c-5d6e-8f44-6f6e7265636f")
#: Code points quoted before and after the words, so that a reader finds the right place of several.
CONTEXT = 32

_GENERATOR = {"id": "https://pypi.org/project/onrecord/", "type": "Software", "name": f"onrecord {__version__}"}


def write_annotations(records: Iterable[Record], out: BinaryIO) -> int:
    """Write the collection: report by report, in text order; gives the number of annotations."""
    with spooled() as spool:
        spool.add(_rows(records))
        total = sum(1 for _ in spool.rows("annotations"))
        head = {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": iri("collection"),
            "type": "AnnotationCollection",
            "label": "Statements and events on record",
            "generator": _GENERATOR,
            "total": total,
        }
        page = {"id": iri("page 1"), "type": "AnnotationPage", "startIndex": 0}
        # A collection without annotations has no page: the model knows no empty one.
        out.write(_dumped(head)[:-1] + ((b',\n"first": ' + _dumped(page)[:-1] + b', "items": [') if total else b"}\n"))
        for number, (fields, _) in enumerate(spool.rows("annotations")):
            out.write((b",\n" if number else b"\n") + _dumped(fields))
        if total:
            out.write(b"\n]}}\n")
    return total


def iri(name: str) -> str:
    """The IRI of what onrecord calls so."""
    return f"urn:uuid:{uuid5(_NAMESPACE, name)}"


def _dumped(fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def _rows(records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        refs = References(record)
        for one in record.statements():
            spans = one.content
            yield _row(one, spans, _statement_bodies(one, refs), refs.report[one.report])
        for event in record.events():
            yield _row(event, (event.span,), _event_bodies(event, refs), refs.report[event.report])


def _row(mark: Statement | Event, spans: tuple[Span, ...], bodies: list[dict[str, str]], report: Report) -> Row:
    targets = [_target(span, report) for span in spans]
    fields = {
        "id": iri(mark.id),
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }
    return Row("annotations", f"{report.id} {spans[0].start if spans else 0:09d} {mark.id}", fields, {})


def _target(span: Span, report: Report) -> dict[str, Any]:
    text = report.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "type": "SpecificResource",
        "source": {
            "id": link(report.url, report.source) or iri(report.id),
            "type": "Text",
            "language": report.language,
        },
        "selector": [quote, position],
    }


def _statement_bodies(one: Statement, refs: References) -> list[dict[str, str]]:
    tags = [_body("classifying", f"statement, {one.kind}, {one.act}"), _body("identifying", one.id)]
    return [*tags, *(_body("describing", f"speaker: {name}") for name in refs.names(refs.actor_ids(one.speakers)))]


def _event_bodies(one: Event, refs: References) -> list[dict[str, str]]:
    bodies = [_body("classifying", f"event, {one.type}, {one.modality}"), _body("identifying", one.id)]
    for side, parties in (("source", one.sources), ("target", one.targets)):
        bodies += [_body("describing", f"{side}: {name}") for name in refs.names(refs.actor_ids(parties))]
    if one.date:
        bodies.append(_body("describing", f"date (EDTF): {one.date}"))
    return bodies


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


__all__ = ["CONTEXT", "iri", "write_annotations"]
