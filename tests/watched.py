"""`python -m tests.watched`: rounds of watching, each killed after so many units of work.

A line of standard input asks for a round: JSON of [store, feed, seconds, units, marks]. Units are requests, their
answers, and the steps of annotating and fusing, so that a slow machine is hit as surely as a quick one; 0 units lets
the round end. Time stands still at `seconds`. `marks` is whether it annotates and fuses. Each round is a process of
its own, forked after the imports; its exit code (negative for a signal) is a line of standard output.

`python -m tests.watched --kills N MARKS`: as the test, with N kills.
"""

import json
import os
import random
import signal
import sys
import tempfile
import traceback
from itertools import count
from pathlib import Path

import onrecord
from onrecord.reading import ReadSettings
from onrecord.reading.fetching.client import Fetched, Fetcher, Validators
from onrecord.watching import Watcher, WatchSettings
from tests.reading.serving import FakeTime, loopback


def main(store: str, feed: str, seconds: float, units: int, marks: bool) -> None:
    """One round; never returns when there are `units` units of work left to do."""
    done = count(1)

    def unit() -> None:
        if next(done) == units:
            os.kill(os.getpid(), signal.SIGKILL)

    class Counting(Fetcher):
        def get(self, url: str, known: Validators = Validators(), *, attempts: int | None = None) -> Fetched:  # noqa: B008
            unit()
            fetched = super().get(url, known, attempts=attempts)
            unit()
            return fetched

    def progress(phase: str, done: int, total: int | None) -> None:
        unit()

    settings = ReadSettings(fetch=loopback(FakeTime(seconds)))
    with onrecord.open(store) as book:
        watcher = Watcher(book, WatchSettings(settings), Counting(settings.fetch, settings.max_bytes))
        watcher.follow([feed])
        watcher.round(annotate=marks, progress=progress)


def warm_up() -> None:
    """Import what a round needs, so that a kill falls into work and not into imports."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(
            f"<html><body><article>{'<p>The envoys met in Kelm on Tuesday.</p>' * 9}</article></body></html>"
        )
        with onrecord.open(Path(folder) / "warm.db") as book:
            book.read([page], annotate=False)


def serve() -> None:
    """Answer for one line after another."""
    warm_up()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                main(*json.loads(line))
            except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:2] == ["--kills"]:
        from tests.test_watch_kills import compare

        with tempfile.TemporaryDirectory() as folder:
            print(compare(Path(folder), int(sys.argv[2]), random.Random(7), marks=sys.argv[3] == "1"))  # noqa: T201
    else:
        serve()
