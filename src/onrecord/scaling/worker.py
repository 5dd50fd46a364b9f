"""One process that annotates: reports come in on a pipe, marks go out on another.

`python -m onrecord.scaling` is started by `onrecord.scaling.Workers`. A frame is eight bytes of length and a
pickle. The pipes tell each side that the other is gone: a worker whose parent was killed ends at once, in the middle
of a report too.
"""

import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from onrecord.errors import NotInstalled, OnrecordError
from onrecord.model import Annotation, Failure, Report

#: What a worker does with a report.
Work = Callable[[Report], Annotation | Failure]

_LENGTH = struct.Struct(">Q")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Ready:
    """The first frame of a worker: its models are loaded."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A frame of a worker that can't work at all: whoever asked must be told.

    Attributes:
        missing: whether something must be installed.
    """

    message: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The frame that answers a report. `memory_mib` is what the worker holds after it; 0 where nobody can tell."""

    result: Annotation | Failure
    memory_mib: int


def send(pipe: IO[bytes], frame: object) -> None:
    """Write one frame.

    Raises:
        OSError: the other side is gone.
    """
    packed = pickle.dumps(frame, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(packed)) + packed)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object:
    """Read one frame. Both sides are this program: what comes is trusted.

    Raises:
        EOFError: the other side is gone, between frames or within one.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    packed = pipe.read(length)
    if len(packed) < length:
        raise EOFError
    return pickle.loads(packed)


def memory_mib() -> int:
    """What this process holds in memory, in MiB; 0 where the system does not tell (it has no /proc)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // _MIB


def serve(prepare: Callable[[], Work]) -> None:
    """Answer reports until the parent closes the pipe or is gone.

    Args:
        prepare: loads the models and gives what annotates.
    """
    # Ctrl-C goes to every process of the terminal: the parent alone decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not get between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    reports: SimpleQueue[Report] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, reports), daemon=True).start()
    try:
        work = prepare()
        send(answers, Ready())
        while True:
            send(answers, Done(work(reports.get()), memory_mib()))
    except OnrecordError as error:
        send(answers, Refused(str(error), isinstance(error, NotInstalled)))
    except BrokenPipeError:
        os._exit(0)


def _listen(pipe: IO[bytes], reports: SimpleQueue[Report]) -> None:
    """Put what comes into the queue; when the parent is gone, end the process, whatever it is doing."""
    while True:
        try:
            report = receive(pipe)
        except (EOFError, OSError):
            os._exit(0)
        if isinstance(report, Report):
            reports.put(report)


def prepared() -> Work:
    """The stages of annotating, with their models loaded.

    Raises:
        NotInstalled: when a model is missing.
    """
    from onrecord.pipeline import annotated, steps

    stages = steps()
    return lambda report: annotated(report, stages)
