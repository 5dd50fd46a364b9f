"""What the store answers with beside the nouns: counts, hits of a search, damage."""

from dataclasses import dataclass
from typing import Literal

from onrecord.model import FailureCause, Span

#: What adding a report did: it is new; its bytes were known under another source; nothing changed at all.
Added = Literal["added", "seen", "unchanged"]

#: What a search finds.
HitKind = Literal["report", "statement"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of what the store holds.

    Attributes:
        annotated, skipped, failed, pending: reports by the state of their annotation; together `reports`.
        unfused: reports whose neighbourhood must be fused anew.
        failures: inputs that could not be read, by cause, sorted by cause.
    """

    reports: int = 0
    annotated: int = 0
    skipped: int = 0
    failed: int = 0
    pending: int = 0
    unfused: int = 0
    failures: tuple[tuple[FailureCause, int], ...] = ()
    entities: int = 0
    statements: int = 0
    events: int = 0
    actors: int = 0
    stories: int = 0
    claims: int = 0
    demands: int = 0
    commitments: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One report or statement with the words that were searched for.

    Attributes:
        id: of the report or the statement.
        report: the report's id.
        score: how well it fits (BM25), higher is better; comparable within one kind.
        matches: where the words stand in the report's text; empty where only the title field has them.
        snippet: a stretch of the report's text around the first matches.
    """

    kind: HitKind
    id: str
    report: str
    score: float
    matches: tuple[Span, ...]
    snippet: Span


@dataclass(frozen=True, slots=True, order=True)
class Damage:
    """A contradiction between the record and its own texts, hashes or references.

    Attributes:
        where: what is damaged: "report r0123456789abcdef", "statement ....s3", "store".
        what: what was found, and what should stand there.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
