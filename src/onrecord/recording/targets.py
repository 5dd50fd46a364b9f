"""What can be judged how: the targets of a judgement, checked, and put on their places in the texts."""

from collections.abc import Sequence
from dataclasses import replace
from enum import EnumType
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.errors import UsageError
from onrecord.model import (
    Act,
    ActorKind,
    Anchor,
    Answer,
    CommitmentState,
    EventType,
    Judged,
    Modality,
    StatementKind,
    Status,
    Verdict,
)
from onrecord.recording.anchoring import actor_anchors, marks_at
from onrecord.recording.schema import KEYS, batched, fused, marks

#: Field -> its possible values; None: any text, "?": any text, or no value.
_FIELDS: dict[Judged, dict[str, Any]] = {
    Judged.STATEMENT: {"speakers": None, "kind": StatementKind, "act": Act, "said": "?"},
    Judged.EVENT: {"type": EventType, "modality": Modality, "sources": None, "targets": None, "date": "?"},
    Judged.CLAIM: {"status": Status},
    Judged.ACTOR: {"name": None, "kind": ActorKind, "country": "?"},
    Judged.DEMAND: {"by": None, "of": None, "answer": Answer},
    Judged.COMMITMENT: {"by": None, "to": None, "due": "?", "state": CommitmentState},
}
_TABLES: dict[Judged, Table] = {
    Judged.STATEMENT: marks.statement,
    Judged.EVENT: marks.event,
    Judged.CLAIM: fused.claim,
    Judged.ACTOR: fused.actor,
    Judged.DEMAND: fused.ledger,
    Judged.COMMITMENT: fused.ledger,
}


def fields_of(kind: Judged) -> tuple[str, ...]:
    """The fields that can be corrected.

    >>> fields_of(Judged.COMMITMENT)
    ('by', 'to', 'due', 'state')
    """
    return tuple(_FIELDS[kind])


def check_correction(
    connection: Connection, verdict: Verdict, kind: Judged, targets: Sequence[str], field: str | None, value: str | None
) -> str | None:
    """See that a correction is one, and nothing else.

    Returns:
        What the machine says of the first target.

    Raises:
        UsageError: no such field or value; a field without a correction.
    """
    if verdict is not Verdict.CORRECT:
        if field is not None or value is not None:
            raise UsageError(f"{verdict} takes no field and no value; only {Verdict.CORRECT} does")
        return None
    if field not in _FIELDS[kind]:
        raise UsageError(f"a {kind} has no field {field!r} to correct; choose one of {', '.join(_FIELDS[kind])}")
    allowed = _FIELDS[kind][field]
    if value is None and allowed not in ("?", Answer):
        raise UsageError(f"{field} of a {kind} can't be without a value: say which one is right")
    if isinstance(allowed, EnumType) and value is not None and value not in allowed.__members__.values():
        raise UsageError(f"{field} of a {kind} can't be {value!r}; choose one of {', '.join(map(str, allowed))}")
    return _told(connection, kind, targets[0] if targets else "", field or "")


def known_parties(connection: Connection, field: str | None, value: str | None) -> str | None:
    """A correction's parties by their ids, where one actor alone has such a name; other words stay as they are."""
    if value is None or field not in ("speakers", "sources", "targets", "by", "of", "to"):
        return value
    alias, actor = fused.actor_alias, fused.actor
    found = []
    for name in (part.strip() for part in value.split(";")):
        if not name:
            continue
        if connection.scalar(select(actor.c.id).where(actor.c.id == name)) is not None:
            found.append(name)
            continue
        meant = connection.scalars(select(alias.c.actor).where(alias.c.name == name).distinct().limit(2)).all()
        found.append(meant[0] if len(meant) == 1 else name)
    return "; ".join(found)


def groups_of(
    connection: Connection, verdict: Verdict, kind: Judged, targets: Sequence[str]
) -> tuple[tuple[Anchor, ...], ...]:
    """The places of each target; a claim that is split alone falls into its members.

    Raises:
        UsageError: there is no such target, or it can't be judged so.
    """
    if len(set(targets)) < len(targets) or not targets:
        raise UsageError("a judgement is about one or more things, each named once")
    groups = [_group(connection, kind, target, n, targets) for n, target in enumerate(targets)]
    if verdict is Verdict.SPLIT and len(groups) == 1 and kind is not Judged.ACTOR:
        groups = [[replace(one, target=n)] for n, one in enumerate(groups[0])]
    if verdict in (Verdict.MERGE, Verdict.SPLIT):
        if len(groups) < 2:
            hint = "; name the entities that are somebody else too" if kind is Judged.ACTOR else ""
            raise UsageError(f"{verdict} needs at least two things to {verdict}, found {len(groups)}{hint}")
        if kind is not Judged.ACTOR:
            _check_together(connection, [one for group in groups for one in group], verdict)
    return tuple(tuple(group) for group in groups)


def _group(connection: Connection, kind: Judged, target: str, n: int, targets: Sequence[str]) -> list[Anchor]:
    if kind is Judged.ACTOR:
        return _actor(connection, target, n, targets)
    found = marks_at(connection, [target], n)
    if kind in (Judged.STATEMENT, Judged.EVENT):
        found = [one for one in found if one.kind == kind]
    elif kind is Judged.CLAIM:
        found = [one for one in found if one.kind != "entity"]
        found = found or marks_at(connection, _members(connection, target) - (set(targets) - {target}), n)
    else:
        entry = fused.ledger
        query = select(entry.c.claim).where(entry.c.id == target, entry.c.kind == kind.value)
        claim = connection.scalar(query)
        found = [] if claim is None else marks_at(connection, _members(connection, claim), n)
    if not found:
        raise _none(kind, target)
    return found


def _actor(connection: Connection, target: str, n: int, targets: Sequence[str]) -> list[Anchor]:
    """An actor; an entity; or a report, for the entities that it has of the actor named first."""
    if connection.scalar(select(fused.actor.c.id).where(fused.actor.c.id == target)) is not None:
        return actor_anchors(connection, target, n, _entities(connection, targets))
    found = [one for one in marks_at(connection, [target], n) if one.kind == "entity"]
    return found or marks_at(connection, _entities_in(connection, target, targets[0], target), n)


def _entities(connection: Connection, targets: Sequence[str]) -> frozenset[str]:
    """The entities that are named themselves, or with their report."""
    return frozenset(targets) | frozenset(
        entity for target in targets[1:] for entity in _entities_in(connection, target, targets[0])
    )


def _entities_in(connection: Connection, report: str, actor: str, missing: str | None = None) -> list[str]:
    joined = fused.actor_entity
    query = (
        select(marks.entity.c.id)
        .join(joined, joined.c.entity == marks.entity.c.id)
        .where(marks.entity.c.report == report, joined.c.actor == actor)
    )
    found = sorted(connection.scalars(query))
    if not found and missing is not None:
        raise _none(Judged.ACTOR, missing)
    return found


def _members(connection: Connection, claim: str) -> set[str]:
    table = fused.claim_member
    rows = connection.execute(select(table.c.statement, table.c.event).where(table.c.claim == claim))
    return {mark for row in rows for mark in row if mark is not None}


def _check_together(connection: Connection, anchors: Sequence[Anchor], verdict: Verdict) -> None:
    """Only marks of one story are ever one claim; a statement is put to an event only where they are one already."""
    table, claim = fused.claim_member, fused.claim
    ids = sorted({one.mark for one in anchors if one.mark is not None})
    query = select(claim.c.story, claim.c.kind).join(table, table.c.claim == claim.c.id)
    rows = [
        row
        for some in batched(ids, KEYS)
        for row in connection.execute(query.where(table.c.statement.in_(some) | table.c.event.in_(some)))
    ]
    stories, kinds = sorted({row.story for row in rows}), {row.kind for row in rows}
    if len(kinds) > 1:
        raise UsageError(f"can't {verdict} a statement with an event: a claim is either said or done")
    if len(stories) > 1:
        raise UsageError(f"can't {verdict} claims of different stories ({', '.join(stories)}): a claim is of one story")


def _told(connection: Connection, kind: Judged, target: str, field: str) -> str | None:
    """A field of a target as the machine told it."""
    table = _TABLES[kind]
    if field in table.c:
        found = connection.scalar(select(table.c[field]).where(table.c.id == target))
        return None if found is None else str(found)
    if kind is Judged.STATEMENT:
        part = marks.statement_speaker
        rows = connection.execute(
            select(part.c.entity, part.c.name).where(part.c.statement == target).order_by(part.c.n)
        ).all()
        return "; ".join(_actor_of(connection, row.entity) if row.entity else row.name for row in rows) or None
    if kind is Judged.EVENT:
        party = marks.event_party
        query = select(party.c.entity).where(party.c.event == target, party.c.role == field.removesuffix("s"))
        entities = connection.scalars(query.order_by(party.c.n)).all()
        return "; ".join(_actor_of(connection, entity) for entity in entities) or None
    side = fused.ledger_party
    query = select(side.c.actor).where(side.c.ledger == target, side.c.role == field).order_by(side.c.n)
    return "; ".join(connection.scalars(query)) or None


def _actor_of(connection: Connection, entity: str) -> str:
    table = fused.actor_entity
    return connection.scalar(select(table.c.actor).where(table.c.entity == entity)) or entity


def _none(kind: Judged, target: str) -> UsageError:
    what = {Judged.ACTOR: "actor, entity or report with one", Judged.CLAIM: "claim, statement or event"}
    return UsageError(f"there is no {what.get(kind, kind)} {target!r} in the store")


__all__ = ["check_correction", "fields_of", "groups_of", "known_parties"]
