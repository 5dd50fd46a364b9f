"""Tell whether two sentences have a claim in common: `python -m benchmarks.same_claim IN.jsonl OUT.jsonl`.

IN has rows with id, a, b (texts); OUT gets rows with id, label (1 or 0) and score.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks._rows import read_rows, write_rows
from benchmarks.copies import f1
from onrecord.fusing.sentences import IN_COMMON, common_share


def main(argv: Sequence[str] | None = None) -> int:
    """Compare each pair; with labels in IN, print F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args(argv)
    out, judged = [], []
    for row in read_rows(args.source):
        score = common_share(row["a"], row["b"])
        label = int(score >= IN_COMMON)
        out.append({"id": row["id"], "label": label, "score": round(score, 4)})
        judged.append((row.get("label"), label))
    write_rows(args.target, out)
    if all(gold is not None for gold, _ in judged):
        of_ones = f1([(gold == 1, told == 1) for gold, told in judged])
        of_zeros = f1([(gold == 0, told == 0) for gold, told in judged])
        print(
            f"f1 {of_ones:.3f} (of pairs with nothing in common {of_zeros:.3f}), {len(judged)} pairs", file=sys.stderr
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
