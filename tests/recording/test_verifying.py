import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import DamagedRecord
from onrecord.model import Failure, FailureCause, Judged, Verdict
from onrecord.model.marks import Profile
from onrecord.recording import Ruling, Store
from onrecord.recording.schema import metadata
from tests.recording.filling import archive_of, by_sql, fill, new_store, report_of
from tests.strategies import Archive

#: Tables that are emptied when all is fused; a test of their own fills them.
WAITING = {"unfused", "unjoined", "unjoined_entity", "dropped", "dropped_report", "stirred"}
#: Tables that nothing names: a row that is gone with its parts is as if it had been removed. A block whose only
#: profile is gone is joined as a whole.
ALONE = {"failure", "likeness", "profile"}
#: By what the next round of watching goes: it says nothing of the record, and has no seal.
TIMETABLE = {"watched"}
COLUMNS = [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]


@pytest.fixture(scope="module")
def filled() -> bytes:
    """The file of a store with something in every table."""
    with new_store() as store:
        archive = archive_of("The port of Kelm opened to forty ships.", "The port of Kelm closed again.")
        fill(store, archive)
        store.replace_actors({"person:oda"}, archive.actors, [profile_of(archive)])
        told = Ruling(Verdict.CORRECT, Judged.EVENT, (archive.annotations[0].events[0].id,), "date", "2032", "a", "b")
        judgement = store.judging().judge(told)
        store.replace_fusions([report.id for report in archive.reports], archive.fusions)
        store.judging().undo(judgement.id)
        store.replace_fusions([report.id for report in archive.reports], [])
        store.replace_fusions([report.id for report in archive.reports], archive.fusions)
        for text in ("The mill of Tarn burned.", "The mill of Tarn burned down."):
            store.watching().add(report_of(text, "https://morrow.example/mill"), None, "2031-05-02T08:00:00Z")
        store.add_failure(Failure("x.txt", FailureCause.EMPTY, "nothing in it", "ab"))
        assert list(store.verify()) == []
        store.close()
        return Path(store.name).read_bytes()


def profile_of(archive: Archive) -> Profile:
    """What joining leaves behind of the only block."""
    (actor,) = archive.actors
    first, number = actor.entities[0], len(actor.entities)
    return Profile(
        "person:oda",
        actor.name,
        actor.kind,
        "ARL",
        actor.roles,
        False,
        True,
        first,
        number,
        ("Oda",),
        actor.id,
        ("ann",),
    )


@pytest.fixture
def store(filled: bytes, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "news.db"
    path.write_bytes(filled)
    with Store.open(path) as store:
        yield store


def flipped(value: object) -> object:
    """The value with one character or offset changed."""
    if isinstance(value, str):
        middle = len(value) // 2
        return value[:middle] + ("y" if value[middle : middle + 1] == "x" else "x") + value[middle + 1 :]
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"\x01"
    assert isinstance(value, int | float)
    return value + 100


@pytest.mark.parametrize(("table", "column"), [pair for pair in COLUMNS if pair[0] not in WAITING | TIMETABLE])
def test_one_changed_value_is_found_wherever_it_is(store: Store, table: str, column: str) -> None:
    with by_sql(store) as connection:
        row = connection.execute(f"SELECT * FROM {table} WHERE {column} IS NOT NULL").fetchone()
        names = [name for name, *_ in connection.execute(f"SELECT * FROM {table}").description]
        value: object = "x"
        if row is None:
            row = connection.execute(f"SELECT * FROM {table}").fetchone()
        else:
            value = flipped(row[names.index(column)])
            if column in ("conditional", "inferred", "entry"):
                value = not row[names.index(column)]
        key = " AND ".join(f"{name} IS ?" for name in names)
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key}", (value, *row))
    assert list(store.verify())


@pytest.mark.parametrize(
    "table", [table.name for table in metadata.sorted_tables if table.name not in WAITING | ALONE | TIMETABLE]
)
def test_a_lost_row_is_found(store: Store, table: str) -> None:
    with by_sql(store) as connection:
        (row,) = connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()
        names = [name for name, *_ in connection.execute(f"SELECT * FROM {table}").description]
        connection.execute(f"DELETE FROM {table} WHERE {' AND '.join(f'{name} IS ?' for name in names)}", row)
    assert list(store.verify())


def test_every_changed_character_of_a_text_is_found(store: Store) -> None:
    with by_sql(store) as connection:
        key, text = connection.execute("SELECT id, text FROM report").fetchone()
    for at in range(len(text)):
        with by_sql(store) as connection:
            connection.execute("UPDATE report SET text = ? WHERE id = ?", (text[:at] + "#" + text[at + 1 :], key))
        assert any(damage.where == f"report {key}" and "text" in damage.what for damage in store.verify())
        with by_sql(store) as connection:
            connection.execute("UPDATE report SET text = ? WHERE id = ?", (text, key))
    assert list(store.verify()) == []


@pytest.mark.parametrize("table", sorted(WAITING))
def test_what_waits_for_nothing_is_found(store: Store, table: str) -> None:
    columns = len(metadata.tables[table].columns)
    with by_sql(store) as connection:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", ("x", "y", "z", b"z")[:columns])
    assert list(store.verify())


def test_damaged_rows_are_told_where_a_noun_is_asked_for(store: Store) -> None:
    with by_sql(store) as connection:
        connection.execute("UPDATE statement SET kind = 'oblique'")
    with pytest.raises(DamagedRecord, match=r"marks of r.*oblique.*onrecord verify"):
        store.record()


def test_a_search_index_out_of_step_is_found(store: Store) -> None:
    with by_sql(store) as connection:
        connection.execute("INSERT INTO search_report (search_report) VALUES ('delete-all')")
    assert [damage.where for damage in store.verify()] == ["search of reports"]


def test_damaged_pages_are_found_and_told(store: Store) -> None:
    name = store.name
    store.close()
    with sqlite3.connect(name) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'block'").fetchone()
    connection.close()
    with Path(name).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with Store.open(name) as again:
        assert list(again.verify())
