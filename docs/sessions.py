"""Refresh the terminal sessions of the pages: each console block gets what its commands print today."""

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docs.blocks import ROOT, Block, blocks, commands, fits, run


def refreshed(page: str) -> str:
    """A page's text with the output of its console blocks as it is today; blocks with "..." stay where they fit."""
    found = [block for block in blocks(page) if block.language == "console"]
    if not found:
        return page
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        texts = list(_sessions(page, folder))
    for block, text in reversed(list(zip(found, texts, strict=True))):
        page = page[: block.start] + text + page[block.start + len(block.text) :]
    return page


def _sessions(page: str, folder: Path) -> Iterator[str]:
    """The console blocks anew; Python blocks before them run too, for what they leave in the folder."""
    names: dict[str, object] = {"__name__": "__docs__"}
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # as a page's reader has it
    for block in blocks(page):
        if block.language == "python":
            with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
                exec(compile(block.text, "page", "exec"), names)
        elif block.language == "console":
            yield _session(block, folder)


def _session(block: Block, folder: Path) -> str:
    told = []
    for one in commands(block):
        printed, code = run(one.command, folder)
        if code:
            raise SystemExit(f"$ {one.command}\nended with {code}; no page is written:\n{printed}")
        kept = "..." in one.printed and fits(printed, one.printed)
        plain = "".join(f"{line.rstrip()}\n" for line in printed.rstrip("\n").split("\n")) if printed.strip() else ""
        told.append(f"$ {one.command}\n{one.printed if kept else plain}")
    return "".join(told)


__all__ = ["refreshed"]
