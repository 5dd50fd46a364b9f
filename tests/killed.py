"""`python -m tests.killed FOLDER STORE UNITS DELAY_MS [WHOM]`: reads, and is killed by the system after so much work.

Moments are counted in the run's own progress, not in seconds of a clock: a slow or a busy machine is hit as surely
as a quick one. The delay after that moves the kill into the middle of whatever comes next. With WHOM two workers
annotate (those of tests.scaling.stubs, which load no model), and who is killed is the reader or one of the workers,
or else the reader is interrupted, as by Ctrl-C at a terminal.

Without arguments each line of standard input asks for such a run, as JSON of [folder, store, units, delay_ms, whom]: a
process of its own, forked after the imports, whose exit code (negative for a signal) is a line of standard output.
"""

import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import onrecord
from onrecord.scaling import Workers, WorkerSettings
from onrecord.working import Alone

#: The exit code of a run that a worker was killed for, and that came to its end.
DONE_WITHOUT_A_WORKER = 64
STUB = (sys.executable, "-m", "tests.scaling.stubs")


def main(folder: str, store: str, units: int, delay_ms: float, whom: str | None = None) -> None:
    """Read `folder` into `store`; is killed when there are `units` units of work left to do."""
    units_done = count(1)
    killed: list[int] = []

    def die() -> None:
        pids = working.processes() if whom == "worker" and isinstance(working, Workers) else (os.getpid(),)
        for pid in pids[:1]:
            os.kill(pid, signal.SIGINT if whom == "terminal" else signal.SIGKILL)
            if whom == "worker":
                killed.append(pid)

    def progress(phase: str, done: int, total: int | None) -> None:
        if next(units_done) == units:
            if delay_ms:
                threading.Timer(delay_ms / 1000, die).start()
            else:
                die()

    with onrecord.open(store) as book, _working(whom) as working:
        book.read([folder], workers=working, progress=progress)
    if killed:
        sys.exit(DONE_WITHOUT_A_WORKER)


@contextmanager
def _working(whom: str | None) -> Iterator[Alone | Workers]:
    if whom is None:
        yield Alone()
        return
    with Workers(2, WorkerSettings(STUB)) as workers:
        yield workers


def serve() -> None:
    """Do what one line after another asks for."""
    # a program that is started in the background ignores what Ctrl-C sends
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder:  # import what a run needs, so that a kill falls into work
        (Path(folder) / "a.txt").write_text("Talks in Kelm\n\nThe envoys met in Kelm on Tuesday and left in silence.")
        with onrecord.open(Path(folder) / "warm.db") as book:
            book.read([folder], annotate=False)
    for line in sys.stdin:
        # Workers write to the standard error that they inherit: its end is theirs, so one that outlives its reader
        # makes this wait for ever.
        end, start = os.pipe()
        child = os.fork()
        if not child:
            os.dup2(start, sys.stderr.fileno())
            os.close(end)
            os.close(start)
            _run(line)
        os.close(start)
        with os.fdopen(end, "rb") as told:
            said = told.read()
        _, status = os.waitpid(child, 0)
        if (code := os.waitstatus_to_exitcode(status)) not in (0, DONE_WITHOUT_A_WORKER) and code > 0:
            sys.stderr.buffer.write(said)
            sys.stderr.flush()
        print(code, flush=True)  # noqa: T201


def _run(line: str) -> None:
    """What a line asks for; the process ends as one of its own would."""
    try:
        main(*json.loads(line))
    except SystemExit as ended:
        os._exit(int(str(ended.code)))
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:  # noqa: BLE001 - the child ends here, whatever happened
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__" and len(sys.argv) == 1:
    serve()
elif __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:6])
