"""In what the tellings of one claim differ, typed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, product

from onrecord.fusing.framing import framing_of
from onrecord.fusing.happenings import Happening, happening, sides_of, stance, targets_cross, types_agree, unnamed
from onrecord.fusing.quantities import agree, comparable, numbers
from onrecord.fusing.scene import Scene
from onrecord.fusing.times import days_apart, interval
from onrecord.model import Cell, Disagreement, DisagreementKind, Event, Modality, Quantity, Span, Statement, Telling

#: Numbers up to this count anything ("one", "two sides").
_SMALL = 12
#: Units whose count only grows: a later, higher number is an update.
_GROWING = frozenset({"dead", "injured"})


def event_disagreements(scene: Scene, members: Sequence[str]) -> tuple[Disagreement, ...]:
    """How the events of one claim differ in number, date, place and party."""
    events = [scene.events[member] for member in sorted(members) if member in scene.events]
    found = [
        _tellings(DisagreementKind.NUMBER, _numbers(scene, events)),
        _tellings(DisagreementKind.DATE, _dates(events)),
        _tellings(DisagreementKind.PLACE, _places(events)),
        _tellings(DisagreementKind.PARTY, _parties(scene, events)),
    ]
    return tuple(one for one in found if one is not None)


def statement_disagreements(scene: Scene, members: Sequence[str]) -> tuple[Disagreement, ...]:
    """How the statements of one claim differ in number and in the words that describe."""
    statements = [scene.statements[member] for member in sorted(members) if member in scene.statements]
    found = [_tellings(DisagreementKind.NUMBER, _numbers_said(scene, statements)), wordings(scene, members)]
    return tuple(one for one in found if one is not None)


def _numbers_said(scene: Scene, statements: Sequence[Statement]) -> list[tuple[str, Cell]]:
    """Numbers of statements that have one each, where they can't both hold."""
    said = [(one, number) for one in statements if (number := _only_number(scene, one)) is not None]
    clashing: dict[float, tuple[str, Cell]] = {}
    for (one, number), (other, other_number) in combinations(said, 2):
        if one.report != other.report and not agree(number, other_number):
            for where, told in ((one, number), (other, other_number)):
                telling = (told.span.of(scene.reports[where.report].text), Cell(where.report, told.span))
                clashing[told.value] = min(clashing.get(told.value, telling), telling, key=lambda known: known[1])
    return sorted(clashing.values())


def _only_number(scene: Scene, statement: Statement) -> Quantity | None:
    """The one number above twelve of a statement's content; smaller ones, and one of several, count anything."""
    found = []
    for span in statement.content:
        for number in numbers(scene.text(statement.report, span)):
            at = Span(span.start + number.span.start, span.start + number.span.end)
            found.append(replace(number, span=at))
    return found[0] if len(found) == 1 and found[0].value > _SMALL else None


def _tellings(kind: DisagreementKind, told: Iterable[tuple[str, Cell]]) -> Disagreement | None:
    """One telling for each distinct value, the first cell that proves it."""
    first: dict[str, Cell] = {}
    for value, cell in sorted(told):
        first.setdefault(value, cell)
    if len(first) < 2:
        return None
    return Disagreement(
        kind, tuple(Telling(value, cell) for value, cell in sorted(first.items(), key=lambda one: one[1]))
    )


def _numbers(scene: Scene, events: Sequence[Event]) -> list[tuple[str, Cell]]:
    """The numbers that clash with another report's, one telling for each value: "some 40,000" is 40,000."""
    told = [(event, quantity) for event in events for quantity in event.quantities]
    first: dict[tuple[float, float | None, bool], tuple[str, Cell]] = {}
    for (event, one), (other_event, other) in combinations(told, 2):
        if event.report == other_event.report or not comparable(one, other) or _share_a_number(event, other_event):
            continue
        if not _update(scene, event, one, other_event, other):
            for where, number in ((event, one), (other_event, other)):
                telling = (_as_told(scene, where, number), Cell(where.report, number.span))
                key = (number.value, number.high, number.bound in ("at-least", "at-most"))
                first[key] = min(first.get(key, telling), telling, key=lambda known: known[1])
    return sorted(first.values())


def _share_a_number(a: Event, b: Event) -> bool:
    """Whether some number goes with one of the other telling: "12, ten of them pilots" goes with "10 pilots"."""
    return any(agree(one, other) for one in a.quantities for other in b.quantities if comparable(one, other))


def _as_told(scene: Scene, event: Event, quantity: Quantity) -> str:
    return " ".join(scene.text(event.report, quantity.span).split())


def _update(scene: Scene, a: Event, one: Quantity, b: Event, other: Quantity) -> bool:
    """Whether the later report tells the higher number of what only grows."""
    day, later = interval(scene.day(a.report)), interval(scene.day(b.report))
    if day is None or later is None or day == later or (one.unit not in _GROWING and other.unit not in _GROWING):
        return False
    return (day < later) == (one.value < other.value)


def _dates(events: Sequence[Event]) -> list[tuple[str, Cell]]:
    told = [event for event in events if event.date]
    return [
        (str(event.date), Cell(event.report, event.span))
        for event in told
        if any(_dates_clash(event, other) for other in told if other.report != event.report)
    ]


def _dates_clash(a: Event, b: Event) -> bool:
    one, other = interval(a.date), interval(b.date)
    return one is not None and other is not None and not (one[0] <= other[1] and other[0] <= one[1])


def _places(events: Sequence[Event]) -> list[tuple[str, Cell]]:
    told = [event for event in events if event.place is not None and event.place.lat is not None]
    names = {event.place.name for event in told if event.place is not None}
    if len(names) < 2:
        return []
    return [(event.place.name, Cell(event.report, event.span)) for event in told if event.place is not None]


def _parties(scene: Scene, events: Sequence[Event]) -> list[tuple[str, Cell]]:
    """Targets that differ: who was met, hit or accused, unless a telling's words name the other's target too."""
    told = [one for one in (happening(scene, event) for event in events) if one.targets]
    return [
        (", ".join(sides_of(one.targets)), Cell(one.event.report, one.event.span))
        for one in told
        if any(_others_target(one, other) for other in told if other.event.report != one.event.report)
    ]


def _others_target(a: Happening, b: Happening) -> bool:
    if unnamed(a.targets) or unnamed(b.targets):
        return False
    return not set(sides_of(a.targets)) & set(sides_of(b.targets)) and not targets_cross(a, b)


def denials(scene: Scene, denied: Sequence[str], told: Sequence[str]) -> Disagreement | None:
    """The disagreement between a claim that something is denied and one that it is, was or will be.

    Both must be of one type, doer and topic; a denial of what nobody tells contradicts nothing. Statements that tell
    the event too are passed over.
    """
    noes, yeses = ([scene.events[one] for one in sorted(side) if one in scene.events] for side in (denied, told))
    for no, yes in product(noes, yeses):
        if _same_deed(scene, no, yes):
            values = (
                Telling("denied", Cell(no.report, no.span)),
                Telling(yes.modality.value, Cell(yes.report, yes.span)),
            )
            return Disagreement(DisagreementKind.DENIAL, tuple(sorted(values, key=lambda one: one.cell)))
    return None


def _same_deed(scene: Scene, no: Event, yes: Event) -> bool:
    if no.modality is not Modality.DENIED or stance(yes.modality) != "told" or types_agree(no.type, yes.type) < 1.0:
        return False
    a, b = happening(scene, no), happening(scene, yes)
    if not set(sides_of(a.sources)) & set(sides_of(b.sources)):
        return False
    apart_from = not (unnamed(a.targets) or unnamed(b.targets))
    if apart_from and not set(sides_of(a.targets)) & set(sides_of(b.targets)):
        return False
    apart = days_apart(no.date, yes.date)
    if apart is not None and apart > 1:
        return False
    shared = {t.concept for t in a.tokens if t.weight} & {t.concept for t in b.tokens if t.weight}
    return bool(shared)


def wordings(scene: Scene, members: Sequence[str]) -> Disagreement | None:
    """The different words in which a speaker describes one thing, by report."""
    told: list[tuple[str, Cell]] = []
    for member in sorted(members):
        statement = scene.statements.get(member)
        framing = framing_of(scene, statement) if statement is not None else None
        if statement is not None and framing is not None:
            told.append((_words(scene, statement, framing.span), Cell(statement.report, framing.span)))
    if len({cell.report for _, cell in told}) < 2 or len({value.lower() for value, _ in told}) < 2:
        return None
    return _tellings(DisagreementKind.WORDING, told)


def _words(scene: Scene, statement: Statement, span: Span) -> str:
    return " ".join(scene.text(statement.report, span).split())
