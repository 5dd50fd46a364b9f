"""What one report more costs as the store grows: `python -m benchmarks.linking SIZE... [--source FILE] [--archive N]`.

Reports come from the rows of FILE (id, published, title, text), or are made up: the same number of happenings a day,
each told by some outlets within three days. The store is filled with them day by day, without marks; at each SIZE
some more are added one by one, and CPU milliseconds of comparing, grouping and fusing them are printed, with the
milliseconds of filling a report and the peak memory. Signing the same reports is measured too, since a busy machine
makes CPU time longer: hold the ratio of the two against those of other sizes.

With --archive the first N reports are only stored and signed, which takes less time: they stand for old news. Fill
more than the open time window (18,000 made-up reports) after them.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import wordfreq

import onrecord
from benchmarks._rows import read_rows, report_of
from onrecord import fusing
from onrecord.model import Annotation, Report

#: Reports a day of the made-up news, and how many of them tell of one happening on average.
A_DAY, TOLD_BY = 300, 5
_SINGLE = 50
_FILLED = 2000


def made_up(seed: int = 1) -> Iterator[Report]:
    """News without end, of English words as frequent as they are, and for each happening some of its own."""
    rng = Random(seed)
    words = [word for word in wordfreq.top_n_list("en", 60_000) if word.isalpha()]
    # summed up once: `choices` would add up all weights for each report
    often = list(accumulate(wordfreq.word_frequency(word, "en") for word in words))
    day, number = date(2031, 1, 1), 0
    while True:
        for _ in range(A_DAY // TOLD_BY):
            about = rng.choices(words, cum_weights=often, k=8) + rng.choices(words, k=8)
            for _ in range(rng.randint(1, 2 * TOLD_BY - 1)):
                title = " ".join(rng.sample(about, 6))
                body = " ".join(
                    rng.choice(about) if rng.random() < 0.3 else w for w in rng.choices(words, cum_weights=often, k=180)
                )
                told = str(day + timedelta(days=rng.randint(0, 2)))
                yield report_of({"id": f"m{number}", "published": told, "title": title, "text": body})
                number += 1
        day += timedelta(days=1)


def from_rows(path: Path) -> Iterator[Report]:
    """The reports of a file, oldest first."""
    rows = sorted(read_rows(path), key=lambda row: (row.get("published") or "", str(row["id"])))
    return map(report_of, rows)


def archive(book: onrecord.Book, reports: Iterator[Report], number: int) -> int:
    """Store reports with their signatures, neither marked nor fused; returns how many."""
    stored = 0
    while some := tuple(islice(reports, min(_FILLED, number - stored))):
        book.store.add_reports([(report, fusing.sign(report)) for report in some])
        stored += len(some)
    return stored


def add(book: onrecord.Book, reports: Sequence[Report]) -> None:
    """Store reports with empty marks and fuse them."""
    book.store.add_reports([(report, fusing.sign(report)) for report in reports])
    for report in reports:
        book.store.annotate(Annotation(report.id), {}, annotator="benchmark")
    book.fuse()


def main(argv: Sequence[str] | None = None) -> int:
    """Fill a store and measure at each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="+", metavar="SIZE")
    parser.add_argument("--source", type=Path, help="JSON Lines; made-up reports without it")
    parser.add_argument("--archive", type=int, default=0, help="the first so many reports are only stored")
    args = parser.parse_args(argv)
    reports = (_renamed(one) for one in (from_rows(args.source) if args.source else made_up()))
    with tempfile.TemporaryDirectory() as folder, onrecord.open(Path(folder) / "grown.db") as book:
        held = archive(book, reports, args.archive)
        for size in sorted(args.sizes):
            started, before = time.process_time(), held
            while held < size and (some := tuple(islice(reports, min(_FILLED, size - held)))):
                add(book, some)
                held += len(some)
            filling = (time.process_time() - started) * 1000 / max(1, held - before)
            costs, singles = [], tuple(islice(reports, _SINGLE))
            started = time.process_time()
            for one in singles:
                fusing.sign(one)
            signing = (time.process_time() - started) * 1000 / max(1, len(singles))
            for one in singles:
                started = time.process_time()
                add(book, [one])
                costs.append((time.process_time() - started) * 1000)
                held += 1
            if not costs:
                break
            costs.sort()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{held} reports, {len(book.stories())} stories: one more costs {costs[len(costs) // 2]:.1f} ms"
                f" (mean {sum(costs) / len(costs):.1f}, worst {costs[-1]:.1f}); signing it {signing:.2f} ms,"
                f" ratio {costs[len(costs) // 2] / signing:.0f}; filling {filling:.1f} ms a report;"
                f" peak {peak} MiB",
                flush=True,
            )
    return 0


def _renamed(report: Report) -> Report:
    known = sha256(report.id.encode()).hexdigest()
    return replace(report, id=f"r{known[:16]}", sha256=known)


if __name__ == "__main__":
    sys.exit(main())
