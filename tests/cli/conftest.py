"""The example reports, read once into a store that the tests only read."""

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli import app

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, cwd: Path, stdin: str | None = None, **environment: str) -> Done:
    """Run onrecord in a folder, with no terminal; in this process, because loading Python anew takes longest."""
    plain: dict[str, str | None] = {"COLUMNS": None, "FORCE_COLOR": None, "NO_COLOR": None}
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(app, arguments, input=stdin, env={**plain, **environment})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def summit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and their store, onrecord.db; not to be written to."""
    folder = tmp_path_factory.mktemp("summit")
    shutil.copytree(ROOT / "examples", folder / "examples")
    done = run("read", "examples/reports", cwd=folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "4 reports read, 0 unchanged, 0 failed" in done.stderr
    return folder
