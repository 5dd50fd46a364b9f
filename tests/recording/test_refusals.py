import os
import sqlite3
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue as Queue
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import event

from onrecord.errors import DamagedRecord, StoreError, UsageError
from onrecord.recording import Store, dialect
from tests.recording.filling import archive_of, by_sql, expected, fill, new_store, report_of


def test_a_missing_store_is_told(tmp_path: Path) -> None:
    for how in ({"create": False}, {"read_only": True}):
        with pytest.raises(StoreError, match="there is no such file; read reports into it first"):
            Store.open(tmp_path / "none.db", **how)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"it is a folder; give the path of a file in it"):
        Store.open(tmp_path)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="check that its folder exists"):
        Store.open(tmp_path / "no" / "news.db")


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes of a day in Kelm. " * 50)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="it is not a database"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"no store of onrecord \(it holds recipe\)"):
        Store.open(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    with pytest.raises(StoreError, match="no store is here yet"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert store.counts().reports == 0


def test_a_store_cut_off_is_damaged() -> None:
    with new_store() as store:
        store.add_reports([(report_of(f"Report {n} of Kelm."), None) for n in range(200)])
        store.close()
        path = Path(store.name)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(DamagedRecord, match="the file is damaged"), Store.open(path) as again:
            again.record()


@pytest.mark.parametrize(("url", "meaning"), [("mysql://host/news", "not 'mysql'"), ("://", "neither a path nor")])
def test_a_database_of_another_kind_is_refused(url: str, meaning: str) -> None:
    with pytest.raises((StoreError, UsageError), match=meaning):
        Store.open(url)


def test_nothing_is_written_read_only() -> None:
    with new_store() as store:
        fill(store, archive_of("The port of Kelm opened."))
        with Store.open(store.name, read_only=True) as reader, pytest.raises(StoreError, match="can't be written"):
            reader.add_report(report_of("Another report of Kelm."))


def test_a_second_writer_waits_then_says_who_is_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "BUSY_TIMEOUT_S", 0.2)
    with new_store() as store, Store.open(store.name) as second, by_sql(store) as first:
        first.isolation_level = None
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program writes to it; wait"):
            second.add_report(report_of("The port of Kelm opened."))
        assert second.counts().reports == 0
        first.execute("ROLLBACK")
        second.add_report(report_of("The port of Kelm opened."))


def test_a_full_disk_keeps_what_was_stored() -> None:
    archive = archive_of("The port of Kelm opened.")
    with new_store() as store:
        fill(store, archive)
        with Store.open(store.name) as small:

            @event.listens_for(small._engine, "connect")
            def limit(connection: sqlite3.Connection, _: object) -> None:
                connection.execute("PRAGMA max_page_count = 1")  # SQLite raises it to what is there

            small._engine.dispose()
            with pytest.raises(StoreError, match="the disk is full"):
                small.add_reports([(report_of(f"Report {n} of Kelm. " * 40), None) for n in range(300)])
        assert store.record() == expected(archive)
        assert list(store.verify()) == []


def told(path: Path, answers: Queue[str], *, read_only: bool) -> None:
    """What somebody without rights to the folder is told; root would have every right."""
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        with Store.open(path, read_only=read_only) as store:
            answers.put(str(store.counts().reports))
            if not read_only:
                store.add_report(report_of("Another report of Kelm."))
    except StoreError as error:
        answers.put(str(error))


def as_other_user(path: Path, *, read_only: bool) -> list[str]:
    # A fork, since another user may have no right to run this Python anew.
    forking = get_context("fork")
    answers: Queue[str] = forking.SimpleQueue()
    child = forking.Process(target=told, args=(path, answers), kwargs={"read_only": read_only})
    child.start()
    child.join()
    assert child.exitcode == 0
    found = []
    while not answers.empty():
        found.append(answers.get())
    return found


def test_a_read_only_folder_can_be_read_and_not_be_written() -> None:
    folder = Path(mkdtemp())
    path = folder / "news.db"
    with Store.open(path) as store:
        fill(store, archive_of("The port of Kelm opened."))
    path.chmod(0o444)
    folder.chmod(0o555)
    try:
        assert as_other_user(path, read_only=True) == ["1"]
        (refused,) = as_other_user(path, read_only=False)
        assert "can't be written: the file or its folder is read-only" in refused
        (refused,) = as_other_user(folder / "new.db", read_only=False)
        assert "can't be opened: check that its folder exists and may be written to" in refused
    finally:
        folder.chmod(0o755)
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
