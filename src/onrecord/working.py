"""The work on one report or one story, which needs no store and can be done in any process.

`onrecord.pipeline` brings the work and keeps what comes of it; `Alone` does it here, `onrecord.scaling.Workers` in
other processes.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from onrecord import fusing
from onrecord.errors import OnrecordError, UsageError
from onrecord.model import Actor, Annotation, Chain, Failure, FailureCause, Fusion, Record, Report

if TYPE_CHECKING:
    from onrecord.annotating.parse import Parse

#: The languages that the stages understand (ISO 639-1).
LANGUAGES = ("en",)
#: `gc.set_threshold` while reports are worked on. Marks hold no cycles, and a full collection walks through all models
#: and lexicons: with Python's own thresholds a report cost 8 to 13 ms of collecting, with these 2 ms (80 reports of
#: public news, two runs each, 2026-11-27).
_SELDOM = (10_000, 10, 50)


class Stage(Protocol):
    """What annotates: takes the marks so far and gives new ones with its own part filled in."""

    def __call__(self, report: Report, parse: "Parse", marks: Annotation) -> Annotation:
        """The marks with one more field filled in."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage, the field of `Annotation` that it yields and those that it needs."""

    yields: str
    needs: tuple[str, ...]
    stage: Stage


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports of one story with all that fusing them needs.

    Attributes:
        record: the reports, marks, and the judgements about them.
        actor_of: the actor of each entity, and of each id that a judgement names.
    """

    ids: tuple[str, ...]
    record: Record
    actor_of: Mapping[str, Actor]


#: A report and its marks, or the failure that annotating it was.
Annotated = tuple[Report, Annotation | Failure]
#: The reports of a story and what was made of them.
Fused = tuple[Gathered, Fusion]


class Working(Protocol):
    """Who does the work: this process, or several. Work is taken as it is done, and given back in its order."""

    def annotate(self, reports: Iterable[Report]) -> Iterator[Annotated]:
        """Each report with its marks or its failure; takes only a few reports before it gives the first."""

    def fuse(self, stories: Iterable[Gathered]) -> Iterator[Fused]:
        """Each story with what was made of it; takes only a few stories before it gives the first."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Collect garbage that holds itself more seldom meanwhile; the thresholds before are set again at the end."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Alone:
    """This process does the work, one report or story after another."""

    def annotate(self, reports: Iterable[Report]) -> Iterator[Annotated]:
        """Each report with its marks or its failure."""
        stages = steps()
        for report in reports:
            yield report, annotated(report, stages)

    def fuse(self, stories: Iterable[Gathered]) -> Iterator[Fused]:
        """Each story with what was made of it."""
        for story in stories:
            yield story, fused(story)


def steps() -> tuple[Step, ...]:
    """The stages of annotating, in order, with their models loaded.

    Raises:
        NotInstalled: when a model is missing.
    """
    # Loading spaCy and ONNX Runtime takes seconds: commands that only show a record do not wait for it.
    from onrecord.annotating.actors import find_actors
    from onrecord.annotating.events import find_events
    from onrecord.annotating.places import find_places
    from onrecord.annotating.sentences import find_sentences
    from onrecord.annotating.statements import StatementFinder
    from onrecord.annotating.times import find_times

    return (
        Step("sentences", (), find_sentences),
        Step("times", ("sentences",), find_times),
        Step("entities", ("sentences",), find_actors),
        Step("places", ("sentences", "entities"), find_places),
        Step("statements", ("sentences", "times", "entities"), StatementFinder()),
        Step("events", ("sentences", "times", "places", "entities", "statements"), find_events),
    )


def annotate(report: Report, stages: Iterable[Step]) -> Annotation:
    """Run the stages over one report; a report in another language is skipped, with the reason."""
    from onrecord.annotating.parse import parse

    marks = Annotation(report.id)
    if report.language not in LANGUAGES:
        return Annotation(
            report.id, skipped=f"language is {report.language!r}: only {', '.join(LANGUAGES)} is annotated"
        )
    parsed = parse(report)
    for step in stages:
        marks = step.stage(report, parsed, marks)
    return marks


def annotated(report: Report, stages: Iterable[Step]) -> Annotation | Failure:
    """The marks of a report, or the failure where a stage crashed: one report must never stop the others."""
    try:
        return annotate(report, stages)
    except OnrecordError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong is stored with the report
        return crashed(report, f"{type(error).__name__}: {error}")


def crashed(report: Report, why: str) -> Failure:
    """The failure of a report that could not be annotated."""
    message = (
        f"{report.source}: annotating failed: {why}; the report is stored without marks. `onrecord read "
        "--retry-failed` tries again; please report it with the text that caused it"
    )
    return Failure(report.source, FailureCause.CRASHED, message, report.sha256)


def chained(record: Record) -> tuple[Chain, ...]:
    """The chains of a record's only report, with the ids of actors for those of entities.

    Raises:
        UsageError: the report has no marks.
    """
    from onrecord.annotating.chains import find_chains
    from onrecord.annotating.parse import parse

    (report,) = record.reports
    if report.language not in LANGUAGES:
        raise UsageError(
            f"{report.source} ({report.id}): language is {report.language!r}; mentions are found in reports in "
            f"{', '.join(LANGUAGES)} only"
        )
    marks = next(iter(record.annotations), None)
    if marks is None or marks.skipped is not None:
        raise UsageError(
            f"{report.source} ({report.id}) has no marks: {marks.skipped if marks else 'it is not annotated yet'}; "
            "`onrecord read` annotates what is left over, with --retry-failed also what failed"
        )
    actors = {entity: actor.id for entity, actor in record.actor_of().items()}
    return tuple(
        replace(
            chain,
            known=actors.get(chain.known or "", chain.known),
            links=tuple(replace(link, known=actors.get(link.known or "", link.known)) for link in chain.links),
        )
        for chain in find_chains(parse(report), marks)
    )


def fused(story: Gathered) -> Fusion:
    """What is made of a story's reports."""
    record = story.record
    return fusing.fuse_story(record.reports, record.annotations, story.actor_of, judgements=record.judgements)


__all__ = [
    "LANGUAGES",
    "Alone",
    "Annotated",
    "Fused",
    "Gathered",
    "Stage",
    "Step",
    "Working",
    "annotate",
    "annotated",
    "chained",
    "crashed",
    "fused",
    "seldom_collecting",
    "steps",
]
