"""What a new report costs as the store grows, annotating left aside.

Annotating costs the same whatever is stored, and annotating a hundred thousand reports takes hours. So each mould is
annotated once, and its marks are carried over to the other reports of the mould with names, numbers and dates changed.
All that depends on the store is done in full: reading, signing, storing, linking, joining actors, fusing.
"""

import dataclasses
import re
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.model import Annotation, Failure, Report
from onrecord.pipeline import Book, open_book, steps
from onrecord.reading import read
from onrecord.scaling.bench.generated import GeneratedReport, generate
from onrecord.working import Alone, Annotated, annotated

#: Reports that are read in one call.
CHUNK = 1_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Station:
    """What the last chunk cost.

    Attributes:
        reports: in the store, after it.
        cpu_ms: milliseconds of CPU a report, without annotating.
        parts_ms: the same by part of the pipeline.
        store_bytes: of the store's file, a report of the whole store.
        memory_mib: the most that this process has held so far.
    """

    reports: int
    cpu_ms: float
    parts_ms: dict[str, float]
    store_bytes: float
    memory_mib: float


class Moulds(Alone):
    """What `Book.read` takes as `workers`: marks are carried over from an annotated report of the same mould."""

    def __init__(self) -> None:
        self._stages = steps()
        self._made: dict[tuple[int, str], tuple[GeneratedReport, Report, Annotation]] = {}
        self.waiting: dict[str, GeneratedReport] = {}
        #: CPU seconds spent here, which no user would spend.
        self.spent_s = 0.0

    def annotate(self, reports: Iterable[Report]) -> Iterator[Annotated]:
        """Each report with marks."""
        for report in reports:
            began = time.process_time()
            marks = self._marks(report, self.waiting.pop(f"{report.outlet}{report.text}"))
            self.spent_s += time.process_time() - began
            yield report, marks

    def _marks(self, report: Report, told: GeneratedReport) -> Annotation | Failure:
        if told.mould not in self._made:
            marks = annotated(report, self._stages)
            if isinstance(marks, Failure):
                return marks
            self._made[told.mould] = (told, report, marks)
        first, its_report, marks = self._made[told.mould]
        carried: Annotation = _carried(marks, _changes(first, its_report, told, report))
        return carried


def measure_growth(
    number: int, folder: Path, seed: int = 1, say: Callable[[Station], None] = lambda _: None
) -> list[Station]:
    """Read so many generated reports into a new store in `folder`, a chunk at a time, and measure each chunk."""
    moulds, source = Moulds(), generate(number, seed)
    found: list[Station] = []
    with open_book(folder / "growing.db") as book:
        rows, timed = folder / "rows.jsonl", _Timed(book.store)
        while chunk := list(islice(source, CHUNK)):
            with rows.open("w", encoding="utf-8") as lines:
                lines.writelines(report.row() + "\n" for report in chunk)
            _expect(moulds, rows, chunk)
            found.append(_read_chunk(timed, moulds, rows, len(chunk), sum(one.reports for one in found[-1:])))
            say(found[-1])
    return found


def _expect(moulds: Moulds, rows: Path, chunk: list[GeneratedReport]) -> None:
    moulds.waiting = {
        f"{report.outlet}{report.text}": told
        for report, told in zip((one for one in read([rows]) if isinstance(one, Report)), chunk, strict=True)
    }


def _read_chunk(book: "_Timed", moulds: Moulds, rows: Path, reports: int, before: int) -> Station:
    book.spent_s.clear()
    moulds.spent_s, began = 0.0, time.process_time()
    book.read([rows], workers=moulds)
    spent = time.process_time() - began - moulds.spent_s
    book.spent_s["keeping marks"] -= moulds.spent_s
    parts = {name: 1000 * seconds / reports for name, seconds in book.spent_s.items()}
    parts["reading"] = 1000 * spent / reports - sum(parts.values())
    files = (Path(book.store.name + end) for end in ("", "-wal"))
    stored = sum(file.stat().st_size for file in files if file.exists())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Station(before + reports, 1000 * spent / reports, parts, stored / (before + reports), peak)


class _Timed(Book):
    """A book that notes the CPU seconds of its parts."""

    def __init__(self, store: Any) -> None:
        super().__init__(store)
        self.spent_s: dict[str, float] = {}

    def _timed(self, part: str, work: Callable[[], Any]) -> Any:
        began = time.process_time()
        result = work()
        self.spent_s[part] = self.spent_s.get(part, 0.0) + time.process_time() - began
        return result

    def _record(self, *told: Any) -> None:
        self._timed("signing and storing", lambda: super(_Timed, self)._record(*told))

    def _annotate(self, *told: Any) -> None:
        self._timed("keeping marks", lambda: super(_Timed, self)._annotate(*told))

    def _link(self) -> None:
        self._timed("linking", lambda: super(_Timed, self)._link())

    def _join_actors(self) -> None:
        self._timed("joining actors", lambda: super(_Timed, self)._join_actors())

    def fuse(self, *told: Any) -> None:
        """Fuse, with linking and joining left out of the time."""
        self._timed("fusing", lambda: super(_Timed, self).fuse(*told))
        self.spent_s["fusing"] -= self.spent_s.get("linking", 0.0) + self.spent_s.get("joining actors", 0.0)


def _changes(a: GeneratedReport, its: Report, b: GeneratedReport, report: Report) -> Callable[[str], str]:
    """What turns a string of the one's marks into that of the other's: ids, names and days."""
    # names only: digits are in ids too, and plain words in what marks are called
    named = [slot for slot in a.names if a.names[slot] != b.names[slot] and a.names[slot].istitle()]
    swaps = {its.id: report.id} | {a.names[slot]: b.names[slot] for slot in named}
    swaps |= {told.lower(): other.lower() for told, other in swaps.items()}
    found = re.compile("|".join(map(re.escape, sorted(swaps, key=len, reverse=True))))
    later = b.tuesday - a.tuesday

    @lru_cache(maxsize=4096)
    def change(told: str) -> str:
        changed = found.sub(lambda match: swaps[match[0]], told)
        return _DAY.sub(lambda match: _later(match[0], later), changed) if later else changed

    return change


def _later(day: str, by: timedelta) -> str:
    try:
        return (date.fromisoformat(day) + by).isoformat()
    except ValueError:
        return day


def _carried(value: Any, change: Callable[[str], str]) -> Any:
    """A noun with every string in it changed."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_carried(one, change) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _carried(getattr(value, one.name), change) for one in dataclasses.fields(value)}
        )
    return value


__all__ = ["CHUNK", "Moulds", "Station", "measure_growth"]
