"""What demands and commitments share: ids, cells, and sides."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from onrecord.fusing.happenings import Happening, happening
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.times import interval
from onrecord.model import Cell, Claim, Event, Modality

#: Modalities in which a report tells that an event has happened, be it by somebody's word.
TOLD = frozenset({Modality.ACTUAL, Modality.ALLEGED})


def entry_id(letter: str, claims: Iterable[str]) -> str:
    """The id of a ledger entry that stands on some claims.

    >>> entry_id("d", ["c2", "c1"]) == entry_id("d", ["c1", "c2"])
    True
    """
    return letter + sha256(min(claims).encode()).hexdigest()[:16]


def events_of(scene: Scene, claim: Claim) -> list[Event]:
    """A claim's events, in the order of their ids."""
    return [scene.events[member] for member in claim.members if member in scene.events]


def happenings_of(scene: Scene, claims: Sequence[Claim], others: Iterable[str] = ()) -> dict[str, Happening]:
    """Every event of some claims, and some other events, made comparable, by id."""
    own = [event for claim in claims for event in events_of(scene, claim)]
    more = [scene.events[one] for one in others if one in scene.events]
    return {event.id: happening(scene, event) for event in (*own, *more)}


def conditions(events: Iterable[Event]) -> tuple[Cell, ...]:
    """The words that each event depends on."""
    return tuple(sorted({Cell(one.report, one.condition) for one in events if one.condition is not None}))


def in_order(scene: Scene, cell: Cell) -> tuple[str, Cell]:
    """Sorts cells by the day of their reports."""
    return scene.day(cell.report) or "9999", cell


def cells(events: Iterable[Event]) -> tuple[Cell, ...]:
    """The words that say what each event is about."""
    return tuple(sorted({Cell(event.report, event.topic or event.span) for event in events}))


def actors(parties: Iterable[Party]) -> tuple[str, ...]:
    """Distinct actor ids, sorted."""
    return tuple(sorted({party.actor for party in parties}))


def reports(events: Iterable[Event]) -> tuple[str, ...]:
    """Distinct report ids, sorted."""
    return tuple(sorted({event.report for event in events}))


def forms(one: Happening) -> set[str]:
    """The words of an event as they stand."""
    return {token.form for token in one.tokens}


def is_later(scene: Scene, event: Event, than: Event) -> bool:
    """Whether an event is told on a later day than another, or dated after the other's telling."""
    told, before = interval(scene.day(event.report)), interval(scene.day(than.report))
    if before is None:
        return False
    dated = interval(event.date)
    return (told is not None and told[0] > before[1]) or (dated is not None and dated[0] > before[1])
