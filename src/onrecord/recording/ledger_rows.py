"""Demands and commitments <-> rows of the ledger."""

from typing import Any

from onrecord.model import Answer, Cell, Commitment, CommitmentState, Demand, Prospect, ProspectKind, Reply, Turn
from onrecord.recording.nouns import by, span_of
from onrecord.recording.schema import Rows, fused

Row = dict[str, Any]

_ANSWERS, _STATES = frozenset(map(str, Answer)), frozenset(map(str, CommitmentState))
_PROSPECTS = frozenset(map(str, ProspectKind))


def _ledger_rows(
    row: Row, parties: dict[str, tuple[str, ...]], words: dict[str, tuple[Cell, ...]], reports: tuple[str, ...]
) -> Rows:
    entry = row["id"]
    return {
        fused.ledger: [row],
        fused.ledger_party: [
            {"ledger": entry, "role": role, "n": n, "actor": actor}
            for role, actors in parties.items()
            for n, actor in enumerate(actors)
        ],
        fused.ledger_words: [
            {"ledger": entry, "role": role, "n": n, **cell(one)}
            for role, cells in words.items()
            for n, one in enumerate(cells)
        ],
        fused.ledger_report: [{"ledger": entry, "n": n, "report": one} for n, one in enumerate(reports)],
    }


def demand_rows(demand: Demand, story: str, n: int) -> Rows:
    """A demand."""
    row: Row = {
        "id": demand.id,
        "story": story,
        "kind": "demand",
        "n": n,
        "claim": demand.claim,
        "answer": demand.answer.value if demand.answer else None,
        "due": demand.due,
        "state": None,
        "conditional": None,
    }
    parties = {"by": demand.by, "of": demand.of, "answered_by": demand.answered_by}
    words = {"words": demand.words, "answer_words": demand.answer_words}
    words |= {str(answer): tuple(r.cell for r in demand.replies if r.answer is answer) for answer in Answer}
    return _ledger_rows(row, parties, words, demand.reports)


def commitment_rows(commitment: Commitment, story: str, n: int) -> Rows:
    """A commitment."""
    row: Row = {
        "id": commitment.id,
        "story": story,
        "kind": "commitment",
        "n": n,
        "claim": commitment.claim,
        "answer": None,
        "due": commitment.due,
        "state": commitment.state.value,
        "conditional": commitment.conditional,
    }
    parties = {"by": commitment.by, "to": commitment.to}
    words = {"words": commitment.words, "condition": commitment.condition}
    words |= {str(state): tuple(t.cell for t in commitment.turns if t.state is state) for state in CommitmentState}
    return _ledger_rows(row, parties, words, commitment.reports)


def prospect_rows(prospect: Prospect, story: str, n: int) -> Rows:
    """A threat or an offer."""
    row: Row = {
        "id": prospect.id,
        "story": story,
        "kind": prospect.kind.value,
        "n": n,
        "claim": prospect.claim,
        "answer": None,
        "due": None,
        "state": None,
        "conditional": bool(prospect.condition),
    }
    parties = {"by": prospect.by, "to": prospect.to}
    words = {"words": prospect.words, "condition": prospect.condition}
    return _ledger_rows(row, parties, words, prospect.reports)


def demands(rows: Rows) -> tuple[Demand, ...]:
    """The demands of a story, in order."""
    parties, words, reports = _ledger_parts(rows)
    return tuple(
        Demand(
            id=row["id"],
            claim=row["claim"],
            story=row["story"],
            by=_actors(parties[row["id"]], "by"),
            of=_actors(parties[row["id"]], "of"),
            words=_cells(words[row["id"]], "words"),
            answer=None if row["answer"] is None else Answer(row["answer"]),
            answered_by=_actors(parties[row["id"]], "answered_by"),
            answer_words=_cells(words[row["id"]], "answer_words"),
            reports=tuple(one["report"] for one in reports[row["id"]]),
            replies=tuple(
                Reply(Answer(one["role"]), cell_of(one)) for one in words[row["id"]] if one["role"] in _ANSWERS
            ),
            due=row["due"],
        )
        for row in rows[fused.ledger]
        if row["kind"] == "demand"
    )


def commitments(rows: Rows) -> tuple[Commitment, ...]:
    """The commitments of a story, in order."""
    parties, words, reports = _ledger_parts(rows)
    return tuple(
        Commitment(
            id=row["id"],
            claim=row["claim"],
            story=row["story"],
            by=_actors(parties[row["id"]], "by"),
            to=_actors(parties[row["id"]], "to"),
            words=_cells(words[row["id"]], "words"),
            due=row["due"],
            state=CommitmentState(row["state"]),
            conditional=row["conditional"],
            reports=tuple(one["report"] for one in reports[row["id"]]),
            condition=_cells(words[row["id"]], "condition"),
            turns=tuple(
                Turn(CommitmentState(one["role"]), cell_of(one)) for one in words[row["id"]] if one["role"] in _STATES
            ),
        )
        for row in rows[fused.ledger]
        if row["kind"] == "commitment"
    )


def prospects(rows: Rows) -> tuple[Prospect, ...]:
    """The threats and offers of a story, in order."""
    parties, words, reports = _ledger_parts(rows)
    return tuple(
        Prospect(
            id=row["id"],
            claim=row["claim"],
            story=row["story"],
            kind=ProspectKind(row["kind"]),
            by=_actors(parties[row["id"]], "by"),
            to=_actors(parties[row["id"]], "to"),
            words=_cells(words[row["id"]], "words"),
            condition=_cells(words[row["id"]], "condition"),
            reports=tuple(one["report"] for one in reports[row["id"]]),
        )
        for row in rows[fused.ledger]
        if row["kind"] in _PROSPECTS
    )


def _ledger_parts(rows: Rows) -> tuple[dict[str, list[Row]], dict[str, list[Row]], dict[str, list[Row]]]:
    tables = (fused.ledger_party, fused.ledger_words, fused.ledger_report)
    parties, words, reports = (by(rows[table], "ledger") for table in tables)
    return parties, words, reports


def _actors(rows: list[Row], role: str) -> tuple[str, ...]:
    return tuple(row["actor"] for row in rows if row["role"] == role)


def _cells(rows: list[Row], role: str) -> tuple[Cell, ...]:
    return tuple(cell_of(row) for row in rows if row["role"] == role)


def cell(cell: Cell) -> Row:
    """Where words stand."""
    return {"report": cell.report, "start": cell.span.start, "stop": cell.span.end}


def cell_of(row: Row) -> Cell:
    """Where words stand."""
    return Cell(row["report"], span_of(row))
