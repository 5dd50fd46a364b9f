"""Tables of what is watched on the web: when to ask again, and the versions of each page."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from onrecord.recording.schema.columns import metadata, text

#: Every state in which a page was read, by its address. `content` is the report of a superseded version, which is no
#: longer in the record: its rows as JSON, zlib; null for the last version. No reference: a report may be taken out.
version = Table(
    "version",
    metadata,
    text("url", primary_key=True),
    Column("number", Integer, primary_key=True, nullable=False, autoincrement=False),
    text("report", index=True),
    text("seen"),
    Column("content", LargeBinary),
    text("seal"),
    sqlite_with_rowid=False,
)

#: Lists and pages that are asked for again and again. `due` is null for what is not asked for any more. It is only
#: what the next round goes by, and carries no seal.
watched = Table(
    "watched",
    metadata,
    text("url", primary_key=True),
    text("kind"),
    text("listed_in", nullable=True),
    text("stamp"),
    text("etag", nullable=True),
    text("last_modified", nullable=True),
    text("due", nullable=True),
    Column("failures", Integer, nullable=False),
    Column("checks", Integer, nullable=False),
    Index(None, "due", "kind"),
    sqlite_with_rowid=False,
)
