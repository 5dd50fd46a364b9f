import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import ROOT


def test_the_demo_runs_twice_from_anywhere(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    copy.mkdir()
    shutil.copytree(ROOT / "examples", copy / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shown = []
    for read in ("4 reports read, 0 unchanged", "0 reports read, 4 unchanged"):
        done = subprocess.run(
            ["sh", str(copy / "examples" / "demo.sh")],
            cwd="/",
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert read in done.stderr
        shown.append(done.stdout)
    assert shown[0] == shown[1]
    assert (copy / "demo" / "record.json").stat().st_size > 10_000
