"""Rows of JSON Lines as reports."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.model import Block, BlockKind, Report, Span

Row = dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def report_of(row: Row) -> Report:
    """An article row as a report whose id is the row's; its paragraphs are its lines."""
    title, body = row.get("title") or "", row.get("text") or ""
    text = f"{title}\n\n{body}"
    blocks = [Block(Span(0, len(title)), BlockKind.TITLE)] if title else []
    at = len(title) + 2
    for line in body.split("\n"):
        if line.strip():
            blocks.append(Block(Span(at, at + len(line)), BlockKind.PARAGRAPH))
        at += len(line) + 1
    return Report(
        id=str(row["id"]),
        source=str(row["id"]),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=text,
        blocks=tuple(blocks),
        title=title or None,
        outlet=row.get("outlet"),
        published=row.get("published"),
        language="en",
    )
