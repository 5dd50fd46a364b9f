"""Full-text search over report texts and statements, kept in step by triggers (SQLite)."""

from alembic import op

revision = "0004"
down_revision = "0003"

#: Table -> its columns that are searched. The index reads them from there (external content) and keeps no copy.
_SEARCHED = {"report": ("title", "text"), "statement": ("content",)}


def upgrade() -> None:
    """Create the indices and the triggers."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, columns in _SEARCHED.items():
        index, names = f"search_{table}", ", ".join(columns)
        new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
        add = f"INSERT INTO {index} (rowid, {names}) VALUES (new.number, {new});"
        drop = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.number, {old});"
        op.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content='{table}', content_rowid='number', "
            "tokenize='porter unicode61 remove_diacritics 2')"
        )
        op.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {add} END")
        op.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {drop} END")
        op.execute(f"CREATE TRIGGER {index}_update AFTER UPDATE OF {names} ON {table} BEGIN {drop} {add} END")
