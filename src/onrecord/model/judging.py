"""What an analyst decides about the record, and how the record changed: kept beside the machine's values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from onrecord.model.text import Span


class Verdict(StrEnum):
    """What an analyst decides.

    accept: it was checked and is right; a claim's members stay together.
    reject: it is no such thing; a mark leaves claims and ledger, but is still there to be seen as rejected.
    merge: the targets are one.
    split: the targets are not one and the same.
    correct: a field has another value.
    """

    ACCEPT = "accept"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    CORRECT = "correct"


class Judged(StrEnum):
    """What a judgement is about."""

    STATEMENT = "statement"
    EVENT = "event"
    CLAIM = "claim"
    ACTOR = "actor"
    DEMAND = "demand"
    COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a judgement's target stands in a text, by which it is found again when ids have changed.

    Attributes:
        target: which of the judgement's targets it belongs to, from 0; a claim has one for each of its members.
        kind: statement, event, entity, or actor (which stands in no one text).
        report: None for an actor.
        spans: content of a statement, span of an event, mentions of an entity.
        mark: id of the statement, event, entity or actor as it is now; None where it is not found any more.
    """

    target: int
    kind: str
    report: str | None
    spans: tuple[Span, ...]
    mark: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's decision. It holds until it is undone, whatever is read, annotated or fused meanwhile.

    Attributes:
        id: "j" and a hash.
        targets: ids as they were judged; `anchors` say where they are now.
        field: what is corrected ("speakers", "type", "due" ...); None for every other verdict.
        value: what it is corrected to; several actors are parted by "; ".
        machine: what the machine said when it was judged, in the same form as `value`.
        undone: when it was taken back; None while it holds.
    """

    id: str
    verdict: Verdict
    kind: Judged
    targets: tuple[str, ...]
    made: datetime
    field: str | None = None
    value: str | None = None
    note: str | None = None
    author: str | None = None
    undone: datetime | None = None
    machine: str | None = None
    anchors: tuple[Anchor, ...] = ()

    def marks(self, target: int | None = None) -> tuple[str, ...]:
        """The statements, events, entities and actors that it is about, as they are called now."""
        return tuple(
            one.mark for one in self.anchors if one.mark is not None and (target is None or one.target == target)
        )

    @property
    def lost(self) -> bool:
        """Whether nothing that it is about is in the record any more."""
        return not self.marks()


class Cause(StrEnum):
    """Why the record changed."""

    READ = "read"
    REANNOTATED = "re-annotated"
    REMOVED = "removed"
    JUDGED = "judged"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of the record that came, went or became another.

    Attributes:
        at: when.
        kind: report, marks, story, claim, demand, commitment, actor, entity or judgement.
        story: the story it belongs to, or belonged to; None for what belongs to none.
        because: id of the report or judgement behind it, where there is one.
        before: its fields before; None where it is new.
        after: its fields after; None where it is gone.
    """

    at: datetime
    cause: Cause
    kind: str
    id: str
    story: str | None = None
    because: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
