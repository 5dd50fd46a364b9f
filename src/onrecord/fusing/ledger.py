"""What demands and commitments share: ids, cells, and sides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from onrecord.fusing.alignment import Wording, wording
from onrecord.fusing.happenings import Happening, happening, sides_of
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.times import interval
from onrecord.fusing.words import lexicon, words
from onrecord.model import ActorKind, Cell, Claim, Event, Modality, Span, Statement

#: Share of what an event is about that a statement's content must hold to carry it, and the other way round.
_CARRIED, _CARRYING = 0.6, 0.35

#: Words at the start of a promise that say whether it is one, where nothing else does.
_LEADING = 2

_LAST_DAY, _YEAR_DIGITS = 31, 4

#: Modalities in which a report tells that an event has happened, be it by somebody's word.
TOLD = frozenset({Modality.ACTUAL, Modality.ALLEGED})


def entry_id(letter: str, claims: Iterable[str]) -> str:
    """The id of a ledger entry that stands on some claims; it begins as that of the first of them, for the same reason.

    >>> entry_id("d", ["c2b7e05", "c2b7e04"]) == entry_id("d", ["c2b7e04", "c2b7e05"])
    True
    """
    first = min(claims)
    return f"{letter}{first[1:5]}{sha256(first.encode()).hexdigest()[:12]}"


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


@dataclass(frozen=True, slots=True)
class Carriers:
    """The statements in whose words demands and promises stand, and where else these statements are told.

    Attributes:
        by_report: the statements of each report.
        told_as: for each mark the marks of its claim.
    """

    by_report: Mapping[str, Sequence[Statement]]
    told_as: Mapping[str, Sequence[str]]

    def of(self, event: Event) -> list[Statement]:
        """The statements of its report that say what an event is about, and little else."""
        about = event.topic or event.span
        begin, stop = about.start, about.end
        found = []
        for one in self.by_report.get(event.report, ()):
            spans = one.content
            if len(spans) == 1 and begin < stop and (spans[0].end <= begin or stop <= spans[0].start):
                continue
            length = sum(map(len, spans))
            held = sum(max(0, min(stop, span.end) - max(begin, span.start)) for span in spans)
            if held >= _CARRIED * (stop - begin) and held >= _CARRYING * length:
                found.append(one)
        return found

    def elsewhere(self, event: Event) -> list[str]:
        """Statements of other reports that tell what an event is about, being one claim with it or with its carrier."""
        marks = [event.id, *(one.id for one in self.of(event))]
        return sorted({other for mark in marks for other in self.told_as.get(mark, ())} - set(marks))


def carriers_of(scene: Scene, claims: Sequence[Claim]) -> Carriers:
    """The carriers of a story's events."""
    by_report: dict[str, list[Statement]] = {}
    for one in sorted(scene.statements.values(), key=lambda one: one.id):
        by_report.setdefault(one.report, []).append(one)
    return Carriers(by_report, {member: claim.members for claim in claims for member in claim.members})


def told_by_statements(scene: Scene, carriers: Carriers, events: Iterable[Event]) -> tuple[Cell, ...]:
    """Where reports that have no event of a demand or promise tell it as a statement: the words of that statement.

    A statement whose own event is denied, by its report or by an analyst, tells the opposite.
    """
    events = tuple(events)
    own = {event.report for event in events}
    denied = [event for event in scene.events.values() if event.modality is Modality.DENIED]
    opposite = {one.id for event in denied for one in carriers.of(event)}
    found = {mark for event in events for mark in carriers.elsewhere(event)}
    told = [scene.statements[mark] for mark in sorted(found - opposite) if mark in scene.statements]
    wanted = {token.concept for e in events for token in scene.tokens(e.report, [e.topic or e.span]) if token.weight}
    there = [one for one in told if one.report not in own and one.content]
    return tuple(sorted(Cell(one.report, _nearest(scene, one, wanted)) for one in there))


def _nearest(scene: Scene, one: Statement, wanted: set[str]) -> Span:
    """The part of a statement's words that tells most of what is wanted; the first of equals."""

    def in_common(span: Span) -> float:
        told = {token.concept: token.weight for token in scene.tokens(one.report, [span])}
        return sum(told[concept] for concept in sorted(told.keys() & wanted))

    return max(one.content, key=in_common)


def spokesmen(scene: Scene, carriers: Carriers, event: Event, by: Iterable[Party]) -> tuple[Party, ...]:
    """Persons who say, for their own side, what that side wants or promises: a minister for her country."""
    by = tuple(by)
    sides, bodies = {party.country for party in by if party.country}, {party.actor for party in by}
    found = []
    for name in (name for one in carriers.of(event) for name in one.speakers):
        party, state = scene.party(name), spoken_for_by(scene, name)
        if party.kind is ActorKind.PERSON and (party.country in sides or (state is not None and state.actor in bodies)):
            found.append(party)
    return tuple({party.actor: party for party in found}.values())


def spoken_for_by(scene: Scene, entity: str) -> Party | None:
    """The state without a code that stands in the words for who speaks: "Keldia's chancellor, Ruth Amberg"."""
    known = scene.entities.get(entity)
    if known is None or known.country is not None or known.kind is ActorKind.STATE:
        return None
    told = [mention.span for mention in known.mentions if mention.form == "description"]
    report = known.id.partition(".")[0]
    states = [
        (mention.span.start, other.id)
        for other in (scene.annotations[report].entities if told and report in scene.annotations else ())
        if other.kind is ActorKind.STATE and other.country is None
        for mention in other.mentions
        if any(span.contains(mention.span) for span in told)
    ]
    return scene.party(min(states)[1]) if states else None


def cue_words(scene: Scene, one: Statement) -> set[str]:
    """The words that attribute a statement."""
    return {word for span in one.cue for word in words(scene.text(one.report, span))}


def only_offered(one: Happening) -> bool:
    """Whether it is no more than an offer, which binds nobody until it is taken."""
    topic = one.event.topic
    leading = [token.form for token in one.tokens if topic is None or not topic.contains(token.span)]
    about = [token.form for token in one.tokens if topic is not None and topic.contains(token.span)]
    # "renewed its offer": the object is the offer
    told = set(leading or [token.form for token in one.tokens[:_LEADING]]) | set(
        about[:_LEADING] if len(about) <= _LEADING else ()
    )
    return bool(told & lexicon("offering")) and not told & (lexicon("promising") - lexicon("offering"))


@dataclass(frozen=True, slots=True)
class Worded:
    """One wording of what is wanted or promised, and where it is told: copies tell it in the same words.

    Attributes:
        figures: its numbers above those of days: 700 refugees, 320 cubic metres.
    """

    wording: Wording
    reports: frozenset[str]
    figures: frozenset[str]

    def elsewhere(self, other: "Worded") -> bool:
        """Whether two reports tell the two."""
        return len(self.reports | other.reports) > 1


def worded(scene: Scene, events: Iterable[Event]) -> tuple[Worded, ...]:
    """The distinct wordings of some demands or promises, in the order of the events."""
    told: dict[tuple[object, ...], tuple[Wording, set[str]]] = {}
    for event in events:
        made = scene.kept("wording of the ledger", event, partial(_wording, scene, event))
        key = tuple(token[:3] for token in made.tokens)
        told.setdefault(key, (made, set()))[1].add(event.report)
    return tuple(Worded(made, frozenset(where), _figures(made)) for made, where in told.values())


def _wording(scene: Scene, event: Event) -> Wording:
    return wording(scene.tokens(event.report, [event.topic or event.span]))


def _figures(told: Wording) -> frozenset[str]:
    forms = {token.form for token in told.tokens if token.form.isdigit()}
    # neither the day of a month nor a year
    return frozenset(one for one in forms if int(one) > _LAST_DAY and not (len(one) == _YEAR_DIGITS and one < "21"))


def harms(one: Happening) -> bool:
    """Whether what is announced would harm somebody: a threat, not a promise.

    To lift a ban or to end strikes harms nobody.
    """
    told = [token.form for token in one.tokens]
    for at, form in enumerate(told):
        if form in lexicon("harming"):
            later = set(told[at + 1 :]) & lexicon("harming")
            return not (set(told[:at]) & lexicon("easing") or (form in lexicon("easing") and later))
    return False


def last_told(scene: Scene, given: Sequence[Happening]) -> list[Happening]:
    """What each side told last: a later yes stands in place of an earlier no."""
    days = [(scene.day(one.event.report) or "", set(sides_of(one.sources)), one) for one in given]
    return [one for day, sides, one in days if not any(later > day and sides & other for later, other, _ in days)]
