"""The shapes of what the interface answers. Keys are those of the exported record; words stand beside the offsets."""

from typing import Literal

from pydantic import Field

from onrecord.model import (
    Act,
    ActorKind,
    Anonymity,
    Answer,
    BlockKind,
    CommitmentState,
    DisagreementKind,
    EventType,
    Modality,
    ProspectKind,
    SourceClass,
    StatementKind,
    Status,
    VariantKind,
)
from onrecord.showing.rest.shapes import (
    ActorId,
    Cell,
    ClaimId,
    Confidence,
    Country,
    Day,
    Edtf,
    Heading,
    MarkId,
    Named,
    Offsets,
    Page,
    ReportId,
    Shape,
    StoryId,
)


class Block(Shape):
    """A stretch of a report's text and what it is."""

    kind: BlockKind
    start: int
    end: int


class Note(Shape):
    """Where a field of a report comes from, or why it is missing."""

    field: str = Field(examples=["published"])
    how: str = Field(examples=["missing"])
    reason: str = Field(examples=["no date in the text or its metadata"])
    span: Offsets | None


class Report(Shape):
    """One outlet's article as it was read."""

    id: ReportId
    source: str = Field(examples=["reports/courier.txt"])
    outlet: str | None = Field(examples=["Meridian Courier"])
    title: str | None = Field(examples=["Ministers meet in Sarnholm"])
    byline: list[str] = Field(examples=[["Lena Marsh"]])
    published: str | None = Field(examples=["2025-03-14T18:40"])
    dateline: Edtf
    language: str = Field(description="ISO 639-1", examples=["en"])
    source_class: SourceClass
    url: str | None = Field(examples=["https://courier.example/2025/03/14/talks"])
    sha256: str = Field(description="Of the bytes of the input.")
    text_sha256: str = Field(description="Of the text in UTF-8.")
    text: str
    blocks: list[Block]
    notes: list[Note]
    skipped: str | None = Field(description="Why the report was not annotated.")
    stories: list[StoryId]


class StoryCard(Shape):
    """A story as a list shows it."""

    id: StoryId
    title: str = Field(examples=["Ministers meet in Sarnholm"])
    start: Day
    end: Day
    reports: int = Field(examples=[4])
    outlets: list[str] = Field(examples=[["Helvania Today", "Meridian Courier"]])
    originals: int = Field(description="Reports left when each group of copies counts once.", examples=[3])
    disagreements: int = Field(description="Differences in wording left out.", examples=[2])
    demands: int = Field(examples=[1])
    commitments: int = Field(examples=[1])
    overdue: int = Field(description="On the day that was asked for.", examples=[0])


class Story(Shape):
    """A story: its card, its reports, and how its claims stand. Its claims, statements ... are lists of their own."""

    card: StoryCard
    reports: list[Heading]
    claims: dict[Status, int] = Field(examples=[{"corroborated": 12, "single": 30, "disputed": 2}])
    copies: list["Copy"]


class Copy(Shape):
    """Two reports of which one took its text from the other, or both from one wire."""

    reports: tuple[ReportId, ReportId]
    kind: Literal["copy", "partly-derived"]
    score: float = Field(examples=[0.97])
    by: str = Field(examples=["text"])


class Statement(Shape):
    """Who says or holds what, by which report."""

    id: MarkId
    report: ReportId
    speakers: list[Named]
    kind: StatementKind
    act: Act
    content: list[Cell]
    source: list[Cell]
    cue: list[Cell]
    setting: list[Cell]
    said: Edtf
    inside: str | None = Field(description="The statement whose content this one stands in.")
    anonymity: Anonymity | None
    inferred: bool
    confidence: Confidence


class Place(Shape):
    """A place of the gazetteer."""

    name: str = Field(examples=["Helsinki"])
    country: Country
    lat: float | None = Field(examples=[60.17])
    lon: float | None = Field(examples=[24.94])
    geonames: int | None = Field(examples=[658225])


class Quantity(Shape):
    """A number that an event tells of."""

    value: float = Field(examples=[40000.0])
    unit: str = Field(examples=["soldier"])
    bound: str = Field(examples=["at-least"])
    high: float | None
    span: Offsets


class Event(Shape):
    """What a report says happened, will, might or did not."""

    id: MarkId
    report: ReportId
    type: EventType
    modality: Modality
    sources: list[Named]
    targets: list[Named]
    words: Cell
    topic: Cell | None
    condition: Cell | None
    date: Edtf
    place: Place | None
    statement: str | None = Field(description="The innermost statement that it stands in.")
    quantities: list[Quantity]
    confidence: Confidence
    type_confidence: Confidence
    modality_confidence: Confidence


class Marks(Shape):
    """Everything that was found in one report."""

    report: ReportId
    statements: list[Statement]
    events: list[Event]


class Role(Shape):
    """An office as the reports tell it."""

    title: str = Field(examples=["foreign minister"])
    country: Country


class Actor(Shape):
    """Person, state, organisation or group."""

    id: ActorId
    name: str = Field(examples=["Ilse Marenko"])
    kind: ActorKind
    country: Country
    roles: list[Role]
    aliases: list[str] = Field(examples=[["Ilse Marenko", "Marenko"]])
    reports: int = Field(description="How many reports speak of it.", examples=[12])


class Telling(Shape):
    """One side of a disagreement."""

    value: str = Field(examples=["40000 troop"])
    cell: Cell


class Disagreement(Shape):
    """Tellings that do not go together."""

    kind: DisagreementKind
    values: list[Telling]


class Member(Shape):
    """A statement or event of a claim, with its words."""

    id: MarkId
    words: list[Cell]
    variant: VariantKind | None = Field(description="How it relates to the fullest wording; null for that one.")


class Reason(Shape):
    """Why members were joined: one feature, its value and what it weighed."""

    feature: str = Field(examples=["speaker"])
    value: float = Field(examples=[1.0])
    weight: float = Field(examples=[2.0])


class Claim(Shape):
    """One thing that reports of a story assert. Its status says how it is told, never whether it is true."""

    id: ClaimId
    story: StoryId
    kind: Literal["statement", "event"]
    members: list[Member]
    reports: list[ReportId]
    independent: int = Field(description="Tellings that do not depend on each other.", examples=[2])
    status: Status
    rule: str = Field(examples=["at least two independent reports tell it"])
    disagreements: list[Disagreement]
    reasons: list[Reason]


class Matrix(Shape):
    """Which report tells which claim of a story."""

    story: StoryId
    reports: list[Heading] = Field(description="The columns, by day.")
    rows: list["MatrixRow"]


class MatrixRow(Shape):
    """A claim and the reports that tell it."""

    claim: ClaimId
    kind: Literal["statement", "event"]
    status: Status
    independent: int
    words: str = Field(examples=["massed 60,000 troops"])
    told_by: list[ReportId]


class Demand(Shape):
    """A claim that somebody must answer."""

    id: str = Field(examples=["d4c1e7a90b25"])
    claim: ClaimId
    story: StoryId
    by: list[Named]
    of: list[Named]
    words: list[Cell]
    answer: Answer | None = Field(description="Null: no report tells an answer.")
    answered_by: list[Named]
    answer_words: list[Cell]
    replies: list["Reply"] = Field(description="Each answer told, by day; `answer` sums them up.")
    due: str | None = Field(description="EDTF: by when it is wanted; null where no report tells it.")


class Reply(Shape):
    """One answer to a demand."""

    answer: Answer
    words: Cell


class Commitment(Shape):
    """A claim that somebody must keep."""

    id: str = Field(examples=["p77b0c5d3e91"])
    claim: ClaimId
    story: StoryId
    by: list[Named]
    to: list[Named]
    words: list[Cell]
    due: Edtf
    state: CommitmentState = Field(description="On the day that was asked for.")
    conditional: bool
    condition: list[Cell] = Field(description="The words on which it depends.")
    turns: list["Turn"] = Field(description="What later reports tell of it, by day.")


class Turn(Shape):
    """What a later report tells of a commitment."""

    state: CommitmentState
    words: Cell


class Prospect(Shape):
    """A threat or an offer."""

    id: str = Field(examples=["t12f09a4c77de"])
    claim: ClaimId
    story: StoryId
    kind: ProspectKind
    by: list[Named]
    to: list[Named]
    words: list[Cell]
    condition: list[Cell]


class Hit(Shape):
    """A report or statement with the words that were searched for."""

    kind: Literal["report", "statement"]
    id: str = Field(examples=["r3e3dbf8a1c5f4d20.s4"])
    report: Heading
    snippet: Cell
    matches: list[Offsets]
    score: float = Field(description="BM25; comparable within one kind.", examples=[7.31])


class Joined(Shape):
    """How a mark came to be a telling of a claim."""

    claim: ClaimId
    story: StoryId
    status: Status
    rule: str
    reasons: list[Reason]


class Proof(Shape):
    """The sentence behind a cell of the record."""

    report: Heading
    cell: Cell
    sentence: Cell
    line: int = Field(description="Line of the report's text, from 1.", examples=[4])
    link: str | None = Field(description="Leads to the words in the web page, where the report has an address.")
    confidence: Confidence | None
    joined: list[Joined]


__all__ = [
    "Actor",
    "Block",
    "Cell",
    "Claim",
    "Commitment",
    "Copy",
    "Demand",
    "Disagreement",
    "Event",
    "Heading",
    "Hit",
    "Joined",
    "Marks",
    "Matrix",
    "MatrixRow",
    "Member",
    "Named",
    "Note",
    "Page",
    "Place",
    "Proof",
    "Prospect",
    "Quantity",
    "Reason",
    "Reply",
    "Report",
    "Role",
    "Statement",
    "Story",
    "StoryCard",
    "Telling",
    "Turn",
]
