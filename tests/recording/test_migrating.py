from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import onrecord.recording
from onrecord.errors import StoreError
from onrecord.recording import Store
from onrecord.recording.migrating import HEAD
from onrecord.recording.schema import metadata
from tests.recording.filling import archive_of, by_sql, expected, fill, new_store

FOLDER = Path(onrecord.recording.__file__).parent / "migrations"


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether a table is one of the metadata: full-text search is SQLite's own."""
    return kind != "table" or not str(name).startswith("search_")


def test_the_migrations_make_the_schema_of_the_metadata() -> None:
    with new_store() as store, create_engine(f"sqlite:///{store.name}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_opening_looks_for() -> None:
    script = ScriptDirectory(str(FOLDER), version_locations=[str(FOLDER / "versions")])
    assert script.get_heads() == [HEAD]


@pytest.mark.parametrize(
    "version", ["0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011"]
)
def test_an_older_store_gets_what_it_lacks(version: str) -> None:
    archive = archive_of("The port of Kelm opened.")
    after = {"0001": "marks", "0002": "fused", "0003": "search", "0004": "judging", "0005": "profiles"}
    after |= {
        "0006": "told",
        "0007": "trail",
        "0008": "watching",
        "0009": "newest",
        "0010": "confidence",
        "0011": "words",
    }
    lacking = [part for since, part in after.items() if since >= version]
    with new_store() as store:
        with by_sql(store) as connection:
            for part in reversed(lacking):
                _undo(connection, part)
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
        with pytest.raises(StoreError, match=f"{version} is older"):
            Store.open(store.name, read_only=True)
        with Store.open(store.name) as again:
            fill(again, archive)
            assert again.record() == expected(archive)
            assert again.search("Kelm")
            assert list(again.verify()) == []


def _undo(connection: object, part: str) -> None:
    from sqlite3 import Connection

    from sqlalchemy import Table

    from onrecord.recording.schema import fused, judging, marks, profiles

    assert isinstance(connection, Connection)
    if part == "search":
        for table in ("report", "statement"):
            for what in ("insert", "delete", "update"):
                connection.execute(f"DROP TRIGGER IF EXISTS search_{table}_{what}")
            connection.execute(f"DROP TABLE IF EXISTS search_{table}")
        return
    if part == "told":
        connection.execute("ALTER TABLE signature DROP COLUMN told")
        return
    if part == "newest":
        connection.execute("DROP INDEX IF EXISTS ix_report_when")
        return
    if part == "watching":
        connection.execute("ALTER TABLE report DROP COLUMN source_class")
        connection.execute("DROP TABLE version")
        connection.execute("DROP TABLE watched")
        return
    if part == "confidence":
        for name in ("type_confidence", "modality_confidence"):
            connection.execute(f"ALTER TABLE event DROP COLUMN {name}")
        return
    if part == "words":
        connection.execute("DROP TABLE profile_word")
        connection.execute("ALTER TABLE profile DROP COLUMN words")
        return
    if part == "trail":
        connection.execute("DROP TABLE IF EXISTS trail")
        return
    module = {"marks": marks, "fused": fused, "judging": judging, "profiles": profiles}[part]
    for one in vars(module).values():
        if isinstance(one, Table):
            connection.execute(f"DROP TABLE IF EXISTS {one.name}")


def test_a_newer_store_is_refused() -> None:
    with new_store() as store:
        with by_sql(store) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
        with pytest.raises(StoreError, match=r"newer onrecord \(schema 0999.*update onrecord"):
            Store.open(store.name)


def test_an_unknown_version_is_refused() -> None:
    with new_store() as store:
        with by_sql(store) as connection:
            connection.execute("UPDATE alembic_version SET version_num = 'a1b2'")
        with pytest.raises(StoreError, match="'a1b2'"):
            Store.open(store.name)
