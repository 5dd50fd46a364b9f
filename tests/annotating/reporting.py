"""Builds a report from plain paragraphs and annotates it, for the tests of the stages."""

import re

from onrecord.annotating.actors import find_actors
from onrecord.annotating.parse import Parse, parse
from onrecord.annotating.sentences import find_sentences
from onrecord.model import Annotation, Block, BlockKind, Entity, Report, Span


def report_of(text: str, day: str | None = "2022-01-21", *, titled: bool = False) -> Report:
    """A report with one block a line; the first is the title if `titled`."""
    blocks = []
    for number, line in enumerate(re.finditer(r"[^\n]+", text)):
        kind = BlockKind.TITLE if titled and number == 0 else BlockKind.PARAGRAPH
        blocks.append(Block(Span(line.start(), line.end()), kind))
    return Report("r0", "test.txt", "0" * 64, text, tuple(blocks), published=day, language="en")


def with_actors(report: Report) -> tuple[Parse, Annotation]:
    """The parse, and the marks up to the actors."""
    parsed = parse(report)
    marks = find_sentences(report, parsed, Annotation(report.id))
    return parsed, find_actors(report, parsed, marks)


def actors_in(text: str, *, titled: bool = False) -> dict[str, Entity]:
    """The entities of a text by name."""
    _, marks = with_actors(report_of(text, titled=titled))
    return {entity.name: entity for entity in marks.entities}


def spot(text: str, words: str, occurrence: int = 1) -> Span:
    """Where `words` stand as whole words."""
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return Span(*found[occurrence - 1])


def told(text: str, entity: Entity) -> list[str]:
    """The words of an entity's mentions."""
    return [mention.span.of(text) for mention in entity.mentions]
