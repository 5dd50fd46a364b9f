"""Claims about events: the facts of the story, the matrix of claims by outlets, the time line."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import ActorKind, Cell, Claim, Event, EventType, Fusion, Modality, Status
from onrecord.showing.dates import readable
from onrecord.showing.references import References
from onrecord.showing.web.views.telling import Named, Teller, named, proof_of, teller, tellers

#: Outlets that the matrix has a column for; those with fewer reports share the last one.
COLUMNS = 10


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the main event and who tells it so."""

    value: str
    actor: str | None
    told_by: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Who, what, where and when of the main event of a story."""

    claim: str
    status: Status
    rule: str
    independent: int
    who: tuple[Fact, ...]
    what: tuple[Fact, ...]
    where: tuple[Fact, ...]
    when: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A cell of the matrix: how one outlet tells a claim.

    Attributes:
        how: told, copy (only in a copy), denied or silent.
        words: what a screen reader says.
        proof: None where the outlet is silent.
    """

    how: str
    words: str
    proof: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and how each outlet tells it."""

    claim: str
    status: Status
    type: str
    modality: str
    words: str
    proof: str
    differs: tuple[str, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Claims by outlets; `outlets` are (name, number of reports), most reports first."""

    outlets: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the time line; `date` is EDTF."""

    date: str
    words: str
    type: str
    modality: str
    status: Status
    who: tuple[Named, ...]
    told_by: tuple[Teller, ...]


def events_of(refs: References, claim: Claim) -> tuple[Event, ...]:
    """The events of a claim, by report and place in it."""
    found = [refs.event[one] for one in claim.members if one in refs.event]
    return tuple(sorted(found, key=lambda one: (refs.number[one.report], one.span)))


def is_meeting(refs: References, events: tuple[Event, ...]) -> bool:
    """Whether these tell of a meeting, done or planned, of two parties or more."""
    met = all(one.type is EventType.CONSULT and one.modality in (Modality.ACTUAL, Modality.PLANNED) for one in events)
    return bool(events) and met and len(parties(refs, events)) > 1


def parties(refs: References, events: Iterable[Event]) -> tuple[str, ...]:
    """The actors of events, each once, in order."""
    return tuple(dict.fromkeys(actor for one in events for actor in refs.actor_ids((*one.sources, *one.targets))))


def ranked(refs: References, fusion: Fusion) -> tuple[tuple[Claim, tuple[Event, ...]], ...]:
    """Claims about events: those told independently by most first, then in the order of the reports."""
    found = [(claim, events) for claim in fusion.claims if (events := events_of(refs, claim))]

    def rank(one: tuple[Claim, tuple[Event, ...]]) -> tuple[int, int, int, int, str]:
        claim, events = one
        first = events[0]
        return (-claim.independent, -len(claim.reports), refs.number[first.report], first.span.start, claim.id)

    return tuple(sorted(found, key=rank))


def facts(refs: References, fusion: Fusion) -> Facts | None:
    """The main event: the meeting that most tell independently, else what most tell as done; None without events."""
    found = ranked(refs, fusion)
    done = [one for one in found if all(event.modality is Modality.ACTUAL for event in one[1])]
    main = next((one for one in found if is_meeting(refs, one[1])), None) or next(iter(done or found), None)
    if main is None:
        return None
    claim, events = main
    who = [(actor, one) for one in events for actor in refs.actor_ids((*one.sources, *one.targets))]
    return Facts(
        claim.id,
        claim.status,
        claim.rule,
        claim.independent,
        tuple(
            Fact(refs.name(actor), actor if actor in refs.actor else None, tellers(refs, marks))
            for actor, marks in sorted(_by_value(who), key=lambda one: _is_no_person(refs, one[0]))
        ),
        _facts(refs, [(words(refs, one), one) for one in events]),
        _facts(refs, [(one.place.name, one) for one in events if one.place]),
        _facts(refs, [(readable(one.date), one) for one in events if one.date]),
    )


def _is_no_person(refs: References, actor: str) -> bool:
    return actor not in refs.actor or refs.actor[actor].kind is not ActorKind.PERSON


def _facts(refs: References, told: list[tuple[str, Event]]) -> tuple[Fact, ...]:
    return tuple(Fact(value, None, tellers(refs, marks)) for value, marks in _by_value(told))


def _by_value(told: Iterable[tuple[str, Event]]) -> list[tuple[str, list[Event]]]:
    """Each value once, those that most tell first."""
    found: dict[str, list[Event]] = {}
    for value, event in told:
        found.setdefault(value, []).append(event)
    return sorted(found.items(), key=lambda one: -len(one[1]))


def words(refs: References, event: Event) -> str:
    """The words that tell an event, with what it is about where that stands beside them."""
    span = event.span
    if event.topic is not None and not span.contains(event.topic):
        cells = sorted((span, event.topic))
        return refs.joined(event.report, tuple(cells))
    return refs.words(Cell(event.report, span))


def matrix(refs: References, fusion: Fusion) -> Matrix:
    """What each outlet tells, denies, or leaves out."""
    reports: dict[str, list[str]] = {}
    for report in refs.reports:
        reports.setdefault(refs.outlet(report.id), []).append(report.id)
    order = sorted(reports, key=lambda name: (-len(reports[name]), name))
    groups = [(name, set(reports[name])) for name in order[: COLUMNS if len(order) <= COLUMNS else COLUMNS - 1]]
    if rest := order[len(groups) :]:
        groups.append((f"{len(rest)} other outlets", {one for name in rest for one in reports[name]}))
    rows = []
    for claim, events in ranked(refs, fusion):
        first = events[0]
        kinds = tuple(dict.fromkeys(str(one.kind) for one in claim.disagreements))
        ticks = tuple(_tick(refs, name, [one for one in events if one.report in ids]) for name, ids in groups)
        told = (str(first.type), str(first.modality), words(refs, first), f"/proof/claim/{claim.id}")
        rows.append(Row(claim.id, claim.status, *told, kinds, ticks))
    return Matrix(tuple((name, len(ids)) for name, ids in groups), tuple(rows))


def _tick(refs: References, outlet: str, events: list[Event]) -> Tick:
    if not events:
        return Tick("silent", f"{outlet}: not told", None)
    denied = all(one.modality is Modality.DENIED for one in events)
    copied = all(one.report in refs.copied_from for one in events)
    how = "denied" if denied else "copy" if copied else "told"
    said = {"denied": "told as denied", "copy": "told in a copy", "told": "told"}[how]
    lines = ", ".join(str(refs.line(refs.member(one.id))) for one in events)
    return Tick(how, f"{outlet}: {said}, line {lines}", proof_of(events[0]))


def moments(refs: References, fusion: Fusion) -> tuple[Moment, ...]:
    """What has a date of its own, in the order of dates; claims that are told with several dates stand at each."""
    found: dict[tuple[str, str], list[Event]] = {}
    status = {claim.id: claim.status for claim in fusion.claims}
    for claim, events in ranked(refs, fusion):
        for one in events:
            if one.date:
                found.setdefault((one.date, claim.id), []).append(one)
    made = [
        Moment(
            date,
            words(refs, events[0]),
            str(events[0].type),
            str(events[0].modality),
            status[claim],
            named(refs, parties(refs, events)),
            tellers(refs, events),
        )
        for (date, claim), events in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (_first_day(one.date), one.told_by[0].number, one.words)))


def _first_day(date: str) -> str:
    start, _, end = date.partition("/")
    return end if start in ("", "..") else start


@dataclass(frozen=True, slots=True)
class Side:
    """One telling of a disagreement: the value, its sentence, and who tells it so."""

    value: str
    before: str
    words: str
    after: str
    teller: Teller


@dataclass(frozen=True, slots=True)
class Difference:
    """In what the tellings of a claim differ; `about` says whose words or what type of event."""

    kind: str
    claim: str
    about: str
    sides: tuple[Side, ...]


def differences(refs: References, fusion: Fusion) -> tuple[Difference, ...]:
    """Disagreements; wordings, which are framing and no contradiction, come last."""
    found = [(claim, one) for claim in fusion.claims for one in claim.disagreements]
    found.sort(key=lambda one: (one[1].kind == "wording", str(one[1].kind), one[1].values[0].cell, one[0].id))
    return tuple(
        Difference(
            str(one.kind),
            claim.id,
            _about(refs, claim),
            tuple(_side(refs, told.value, told.cell) for told in one.values),
        )
        for claim, one in found
    )


def _side(refs: References, value: str, cell: Cell) -> Side:
    around = refs.sentence(cell).span
    text = refs.report[cell.report].text
    end = max(around.end, cell.span.end)
    return Side(
        value, text[around.start : cell.span.start], cell.span.of(text), text[cell.span.end : end], teller(refs, cell)
    )


def _about(refs: References, claim: Claim) -> str:
    first = claim.members[0]
    if first in refs.statement:
        return ", ".join(refs.names(refs.actor_ids(refs.statement[first].speakers)))
    return str(refs.event[first].type) if first in refs.event else ""


__all__ = [
    "COLUMNS",
    "Difference",
    "Fact",
    "Facts",
    "Matrix",
    "Moment",
    "Row",
    "Side",
    "Tick",
    "differences",
    "events_of",
    "facts",
    "is_meeting",
    "matrix",
    "moments",
    "parties",
    "ranked",
    "words",
]
