"""How fast reports are annotated and read, as ratios to plain spaCy on the same texts in the same run.

    python -m benchmarks.speed [PATH...] [--workers N]

Without paths the example reports are read. `onrecord bench` gives the same table, and generates reports.
"""

import argparse
from pathlib import Path

from onrecord.model import Report
from onrecord.reading import read
from onrecord.scaling.bench.page import speed_table
from onrecord.scaling.bench.speed import measure_speed, with_whole

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "reports"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[EXAMPLES])
    parser.add_argument("--workers", type=int, action="append", default=[])
    chosen = parser.parse_args()
    reports = [item for item in read(chosen.paths) if isinstance(item, Report)]
    speed = with_whole(measure_speed(chosen.paths, reports, chosen.workers), chosen.paths, reports)
    print(speed_table(speed, "given"))


if __name__ == "__main__":
    main()
