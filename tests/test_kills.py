"""`onrecord read`, killed at random moments and started again, gives the record of an undisturbed run.

The kills of a run with workers can be had in any number: `python -m tests.test_kills 200`.
"""

import io
import json
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

import pytest

from onrecord.pipeline import open_book
from onrecord.showing.exports import export as write_export
from tests import reports
from tests.killed import DONE_WITHOUT_A_WORKER

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


class Runs:
    """Runs as `killed` has them, each a process of its own that needs no imports."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.killed"]
        self.child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.child.communicate()

    def run(self, *told: object) -> int:
        """The exit code of one run."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.write(json.dumps([str(one) if isinstance(one, Path) else one for one in told]) + "\n")
        self.child.stdin.flush()
        return int(self.child.stdout.readline())


def sound(store: Path) -> bytes:
    """The record of a store in which nothing is damaged, as it is exported."""
    with open_book(store, read_only=True) as book:
        assert list(book.verify()) == []
        out = io.BytesIO()
        write_export(book.records(), book.failures(), "json", out)
        return out.getvalue()


@pytest.mark.slow
def test_workers_end_with_their_reader_and_readers_go_on_without_a_worker(tmp_path: Path) -> None:
    assert kill_often(tmp_path, KILLS_WITH_WORKERS, seed=20250305) >= KILLS_WITH_WORKERS // 2


def kill_often(place: Path, times: int, seed: int) -> int:
    """Kill or interrupt the reader, or kill a worker, so many times, and hold the record against an undisturbed one.

    Returns:
        How often the reader was hit.
    """
    folder = many_reports(place / "reports")
    moments, store = random.Random(seed), place / "killed.db"
    readers, left = 0, times
    with Runs() as runs:
        assert runs.run(folder, place / "quiet.db", 0, 0, "nobody") == 0
        wanted = sound(place / "quiet.db")
        while left:
            whom = moments.choice(["reader", "reader", "terminal", "worker"])
            code = runs.run(folder, store, moments.randint(1, 30), moments.choice([0, moments.uniform(0, 60)]), whom)
            ended = code in (0, DONE_WITHOUT_A_WORKER)
            assert ended or code in (-signal.SIGKILL, -signal.SIGINT), "a run failed after a kill, or for a worker's"
            if ended:
                assert sound(store) == wanted
                store.unlink()
            if code:
                left, readers = left - 1, readers + (not ended)
                sys.stderr.write(f"{times - left}/{times}: {whom} ({code})\n")
        assert runs.run(folder, store, 0, 0, "nobody") == 0
        assert sound(store) == wanted
    return readers


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as begun:
        number = int(sys.argv[1])
        sys.stderr.write(f"{kill_often(Path(begun), number, seed=number)} of {number} kills met the reader\n")
