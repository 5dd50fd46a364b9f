"""Group articles into stories: `python -m benchmarks.stories IN.jsonl OUT.jsonl`.

IN has rows with id, outlet, published, title, text; OUT gets rows with id and story.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks._rows import read_rows, report_of, write_rows
from onrecord.fusing.signatures import likeness, sign
from onrecord.fusing.stories import CANDIDATE_TERMS, INDEXED_TERMS, LINK, group, within
from onrecord.model import Likeness, Signature


def candidates(signatures: Sequence[Signature]) -> list[Likeness]:
    """Likenesses of all pairs that share enough of their heaviest terms within the window, as the store finds them."""
    holders: dict[str, list[Signature]] = defaultdict(list)
    found = []
    for signature in signatures:
        shared = Counter[str]()
        near: dict[str, Signature] = {}
        for term, _ in signature.terms[:INDEXED_TERMS]:
            for other in holders[term]:
                shared[other.report] += 1
                near[other.report] = other
            holders[term].append(signature)
        for report, count in shared.items():
            if count >= CANDIDATE_TERMS and within(signature, near[report]):
                one = likeness(signature, near[report])
                if one.score >= LINK:
                    found.append(one)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Read, sign, group, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args(argv)
    reports = [report_of(row) for row in read_rows(args.source)]
    started = time.perf_counter()
    signatures = [sign(report) for report in reports]
    signed = time.perf_counter()
    likenesses = candidates(signatures)
    stories = group(signatures, likenesses)
    write_rows(args.target, ({"id": report, "story": story[0]} for story in stories for report in story))
    print(
        f"{len(reports)} reports, {len(likenesses)} likenesses, {len(stories)} stories;"
        f" signed {len(reports) / (signed - started):.0f}/s, grouped in {time.perf_counter() - signed:.2f} s",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
