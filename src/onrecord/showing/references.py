"""Where the words of a record stand: report numbers, lines, sentences, and the names of actors."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import Actor, Cell, CopyKind, Event, Record, Report, Span, Statement
from onrecord.showing.words import one_line


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A footnote: report number (from 1, in this view) and line (from 1) of its text."""

    number: int
    line: int

    def __str__(self) -> str:
        return f"[{self.number}:{self.line}]"


class References:
    """Look-ups into one record, made once and used by every view.

    Reports are numbered by date (those without one last), then by id, so that the numbers do not depend on
    the order of reading.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.reports: tuple[Report, ...] = tuple(
            sorted(record.reports, key=lambda one: (one.day is None, one.day or "", one.published or "", one.id))
        )
        self.report: dict[str, Report] = {one.id: one for one in self.reports}
        self.number: dict[str, int] = {one.id: number for number, one in enumerate(self.reports, start=1)}
        self.statement: dict[str, Statement] = {one.id: one for one in record.statements()}
        self.event: dict[str, Event] = {one.id: one for one in record.events()}
        self.actor: dict[str, Actor] = {one.id: one for one in record.actors}
        self._actor_of = record.actor_of()

    @cached_property
    def _line_starts(self) -> dict[str, list[int]]:
        return {one.id: [0, *(at + 1 for at, char in enumerate(one.text) if char == "\n")] for one in self.reports}

    @cached_property
    def _sentences(self) -> dict[str, list[Span]]:
        return {marks.report: sorted(marks.sentences) for marks in self.record.annotations}

    def at(self, cell: Cell) -> Reference:
        """Report number and line of the cell's first character."""
        return Reference(self.number[cell.report], self.line(cell))

    def line(self, cell: Cell) -> int:
        """The line (from 1) of the report's text on which the cell begins."""
        return bisect_right(self._line_starts[cell.report], cell.span.start)

    def words(self, cell: Cell) -> str:
        """The cell's words on one line, safe to print."""
        return one_line(cell.span.of(self.report[cell.report].text))

    def joined(self, report: str, spans: tuple[Span, ...]) -> str:
        """The words of several spans; a gap between two is shown as an ellipsis in brackets."""
        return " [...] ".join(self.words(Cell(report, span)) for span in spans)

    def cue(self, statement: Statement) -> str:
        """The words that attribute, without the colon or comma that may belong to them."""
        return self.joined(statement.report, statement.cue).rstrip(" :,")

    def sentence(self, cell: Cell) -> Cell:
        """The sentence or sentences around a cell; the line of the text where none is marked."""
        text = self.report[cell.report].text
        around = [one for one in self._sentences.get(cell.report, []) if one.overlaps(cell.span)]
        if around:
            return Cell(cell.report, Span(around[0].start, max(one.end for one in around)))
        start = text.rfind("\n", 0, cell.span.start) + 1
        end = text.find("\n", cell.span.end)
        return Cell(cell.report, Span(start, len(text) if end < 0 else end))

    def member(self, member: str) -> Cell:
        """Where a claim's member stands: an event's span, the first content span of a statement, or its first words.

        Raises:
            KeyError: when the record has no such statement or event.
        """
        if member in self.event:
            return Cell(self.event[member].report, self.event[member].span)
        statement = self.statement[member]
        spans = statement.content or statement.cue or statement.source or (Span(0, 0),)
        return Cell(statement.report, spans[0])

    def actor_id(self, entity: str) -> str:
        """The actor of an entity; the given word itself where there is none (a speaker may be a plain name)."""
        actor = self._actor_of.get(entity)
        return actor.id if actor else entity

    def actor_ids(self, entities: tuple[str, ...]) -> tuple[str, ...]:
        """The actors of entities, each once, in the order given."""
        return tuple(dict.fromkeys(self.actor_id(entity) for entity in entities))

    def name(self, actor: str) -> str:
        """An actor's name; the given word where it is no actor's id."""
        return one_line(self.actor[actor].name if actor in self.actor else actor)

    def names(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        """The names of several actors."""
        return tuple(self.name(actor) for actor in actors)

    def outlet(self, report: str) -> str:
        """The outlet of a report, or that it is not told."""
        return one_line(self.report[report].outlet or "outlet not told")

    @cached_property
    def copied_from(self) -> dict[str, tuple[str, ...]]:
        """For each report, the reports with lower numbers that it shares its text with."""
        found: dict[str, list[str]] = {}
        for fusion in self.record.fusions:
            for copy in fusion.copies:
                first, second = sorted(copy.reports, key=self.number.__getitem__)
                if copy.kind is CopyKind.COPY:
                    found.setdefault(second, []).append(first)
        return {report: tuple(sorted(of, key=self.number.__getitem__)) for report, of in found.items()}

    @cached_property
    def originals(self) -> int:
        """How many reports are left when each group of copies counts once."""
        return sum(one.id not in self.copied_from for one in self.reports)


__all__ = ["Reference", "References"]
