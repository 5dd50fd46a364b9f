"""One process that works for another: reports and stories come in on a pipe, what is made of them goes out.

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
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from onrecord.errors import NotInstalled, OnrecordError
from onrecord.model import Annotation, Failure, Fusion, Report
from onrecord.scaling.packing import pack
from onrecord.working import Gathered, Step, annotated, fused, seldom_collecting, steps

#: What a worker is given, and what it makes of it.
Task = Report | Gathered
Result = Annotation | Failure | Fusion
Work = Callable[[Task], Result]

_LENGTH = struct.Struct(">Q")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Ready:
    """The first frame of a worker: it waits for work."""


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
    """The frame that answers a task. `memory_mib` is what the worker holds after it; 0 where nobody can tell."""

    result: Result
    memory_mib: int


def send(pipe: IO[bytes], frame: object) -> None:
    """Write one frame.

    Raises:
        OSError: the other side is gone.
    """
    packed = pack(frame)
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


def serve(work: Work) -> None:
    """Do tasks until the parent closes the pipe or is gone."""
    # Ctrl-C goes to every process of the terminal: the parent alone decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not get between the frames.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    try:
        send(answers, Ready())
        with seldom_collecting():
            while True:
                send(answers, Done(work(tasks.get()), memory_mib()))
    except OnrecordError as error:
        send(answers, Refused(str(error), isinstance(error, NotInstalled)))
    except BrokenPipeError:
        os._exit(0)


def _listen(pipe: IO[bytes], tasks: SimpleQueue[Task]) -> None:
    """Put what comes into the queue; when the parent is gone, end the process, whatever it is doing."""
    while True:
        try:
            task = receive(pipe)
        except (EOFError, OSError):
            os._exit(0)
        if isinstance(task, Report | Gathered):
            tasks.put(task)


def do(task: Task) -> Result:
    """Annotate a report, or fuse a story.

    Raises:
        NotInstalled: when a model is missing.
    """
    return fused(task) if isinstance(task, Gathered) else annotated(task, _stages())


@cache
def _stages() -> tuple[Step, ...]:
    """The stages, their models loaded when the first report comes: fusing needs none."""
    return steps()
