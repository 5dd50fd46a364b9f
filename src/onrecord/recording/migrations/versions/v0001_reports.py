"""What was read: reports, sources, signatures, failures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    _failure()
    _report()
    _signature_term()
    _unjoined()
    _block()
    _byline()
    _field_note()
    _likeness()
    _report_source()
    _signature()
    _unfused()


def _failure() -> None:
    op.create_table(
        "failure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failure")),
    )
    op.create_index(op.f("ix_failure_cause"), "failure", ["cause"], unique=False)


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
    )
    op.create_index(op.f("ix_report_outlet_published"), "report", ["outlet", "published"], unique=False)


def _signature_term() -> None:
    op.create_table(
        "signature_term",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "day", "number", name=op.f("pk_signature_term")),
        sqlite_with_rowid=False,
    )


def _unjoined() -> None:
    op.create_table(
        "unjoined",
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("block", name=op.f("pk_unjoined")),
    )


def _block() -> None:
    op.create_table(
        "block",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_block_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_block")),
        sqlite_with_rowid=False,
    )


def _byline() -> None:
    op.create_table(
        "byline",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_byline_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_byline")),
        sqlite_with_rowid=False,
    )


def _field_note() -> None:
    op.create_table(
        "field_note",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_field_note_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_field_note")),
        sqlite_with_rowid=False,
    )


def _likeness() -> None:
    op.create_table(
        "likeness",
        sa.Column("left_report", sa.Text(), nullable=False),
        sa.Column("right_report", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["left_report"], ["report.id"], name=op.f("fk_likeness_left_report"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_report"], ["report.id"], name=op.f("fk_likeness_right_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("left_report", "right_report", name=op.f("pk_likeness")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_likeness_right_report"), "likeness", ["right_report"], unique=False)


def _report_source() -> None:
    op.create_table(
        "report_source",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_report_source_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "source", name=op.f("pk_report_source")),
        sqlite_with_rowid=False,
    )


def _signature() -> None:
    op.create_table(
        "signature",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("minhash", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_signature_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_signature")),
    )


def _unfused() -> None:
    op.create_table(
        "unfused",
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_unfused_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_unfused")),
    )
