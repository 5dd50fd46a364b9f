"""`python -m tests.killed FOLDER STORE UNITS DELAY_MS [WHOM]`: reads, and is killed by the system after so much work.

Moments are counted in the run's own progress, not in seconds of a clock: a slow or a busy machine is hit as surely
as a quick one. The delay after that moves the kill into the middle of whatever comes next. With WHOM two workers
annotate (those of tests.scaling.stubs, which load no model), and who is killed is the reader or one of the workers,
or else the reader is interrupted, as by Ctrl-C at a terminal.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import onrecord
from onrecord.scaling import Workers, WorkerSettings
from onrecord.working import Alone

STUB = (sys.executable, "-m", "tests.scaling.stubs")


def main(folder: str, store: str, units: int, delay_ms: float, whom: str | None = None) -> None:
    """Read `folder` into `store`; is killed when there are `units` units of work left to do."""
    units_done = count(1)

    def die() -> None:
        pids = working.processes() if whom == "worker" and isinstance(working, Workers) else (os.getpid(),)
        for pid in pids[:1]:
            os.kill(pid, signal.SIGINT if whom == "terminal" else signal.SIGKILL)

    def progress(phase: str, done: int, total: int | None) -> None:
        if next(units_done) == units:
            if delay_ms:
                threading.Timer(delay_ms / 1000, die).start()
            else:
                die()

    with onrecord.open(store) as book, _working(whom) as working:
        book.read([folder], workers=working, progress=progress)


@contextmanager
def _working(whom: str | None) -> Iterator[Alone | Workers]:
    if whom is None:
        yield Alone()
        return
    with Workers(2, WorkerSettings(STUB)) as workers:
        yield workers


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:6])
