"""The example reports, read once into a store that the tests only read."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*arguments: str, cwd: Path, stdin: str | None = None, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run onrecord as a user does, in a folder, with no terminal."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**kept, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="session")
def summit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and their store, onrecord.db; not to be written to."""
    folder = tmp_path_factory.mktemp("summit")
    shutil.copytree(ROOT / "examples", folder / "examples")
    done = run("read", "examples/reports", cwd=folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "4 reports read, 0 unchanged, 0 failed" in done.stderr
    return folder
