"""A reader that meets a full disk, a read-only store or a second writer leaves a sound store, and can go on."""

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_kills import ROOT, export, killed, many_reports, onrecord

#: Bytes that the write-ahead log may take before the disk is full: while reports are annotated, and while stories are
#: fused. Reading itself puts nothing on the disk but the store.
ROOM = (60_000, 250_000)


def read(folder: Path, store: Path, limit: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """A reader with workers that load no model, as a process of its own."""
    command = [sys.executable, "-m", "tests.killed", str(folder), str(store), "0", "0", "nobody"]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=limit)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return many_reports(tmp_path_factory.mktemp("adversity") / "reports")


@pytest.fixture(scope="module")
def quiet(folder: Path) -> Path:
    """The store of an undisturbed run."""
    store = folder.parent / "quiet.db"
    assert killed(folder, store, 0, 0, "nobody") == 0
    return store


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOM)
def test_a_full_disk_is_told_and_reading_goes_on_when_there_is_room(
    room: int, folder: Path, quiet: Path, tmp_path: Path
) -> None:
    store, nothing = tmp_path / "full.db", tmp_path / "nothing"
    nothing.mkdir()
    onrecord("read", str(folder), "--no-annotate", "--store", str(store))
    # what is in the file already stays; the log beside it starts at nothing, and none may grow beyond the limit

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    reader = read(nothing, store, limit)
    _, told = reader.communicate()
    assert reader.returncode == 1, told
    assert "StoreError" in told
    assert "disk" in told
    onrecord("verify", "--store", str(store))
    assert killed(folder, store, 0, 0, "nobody") == 0
    assert export(store) == export(quiet)
    onrecord("verify", "--store", str(store))


@pytest.mark.slow
def test_two_readers_at_once_wait_for_each_other(folder: Path, quiet: Path, tmp_path: Path) -> None:
    store = tmp_path / "both.db"
    both = [read(folder, store) for _ in range(2)]
    told = [reader.communicate()[1] for reader in both]
    # on a machine that is so busy that a writer waits for ten seconds, the other one is told so
    for reader, words in zip(both, told, strict=True):
        assert reader.returncode == 0 or "another program writes to it" in words, words
    onrecord("verify", "--store", str(store))
    assert killed(folder, store, 0, 0, "nobody") == 0
    assert export(store) == export(quiet)
    onrecord("verify", "--store", str(store))


@pytest.mark.slow
def test_a_read_only_store_is_told_before_anything_is_done(folder: Path, quiet: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(quiet.read_bytes())
    before = export(copy)
    asked = f"import onrecord; onrecord.open({str(copy)!r}, read_only=True).read([{str(folder)!r}])"
    (folder / "new.txt").write_text("The port of Kelm opened on Friday, its harbour master said.\n", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    (folder / "new.txt").unlink()
    assert done.returncode == 1
    assert "StoreError" in done.stderr
    assert "can't be written" in done.stderr
    assert export(copy) == before
    onrecord("verify", "--store", str(copy))
