"""The progress bar of `onrecord read`: on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.pipeline import Progress as Told

_PHASES = {"reading": "Reading", "annotating": "Annotating", "fusing": "Putting together"}


@contextmanager
def shown_progress() -> "Iterator[Told]":
    """What `Book.read` tells its progress to: a bar a phase on stderr, or nothing where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def told(phase: str, done: int, total: int | None) -> None:
            if phase not in tasks:
                tasks[phase] = bar.add_task(_PHASES.get(phase, phase), total=total, rate="")
            speed = bar.tasks[tasks[phase]].finished_speed or bar.tasks[tasks[phase]].speed
            bar.update(tasks[phase], completed=done, total=total, rate=f"{speed:,.1f}/s" if speed else "")

        yield told


__all__ = ["shown_progress"]
