"""Tell copies: `python -m benchmarks.copies PAIRS.jsonl ARTICLES.jsonl... OUT.jsonl`.

PAIRS has rows with id, a, b (ids of articles); OUT gets rows with id, label
(copy, partly_derived, independent) and score.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks._rows import read_rows, report_of, write_rows
from onrecord.fusing.copies import compare_texts, sameness
from onrecord.fusing.shingles import MEASURED_WORDS, shingles
from onrecord.model import CopyKind

_LABELS = {CopyKind.COPY: "copy", CopyKind.PARTLY: "partly_derived"}


def main(argv: Sequence[str] | None = None) -> int:
    """Compare each pair's texts; with labels in PAIRS, print F1 for copies and for all that are not independent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="PAIRS ARTICLES... OUT")
    args = parser.parse_args(argv)
    pairs, *articles, target = args.files
    rows = list(read_rows(pairs))
    wanted = {row[side] for row in rows for side in "ab"}
    grams = {
        str(row["id"]): shingles(report_of(row), MEASURED_WORDS)
        for path in articles
        for row in read_rows(path)
        if row["id"] in wanted
    }
    out, judged = [], []
    for row in rows:
        a, b = (grams.get(row[side], frozenset()) for side in "ab")
        copy = compare_texts(row["a"], row["b"], a, b)
        label = _LABELS[copy.kind] if copy else "independent"
        out.append({"id": row["id"], "label": label, "score": round(sameness(a, b), 4)})
        if row["a"] in grams and row["b"] in grams:
            judged.append((row.get("label"), label))
    write_rows(target, out)
    if all(gold for gold, _ in judged):
        copies = f1([(gold == "copy", told == "copy") for gold, told in judged])
        dependent = f1([(gold != "independent", told != "independent") for gold, told in judged])
        print(
            f"copies f1 {copies:.3f}, not independent f1 {dependent:.3f}, "
            f"{len(judged)} of {len(rows)} pairs have both texts",
            file=sys.stderr,
        )
    return 0


def f1(judged: Sequence[tuple[bool, bool]]) -> float:
    """Harmonic mean of precision and recall of (gold, told) pairs."""
    hits = sum(gold and told for gold, told in judged)
    told, gold = sum(told for _, told in judged), sum(gold for gold, _ in judged)
    return 2 * hits / (told + gold) if told + gold else 0.0


if __name__ == "__main__":
    sys.exit(main())
