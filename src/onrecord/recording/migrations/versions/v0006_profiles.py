"""Actors: joined entities are known by their profiles, and the entities that wait are listed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create both tables; blocks that have no profiles yet are joined as a whole when they are next touched."""
    op.create_table(
        "profile",
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("alike", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("block", "alike", name=op.f("pk_profile")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unjoined_entity",
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_unjoined_entity_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("block", "entity", name=op.f("pk_unjoined_entity")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_unjoined_entity_entity"), "unjoined_entity", ["entity"], unique=False)
    op.execute(
        "INSERT INTO unjoined_entity (block, entity) SELECT entity.block, entity.id FROM entity "
        "LEFT JOIN actor_entity ON actor_entity.entity = entity.id "
        "WHERE entity.block IS NOT NULL AND actor_entity.entity IS NULL"
    )
