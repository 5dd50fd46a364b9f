"""Score the record of some reports against a hand-made one.

    python -m benchmarks.record GOLD REPORT... [--scorer score_record.py] [--keep RECORD.json]

GOLD is a JSON file with offsets, or one of our own written in words (tests/quality/*/gold.toml).
The scorer stands beside the benchmark data (../shared/bench/score_record.py); the reports are read by the
product as a user would read them, exported with `onrecord export`, and the scorer's figures are printed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.quality import gold

SCORER = Path(__file__).resolve().parents[2] / "shared" / "bench" / "score_record.py"


def export(reports: list[str], record: Path) -> None:
    """Read the reports into a store of their own and export it to `record`."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "record.db")
        onrecord = [sys.executable, "-m", "onrecord"]
        subprocess.run([*onrecord, "read", *reports, "--store", store], check=True)
        subprocess.run([*onrecord, "export", "--format", "json", "--store", store, "--output", str(record)], check=True)


def main() -> int:
    """Parse the command line, read, export and score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", nargs="+")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--keep", type=Path, help="write the exported record here")
    chosen = parser.parse_args()
    if not chosen.scorer.is_file():
        parser.error(f"no scorer at {chosen.scorer}: name it with --scorer")
    with tempfile.TemporaryDirectory() as folder:
        record = chosen.keep or Path(folder) / "record.json"
        export(chosen.reports, record)
        told = chosen.gold
        if told.suffix == ".toml":
            told = Path(folder) / "gold.json"
            told.write_text(json.dumps(gold.load(chosen.gold.parent)), encoding="utf-8")
        scored = subprocess.run([sys.executable, str(chosen.scorer), str(told), str(record)], check=False)
    return scored.returncode


if __name__ == "__main__":
    sys.exit(main())
