"""Attributions of PolNeAR-like rows, for `score_attribution.py`.

    python -m benchmarks.attribution IN.jsonl OUT.jsonl
    python ../shared/bench/attribution/score_attribution.py IN.jsonl OUT.jsonl

A row has `id` and `text`; every line of the text that holds something is a paragraph. Speed goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from onrecord.annotating.attribution import AttributionTagger

_LINE = re.compile(r"[^\n]*\S[^\n]*")


def tag(tagger: AttributionTagger, text: str) -> list[dict[str, Any]]:
    """The attributions of a text, in the scorer's form."""
    paragraphs = [match.span() for match in _LINE.finditer(text)]
    return [
        {"source": one.source or None, "cue": one.cue or None, "content": one.content, "confidence": one.confidence}
        for one in tagger(text, paragraphs)
    ]


def main() -> None:
    """Read rows, tag, write rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, metavar="IN.jsonl")
    parser.add_argument("tagged", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--weights", type=Path, help="another folder of weights")
    told = parser.parse_args()
    tagger = AttributionTagger(told.weights)
    with told.rows.open(encoding="utf-8", newline="") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    began = time.process_time()
    tagged = [{"id": row["id"], "text": row["text"], "attributions": tag(tagger, row["text"])} for row in rows]
    spent = time.process_time() - began
    with told.tagged.open("w", encoding="utf-8", newline="") as out:
        for row in tagged:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    words = sum(len(row["text"].split()) for row in rows)
    sys.stderr.write(
        f"{len(rows)} articles, {words} words, {spent:.2f} s of CPU: "
        f"{len(rows) / spent:.1f} articles/s, {words / spent:.0f} words/s\n"
    )


if __name__ == "__main__":
    main()
