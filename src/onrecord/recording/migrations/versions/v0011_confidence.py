"""Events: type and modality are separate decisions, each with its confidence."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add both columns; events that stand have neither."""
    for name in ("type_confidence", "modality_confidence"):
        op.add_column("event", sa.Column(name, sa.Float(), nullable=True))
