"""Tables by which new entities are joined to actors without reading those that were joined before."""

from sqlalchemy import Column, Integer, Table

from onrecord.recording.schema.columns import metadata, reference, text

#: How the joined entities of a block are told, and what actor they are. A block without profiles is joined as a whole.
#: `told` and `aliases` are JSON; `alike` is a hash of `told`.
profile = Table(
    "profile",
    metadata,
    text("block", primary_key=True),
    text("alike", primary_key=True),
    text("told"),
    text("first"),
    Column("number", Integer, nullable=False),
    text("aliases"),
    text("actor"),
    text("seal"),
    sqlite_with_rowid=False,
)

#: The entities of blocks that wait which have no actor yet.
unjoined_entity = Table(
    "unjoined_entity",
    metadata,
    text("block", primary_key=True),
    reference("entity", "entity.id", primary_key=True, index=True),
    sqlite_with_rowid=False,
)
