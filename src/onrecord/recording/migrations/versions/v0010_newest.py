"""An index by which what is newest is found without reading any text."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the index."""
    op.create_index("ix_report_when", "report", ["id", "published", "dateline"], unique=False)
