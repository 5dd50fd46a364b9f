"""Trails: by what entries of the ledger and the events that may answer them are found from other stories."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table; stories that stand get their trails when they are next fused."""
    op.create_table(
        "trail",
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("entry", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_trail_report"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name=op.f("fk_trail_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "n", name=op.f("pk_trail")),
        sqlite_with_rowid=False,
    )
    for columns in (["item"], ["key", "day"], ["report"]):
        op.create_index(op.f("ix_trail_" + "_".join(columns)), "trail", columns, unique=False)
