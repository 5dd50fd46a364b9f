"""Who tells something, and where its proof stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Cell, Event, Statement
from onrecord.showing.references import References


@dataclass(frozen=True, slots=True)
class Teller:
    """One telling: its report and the page that proves it.

    Attributes:
        proof: path of the page with the sentence.
        number: of the report in this story, from 1.
        line: of the report's text, from 1.
        is_copy: whether the report shares its text with one that has a lower number.
    """

    proof: str
    report: str
    number: int
    outlet: str
    day: str | None
    line: int
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Named:
    """An actor, or a name that no actor has (then `id` is None)."""

    id: str | None
    name: str


def proof_of(one: Statement | Event) -> str:
    """The page that proves a statement or an event."""
    return f"/proof/{'statement' if isinstance(one, Statement) else 'event'}/{one.id}"


def proof_at(cell: Cell) -> str:
    """The page that shows what some words of a report feed."""
    return f"/proof/words/{cell.report}/{cell.span.start}-{cell.span.end}"


def teller(refs: References, cell: Cell, proof: str | None = None) -> Teller:
    """Who tells it in these words."""
    report = refs.report[cell.report]
    return Teller(
        proof or proof_at(cell),
        report.id,
        refs.number[report.id],
        refs.outlet(report.id) if report.outlet else f"no outlet (report {refs.number[report.id]})",
        report.day,
        refs.line(cell),
        report.id in refs.copied_from,
    )


def tellers(refs: References, marks: Iterable[Statement | Event]) -> tuple[Teller, ...]:
    """Who tells it, by report and place in it."""
    found = [teller(refs, refs.member(one.id), proof_of(one)) for one in marks]
    return tuple(sorted(found, key=lambda one: (one.number, one.line, one.proof)))


def named(refs: References, actors: Iterable[str]) -> tuple[Named, ...]:
    """Actors by id with their names; an id that no actor has is a name."""
    return tuple(Named(one if one in refs.actor else None, refs.name(one)) for one in actors)


__all__ = ["Named", "Teller", "named", "proof_at", "proof_of", "teller", "tellers"]
