"""`python -m tests.scaling.stubs [crash|missing|late]`: a worker with a stage of its own, which no model slows down."""

import os
import signal
import sys
from pathlib import Path

from onrecord.errors import NotInstalled
from onrecord.model import Annotation, Failure, Report, Span
from onrecord.pipeline import crashed
from onrecord.scaling.worker import Work, serve

#: A report with these words in its text kills the worker that reads it: always, or once a file named after it.
DEADLY, DEADLY_ONCE = "deadly", "once: "


def mark(report: Report) -> Annotation | Failure:
    """One sentence for a report; a crash or death where its text asks for it."""
    if DEADLY in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if DEADLY_ONCE in report.text:
        memory = Path(report.text.partition(DEADLY_ONCE)[2].strip())
        if not memory.exists():
            memory.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "crash" in report.text:
        return crashed(report, "RuntimeError: a bug")
    if "process" in report.text:
        return Annotation(report.id, skipped=f"{os.getpid()} {os.environ['OMP_NUM_THREADS']}")
    print("libraries print")  # noqa: T201 - must not get between the frames
    return Annotation(report.id, sentences=(Span(0, len(report.text)),))


def prepare() -> Work:
    """What `serve` asks for, or what the command line asks for instead."""
    if "missing" in sys.argv:
        raise NotInstalled("no such model")
    if "dying" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
    return mark


if __name__ == "__main__":
    serve(prepare)
