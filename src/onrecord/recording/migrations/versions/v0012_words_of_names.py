"""Actors: where a surname has many profiles, they are found by the words of their given names."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the table; blocks of many profiles get their rows when they are next touched."""
    op.add_column("profile", sa.Column("words", sa.Text(), nullable=True))
    op.create_table(
        "profile_word",
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("initial", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("alike", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("block", "initial", "word", "alike", name=op.f("pk_profile_word")),
        sqlite_with_rowid=False,
    )
