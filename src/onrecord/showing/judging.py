"""The record as an analyst left it: corrected values in the place of the machine's, rejected marks set aside.

Exports carry the machine's values with the judgements beside them; this is for people's eyes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from onrecord.model import (
    Act,
    Actor,
    ActorKind,
    Annotation,
    Answer,
    Claim,
    Commitment,
    CommitmentState,
    Demand,
    Event,
    EventType,
    Fusion,
    Judged,
    Judgement,
    Modality,
    Record,
    Statement,
    StatementKind,
    Status,
    Verdict,
)

T = TypeVar("T", Statement, Event, Claim, Actor, Demand, Commitment)

_KINDS: dict[type, Judged] = {
    Statement: Judged.STATEMENT,
    Event: Judged.EVENT,
    Claim: Judged.CLAIM,
    Actor: Judged.ACTOR,
    Demand: Judged.DEMAND,
    Commitment: Judged.COMMITMENT,
}
#: Kind and field -> how the words of a correction become a value; the others are kept as they are.
_READ: dict[tuple[Judged, str], Any] = {
    (Judged.STATEMENT, "kind"): StatementKind,
    (Judged.STATEMENT, "act"): Act,
    (Judged.EVENT, "type"): EventType,
    (Judged.EVENT, "modality"): Modality,
    (Judged.CLAIM, "status"): Status,
    (Judged.ACTOR, "kind"): ActorKind,
    (Judged.DEMAND, "answer"): Answer,
    (Judged.COMMITMENT, "state"): CommitmentState,
}
_PARTIES = frozenset({"speakers", "sources", "targets", "by", "of", "to"})


def corrected(record: Record) -> Record:
    """The record with corrected values and without rejected marks; as it is where nothing was judged."""
    if not record.judgements:
        return record
    judged = record.judged()
    return replace(
        record,
        annotations=tuple(_marks(one, judged) for one in record.annotations),
        actors=tuple(_one(actor, judged) for actor in record.actors),
        fusions=tuple(_fusion(one, judged) for one in record.fusions),
    )


def rejected(judgements: Iterable[Judgement]) -> bool:
    """Whether the last word of an analyst on a thing is that it is none."""
    last = [one.verdict for one in judgements if one.verdict in (Verdict.ACCEPT, Verdict.REJECT)]
    return bool(last) and last[-1] is Verdict.REJECT


def _marks(marks: Annotation, judged: Mapping[str, tuple[Judgement, ...]]) -> Annotation:
    return replace(
        marks,
        statements=tuple(_one(one, judged) for one in marks.statements if not _gone(one.id, judged)),
        events=tuple(_one(one, judged) for one in marks.events if not _gone(one.id, judged)),
    )


def _gone(mark: str, judged: Mapping[str, tuple[Judgement, ...]]) -> bool:
    kinds = (Judged.STATEMENT, Judged.EVENT, Judged.CLAIM)
    return rejected(one for one in judged.get(mark, ()) if one.kind in kinds)


def _fusion(fusion: Fusion, judged: Mapping[str, tuple[Judgement, ...]]) -> Fusion:
    return replace(
        fusion,
        claims=tuple(_one(one, judged) for one in fusion.claims),
        demands=tuple(_one(one, judged) for one in fusion.demands),
        commitments=tuple(_one(one, judged) for one in fusion.commitments),
    )


def _one(one: T, judged: Mapping[str, tuple[Judgement, ...]]) -> T:
    kind = _KINDS[type(one)]
    fields = {
        each.field: value(kind, each.field, each.value)
        for each in judged.get(one.id, ())
        if each.verdict is Verdict.CORRECT and each.kind is kind and each.field
    }
    return replace(one, **fields) if fields else one


def value(kind: Judged, field: str, told: str | None) -> Any:
    """What the words of a correction stand for.

    >>> value(Judged.COMMITMENT, "to", "state:varda; state:ostrel")
    ('state:varda', 'state:ostrel')
    """
    if field in _PARTIES:
        return tuple(part.strip() for part in (told or "").split(";") if part.strip())
    return told if told is None or (kind, field) not in _READ else _READ[kind, field](told)


__all__ = ["corrected", "rejected", "value"]
