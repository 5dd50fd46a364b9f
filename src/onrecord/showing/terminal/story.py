"""One story, section by section."""

from collections.abc import Iterator

from rich.console import Console, RenderableType

from onrecord.model import Fusion, Record
from onrecord.showing.references import References
from onrecord.showing.terminal.claims import claims
from onrecord.showing.terminal.disagreements import disagreements
from onrecord.showing.terminal.judgements import judgements
from onrecord.showing.terminal.ledger import commitments, demands, prospects
from onrecord.showing.terminal.meetings import meetings
from onrecord.showing.terminal.proof import proof
from onrecord.showing.terminal.reports import reports, title
from onrecord.showing.terminal.statements import statements
from onrecord.showing.terminal.styles import Footnotes, emit, heading


def print_story(record: Record, console: Console, *, with_proof: bool = False) -> None:
    """Print a record story by story.

    Args:
        record: one story, or several.
        console: where to.
        with_proof: below each story, print the sentence behind every reference.
    """
    for number, fusion in enumerate(record.fusions):
        if number:
            emit(console, "")
        for part in story(_only(record, fusion), fusion, with_proof):
            emit(console, part)


def story(record: Record, fusion: Fusion, with_proof: bool = False) -> Iterator[RenderableType]:
    """The parts of one story; a section with nothing in it is left out."""
    refs = References(record)
    notes = Footnotes(refs)
    yield title(fusion.story, refs)
    yield from reports(refs)
    for section in (meetings, statements, claims, disagreements, demands, commitments, prospects, judgements):
        yield from section(fusion, notes)
    if with_proof:
        yield heading("Proof", "the sentences behind the references; numbers count the characters of the report's text")
        yield proof(notes)


def _only(record: Record, fusion: Fusion) -> Record:
    """The part of a record that belongs to one story."""
    if len(record.fusions) == 1:
        return record
    wanted = set(fusion.story.reports)
    return Record(
        tuple(one for one in record.reports if one.id in wanted),
        tuple(marks for marks in record.annotations if marks.report in wanted),
        record.actors,
        (fusion,),
        record.judgements,
    )


__all__ = ["print_story", "story"]
