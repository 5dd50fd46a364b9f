"""What fusing made: actors, stories, claims, the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    _actor()
    _story()
    _actor_alias()
    _actor_role()
    _claim()
    _copy()
    _story_report()
    _claim_reason()
    _claim_report()
    _disagreement()
    _ledger()
    _telling()
    _variant()
    _actor_entity()
    _ledger_party()
    _ledger_report()
    _ledger_words()
    _claim_member()


def _actor() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sqlite_with_rowid=False,
    )


def _story() -> None:
    op.create_table(
        "story",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("stop", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sqlite_with_rowid=False,
    )


def _actor_alias() -> None:
    op.create_table(
        "actor_alias",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_actor_alias_actor"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor", "n", name=op.f("pk_actor_alias")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_actor_alias_name"), "actor_alias", ["name"], unique=False)


def _actor_role() -> None:
    op.create_table(
        "actor_role",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_actor_role_actor"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor", "n", name=op.f("pk_actor_role")),
        sqlite_with_rowid=False,
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("independent", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_claim_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_status"), "claim", ["status"], unique=False)
    op.create_index(op.f("ix_claim_story"), "claim", ["story"], unique=False)


def _copy() -> None:
    op.create_table(
        "copy",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("left_report", sa.Text(), nullable=False),
        sa.Column("right_report", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("shown_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["left_report"], ["report.id"], name=op.f("fk_copy_left_report"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["right_report"], ["report.id"], name=op.f("fk_copy_right_report"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_copy_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "n", name=op.f("pk_copy")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_copy_left_report"), "copy", ["left_report"], unique=False)
    op.create_index(op.f("ix_copy_right_report"), "copy", ["right_report"], unique=False)


def _story_report() -> None:
    op.create_table(
        "story_report",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_story_report_report"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_story_report_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "n", name=op.f("pk_story_report")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_story_report_report"), "story_report", ["report"], unique=False)


def _claim_reason() -> None:
    op.create_table(
        "claim_reason",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_claim_reason_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "n", name=op.f("pk_claim_reason")),
        sqlite_with_rowid=False,
    )


def _claim_report() -> None:
    op.create_table(
        "claim_report",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_claim_report_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_claim_report_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "n", name=op.f("pk_claim_report")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_report_report"), "claim_report", ["report"], unique=False)


def _disagreement() -> None:
    op.create_table(
        "disagreement",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_disagreement_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "n", name=op.f("pk_disagreement")),
        sqlite_with_rowid=False,
    )


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("conditional", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_ledger_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_ledger_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ledger_claim"), "ledger", ["claim"], unique=False)
    op.create_index(op.f("ix_ledger_story"), "ledger", ["story"], unique=False)


def _telling() -> None:
    op.create_table(
        "telling",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("disagreement", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_telling_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_telling_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "disagreement", "n", name=op.f("pk_telling")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_telling_report"), "telling", ["report"], unique=False)


def _variant() -> None:
    op.create_table(
        "variant",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_variant_claim"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim", "n", name=op.f("pk_variant")),
        sqlite_with_rowid=False,
    )


def _actor_entity() -> None:
    op.create_table(
        "actor_entity",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["actor.id"], name=op.f("fk_actor_entity_actor"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_actor_entity_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", name=op.f("pk_actor_entity")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_actor_entity_actor"), "actor_entity", ["actor"], unique=False)


def _ledger_party() -> None:
    op.create_table(
        "ledger_party",
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_ledger_party_ledger"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ledger", "role", "n", name=op.f("pk_ledger_party")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ledger_party_actor"), "ledger_party", ["actor"], unique=False)


def _ledger_report() -> None:
    op.create_table(
        "ledger_report",
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_ledger_report_ledger"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_ledger_report_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ledger", "n", name=op.f("pk_ledger_report")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ledger_report_report"), "ledger_report", ["report"], unique=False)


def _ledger_words() -> None:
    op.create_table(
        "ledger_words",
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ledger"], ["ledger.id"], name=op.f("fk_ledger_words_ledger"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_ledger_words_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ledger", "role", "n", name=op.f("pk_ledger_words")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ledger_words_report"), "ledger_words", ["report"], unique=False)


def _claim_member() -> None:
    op.create_table(
        "claim_member",
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_claim_member_claim"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_claim_member_event"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.id"], name=op.f("fk_claim_member_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim", "n", name=op.f("pk_claim_member")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_member_event"), "claim_member", ["event"], unique=False)
    op.create_index(op.f("ix_claim_member_statement"), "claim_member", ["statement"], unique=False)
