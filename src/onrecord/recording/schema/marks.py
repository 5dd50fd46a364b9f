"""Tables of what annotating found: everything hangs on the report's one row in `annotation`."""

from typing import Any

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table

from onrecord.recording.schema.columns import metadata, owner, part, reference, role, span, text

annotation = Table(
    "annotation",
    metadata,
    reference("report", "report.id", primary_key=True),
    # pending, done, skipped or failed; `reason` says why it was skipped or how it failed.
    text("state"),
    text("reason", nullable=True),
    text("annotator", nullable=True),
    text("seal"),
    Index(None, "state", "report"),
)


def _place(prefix: str = "", *, nullable: bool = False) -> tuple[Column[Any], ...]:
    return (
        text(f"{prefix}name", nullable=nullable),
        text(f"{prefix}country", nullable=True),
        Column(f"{prefix}lat", Float),
        Column(f"{prefix}lon", Float),
        Column(f"{prefix}geonames", Integer),
    )


def _number() -> Column[int]:
    return Column("n", Integer, nullable=False)


def _confidence() -> Column[float]:
    return Column("confidence", Float, nullable=False)


sentence = part("sentence", "annotation", *span(), of_key="report")
time_mention = part("time_mention", "annotation", *span(), text("edtf", nullable=True), text("form"), of_key="report")
place_mention = part("place_mention", "annotation", *span(), *_place(), of_key="report")

entity = Table(
    "entity",
    metadata,
    text("id", primary_key=True),
    owner("annotation", "report", index=True),
    _number(),
    text("name"),
    text("kind"),
    text("key", nullable=True),
    text("country", nullable=True),
    # Actors are resolved block by block: only entities of one block are ever compared.
    text("block", nullable=True, index=True),
    sqlite_with_rowid=False,
)
entity_role = part("entity_role", "entity", text("title"), text("country", nullable=True))
entity_alias = part("entity_alias", "entity", text("name"))
mention = part("mention", "entity", *span(), text("form"), _confidence())

statement = Table(
    "statement",
    metadata,
    # Full-text search needs a small number; nothing else refers to it.
    Column("number", Integer, primary_key=True),
    text("id", unique=True),
    owner("annotation", "report", index=True),
    _number(),
    text("kind"),
    text("act"),
    # The words of the content spans, joined by " … ": for search and for people; `verify` compares them.
    text("content"),
    text("said", nullable=True),
    text("inside", nullable=True),
    text("anonymity", nullable=True),
    Column("inferred", Boolean, nullable=False),
    _confidence(),
)
#: Either an entity, or a plain name where none was made.
statement_speaker = part(
    "statement_speaker",
    "statement",
    reference("entity", "entity.id", nullable=True, index=True),
    text("name", nullable=True),
)
#: Roles: content, source, cue, setting.
statement_span = part("statement_span", "statement", *span(), within=role())

event = Table(
    "event",
    metadata,
    text("id", primary_key=True),
    owner("annotation", "report", index=True),
    _number(),
    text("type"),
    text("modality"),
    *span(),
    *span("topic_", nullable=True),
    *span("condition_", nullable=True),
    text("date", nullable=True),
    *_place("place_", nullable=True),
    reference("statement", "statement.id", nullable=True, index=True),
    _confidence(),
    Column("type_confidence", Float, nullable=True),
    Column("modality_confidence", Float, nullable=True),
    Index(None, "type", "modality"),
    sqlite_with_rowid=False,
)
#: Roles: source, target.
event_party = part("event_party", "event", reference("entity", "entity.id", nullable=False, index=True), within=role())
quantity = part(
    "quantity",
    "event",
    *span(),
    Column("value", Float, nullable=False),
    text("unit"),
    text("bound"),
    Column("high", Float),
)
