"""Annotating and fusing on all cores: one process a core, each with its own models and one thread for arithmetic.

    with Workers(4) as workers, onrecord.open("my.db") as book:
        book.read(["reports/"], workers=workers)

The one writer is the process that asks; it takes what was made in the order in which it gave the work, so the record
is the one that a single process makes.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Self, TypeVar

from onrecord.errors import NotInstalled, OnrecordError
from onrecord.model import Fusion, Report
from onrecord.scaling.worker import Done, Ready, Refused, Result, Task, receive, send
from onrecord.working import Alone, Annotated, Fused, Gathered, crashed, fused

T = TypeVar("T", Report, Gathered)

#: Libraries take all cores each unless they are told: with a process a core that is slower than one thread.
_COUNTS = (
    "BLIS_NUM_THREADS MKL_NUM_THREADS NUMEXPR_NUM_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS RAYON_NUM_THREADS "
    "VECLIB_MAXIMUM_THREADS"
)
ONE_THREAD = {**dict.fromkeys(_COUNTS.split(), "1"), "TOKENIZERS_PARALLELISM": "false"}

#: Reports that are on their way for each worker, alone or in stories: one that takes long holds up the order, not the
#: other workers, and they have work while this process stores what was made.
AHEAD = 16
#: Tasks that are on their way for each worker at least, however large: stories may be.
AHEAD_LEAST = 2
#: Fewer stories than this are not worth starting a worker for.
FEW = 8
#: A task is given to this many workers before it is given up.
TRIES = 2
#: How long a worker whose pipes are closed may take to end before it is killed.
PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How workers run.

    Attributes:
        program: the command that starts one.
        growth_mib: a worker that holds so much more than after its first reports is replaced by a new one.
        warm_reports: how many those first reports are: caches fill while they are read.
    """

    program: tuple[str, ...] = (sys.executable, "-m", "onrecord.scaling")
    growth_mib: int = 512
    warm_reports: int = 50


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that annotate and fuse; a context manager, and what `Book.read` takes as `workers`.

    A worker that was killed is replaced and its report tried once more; then the report is a failure and the others
    go on. Leaving the context ends all of them.

    Args:
        count: how many; 0 for one a core.
        settings: how they run.

    Raises:
        OnrecordError: a worker can't be started.
    """

    def __init__(self, count: int = 0, settings: WorkerSettings | None = None) -> None:
        self.count = count or cores()
        self._slots = [_Slot(settings or WorkerSettings()) for _ in range(self.count)]
        self._idle: SimpleQueue[_Slot] = SimpleQueue()
        for slot in self._slots:
            self._idle.put(slot)
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="worker")
        self._ending = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers at once; reports on their way are dropped."""
        for slot in self._slots:
            slot.close()
        self._threads.shutdown(cancel_futures=True)

    def processes(self) -> tuple[int, ...]:
        """The process ids of the workers that run at this moment."""
        return tuple(slot.process_id for slot in self._slots if slot.process_id is not None)

    def annotate(self, reports: Iterable[Report]) -> Iterator[Annotated]:
        """Each report with its marks, or with the failure that annotating it was, in the order of the reports.

        Raises:
            OnrecordError: no worker can work: a model is missing, or each one is killed while it starts.
        """
        for report, result in self._done(reports, lambda _: 1):
            if result is None:
                yield report, crashed(report, f"the {TRIES} workers that tried were {self._ending}")
            elif not isinstance(result, Fusion):
                yield report, result

    def fuse(self, stories: Iterable[Gathered]) -> Iterator[Fused]:
        """Each story with what was made of it, in the order of the stories; a few stories are made here.

        Raises:
            OnrecordError: no worker can work.
        """
        waiting = iter(stories)
        first = list(islice(waiting, FEW))
        if len(first) < FEW:
            yield from Alone().fuse(first)
            return
        for story, result in self._done(chain(first, waiting), lambda story: len(story.ids)):
            # A story that is too much for a worker may still fit in here; if not, it ends as it would with one process.
            yield story, result if isinstance(result, Fusion) else fused(story)

    def _done(self, tasks: Iterable[T], size: Callable[[T], int]) -> Iterator[tuple[T, Result | None]]:
        """Each task with its result, None where it killed all workers that tried; `size` tells its reports."""
        ahead: deque[tuple[int, Future[tuple[T, Result | None]]]] = deque()
        waiting = 0
        try:
            for task in tasks:
                ahead.append((size(task), self._threads.submit(self._do, task)))
                waiting += ahead[-1][0]
                while waiting >= AHEAD * self.count and len(ahead) >= AHEAD_LEAST * self.count:
                    reports, future = ahead.popleft()
                    waiting -= reports
                    yield future.result()
            while ahead:
                yield ahead.popleft()[1].result()
        finally:
            for _, future in ahead:
                future.cancel()

    def _do(self, task: T) -> tuple[T, Result | None]:
        slot = self._idle.get()
        try:
            for _ in range(TRIES):
                if (result := slot.ask(task)) is not None:
                    return task, result
            self._ending = slot.ending
            return task, None
        finally:
            self._idle.put(slot)


class _Slot:
    """The place of one worker; one thread at a time uses it."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()
        self._done = 0
        self._warm_mib = 0
        #: How the last worker ended, in words.
        self.ending = ""

    @property
    def process_id(self) -> int | None:
        """Of the worker, when there is one."""
        process = self._process
        return None if process is None else process.pid

    def ask(self, task: Task) -> Result | None:
        """What the worker makes of a task; None when it died of it."""
        process = self._process or self._start()
        try:
            send(_pipe(process.stdin), task)
            answer = receive(_pipe(process.stdout))
        except (EOFError, OSError):
            self._bury()
            return None
        if not isinstance(answer, Done):
            raise _error(answer)
        self._replace_grown(answer.memory_mib)
        return answer.result

    def close(self) -> None:
        """Kill the worker, and start no other."""
        self._closed.set()
        if (process := self._process) is not None:
            process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        for _ in range(TRIES):
            process = subprocess.Popen(
                self._settings.program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | ONE_THREAD,
            )
            self._process, self._done = process, 0
            if self._closed.is_set():
                process.kill()
            try:
                answer = receive(_pipe(process.stdout))
            except (EOFError, OSError):
                self._bury()
                continue
            if not isinstance(answer, Ready):
                raise _error(answer)
            return process
        raise OnrecordError(
            f"no worker can be started: the last one was {self.ending}; "
            "try fewer with --workers, each needs about 1 GB of memory"
        )

    def _bury(self) -> None:
        process = self._process
        if process is None:
            return
        self._process = None
        # Without its pipes a worker that still lives ends by itself.
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        try:
            code = process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        self.ending = f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def _replace_grown(self, memory_mib: int) -> None:
        self._done += 1
        if self._done <= self._settings.warm_reports:
            self._warm_mib = memory_mib
        elif memory_mib - self._warm_mib > self._settings.growth_mib:
            self._bury()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise EOFError
    return pipe


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        # what was not yet written to a dead worker is lost with it
        return


def _error(answer: object) -> OnrecordError:
    if isinstance(answer, Refused):
        return NotInstalled(answer.message) if answer.missing else OnrecordError(answer.message)
    return OnrecordError(f"a worker answered with {type(answer).__name__}, which is no answer; please report this")


__all__ = ["AHEAD", "ONE_THREAD", "TRIES", "WorkerSettings", "Workers", "cores"]
