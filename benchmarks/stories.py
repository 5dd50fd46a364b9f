"""Group articles into stories: `python -m benchmarks.stories IN.jsonl OUT.jsonl`.

IN has rows with id, outlet, published, title, text; OUT gets rows with id and story.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks._rows import read_rows, report_of, write_rows
from onrecord.fusing.signatures import sign
from onrecord.fusing.stories import find_stories


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
    stories = find_stories(signatures)
    write_rows(args.target, ({"id": report, "story": story[0]} for story in stories for report in story))
    print(
        f"{len(reports)} reports, {len(stories)} stories;"
        f" signed {len(reports) / (signed - started):.0f}/s, grouped in {time.perf_counter() - signed:.2f} s",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
