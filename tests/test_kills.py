"""`onrecord read`, killed at random moments and started again, gives the record of an undisturbed run."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import reports

#: Kills of one run; each later start finds less to do, so the last ones fall into fusing and closing.
KILLS = 12
ROOT = Path(__file__).parents[1]


def onrecord(*arguments: str) -> bytes:
    return subprocess.run([sys.executable, "-m", "onrecord", *arguments], capture_output=True, check=True).stdout


def export(store: Path) -> bytes:
    return onrecord("export", "--format", "json", "--store", str(store), "--output", "-")


@pytest.mark.slow
def test_a_killed_read_continues_with_nothing_lost_and_nothing_twice(tmp_path: Path) -> None:
    folder = reports.write(tmp_path / "reports")
    for number in range(8):  # more of the same, each with bytes of its own
        text = reports.SUMMIT.replace("40,000", f"4{number},000")
        (folder / f"more-{number}.txt").write_text(text, encoding="utf-8")
    quiet, killed = tmp_path / "quiet.db", tmp_path / "killed.db"
    onrecord("read", str(folder), "--store", str(quiet))

    moments = random.Random(20250304)
    codes = []
    for kill in range(KILLS):
        # the first falls among the first reports at once; the others anywhere, in the middle of a step too
        units, delay_ms = (2, 0.0) if kill == 0 else (moments.randint(1, 16), moments.uniform(0, 60))
        child = [sys.executable, "-m", "tests.killed", str(folder), str(killed), str(units), str(delay_ms)]
        codes.append(subprocess.run(child, cwd=ROOT, capture_output=True).returncode)
    assert set(codes) <= {0, -signal.SIGKILL}, "a run after a kill failed"
    assert codes[0] == -signal.SIGKILL, "no run was killed in the middle: the test proves nothing"
    onrecord("read", str(folder), "--store", str(killed))
    assert export(killed) == export(quiet)
    onrecord("verify", "--store", str(killed))
