"""Texts: spans, blocks and reports. A report's text is never changed; all else points into it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Self


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of Unicode code points of a report's text.

    >>> Span(4, 9).of("The envoy left")
    'envoy'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs from a start >= 0 to an end after it, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The stretch of `text` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Self) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


class BlockKind(StrEnum):
    """What a stretch of a report's text is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    BOILERPLATE = "boilerplate"


#: Blocks that an outlet wrote as news; the rest is furniture and is never annotated.
READABLE = (BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.CAPTION, BlockKind.PARAGRAPH)


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """A stretch of a report's text and what it is; blocks are in text order and do not overlap."""

    span: Span
    kind: BlockKind


class SourceClass(StrEnum):
    """What kind of source a report is: an outlet's own reporting, or the text of a ministry or government office."""

    OUTLET = "outlet"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class FieldNote:
    """Where a report's field comes from, or why it is missing.

    Attributes:
        field: "title", "outlet", "byline", "published", "language" or "source_class".
        how: told (the input says so), given (the user said so), inferred, or missing.
        reason: one short sentence, e.g. "no date in the text or its metadata".
        span: the words of the text that say it, where there are any.
    """

    field: Literal["title", "outlet", "byline", "published", "language", "source_class"]
    how: Literal["told", "given", "inferred", "missing"]
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One outlet's article as it was read.

    Attributes:
        id: "r" and the first 16 hexadecimal digits of `sha256`; the same bytes have the same id.
        source: path or URL, with "#N" for row N (from 1) of a JSON Lines file, message N of a mailbox, or the record
            at offset N of a web archive.
        sha256: of the bytes of the input (of the row, for JSON Lines; of the page, for web archives).
        text: the text, unchanged but for decoding; for HTML, what the extractor gives.
        published: ISO 8601, as precise as told ("2022-01-21" or "2022-01-21T16:22" or with a zone).
        dateline: EDTF date that the text itself proves (caption, dateline) where `published` is unknown.
        language: ISO 639-1; "und" where the text is too short to tell.
        notes: the origin of each field above, or why it is missing.
        source_class: ministry for official text, whose attribution root is the ministry itself.
    """

    id: str
    source: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    dateline: str | None = None
    url: str | None = None
    language: str = "und"
    notes: tuple[FieldNote, ...] = ()
    source_class: SourceClass = SourceClass.OUTLET

    def readable(self) -> tuple[Block, ...]:
        """The blocks that are news, in text order."""
        return tuple(block for block in self.blocks if block.kind in READABLE)

    @property
    def day(self) -> str | None:
        """The report's day as YYYY-MM-DD: published, else proved by its text, else None."""
        told = self.published or self.dateline
        return told[:10] if told is not None and len(told) >= 10 else None


class FailureCause(StrEnum):
    """Why an input did not become a report, or a report was not annotated."""

    MISSING = "missing"
    EMPTY = "empty"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    OVERSIZED = "oversized"
    TRUNCATED = "truncated"
    LOOP = "loop"
    FORBIDDEN = "forbidden"
    MALFORMED = "malformed"
    UNSUPPORTED = "unsupported"
    NO_TEXT = "no-text"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Failure:
    """One input, or one row of it, that could not be read: stored and counted.

    Attributes:
        source: path or URL, with "#N" for row N of a JSON Lines file.
        message: what failed, where, what was found, and what to do.
        sha256: of the bytes, where there were any to hash.
    """

    source: str
    cause: FailureCause
    message: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a page that was published at an address; later ones supersede it in the record.

    Attributes:
        url: the address.
        number: from 1, in the order in which they were seen.
        report: id of the report that was read there.
        seen: ISO 8601 time (UTC) when this version was first read.
    """

    url: str
    number: int
    report: str
    seen: str
