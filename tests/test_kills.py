"""`onrecord read`, killed at random moments and started again, gives the record of an undisturbed run.

The kills of a run with workers can be had in any number: `python -m tests.test_kills 200`.
"""

import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import reports

#: Kills of one run; each later start finds less to do, so the last ones fall into fusing and closing.
KILLS = 12
#: Kills of a run with workers; stores are begun anew when there is nothing left to do.
KILLS_WITH_WORKERS = 6
ROOT = Path(__file__).parents[1]


def onrecord(*arguments: str) -> bytes:
    return subprocess.run([sys.executable, "-m", "onrecord", *arguments], capture_output=True, check=True).stdout


def export(store: Path) -> bytes:
    return onrecord("export", "--format", "json", "--store", str(store), "--output", "-")


def many_reports(folder: Path) -> Path:
    reports.write(folder)
    for number in range(8):  # more of the same, each with bytes of its own
        text = reports.SUMMIT.replace("40,000", f"4{number},000")
        (folder / f"more-{number}.txt").write_text(text, encoding="utf-8")
    return folder


def killed(*arguments: object) -> int:
    """The exit code of a run that is killed.

    Workers write to the standard error that they inherit: to wait for its end is to wait for theirs, so a worker that
    outlives its reader makes this wait for ever.
    """
    child = [sys.executable, "-m", "tests.killed", *map(str, arguments)]
    return subprocess.run(child, cwd=ROOT, capture_output=True).returncode


@pytest.mark.slow
def test_a_killed_read_continues_with_nothing_lost_and_nothing_twice(tmp_path: Path) -> None:
    folder = many_reports(tmp_path / "reports")
    quiet, store = tmp_path / "quiet.db", tmp_path / "killed.db"
    onrecord("read", str(folder), "--store", str(quiet))

    moments = random.Random(20250304)
    codes = []
    for kill in range(KILLS):
        # the first falls among the first reports at once; the others anywhere, in the middle of a step too
        units, delay_ms = (2, 0.0) if kill == 0 else (moments.randint(1, 16), moments.uniform(0, 60))
        codes.append(killed(folder, store, units, delay_ms))
    assert set(codes) <= {0, -signal.SIGKILL}, "a run after a kill failed"
    assert codes[0] == -signal.SIGKILL, "no run was killed in the middle: the test proves nothing"
    onrecord("read", str(folder), "--store", str(store))
    assert export(store) == export(quiet)
    onrecord("verify", "--store", str(store))


@pytest.mark.slow
def test_workers_end_with_their_reader_and_readers_go_on_without_a_worker(tmp_path: Path) -> None:
    assert kill_often(tmp_path, KILLS_WITH_WORKERS, seed=20250305) >= KILLS_WITH_WORKERS // 2


def kill_often(place: Path, times: int, seed: int) -> int:
    """Kill or interrupt the reader, or kill a worker, so many times, and hold the record against an undisturbed one.

    Returns:
        How often the reader was hit.
    """
    folder = many_reports(place / "reports")
    assert killed(folder, place / "quiet.db", 0, 0, "nobody") == 0
    wanted = export(place / "quiet.db")
    moments, store = random.Random(seed), place / "killed.db"
    readers, left = 0, times
    while left:
        whom = moments.choice(["reader", "reader", "terminal", "worker"])
        code = killed(folder, store, moments.randint(1, 30), moments.choice([0, moments.uniform(0, 60)]), whom)
        assert code in (0, -signal.SIGKILL, -signal.SIGINT), "a run failed after a kill, or because a worker was killed"
        if code == 0:
            assert export(store) == wanted
            onrecord("verify", "--store", str(store))
            store.unlink()
        if code or whom == "worker":
            left, readers = left - 1, readers + (code != 0)
    assert killed(folder, store, 0, 0, "nobody") == 0
    assert export(store) == wanted
    onrecord("verify", "--store", str(store))
    return readers


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as begun:
        number = int(sys.argv[1])
        sys.stderr.write(f"{kill_often(Path(begun), number, seed=number)} of {number} kills met the reader\n")
