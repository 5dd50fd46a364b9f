"""Actors and stories <-> rows of their tables."""

from collections.abc import Iterable
from typing import Any

from onrecord.model import (
    Actor,
    ActorKind,
    Claim,
    Copy,
    CopyKind,
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
from onrecord.recording.ledger_rows import (
    cell,
    cell_of,
    commitment_rows,
    commitments,
    demand_rows,
    demands,
    prospect_rows,
    prospects,
)
from onrecord.recording.nouns import by
from onrecord.recording.rows import real
from onrecord.recording.schema import Rows, fused
from onrecord.recording.sealing import seal, sealed
from onrecord.recording.trails import trail_rows, trails_of

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
        _add(rows, demand_rows(demand, story.id, n))
    for n, commitment in enumerate(fusion.commitments):
        _add(rows, commitment_rows(commitment, story.id, n))
    for n, prospect in enumerate(fusion.prospects):
        _add(rows, prospect_rows(prospect, story.id, n))
    _add(rows, trail_rows(fusion.trails, story.id))
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
        demands=demands(rows),
        commitments=commitments(rows),
        prospects=prospects(rows),
        trails=trails_of(rows),
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
            {"claim": claim.id, "disagreement": at, "n": side, "value": one.value, **cell(one.cell)}
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
                        Telling(side["value"], cell_of(side))
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


def _add(rows: Rows, more: Rows) -> None:
    for table, some in more.items():
        rows.setdefault(table, []).extend(some)
