"""What a new report, and a new actor, costs as the store grows.

    python -m benchmarks.scale reports [--number 100000] [--section archive] [--output PAGE.md]
    python -m benchmarks.scale actors [--number 1000000] [--output PAGE.md]

Costs are CPU milliseconds of this process, so that a busy machine changes them little. `reports` reads generated
reports in chunks; their marks are those of an annotated report of the same mould, all else is done in full. `actors`
fills a store with that many actors of invented names and measures, on the way, what it costs to join the entities of
a new report to them. With --output the table takes the place of its section of the page.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from onrecord.scaling.bench.growth import Station, measure_growth
from onrecord.scaling.bench.namesakes import ActorStation, measure_actors
from onrecord.scaling.bench.page import actor_table, growth_table, put_section


def _say(station: Station | ActorStation) -> None:
    sys.stderr.write(f"{station}\n")
    sys.stderr.flush()


def main() -> None:
    """Measure, and print the table or put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("reports", "actors"))
    parser.add_argument("--number", type=int)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--section", help="of the page; that of what is measured, if not given")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if told.what == "reports":
            table = growth_table(measure_growth(told.number or 100_000, Path(folder), say=_say))
        else:
            table = actor_table(measure_actors(told.number or 1_000_000, Path(folder), say=_say))
    if told.output is None:
        print(table)
    else:
        put_section(told.output, told.section or told.what, table)


if __name__ == "__main__":
    main()
