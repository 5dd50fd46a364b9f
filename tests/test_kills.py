"""`onrecord read`, killed at random moments and started again, gives the record of an undisturbed run."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import reports

#: Kills of one run; each later start finds less to do, so the last ones fall into fusing and closing.
KILLS = 12


def arguments(folder: Path, store: Path) -> list[str]:
    return [sys.executable, "-m", "onrecord", "read", str(folder), "--store", str(store)]


def export(store: Path) -> bytes:
    command = [sys.executable, "-m", "onrecord", "export", "--format", "json", "--store", str(store), "--output", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


@pytest.mark.slow
def test_a_killed_read_continues_with_nothing_lost_and_nothing_twice(tmp_path: Path) -> None:
    folder = reports.write(tmp_path / "reports")
    for number in range(8):  # more of the same, each with bytes of its own
        text = reports.SUMMIT.replace("40,000", f"4{number},000")
        (folder / f"more-{number}.txt").write_text(text, encoding="utf-8")
    quiet, killed = tmp_path / "quiet.db", tmp_path / "killed.db"
    started = time.monotonic()
    subprocess.run(arguments(folder, quiet), check=True, capture_output=True)
    whole_s = time.monotonic() - started

    moments = random.Random(20250304)
    hit = 0
    for _ in range(KILLS):
        run = subprocess.Popen(arguments(folder, killed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            run.wait(timeout=moments.uniform(0.3, 1.0) * whole_s)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            hit += 1
    assert hit, "no run was killed in the middle: the test proves nothing"
    subprocess.run(arguments(folder, killed), check=True, capture_output=True)
    assert export(killed) == export(quiet)
    subprocess.run([sys.executable, "-m", "onrecord", "verify", "--store", str(killed)], check=True)
