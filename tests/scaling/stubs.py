"""`python -m tests.scaling.stubs [crash|missing|late]`: a worker with a stage of its own, which no model slows down."""

import os
import re
import signal
import sys
from pathlib import Path

from onrecord.errors import NotInstalled
from onrecord.model import (
    Act,
    ActorKind,
    Annotation,
    Entity,
    Mention,
    Report,
    Span,
    Statement,
    StatementKind,
)
from onrecord.scaling.worker import Result, Task, serve
from onrecord.working import Gathered, crashed, fused

#: A report with these words in its text kills the worker that reads it: always, or once a file named after it.
DEADLY, DEADLY_ONCE = "deadly", "once: "


def mark(report: Task) -> Result:
    """A few marks for a report; a crash or death where its text asks for it."""
    if isinstance(report, Gathered):
        return fused(report)
    if "missing" in sys.argv:
        raise NotInstalled("no such model")
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
    return named(report)


def named(report: Report) -> Annotation:
    """Every word with a capital is an organisation, every line with one a statement of its first."""
    found = {match[0]: match for match in reversed(list(re.finditer(r"\b[A-Z][a-z]{3,}\b", report.text)))}
    entities = tuple(
        Entity(
            f"{report.id}.a{n}",
            name,
            ActorKind.PERSON,
            tuple(Mention(Span(*one.span()), "name") for one in re.finditer(rf"\b{name}\b", report.text)),
            aliases=(name,),
        )
        for n, name in enumerate(sorted(found), start=1)
    )
    lines = [Span(*line.span()) for line in re.finditer(r"[^\n]+", report.text)]
    statements = tuple(
        Statement(f"{report.id}.s{n}", report.id, (speaker,), StatementKind.INDIRECT, Act.SPEECH, (line,))
        for n, line in enumerate(lines, start=1)
        if (speaker := next((e.id for e in entities if any(line.contains(m.span) for m in e.mentions)), None))
    )
    return Annotation(report.id, sentences=tuple(lines), entities=entities, statements=statements)


if __name__ == "__main__":
    if "dying" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
    serve(mark)
