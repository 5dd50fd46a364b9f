"""Happenings told by three outlets each, with what they both tell marked (told.txt)."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Block, BlockKind, Report, Span

TOLD = Path(__file__).parent / "told.txt"
NOBODY_ELSE = "-"
"""The number of what one report alone tells."""
_MARK = re.compile(r"\[(\d+|-)\|([^\[\]|]*)\]")
_DAY = "2026-03-12"


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a report and the number of what it tells."""

    number: str
    span: Span


@dataclass(frozen=True, slots=True)
class Story:
    """A happening: its reports with what is marked in each."""

    name: str
    reports: tuple[tuple[Report, tuple[Marked, ...]], ...]


def read_stories(path: Path = TOLD) -> Iterator[Story]:
    """The stories in the order of the file.

    Each begins with "# story: name", each of its reports with "## A"; a paragraph is a line. Marks are written
    "[number|words]"; other lines that begin with one "#" are comments.
    """
    name, parts = "", dict[str, list[str]]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# story:"):
            if parts:
                yield _story(name, parts)
            name, parts = line.removeprefix("# story:").strip(), {}
        elif line.startswith("## "):
            parts[line[3:].strip()] = []
        elif line.strip() and not line.startswith("#") and parts:
            parts[list(parts)[-1]].append(line)
    if parts:
        yield _story(name, parts)


def _story(name: str, parts: dict[str, list[str]]) -> Story:
    key = hashlib.sha256(name.encode()).hexdigest()[:8]
    return Story(name, tuple(_report(f"{key}{letter}", lines) for letter, lines in sorted(parts.items())))


def _report(name: str, lines: list[str]) -> tuple[Report, tuple[Marked, ...]]:
    text, blocks, marked = "", list[Block](), list[Marked]()
    for number, line in enumerate(lines):
        start, last = len(text), 0
        for mark in _MARK.finditer(line):
            text += line[last : mark.start()]
            marked.append(Marked(mark[1], Span(len(text), len(text) + len(mark[2]))))
            text, last = text + mark[2], mark.end()
        text += line[last:]
        kind = BlockKind.PARAGRAPH if number else BlockKind.TITLE
        blocks.append(Block(Span(start, len(text)), kind))
        text += "\n\n"
    report = Report(
        id=name,
        source=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        blocks=tuple(blocks),
        title=blocks[0].span.of(text) if blocks else None,
        outlet=name,
        published=_DAY,
        language="en",
    )
    return report, tuple(marked)
