"""Tables by which new entities are joined to actors without reading those that were joined before."""

from sqlalchemy import Column, Integer, Table

from onrecord.recording.schema.columns import metadata, reference, text

#: How the joined entities of a block are told, and what actor they are. A block without profiles is joined as a whole.
#: `told` and `aliases` are JSON; `alike` is a hash of `told`. `words` are those that it is found by where a
#: block has many profiles, with spaces between them.
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
    text("words", nullable=True),
    text("seal"),
    sqlite_with_rowid=False,
)

#: By what the profiles of a block of many are found: words of given names by their first letter, their actor's id, and
#: nothing where a surname is all that is told. A row without `alike` says that all profiles of its block are here.
profile_word = Table(
    "profile_word",
    metadata,
    text("block", primary_key=True),
    text("initial", primary_key=True),
    text("word", primary_key=True),
    text("alike", primary_key=True),
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
