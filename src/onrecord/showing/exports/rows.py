"""Nouns -> rows of the exported shape."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from onrecord.model import (
    Actor,
    Annotation,
    Block,
    Cell,
    Claim,
    Copy,
    Disagreement,
    Event,
    Failure,
    FieldNote,
    Place,
    Quantity,
    Record,
    Report,
    Role,
    Span,
    Statement,
    Story,
)
from onrecord.showing.exports.entries import (
    Fields,
    cell_fields,
    commitment_fields,
    commitment_reading,
    demand_fields,
    demand_reading,
    judgement_fields,
    prospect_fields,
    prospect_reading,
    span_fields,
)
from onrecord.showing.references import References


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a section.

    Attributes:
        order: sorts the rows of a section and is unlike for unlike rows.
        fields: the row itself, in the order of the shape.
        reading: the same in words, for people: names for ids, words for spans. Only CSV has them.
    """

    section: str
    order: str
    fields: Fields
    reading: dict[str, str]


def rows_of(record: Record, *, readings: bool = True) -> Iterator[Row]:
    """All rows of one record, section by section; actors and reports may come again with the next record.

    Args:
        record: of a story, or of reports.
        readings: whether rows are told in words too, which costs as much as the rows.
    """
    refs = References(record)
    skipped = {marks.report: marks.skipped for marks in record.annotations}
    for report in refs.reports:
        yield Row("reports", report.id, report_fields(report, skipped.get(report.id)), {})
    for actor in record.actors:
        yield Row("actors", actor.id, actor_fields(actor), {})
    for marks in record.annotations:
        yield from _marks(marks, refs, readings=readings)
    for fusion in record.fusions:
        yield Row("stories", fusion.story.id, story_fields(fusion.story), {})
        for copy in fusion.copies:
            yield Row("copies", f"{fusion.story.id} {' '.join(copy.reports)}", copy_fields(copy, fusion.story.id), {})
        for claim in fusion.claims:
            told = _claim_reading(claim, refs) if readings else {}
            yield Row("claims", f"{claim.story} {claim.id}", claim_fields(claim), told)
        for demand in fusion.demands:
            told = demand_reading(demand, refs) if readings else {}
            yield Row("demands", f"{demand.story} {demand.id}", demand_fields(demand), told)
        for kept in fusion.commitments:
            told = commitment_reading(kept, refs) if readings else {}
            yield Row("commitments", f"{kept.story} {kept.id}", commitment_fields(kept), told)
        for prospect in fusion.prospects:
            told = prospect_reading(prospect, refs) if readings else {}
            yield Row("prospects", f"{prospect.story} {prospect.id}", prospect_fields(prospect), told)
    for judgement in record.judgements:
        yield Row("judgements", f"{judgement.made.astimezone(UTC)} {judgement.id}", judgement_fields(judgement), {})


def failure_rows(failures: Iterable[Failure]) -> Iterator[Row]:
    """The rows of the inputs that could not be read."""
    for one in failures:
        fields = {"source": one.source, "cause": str(one.cause), "message": one.message, "sha256": one.sha256}
        yield Row("failures", f"{one.source} {one.cause} {one.sha256 or ''} {one.message}", fields, {})


def _marks(marks: Annotation, refs: References, *, readings: bool) -> Iterator[Row]:
    for one in marks.statements:
        order = f"{one.report} {refs.member(one.id).span.start:09d} {one.id}"
        told = _statement_reading(one, refs) if readings else {}
        yield Row("statements", order, statement_fields(one, refs), told)
    for event in marks.events:
        order = f"{event.report} {event.span.start:09d} {event.id}"
        told = _event_reading(event, refs) if readings else {}
        yield Row("events", order, event_fields(event, refs), told)


def report_fields(report: Report, skipped: str | None = None) -> Fields:
    """A report's row."""
    return {
        "id": report.id,
        "source": report.source,
        "outlet": report.outlet,
        "title": report.title,
        "byline": list(report.byline),
        "published": report.published,
        "dateline": report.dateline,
        "language": report.language,
        "source_class": report.source_class.value,
        "url": report.url,
        "sha256": report.sha256,
        "text_sha256": hashlib.sha256(report.text.encode()).hexdigest(),
        "text": report.text,
        "blocks": [_block(one) for one in report.blocks],
        "notes": [_note(one) for one in report.notes],
        "skipped": skipped,
    }


def actor_fields(actor: Actor) -> Fields:
    """An actor's row."""
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": str(actor.kind),
        "country": actor.country,
        "roles": [{"title": role.title, "country": role.country} for role in sorted(actor.roles, key=_role_key)],
        "aliases": sorted(set(actor.aliases)),
    }


def _role_key(role: Role) -> tuple[str, str]:
    return (role.title, role.country or "")


def statement_fields(one: Statement, refs: References) -> Fields:
    """A statement's row; its speakers become actor ids."""
    return {
        "id": one.id,
        "report": one.report,
        "speakers": list(refs.actor_ids(one.speakers)),
        "kind": str(one.kind),
        "act": str(one.act),
        "source": _spans(one.source) or None,
        "cue": _spans(one.cue) or None,
        "content": _spans(one.content),
        "said": one.said,
        "inside": one.inside,
        "anonymity": None if one.anonymity is None else str(one.anonymity),
        "setting": _spans(one.setting),
        "inferred": one.inferred,
        "confidence": _rounded(one.confidence),
    }


def event_fields(one: Event, refs: References) -> Fields:
    """An event's row; its parties become actor ids."""
    return {
        "id": one.id,
        "report": one.report,
        "type": str(one.type),
        "modality": str(one.modality),
        "sources": list(refs.actor_ids(one.sources)),
        "targets": list(refs.actor_ids(one.targets)),
        "date": one.date,
        "place": None if one.place is None else _place(one.place),
        "span": span_fields(one.span),
        "topic": None if one.topic is None else span_fields(one.topic),
        "statement": one.statement,
        "condition": None if one.condition is None else span_fields(one.condition),
        "quantities": [_quantity(quantity) for quantity in one.quantities],
        "confidence": _rounded(one.confidence),
        "type_confidence": _rounded(one.type_confidence),
        "modality_confidence": _rounded(one.modality_confidence),
    }


def story_fields(story: Story) -> Fields:
    """A story's row."""
    return {
        "id": story.id,
        "title": story.title,
        "reports": list(story.reports),
        "start": story.start,
        "end": story.end,
    }


def copy_fields(copy: Copy, story: str) -> Fields:
    """The row of a pair of copies."""
    return {
        "story": story,
        "reports": list(copy.reports),
        "kind": str(copy.kind),
        "score": _rounded(copy.score),
        "by": copy.by,
    }


def claim_fields(claim: Claim) -> Fields:
    """A claim's row."""
    return {
        "id": claim.id,
        "story": claim.story,
        "kind": claim.kind,
        "members": list(claim.members),
        "reports": list(claim.reports),
        "independent": claim.independent,
        "status": str(claim.status),
        "rule": claim.rule,
        "disagreements": [_disagreement(one) for one in claim.disagreements],
        "variants": [{"member": v.member, "against": v.against, "kind": str(v.kind)} for v in claim.variants],
        "reasons": [
            {"feature": one.feature, "value": _rounded(one.value), "weight": _rounded(one.weight)}
            for one in claim.reasons
        ],
    }


def _statement_reading(one: Statement, refs: References) -> dict[str, str]:
    return {
        "outlet": refs.report[one.report].outlet or "",
        "line": str(refs.line(refs.member(one.id))),
        "speaker_names": "; ".join(refs.names(refs.actor_ids(one.speakers))),
        "source_words": refs.joined(one.report, one.source),
        "cue_words": refs.cue(one),
        "words": refs.joined(one.report, one.content),
    }


def _event_reading(one: Event, refs: References) -> dict[str, str]:
    return {
        "outlet": refs.report[one.report].outlet or "",
        "line": str(refs.line(Cell(one.report, one.span))),
        "source_names": "; ".join(refs.names(refs.actor_ids(one.sources))),
        "target_names": "; ".join(refs.names(refs.actor_ids(one.targets))),
        "words": refs.joined(one.report, (one.span,)),
    }


def _claim_reading(claim: Claim, refs: References) -> dict[str, str]:
    return {
        "outlets": "; ".join(dict.fromkeys(refs.outlet(report) for report in claim.reports)),
        "words": " | ".join(refs.words(refs.member(member)) for member in claim.members),
    }


def _rounded(value: float) -> float:
    """Six digits: the last ones of a float may differ between processors."""
    return round(float(value), 6)


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [span_fields(one) for one in spans]


def _block(block: Block) -> Fields:
    return {"kind": str(block.kind), "start": block.span.start, "end": block.span.end}


def _note(note: FieldNote) -> Fields:
    span = None if note.span is None else span_fields(note.span)
    return {"field": note.field, "how": note.how, "reason": note.reason, "span": span}


def _place(place: Place) -> Fields:
    return {
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonames": place.geonames,
    }


def _quantity(one: Quantity) -> Fields:
    return {"span": span_fields(one.span), "value": one.value, "unit": one.unit, "bound": one.bound, "high": one.high}


def _disagreement(one: Disagreement) -> Fields:
    values = [{"value": told.value, **cell_fields(told.cell)} for told in one.values]
    return {"kind": str(one.kind), "values": values}


__all__ = ["Fields", "Row", "failure_rows", "rows_of"]
