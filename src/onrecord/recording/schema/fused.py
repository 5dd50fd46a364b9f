"""Tables of what fusing made of many reports: actors, stories, claims and the ledger."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table

from onrecord.recording.schema.columns import metadata, owner, part, reference, role, span, text

actor = Table(
    "actor",
    metadata,
    text("id", primary_key=True),
    text("name"),
    text("kind"),
    text("country", nullable=True),
    text("seal"),
    sqlite_with_rowid=False,
)
actor_role = part("actor_role", "actor", text("title"), text("country", nullable=True))
actor_alias = part("actor_alias", "actor", text("name", index=True))
#: Sealed row by row: the actor of a state has as many entities as the store has reports.
actor_entity = Table(
    "actor_entity",
    metadata,
    reference("entity", "entity.id", primary_key=True),
    reference("actor", "actor.id", index=True),
    text("seal"),
    sqlite_with_rowid=False,
)

story = Table(
    "story",
    metadata,
    text("id", primary_key=True),
    text("title"),
    text("start", nullable=True),
    text("stop", nullable=True),
    text("seal"),
    sqlite_with_rowid=False,
)
story_report = part("story_report", "story", reference("report", "report.id", index=True))
#: Two reports of a story of which one took its text from the other.
copy = part(
    "copy",
    "story",
    reference("left_report", "report.id", index=True),
    reference("right_report", "report.id", index=True),
    text("kind"),
    Column("score", Float, nullable=False),
    text("shown_by"),
)

claim = Table(
    "claim",
    metadata,
    text("id", primary_key=True),
    owner("story", index=True),
    Column("n", Integer, nullable=False),
    text("kind"),
    Column("independent", Integer, nullable=False),
    text("status", index=True),
    text("rule"),
    sqlite_with_rowid=False,
)
#: Each member is a statement or an event.
claim_member = part(
    "claim_member",
    "claim",
    reference("statement", "statement.id", nullable=True, index=True),
    reference("event", "event.id", nullable=True, index=True),
)
claim_report = part("claim_report", "claim", reference("report", "report.id", index=True))
claim_reason = part(
    "claim_reason",
    "claim",
    text("feature"),
    Column("value", Float, nullable=False),
    Column("weight", Float, nullable=False),
)
variant = part("variant", "claim", text("member"), text("against"), text("kind"))
disagreement = part("disagreement", "claim", text("kind"))
#: The sides of a disagreement, by its number.
telling = part(
    "telling",
    "claim",
    text("value"),
    reference("report", "report.id", index=True),
    *span(),
    within=Column("disagreement", Integer, primary_key=True, nullable=False, autoincrement=False),
)

#: Demands, commitments, threats and offers: `kind` says which; answer is of demands; due of demands and
#: commitments; state and conditional of commitments.
ledger = Table(
    "ledger",
    metadata,
    text("id", primary_key=True),
    owner("story", index=True),
    text("kind"),
    Column("n", Integer, nullable=False),
    reference("claim", "claim.id", index=True),
    text("answer", nullable=True),
    text("due", nullable=True),
    text("state", nullable=True),
    Column("conditional", Boolean),
    sqlite_with_rowid=False,
)
#: Roles: by, of, answered_by (demands), by, to (commitments). Actors are joined anew before stories are, so an actor
#: named here may be gone until its story is fused again: no reference, `verify` looks.
ledger_party = part("ledger_party", "ledger", text("actor", index=True), within=role())
#: Roles: words, answer_words, condition; accepted, rejected, partly, withdrawn: each reply to a demand; kept, broken,
#: withdrawn: what later reports tell of a commitment.
ledger_words = part("ledger_words", "ledger", reference("report", "report.id", index=True), *span(), within=role())
ledger_report = part("ledger_report", "ledger", reference("report", "report.id", index=True))
#: By what entries and the events that may answer them are found from other stories (`onrecord.recording.trails`).
trail = part(
    "trail",
    "story",
    text("item", index=True),
    Column("entry", Boolean, nullable=False),
    reference("report", "report.id", index=True),
    text("day", nullable=True),
    text("key"),
)
Index(None, trail.c.key, trail.c.day)
