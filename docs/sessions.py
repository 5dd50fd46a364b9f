"""Refresh the terminal sessions of the pages: each console block gets what its commands print today."""

import shutil
import tempfile
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
        texts = [_session(block, folder) for block in found]
    for block, text in reversed(list(zip(found, texts, strict=True))):
        page = page[: block.start] + text + page[block.start + len(block.text) :]
    return page


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
