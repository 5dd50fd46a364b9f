"""Code blocks of Markdown pages, and how to run them.

`python` blocks are executed, those of one page one after another. In `console` blocks each line that begins
with "$ " is run by a shell and the lines below it are what it prints (stdout and stderr); "..." stands for any text.
`sh` blocks are commands for a reader to copy. All run in a folder that holds a copy of `examples/`.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and where the text stands in the page."""

    language: str
    text: str
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a console block and what the page says it prints."""

    command: str
    printed: str


def pages() -> tuple[Path, ...]:
    """All pages that people write or that are generated, sorted."""
    top = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return tuple(sorted([*(page for page in top if page.exists()), *(ROOT / "docs").rglob("*.md")]))


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page's text."""
    for match in _FENCE.finditer(page):
        yield Block(match[1], match[2], match.start(2), page.count("\n", 0, match.start(2)) + 1)


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield Command(command, printed)


def run(command: str, folder: Path) -> tuple[str, int]:
    """Run a shell command in a folder as the docs show it: plain, 100 columns wide, stderr among stdout."""
    environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout, done.returncode


def fits(printed: str, expected: str) -> bool:
    """Whether what was printed is what a page says; "..." stands for any text, trailing blanks do not count."""
    wanted = [_plain(piece) for piece in expected.split("...")]
    pattern = ".*?".join(re.escape(piece) for piece in wanted)
    return re.fullmatch(pattern, _plain(printed), re.DOTALL) is not None


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


__all__ = ["ROOT", "Block", "Command", "blocks", "commands", "fits", "pages", "run"]
