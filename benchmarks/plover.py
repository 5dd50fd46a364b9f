"""PLOVER root types of sentences whose source and target are given: the product's own type decision.

    python -m benchmarks.plover IN.jsonl OUT.jsonl [--scheme plv]

Rows of IN: id, sentence, source, target, source_spans, target_spans. Rows of OUT: id, root (null: no event told).
Score with ../shared/bench/events/score_plover.py.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onrecord.annotating.events import type_between
from onrecord.annotating.parse import Parse, parse
from onrecord.model import Block, BlockKind, EventType, Report, Span

#: PLV has one class for both.
_YIELD = (EventType.CONCEDE, EventType.RETREAT)


def root_of(row: Mapping[str, Any], scheme: str = "plover") -> str | None:
    """The root type of one row, or None."""
    kind = type_between(*parties_of(row))
    if scheme == "plv" and kind in _YIELD:
        return "YIELD"
    return None if kind is None else kind.value


def parties_of(row: Mapping[str, Any]) -> tuple[Parse, list[Span], list[Span]]:
    """The parse of a row's sentence, and where it names the two."""
    text = row["sentence"]
    report = Report("row", "row", "", text, (Block(Span(0, len(text)), BlockKind.PARAGRAPH),), language="en")
    return parse(report), _spans(row, "source"), _spans(row, "target")


def _spans(row: Mapping[str, Any], party: str) -> list[Span]:
    given = row.get(f"{party}_spans")
    if given:
        return [Span(start, end) for start, end in given]
    at = row["sentence"].find(row[party])
    return [Span(at, at + len(row[party]))] if at >= 0 else []


def main() -> None:
    """Read the rows, write one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, metavar="IN.jsonl")
    parser.add_argument("out", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--scheme", choices=("plover", "plv"), default="plover")
    args = parser.parse_args()
    with args.rows.open(encoding="utf-8") as rows, args.out.open("w", encoding="utf-8") as out:
        for line in rows:
            row = json.loads(line)
            out.write(json.dumps({"id": row["id"], "root": root_of(row, args.scheme)}) + "\n")


if __name__ == "__main__":
    main()
