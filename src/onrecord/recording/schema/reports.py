"""Tables of what was read: reports, where they came from, what grouping knows of them, and what failed."""

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table

from onrecord.recording.schema.columns import metadata, part, reference, span, text

report = Table(
    "report",
    metadata,
    # Full-text search and the index of terms need a small number; nothing else refers to it.
    Column("number", Integer, primary_key=True),
    text("id", unique=True),
    text("sha256"),
    text("text"),
    text("text_sha256"),
    Column("length", Integer, nullable=False),
    text("title", nullable=True),
    text("outlet", nullable=True),
    text("published", nullable=True),
    text("dateline", nullable=True),
    text("url", nullable=True),
    text("language"),
    # null for an outlet, so that seals from before this column hold
    text("source_class", nullable=True),
    text("seal"),
    Index(None, "outlet", "published"),
    # Lists are sorted by date: from the table itself each look-up would go through the text to what stands behind it.
    Index("ix_report_when", "id", "published", "dateline"),
)

block = part("block", "report", *span(), text("kind"))
byline = part("byline", "report", text("name"))
field_note = part("field_note", "report", text("field"), text("how"), text("reason"), *span(nullable=True))


#: Every path or URL at which the same bytes were seen; the smallest is the report's source.
report_source = Table(
    "report_source",
    metadata,
    reference("report", "report.id", primary_key=True),
    text("source", primary_key=True),
    text("seal"),
    sqlite_with_rowid=False,
)

signature = Table(
    "signature",
    metadata,
    reference("report", "report.id", primary_key=True),
    text("day", nullable=True),
    text("outlet", nullable=True),
    # Only ever read as a whole: zlib of JSON.
    Column("terms", LargeBinary, nullable=False),
    # No longer used, and empty: copies are found within their story, by all that they share.
    Column("minhash", LargeBinary, nullable=False),
    # Days that the lead tells, with blanks between them; null where it tells none.
    text("told", nullable=True),
    text("seal"),
)

#: Which reports have a term among their heaviest: an index made of `signature`, so it needs no reference and no seal.
#: `day` counts from 0001-01-01 and is 0 for a report without a date.
signature_term = Table(
    "signature_term",
    metadata,
    text("term", primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

likeness = Table(
    "likeness",
    metadata,
    reference("left_report", "report.id", primary_key=True),
    reference("right_report", "report.id", primary_key=True, index=True),
    Column("score", Float, nullable=False),
    text("seal"),
    sqlite_with_rowid=False,
)

failure = Table(
    "failure",
    metadata,
    # Sources, causes and messages may be long: their hash is the key.
    text("id", primary_key=True),
    text("source"),
    text("cause", index=True),
    text("message"),
    text("sha256", nullable=True),
    text("seal"),
)

#: Reports whose neighbourhood must be fused anew, and blocks of entities whose actors must be joined anew.
unfused = Table("unfused", metadata, reference("report", "report.id", primary_key=True))
unjoined = Table("unjoined", metadata, text("block", primary_key=True), text("seal"))
