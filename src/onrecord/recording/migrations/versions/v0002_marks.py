"""What annotating found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    _annotation()
    _entity()
    _place_mention()
    _sentence()
    _statement()
    _time_mention()
    _entity_alias()
    _entity_role()
    _event()
    _mention()
    _statement_span()
    _statement_speaker()
    _event_party()
    _quantity()


def _annotation() -> None:
    op.create_table(
        "annotation",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("annotator", sa.Text(), nullable=True),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_annotation_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_annotation")),
    )
    op.create_index(op.f("ix_annotation_state_report"), "annotation", ["state", "report"], unique=False)


def _entity() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("block", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["report"], ["annotation.report"], name=op.f("fk_entity_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_entity_block"), "entity", ["block"], unique=False)
    op.create_index(op.f("ix_entity_report"), "entity", ["report"], unique=False)


def _place_mention() -> None:
    op.create_table(
        "place_mention",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("geonames", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["annotation.report"], name=op.f("fk_place_mention_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_place_mention")),
        sqlite_with_rowid=False,
    )


def _sentence() -> None:
    op.create_table(
        "sentence",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["annotation.report"], name=op.f("fk_sentence_report"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_sentence")),
        sqlite_with_rowid=False,
    )


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("inside", sa.Text(), nullable=True),
        sa.Column("anonymity", sa.Text(), nullable=True),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["annotation.report"], name=op.f("fk_statement_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_statement")),
        sa.UniqueConstraint("id", name=op.f("uq_statement_id")),
    )
    op.create_index(op.f("ix_statement_report"), "statement", ["report"], unique=False)


def _time_mention() -> None:
    op.create_table(
        "time_mention",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["annotation.report"], name=op.f("fk_time_mention_report"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report", "n", name=op.f("pk_time_mention")),
        sqlite_with_rowid=False,
    )


def _entity_alias() -> None:
    op.create_table(
        "entity_alias",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_entity_alias_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", "n", name=op.f("pk_entity_alias")),
        sqlite_with_rowid=False,
    )


def _entity_role() -> None:
    op.create_table(
        "entity_role",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_entity_role_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", "n", name=op.f("pk_entity_role")),
        sqlite_with_rowid=False,
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("topic_start", sa.Integer(), nullable=True),
        sa.Column("topic_stop", sa.Integer(), nullable=True),
        sa.Column("condition_start", sa.Integer(), nullable=True),
        sa.Column("condition_stop", sa.Integer(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("place_name", sa.Text(), nullable=True),
        sa.Column("place_country", sa.Text(), nullable=True),
        sa.Column("place_lat", sa.Float(), nullable=True),
        sa.Column("place_lon", sa.Float(), nullable=True),
        sa.Column("place_geonames", sa.Integer(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["annotation.report"], name=op.f("fk_event_report"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["statement"], ["statement.id"], name=op.f("fk_event_statement"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_report"), "event", ["report"], unique=False)
    op.create_index(op.f("ix_event_statement"), "event", ["statement"], unique=False)
    op.create_index(op.f("ix_event_type_modality"), "event", ["type", "modality"], unique=False)


def _mention() -> None:
    op.create_table(
        "mention",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_mention_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entity", "n", name=op.f("pk_mention")),
        sqlite_with_rowid=False,
    )


def _statement_span() -> None:
    op.create_table(
        "statement_span",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.id"], name=op.f("fk_statement_span_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", "role", "n", name=op.f("pk_statement_span")),
        sqlite_with_rowid=False,
    )


def _statement_speaker() -> None:
    op.create_table(
        "statement_speaker",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entity"], ["entity.id"], name=op.f("fk_statement_speaker_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.id"], name=op.f("fk_statement_speaker_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", "n", name=op.f("pk_statement_speaker")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_statement_speaker_entity"), "statement_speaker", ["entity"], unique=False)


def _event_party() -> None:
    op.create_table(
        "event_party",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["entity.id"], name=op.f("fk_event_party_entity"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_event_party_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "role", "n", name=op.f("pk_event_party")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_party_entity"), "event_party", ["entity"], unique=False)


def _quantity() -> None:
    op.create_table(
        "quantity",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("bound", sa.Text(), nullable=False),
        sa.Column("high", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_quantity_event"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event", "n", name=op.f("pk_quantity")),
        sqlite_with_rowid=False,
    )
