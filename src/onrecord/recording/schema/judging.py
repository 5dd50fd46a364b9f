"""Tables of what analysts decided and of how the record changed.

Nothing here refers to rows of the record: a judgement outlives the marks that it is about, and history outlives all.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table

from onrecord.recording.schema.columns import metadata, part, text

judgement = Table(
    "judgement",
    metadata,
    text("id", primary_key=True),
    text("verdict"),
    text("kind"),
    text("field", nullable=True),
    text("value", nullable=True),
    text("machine", nullable=True),
    text("note", nullable=True),
    text("author", nullable=True),
    # Times are UTC in ISO 8601 with microseconds, so that they sort as text.
    text("made"),
    text("undone", nullable=True),
    text("seal"),
)
judgement_target = part("judgement_target", "judgement", text("target"))
#: Where a target stands. `spans` is JSON: they are only ever read together.
judgement_anchor = part(
    "judgement_anchor",
    "judgement",
    Column("target", Integer, nullable=False),
    text("kind"),
    text("report", nullable=True, index=True),
    text("spans"),
    text("mark", nullable=True, index=True),
)

#: One row a transaction that changed the record.
moment = Table(
    "moment",
    metadata,
    Column("number", Integer, primary_key=True),
    text("at", index=True),
    text("cause"),
    text("because", nullable=True),
    text("seal"),
)
#: What a transaction changed: only what was there before is kept, zlib of JSON (null: nothing); what came instead is
#: in the record, or in the next row of the same thing. What comes with a new story has no row of its own.
change = Table(
    "change",
    metadata,
    Column(
        "moment",
        Integer,
        ForeignKey("moment.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info={"owner": True},
    ),
    text("kind", primary_key=True),
    text("id", primary_key=True),
    text("story", nullable=True),
    Column("before", LargeBinary),
    Index(None, "id", "kind", "moment"),
    Index(None, "story", "moment"),
    sqlite_with_rowid=False,
)
#: Of stories that were dropped what is still to be compared with what is made anew of their reports.
dropped = Table(
    "dropped",
    metadata,
    text("kind", primary_key=True),
    text("id", primary_key=True),
    text("story", index=True),
    Column("before", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
dropped_report = Table(
    "dropped_report",
    metadata,
    text("report", primary_key=True),
    text("story", primary_key=True, index=True),
    sqlite_with_rowid=False,
)
#: Why a report waits to be fused, where it is not that it is new.
stirred = Table(
    "stirred",
    metadata,
    text("report", primary_key=True),
    text("cause"),
    text("because", nullable=True),
    sqlite_with_rowid=False,
)
