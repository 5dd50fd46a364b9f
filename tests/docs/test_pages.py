import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from docs.blocks import ROOT, blocks, commands, fits, pages, run
from docs.generate import reference

from onrecord.cli import COMMANDS

WRITTEN = [page for page in pages() if page.parent.name != "reference"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", [page for page in WRITTEN if "```" in page.read_text(encoding="utf-8")], ids=named)
def test_every_code_block_runs_and_prints_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    names: dict[str, object] = {"__name__": "__docs__"}
    for block in blocks(page.read_text(encoding="utf-8")):
        where = f"{named(page)}:{block.line}"
        if block.language == "python":
            exec(compile(block.text, where, "exec"), names)
            capsys.readouterr()
        elif block.language == "console":
            for one in commands(block):
                printed, code = run(one.command, tmp_path)
                assert code == 0, f"{where}: $ {one.command}\n{printed}"
                assert fits(printed, one.printed), f"{where}: $ {one.command}\nprints\n{printed}\nnot\n{one.printed}"
        elif block.language == "sh":
            check_commands(block.text, where)
        else:
            assert block.language == "text", f"{where}: blocks are python, console, sh or text"


def check_commands(text: str, where: str) -> None:
    """What a reader copies: make targets must exist, commands of onrecord must be ours; the demo has its own test."""
    known = {command.__name__ for command in COMMANDS}
    for line in text.splitlines():
        words = line.split()
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", MAKEFILE, re.MULTILINE), f"{where}: make has no target {words[1]}"
        elif words[0] == "onrecord":
            assert words[1] in known, f"{where}: there is no command {words[1]}"
        else:
            assert line == ". .venv/bin/activate", f"{where}: {line!r} is not tested"


def test_the_runner_notices_other_output() -> None:
    assert fits("a\nb\nc\n", "a\n...\nc\n")
    assert fits("a  \n", "a\n")
    assert not fits("a\nb\n", "a\n")
    assert not fits("a\nb\n", "a\n...c\n")


@pytest.mark.parametrize("file", reference(), ids=named)
def test_the_committed_reference_is_what_the_code_says(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == reference()[file], "run `make docs` and commit what it writes"


def test_every_command_is_documented_in_a_page_that_people_wrote() -> None:
    told = " ".join(page.read_text(encoding="utf-8") for page in WRITTEN)
    for command in COMMANDS:
        assert f"onrecord {command.__name__}" in told, command.__name__


@pytest.mark.parametrize("page", pages(), ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_pages_that_must_be_short_are() -> None:
    words = {page.name: len(page.read_text(encoding="utf-8").split()) for page in pages()}
    assert words["ARCHITECTURE.md"] <= 600
    assert words["CONTRIBUTING.md"] <= 1_000
