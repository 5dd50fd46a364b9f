"""Actors and stories <-> rows of their tables."""

from collections.abc import Iterable
from typing import Any

from onrecord.model import (
    Actor,
    ActorKind,
    Answer,
    Cell,
    Claim,
    Commitment,
    CommitmentState,
    Copy,
    CopyKind,
    Demand,
    Disagreement,
    DisagreementKind,
    Fusion,
    Reason,
    Role,
    Status,
    Story,
    Telling,
    Variant,
    VariantKind,
)
from onrecord.recording.nouns import by, span_of
from onrecord.recording.rows import real
from onrecord.recording.schema import Rows, fused
from onrecord.recording.sealing import seal, sealed

Row = dict[str, Any]


def actor_rows(actor: Actor) -> Rows:
    """An actor without its entities."""
    row: Row = {"id": actor.id, "name": actor.name, "kind": actor.kind.value, "country": actor.country}
    rows: Rows = {
        fused.actor: [row],
        fused.actor_role: [
            {"actor": actor.id, "n": n, "title": role.title, "country": role.country}
            for n, role in enumerate(actor.roles)
        ],
        fused.actor_alias: [{"actor": actor.id, "n": n, "name": name} for n, name in enumerate(actor.aliases)],
    }
    row["seal"] = seal(rows)
    return rows


def actor_entity_row(entity: str, actor: str) -> Row:
    """That a report's entity is this actor."""
    return sealed(fused.actor_entity, {"entity": entity, "actor": actor})


def actor_of(rows: Rows, entities: Iterable[str]) -> Actor:
    """An actor with these of its entities."""
    (row,) = rows[fused.actor]
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        country=row["country"],
        roles=tuple(Role(one["title"], one["country"]) for one in rows[fused.actor_role]),
        aliases=tuple(one["name"] for one in rows[fused.actor_alias]),
        entities=tuple(sorted(entities)),
    )


def fusion_rows(fusion: Fusion) -> Rows:
    """A story and all that hangs on its reports."""
    story = fusion.story
    row: Row = {"id": story.id, "title": story.title, "start": story.start, "stop": story.end}
    rows: Rows = {
        fused.story: [row],
        fused.story_report: [{"story": story.id, "n": n, "report": one} for n, one in enumerate(story.reports)],
        fused.copy: [
            {
                "story": story.id,
                "n": n,
                "left_report": one.reports[0],
                "right_report": one.reports[1],
                "kind": one.kind.value,
                "score": real(one.score),
                "shown_by": one.by,
            }
            for n, one in enumerate(fusion.copies)
        ],
    }
    for n, claim in enumerate(fusion.claims):
        _add(rows, _claim_rows(claim, story.id, n))
    for n, demand in enumerate(fusion.demands):
        _add(rows, _demand_rows(demand, story.id, n))
    for n, commitment in enumerate(fusion.commitments):
        _add(rows, _commitment_rows(commitment, story.id, n))
    row["seal"] = seal(rows)
    return rows


def fusion_of(rows: Rows) -> Fusion:
    """A story and all that hangs on its reports."""
    (row,) = rows[fused.story]
    reports = tuple(one["report"] for one in rows[fused.story_report])
    return Fusion(
        story=Story(row["id"], row["title"], reports, row["start"], row["stop"]),
        copies=tuple(
            Copy((one["left_report"], one["right_report"]), CopyKind(one["kind"]), one["score"], one["shown_by"])
            for one in rows[fused.copy]
        ),
        claims=_claims(rows),
        demands=_demands(rows),
        commitments=_commitments(rows),
    )


def _claim_rows(claim: Claim, story: str, n: int) -> Rows:
    row: Row = {
        "id": claim.id,
        "story": story,
        "n": n,
        "kind": claim.kind,
        "independent": claim.independent,
        "status": claim.status.value,
        "rule": claim.rule,
    }
    return {
        fused.claim: [row],
        fused.claim_member: [{"claim": claim.id, "n": at, **_member(one)} for at, one in enumerate(claim.members)],
        fused.claim_report: [{"claim": claim.id, "n": at, "report": one} for at, one in enumerate(claim.reports)],
        fused.claim_reason: [
            {"claim": claim.id, "n": at, "feature": one.feature, "value": real(one.value), "weight": real(one.weight)}
            for at, one in enumerate(claim.reasons)
        ],
        fused.variant: [
            {"claim": claim.id, "n": at, "member": one.member, "against": one.against, "kind": one.kind.value}
            for at, one in enumerate(claim.variants)
        ],
        fused.disagreement: [
            {"claim": claim.id, "n": at, "kind": one.kind.value} for at, one in enumerate(claim.disagreements)
        ],
        fused.telling: [
            {"claim": claim.id, "disagreement": at, "n": side, "value": one.value, **_cell(one.cell)}
            for at, disagreement in enumerate(claim.disagreements)
            for side, one in enumerate(disagreement.values)
        ],
    }


def _member(mark: str) -> Row:
    """A mark's id tells what it is: "<report id>.sN" is a statement, "<report id>.eN" an event."""
    is_event = mark.rpartition(".")[2].startswith("e")
    return {"statement": None if is_event else mark, "event": mark if is_event else None}


def _claims(rows: Rows) -> tuple[Claim, ...]:
    parts = {
        table: by(rows[table], "claim")
        for table in (
            fused.claim_member,
            fused.claim_report,
            fused.claim_reason,
            fused.variant,
            fused.disagreement,
            fused.telling,
        )
    }
    return tuple(
        Claim(
            id=row["id"],
            story=row["story"],
            kind=row["kind"],
            members=tuple(one["statement"] or one["event"] for one in parts[fused.claim_member][row["id"]]),
            reports=tuple(one["report"] for one in parts[fused.claim_report][row["id"]]),
            independent=row["independent"],
            status=Status(row["status"]),
            rule=row["rule"],
            disagreements=tuple(
                Disagreement(
                    DisagreementKind(one["kind"]),
                    tuple(
                        Telling(side["value"], _cell_of(side))
                        for side in parts[fused.telling][row["id"]]
                        if side["disagreement"] == one["n"]
                    ),
                )
                for one in parts[fused.disagreement][row["id"]]
            ),
            variants=tuple(
                Variant(one["member"], one["against"], VariantKind(one["kind"]))
                for one in parts[fused.variant][row["id"]]
            ),
            reasons=tuple(
                Reason(one["feature"], one["value"], one["weight"]) for one in parts[fused.claim_reason][row["id"]]
            ),
        )
        for row in rows[fused.claim]
    )


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
            {"ledger": entry, "role": role, "n": n, **_cell(cell)}
            for role, cells in words.items()
            for n, cell in enumerate(cells)
        ],
        fused.ledger_report: [{"ledger": entry, "n": n, "report": one} for n, one in enumerate(reports)],
    }


def _demand_rows(demand: Demand, story: str, n: int) -> Rows:
    row: Row = {
        "id": demand.id,
        "story": story,
        "kind": "demand",
        "n": n,
        "claim": demand.claim,
        "answer": demand.answer.value if demand.answer else None,
        "due": None,
        "state": None,
        "conditional": None,
    }
    parties = {"by": demand.by, "of": demand.of, "answered_by": demand.answered_by}
    return _ledger_rows(row, parties, {"words": demand.words, "answer_words": demand.answer_words}, demand.reports)


def _commitment_rows(commitment: Commitment, story: str, n: int) -> Rows:
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
    return _ledger_rows(row, parties, {"words": commitment.words}, commitment.reports)


def _demands(rows: Rows) -> tuple[Demand, ...]:
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
        )
        for row in rows[fused.ledger]
        if row["kind"] == "demand"
    )


def _commitments(rows: Rows) -> tuple[Commitment, ...]:
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
        )
        for row in rows[fused.ledger]
        if row["kind"] == "commitment"
    )


def _ledger_parts(rows: Rows) -> tuple[dict[str, list[Row]], dict[str, list[Row]], dict[str, list[Row]]]:
    tables = (fused.ledger_party, fused.ledger_words, fused.ledger_report)
    parties, words, reports = (by(rows[table], "ledger") for table in tables)
    return parties, words, reports


def _actors(rows: list[Row], role: str) -> tuple[str, ...]:
    return tuple(row["actor"] for row in rows if row["role"] == role)


def _cells(rows: list[Row], role: str) -> tuple[Cell, ...]:
    return tuple(_cell_of(row) for row in rows if row["role"] == role)


def _cell(cell: Cell) -> Row:
    return {"report": cell.report, "start": cell.span.start, "stop": cell.span.end}


def _cell_of(row: Row) -> Cell:
    return Cell(row["report"], span_of(row))


def _add(rows: Rows, more: Rows) -> None:
    for table, some in more.items():
        rows.setdefault(table, []).extend(some)
