"""What analysts decide, and how the record changes from now on."""

import json
from datetime import UTC, datetime
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables; history begins now."""
    _dropped()
    _dropped_report()
    _judgement()
    _moment()
    _stirred()
    _change()
    _judgement_anchor()
    _judgement_target()
    _begin()


def _begin() -> None:
    began = {"at": datetime.now(UTC).isoformat(timespec="microseconds"), "cause": "began"}
    told = json.dumps({"moment": [began]}, sort_keys=True, separators=(",", ":"))
    # as `onrecord.recording.sealing` seals it today: a migration must do tomorrow what it does now
    seal = blake2b(told.encode(), digest_size=12).hexdigest()
    table = sa.table("moment", sa.column("at"), sa.column("cause"), sa.column("seal"))
    op.execute(table.insert().values(**began, seal=seal))


def _dropped() -> None:
    op.create_table(
        "dropped",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_dropped")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_dropped_story"), "dropped", ["story"], unique=False)


def _dropped_report() -> None:
    op.create_table(
        "dropped_report",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", "story", name=op.f("pk_dropped_report")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_dropped_report_story"), "dropped_report", ["story"], unique=False)


def _judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )


def _moment() -> None:
    op.create_table(
        "moment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_moment")),
    )
    op.create_index(op.f("ix_moment_at"), "moment", ["at"], unique=False)


def _stirred() -> None:
    op.create_table(
        "stirred",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_stirred")),
        sqlite_with_rowid=False,
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("moment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["moment"], ["moment.number"], name=op.f("fk_change_moment"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("moment", "kind", "id", name=op.f("pk_change")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_change_id_kind_moment"), "change", ["id", "kind", "moment"], unique=False)
    op.create_index(op.f("ix_change_story_moment"), "change", ["story", "moment"], unique=False)


def _judgement_anchor() -> None:
    op.create_table(
        "judgement_anchor",
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgement.id"], name=op.f("fk_judgement_anchor_judgement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("judgement", "n", name=op.f("pk_judgement_anchor")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_judgement_anchor_mark"), "judgement_anchor", ["mark"], unique=False)
    op.create_index(op.f("ix_judgement_anchor_report"), "judgement_anchor", ["report"], unique=False)


def _judgement_target() -> None:
    op.create_table(
        "judgement_target",
        sa.Column("judgement", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgement.id"], name=op.f("fk_judgement_target_judgement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("judgement", "n", name=op.f("pk_judgement_target")),
        sqlite_with_rowid=False,
    )
