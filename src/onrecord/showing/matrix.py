"""Claims by outlets: who says it, who says it differently, who does not say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onrecord.model import Cell, Claim, DisagreementKind, Fusion, Modality, VariantKind
from onrecord.showing.references import References


class Saying(StrEnum):
    """What an outlet does with a claim; that it does not say it proves nothing."""

    SAID = "said"
    DIFFERENTLY = "said differently"
    NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in one outlet.

    Attributes:
        how: in what it is said differently: kinds of disagreement, "reworded", "denied"; and how else it is given:
            "cut", "indirect".
        values: what the outlet says where outlets disagree ("40,000").
        cells: where it stands, in the order of the reports.
        copied: whether it stands only in reports that share their text with another outlet's.
    """

    saying: Saying
    how: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A claim, with an entry for each outlet of the matrix."""

    claim: Claim
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The claims of a story by its outlets.

    Attributes:
        outlets: by their first report's number; a report that names no outlet stands for itself.
        lines: what most outlets tell comes first, then in the order of the texts.
    """

    story: str
    outlets: tuple[str, ...]
    lines: tuple[Line, ...]


def matrix(fusion: Fusion, refs: References) -> Matrix:
    """The matrix of one story."""
    reports: dict[str, list[str]] = {}
    for report in refs.reports:
        if report.id in fusion.story.reports:
            name = report.outlet or f"outlet not told [{refs.number[report.id]}]"
            reports.setdefault(name, []).append(report.id)
    lines = [Line(one, tuple(_entry(one, ids, refs) for ids in reports.values())) for one in fusion.claims]
    lines.sort(key=lambda line: _rank(line, refs))
    return Matrix(fusion.story.id, tuple(reports), tuple(lines))


def _rank(line: Line, refs: References) -> tuple[int, tuple[int, int], str]:
    silent = sum(entry.saying is Saying.NOT_SAID for entry in line.entries)
    first = min((refs.member(member) for member in line.claim.members), key=lambda cell: _place(cell, refs))
    return silent, _place(first, refs), line.claim.id


def _place(cell: Cell, refs: References) -> tuple[int, int]:
    return refs.number[cell.report], cell.span.start


def _entry(claim: Claim, reports: list[str], refs: References) -> Entry:
    mine = frozenset(reports)
    told = {member: cell for member in claim.members if (cell := refs.member(member)).report in mine}
    own = [refs.words(cell).casefold() for cell in told.values()]
    # a disagreement names one place for each value: who tells the value in the same words is on that side too
    sides = [
        (one.kind, side)
        for one in claim.disagreements
        for side in one.values
        if side.cell.report in mine or any(refs.words(side.cell).casefold() in words for words in own)
    ]
    if not told and not sides:
        return Entry(Saying.NOT_SAID)
    differing = [str(kind) for kind, _ in sides]
    other = [str(v.kind) for v in claim.variants if v.member in told and v.kind is not VariantKind.VERBATIM]
    differing += [kind for kind in other if kind == VariantKind.REWORDED]
    if told and all(_denied(member, refs) for member in told) and not all(_denied(m, refs) for m in claim.members):
        differing.append("denied")
    cells = {*told.values(), *(side.cell for kind, side in sides if kind is DisagreementKind.DENIAL or not told)}
    return Entry(
        saying=Saying.DIFFERENTLY if differing else Saying.SAID,
        how=tuple(dict.fromkeys([*sorted(differing), *sorted(other)])),
        values=tuple(dict.fromkeys(side.value for kind, side in sides if kind is not DisagreementKind.WORDING)),
        cells=tuple(sorted(cells, key=lambda cell: _place(cell, refs))),
        copied=_copied((cell.report for cell in cells), mine, refs),
    )


def _denied(member: str, refs: References) -> bool:
    return member in refs.event and refs.event[member].modality is Modality.DENIED


def _copied(told_by: Iterable[str], mine: frozenset[str], refs: References) -> bool:
    """Whether each of these reports shares its text with one of another outlet that came before it."""
    return all(set(refs.copied_from.get(report, ())) - mine for report in told_by)


__all__ = ["Entry", "Line", "Matrix", "Saying", "matrix"]
