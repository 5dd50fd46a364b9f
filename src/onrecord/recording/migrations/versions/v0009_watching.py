"""Watching: versions of pages, what to ask for again, and the class of a source."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables and the column; a report without a class is an outlet's."""
    op.add_column("report", sa.Column("source_class", sa.Text(), nullable=True))
    op.create_table(
        "version",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", "number", name=op.f("pk_version")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_version_report"), "version", ["report"], unique=False)
    op.create_table(
        "watched",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("listed_in", sa.Text(), nullable=True),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_watched")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_watched_due_kind"), "watched", ["due", "kind"], unique=False)
