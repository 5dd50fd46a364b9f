"""What fusing makes of the marks of many reports: actors, stories, claims and the ledger."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from onrecord.model.judging import Judged, Judgement
from onrecord.model.marks import ActorKind, Annotation, Event, Role, Statement
from onrecord.model.text import Report, Span


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A place in a report that proves something: the report's id and the span of its text."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things were joined: one feature, its value and what it weighed."""

    feature: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Actor:
    """Person, state, organisation or group, as all reports together speak of it.

    Attributes:
        id: made of what it is ("state:RUS", "person:lavrov-sergei"); does not depend on reading order.
        entities: ids of the reports' entities that were joined, sorted; a join can be undone.
        aliases: every distinct name told, sorted.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    roles: tuple[Role, ...]
    aliases: tuple[str, ...]
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """What grouping needs to know of a report, so that no text is read again for it.

    Attributes:
        day: YYYY-MM-DD, or None where the report has no date.
        outlet: as told, or None.
        terms: (term, weight) pairs of unit length together, heaviest first, ties by term.
        told: days that the lead tells, sorted: of the year ("03-07") and of the week ("friday").
    """

    report: str
    day: str | None
    outlet: str | None
    terms: tuple[tuple[str, float], ...]
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """Two reports (`left` < `right`) that may tell of one happening, and how alike they are, 0..1."""

    left: str
    right: str
    score: float


class CopyKind(StrEnum):
    """How one report depends on another."""

    COPY = "copy"
    PARTLY = "partly-derived"


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports of which one took its text from the other or both from one wire.

    Attributes:
        reports: the two ids, sorted.
        score: share of the smaller report's word 5-grams that the other has, quotations cut, 0..1.
        by: text, or credit (the outlet that is credited).
    """

    reports: tuple[str, str]
    kind: CopyKind
    score: float
    by: str = "text"


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of one happening. `start` and `end` are EDTF days of its reports."""

    id: str
    title: str
    reports: tuple[str, ...]
    start: str | None
    end: str | None


class Status(StrEnum):
    """How well a claim is told; never whether it is true."""

    CORROBORATED = "corroborated"
    SINGLE = "single"
    DISPUTED = "disputed"


class DisagreementKind(StrEnum):
    """In what two tellings of one claim differ. Wording (framing) is never a contradiction."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    PARTY = "party"
    DENIAL = "denial"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Telling:
    """One side of a disagreement: the value as told, and where."""

    value: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Tellings that do not go together, one for each distinct value."""

    kind: DisagreementKind
    values: tuple[Telling, ...]


class VariantKind(StrEnum):
    """How one wording of an utterance relates to the fullest one."""

    VERBATIM = "verbatim"
    CUT = "cut"
    REWORDED = "reworded"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Variant:
    """A member of a claim, compared with the claim's fullest member (`against`)."""

    member: str
    against: str
    kind: VariantKind


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one or more reports of a story assert.

    Attributes:
        id: "c" and a hash of its first member's id.
        members: statement and event ids, sorted.
        reports: ids of the reports that tell it, sorted.
        independent: how many independent tellings: copies and reports with one origin count once.
        rule: the rule behind `status`, in one sentence.
        reasons: why the members were joined.
    """

    id: str
    story: str
    kind: Literal["statement", "event"]
    members: tuple[str, ...]
    reports: tuple[str, ...]
    independent: int
    status: Status
    rule: str
    disagreements: tuple[Disagreement, ...] = ()
    variants: tuple[Variant, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Answer(StrEnum):
    """What the other side said to a demand; None (no answer) where no report tells one."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PARTLY = "partly"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to a demand, in the words that tell it."""

    answer: Answer
    cell: Cell


@dataclass(frozen=True, slots=True)
class Demand:
    """A claim that somebody must answer. `by`, `of` and `answered_by` are actor ids.

    Attributes:
        replies: each answer told, in the order of the reports' days; `answer` sums them up.
        due: by when it is wanted (EDTF), where a report tells it: "gave them until Friday".
    """

    id: str
    claim: str
    story: str
    by: tuple[str, ...]
    of: tuple[str, ...]
    words: tuple[Cell, ...]
    answer: Answer | None
    answered_by: tuple[str, ...]
    answer_words: tuple[Cell, ...]
    reports: tuple[str, ...]
    replies: tuple[Reply, ...] = ()
    due: str | None = None


class CommitmentState(StrEnum):
    """Where a promise stands, by the reports so far.

    `overdue` is never stored: it is reckoned from the due time and the day on which one asks (`state_on`).
    """

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a later report tells of a promise (kept, broken, withdrawn), in its words."""

    state: CommitmentState
    cell: Cell


@dataclass(frozen=True, slots=True)
class Commitment:
    """A claim that somebody must keep: who owes whom what, due when (EDTF).

    Attributes:
        condition: the words on which it depends.
        turns: what later reports tell of it, in the order of their days.
    """

    id: str
    claim: str
    story: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    words: tuple[Cell, ...]
    due: str | None
    state: CommitmentState
    conditional: bool
    reports: tuple[str, ...]
    condition: tuple[Cell, ...] = ()
    turns: tuple[Turn, ...] = ()


class ProspectKind(StrEnum):
    """Whether what is announced is meant to hurt or to help."""

    THREAT = "threat"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Prospect:
    """A threat or an offer: what somebody announces to do to or for somebody, and on what condition."""

    id: str
    claim: str
    story: str
    kind: ProspectKind
    by: tuple[str, ...]
    to: tuple[str, ...]
    words: tuple[Cell, ...]
    condition: tuple[Cell, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """By what an entry of the ledger, or an event that may answer one, is found from other stories.

    Attributes:
        item: id of a demand, commitment, threat or offer, or of an event.
        entry: True for an entry of the ledger.
        report: id of the (first) report that tells it.
        day: YYYY-MM-DD of that report, or None.
        keys: "side|word": who has part in it, with each of the words that say what it is about; sorted.
    """

    item: str
    entry: bool
    report: str
    day: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """What fusing makes of one story: all that hangs on its reports, replaced as a whole."""

    story: Story
    copies: tuple[Copy, ...] = ()
    claims: tuple[Claim, ...] = ()
    demands: tuple[Demand, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    prospects: tuple[Prospect, ...] = ()
    trails: tuple[Trail, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A story, or a whole store, ready to be shown: reports with their marks and what was fused.

    Statements and events name entities; `actor_of` gives the actor of each entity.
    """

    reports: tuple[Report, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    actors: tuple[Actor, ...] = ()
    fusions: tuple[Fusion, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    def actor_of(self) -> dict[str, Actor]:
        """The actor of each entity id."""
        return {entity: actor for actor in self.actors for entity in actor.entities}

    def statements(self) -> tuple[Statement, ...]:
        """All statements, report by report."""
        return tuple(one for marks in self.annotations for one in marks.statements)

    def events(self) -> tuple[Event, ...]:
        """All events, report by report."""
        return tuple(one for marks in self.annotations for one in marks.events)

    def judged(self) -> dict[str, tuple[Judgement, ...]]:
        """The judgements that hold of each statement, event, claim, actor, demand and commitment, oldest first.

        What is about a claim that is no claim any more (it was rejected) stands with its members, what is about such
        a demand or commitment with its claim.
        """
        claims = {member: claim.id for fusion in self.fusions for claim in fusion.claims for member in claim.members}
        entries: dict[tuple[Judged, str], str] = {}
        for fusion in self.fusions:
            entries.update({(Judged.DEMAND, one.claim): one.id for one in fusion.demands})
            entries.update({(Judged.COMMITMENT, one.claim): one.id for one in fusion.commitments})
        actor_of = self.actor_of()
        found: dict[str, dict[str, Judgement]] = {}
        for one in self.judgements:
            for mark in one.marks():
                known = mark
                if one.kind is Judged.ACTOR:
                    known = actor_of[mark].id if mark in actor_of else mark
                elif one.kind not in (Judged.STATEMENT, Judged.EVENT):
                    known = claims.get(mark, mark)
                    known = entries.get((one.kind, known), known)
                found.setdefault(known, {})[one.id] = one
        return {key: tuple(some.values()) for key, some in sorted(found.items())}
