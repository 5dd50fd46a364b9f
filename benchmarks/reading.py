"""How fast reports are read, and read, signed and stored, without annotation; and how much memory that takes.

    python -m benchmarks.reading IN... [--store PATH]

Each pass is a process of its own, so that its peak memory is its own. Memory should not grow with the reports.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from onrecord.fusing import sign
from onrecord.model import Failure, Report
from onrecord.reading import read
from onrecord.recording import Store

#: After how many reports speed and memory are noted, besides at the end.
STATIONS = (1_000, 5_000)
#: Reports of one transaction, as in the pipeline.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Station:
    """How far a pass was: seconds by the clock and of the CPU since its start, and its peak memory in MiB."""

    reports: int
    wall_s: float
    cpu_s: float
    peak_mib: float


def reading(paths: Sequence[str], _: str) -> Iterator[int]:
    """Reading alone: how many reports so far, after each."""
    yield from (n for n, _ in enumerate(_reports(paths), start=1))


def storing(paths: Sequence[str], store: str) -> Iterator[int]:
    """Reading, signing and storing, as `onrecord read --no-annotate` does it."""
    done = 0
    found = _reports(paths)
    with Store.open(store) as opened:
        while batch := list(islice(found, BATCH)):
            opened.add_reports([(report, sign(report)) for report in batch])
            for _ in batch:
                done += 1
                yield done


def stations(work: Callable[[Sequence[str], str], Iterator[int]], paths: Sequence[str], store: str) -> list[Station]:
    """Run a pass and note how it goes."""
    wall, cpu, done = time.perf_counter(), time.process_time(), 0
    noted: list[Station] = []

    def note() -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        noted.append(Station(done, time.perf_counter() - wall, time.process_time() - cpu, peak))

    for done in work(paths, store):
        if done in STATIONS:
            note()
    if not noted or noted[-1].reports != done:
        note()
    return noted


def _reports(paths: Sequence[str]) -> Iterator[Report]:
    return (item for item in read(paths) if not isinstance(item, Failure))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", help="what `onrecord read` takes")
    parser.add_argument("--store", type=Path, help="keep the store here (a new file)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "bench.db"
        print(f"{'pass':<26}{'reports':>9}{'reports/s':>11}{'per CPU s':>11}{'peak MiB':>10}")
        for name, work in (("reading", reading), ("reading, signing, storing", storing)):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                for one in alone.submit(stations, work, chosen.paths, str(store)).result():
                    speed, cpu_speed = one.reports / one.wall_s, one.reports / max(one.cpu_s, 1e-9)
                    print(f"{name:<26}{one.reports:>9,}{speed:>11,.0f}{cpu_speed:>11,.0f}{one.peak_mib:>10,.0f}")
        with Store.open(store, read_only=True) as opened:
            reports = opened.counts().reports
        print(f"\n{reports:,} reports in the store, {store.stat().st_size / max(reports, 1):,.0f} bytes each")


if __name__ == "__main__":
    main()
