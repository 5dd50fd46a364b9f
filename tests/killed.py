"""`python -m tests.killed FOLDER STORE UNITS DELAY_MS`: reads, and is killed by the system after so many units of work.

Moments are counted in the run's own progress, not in seconds of a clock: a slow or a busy machine is hit as surely
as a quick one. The delay after that moves the kill into the middle of whatever comes next.
"""

import os
import signal
import sys
import threading
from itertools import count

import onrecord


def main(folder: str, store: str, units: int, delay_ms: float) -> None:
    """Read `folder` into `store`; never returns when there are `units` units of work left to do."""
    units_done = count(1)

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def progress(phase: str, done: int, total: int | None) -> None:
        if next(units_done) == units:
            if delay_ms:
                threading.Timer(delay_ms / 1000, die).start()
            else:
                die()

    with onrecord.open(store) as book:
        book.read([folder], progress=progress)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
