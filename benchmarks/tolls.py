"""Compare numbers of dead told in two texts: `python -m benchmarks.tolls IN.jsonl OUT.jsonl`.

IN has rows with id, a, b (texts); OUT gets rows with id, label (same, compatible, differ) and score.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks._rows import read_rows, write_rows
from benchmarks.copies import f1
from onrecord.fusing.tolls import compare_tolls, headline

#: The surer two numbers are one, the higher.
SCORES = {"same": 1.0, "compatible": 0.5, "differ": 0.0}


def main(argv: Sequence[str] | None = None) -> int:
    """Compare each pair; with labels in IN, print F1 of each label and their mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args(argv)
    out, judged = [], []
    for row in read_rows(args.source):
        label = compare_tolls(headline(row["a"]), headline(row["b"]))
        out.append({"id": row["id"], "label": label, "score": SCORES[label]})
        judged.append((row.get("label"), label))
    write_rows(args.target, out)
    if all(gold for gold, _ in judged):
        figures = {name: f1([(gold == name, told == name) for gold, told in judged]) for name in SCORES}
        each = ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items())
        print(f"f1 {sum(figures.values()) / len(figures):.3f} ({each}), {len(judged)} pairs", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
