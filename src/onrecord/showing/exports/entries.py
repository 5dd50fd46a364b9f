"""The ledger and the judgements -> fields of the exported shape, and spans and cells as all rows have them."""

from datetime import UTC
from typing import Any

from onrecord.model import Cell, Commitment, Demand, Judgement, Prospect, Span
from onrecord.showing.references import References

Fields = dict[str, Any]


def span_fields(span: Span) -> list[int]:
    """A span as two numbers."""
    return [span.start, span.end]


def cell_fields(cell: Cell) -> Fields:
    """A place in a report."""
    return {"report": cell.report, "span": span_fields(cell.span)}


def demand_fields(demand: Demand) -> Fields:
    """A demand's row."""
    return {
        "id": demand.id,
        "claim": demand.claim,
        "story": demand.story,
        "by": list(demand.by),
        "of": list(demand.of),
        "words": [cell_fields(one) for one in demand.words],
        "answer": None if demand.answer is None else str(demand.answer),
        "answered_by": list(demand.answered_by),
        "answer_words": [cell_fields(one) for one in demand.answer_words],
        "reports": list(demand.reports),
        "replies": [{"answer": str(one.answer), **cell_fields(one.cell)} for one in demand.replies],
        "due": demand.due,
    }


def commitment_fields(kept: Commitment) -> Fields:
    """A commitment's row."""
    return {
        "id": kept.id,
        "claim": kept.claim,
        "story": kept.story,
        "by": list(kept.by),
        "to": list(kept.to),
        "words": [cell_fields(one) for one in kept.words],
        "due": kept.due,
        "state": str(kept.state),
        "conditional": kept.conditional,
        "reports": list(kept.reports),
        "condition": [cell_fields(one) for one in kept.condition],
        "turns": [{"state": str(one.state), **cell_fields(one.cell)} for one in kept.turns],
    }


def prospect_fields(prospect: Prospect) -> Fields:
    """The row of a threat or an offer."""
    return {
        "id": prospect.id,
        "claim": prospect.claim,
        "story": prospect.story,
        "kind": str(prospect.kind),
        "by": list(prospect.by),
        "to": list(prospect.to),
        "words": [cell_fields(one) for one in prospect.words],
        "condition": [cell_fields(one) for one in prospect.condition],
        "reports": list(prospect.reports),
    }


def judgement_fields(judgement: Judgement) -> Fields:
    """A judgement's row: what stands beside the machine's values, which are exported as they are."""
    return {
        "id": judgement.id,
        "verdict": str(judgement.verdict),
        "kind": str(judgement.kind),
        "targets": list(judgement.targets),
        "marks": list(dict.fromkeys(judgement.marks())),
        "made": judgement.made.astimezone(UTC).isoformat(),
        "field": judgement.field,
        "value": judgement.value,
        "machine": judgement.machine,
        "note": judgement.note,
        "author": judgement.author,
    }


def demand_reading(demand: Demand, refs: References) -> dict[str, str]:
    """A demand in words."""
    return {
        "by_names": "; ".join(refs.names(demand.by)),
        "of_names": "; ".join(refs.names(demand.of)),
        "demand_words": " | ".join(refs.words(cell) for cell in demand.words),
        "answer_told": " | ".join(refs.words(cell) for cell in demand.answer_words),
    }


def commitment_reading(kept: Commitment, refs: References) -> dict[str, str]:
    """A commitment in words."""
    return {
        "by_names": "; ".join(refs.names(kept.by)),
        "to_names": "; ".join(refs.names(kept.to)),
        "promise_words": " | ".join(refs.words(cell) for cell in kept.words),
    }


def prospect_reading(prospect: Prospect, refs: References) -> dict[str, str]:
    """A threat or an offer in words."""
    return {
        "by_names": "; ".join(refs.names(prospect.by)),
        "to_names": "; ".join(refs.names(prospect.to)),
        "told_words": " | ".join(refs.words(cell) for cell in prospect.words),
    }


__all__ = [
    "Fields",
    "cell_fields",
    "commitment_fields",
    "commitment_reading",
    "demand_fields",
    "demand_reading",
    "judgement_fields",
    "prospect_fields",
    "prospect_reading",
    "span_fields",
]
