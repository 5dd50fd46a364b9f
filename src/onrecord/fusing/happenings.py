"""Which events of many reports are one happening."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.fusing.alignment import Wording, align, wording
from onrecord.fusing.quantities import agree, comparable, of_one_order
from onrecord.fusing.scene import Party, Scene, Token, concept_of, weight_of
from onrecord.fusing.starring import Match, Star, gather
from onrecord.fusing.times import days_apart, overlap
from onrecord.fusing.words import lexicon, lexicon_lines, words
from onrecord.model import ActorKind, Event, EventType, Modality, Quantity, Reason

#: Sum of the features' weights from which two events are one happening.
SAME = 0.55
#: Meetings of the same two sides need no shared word, if nothing speaks against it.
_MEETING_SIDES = 2
_ONE_NOUN = 0.8
#: Undated events of reports further apart than this are not joined on their wording alone.
APART_DAYS = 21
_KEYS = 6
_DESCRIBED = frozenset({ActorKind.GROUP, ActorKind.ORGANISATION})
#: Words of content from which a topic stands for the whole of what was demanded, rejected or threatened.
_TOPIC_WORDS = 2
_ACTS_OF_WORDS = frozenset(
    {EventType.THREATEN, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.SUPPORT, EventType.PROTEST}
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event made comparable."""

    event: Event
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    wording: Wording
    day: str | None

    @property
    def parties(self) -> tuple[Party, ...]:
        """Doers, then targets."""
        return (*self.sources, *self.targets)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words that tell it."""
        return self.wording.tokens

    @property
    def fullness(self) -> float:
        """How much it tells: date, place, numbers and parties count like words."""
        event = self.event
        told = bool(event.date) + bool(event.place) + len(event.quantities[:2]) + len(self.parties[:4])
        return round(told + self.wording.weight, 6)


def manner(event: Event) -> str:
    """The stance that an event is told with; a condition of a promise or a threat is a detail of it.

    "Will open the road", "will open it if the truce holds": one outlet leaves out what the other tells.
    """
    if event.type in (EventType.AGREE, EventType.THREATEN) and event.modality is Modality.CONDITIONAL:
        return stance(Modality.ACTUAL)
    return stance(event.modality)


def stance(modality: Modality) -> str:
    """What kind of assertion an event is; only events of one kind are one claim."""
    if modality is Modality.DENIED:
        return "denied"
    if modality in (Modality.DEMANDED, Modality.CONDITIONAL):
        return str(modality)
    return "told"


@cache
def _families() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in lexicon_lines("families"):
        group = frozenset(line.split())
        for name in group:
            found[name] = found.get(name, frozenset()) | group
    return found


_GIVING = frozenset({EventType.AGREE, EventType.CONCEDE, EventType.SUPPORT, EventType.AID})
_WITHHOLDING = frozenset({EventType.THREATEN, EventType.REJECT, EventType.SANCTION})


def types_agree(a: EventType, b: EventType) -> float:
    """1 for one type, 0.5 for types that coders give to one deed, else 0."""
    if a is b:
        return 1.0
    return 0.5 if b.value in _families().get(a.value, frozenset()) else 0.0


def opposite(a: EventType, b: EventType) -> bool:
    """Whether one gives and the other withholds: a promise to pay is no threat to freeze, whatever words they share.

    >>> opposite(EventType.AGREE, EventType.THREATEN), opposite(EventType.AGREE, EventType.RETREAT)
    (True, False)
    """
    return (a in _GIVING and b in _WITHHOLDING) or (b in _GIVING and a in _WITHHOLDING)


def happening(scene: Scene, event: Event, *, without_verb: bool = False) -> Happening:
    """An event with its parties and words.

    Args:
        scene: the story.
        event: of it.
        without_verb: leave out the verb of an act of words where the rest says enough: its type tells the verb.
    """
    what = "happening without its verb" if without_verb else "happening"
    return scene.kept(what, event, lambda: _happening(scene, event, without_verb=without_verb))


def _happening(scene: Scene, event: Event, *, without_verb: bool) -> Happening:
    spans = [event.span]
    if event.topic is not None and event.span.contains(event.topic):
        if without_verb and event.type in _ACTS_OF_WORDS and _says_much(scene, event):
            spans = [event.topic]
    elif event.topic is not None:
        spans = [event.topic] if event.topic.contains(event.span) else [event.span, event.topic]
    tokens = scene.tokens(event.report, spans)
    if without_verb and event.topic is None and event.type in (EventType.REJECT, EventType.ACCUSE):
        tokens = _without_verb(tokens)
    if event.condition is not None:
        # "if it attacked" says when, not what: two threats on one condition are not one threat.
        tokens = tuple(token for token in tokens if not event.condition.contains(token.span)) or tokens
    # Numbers are compared as numbers; as words two of them would only part what else is alike.
    counted = [quantity.span for quantity in event.quantities]
    tokens = tuple(t for t in tokens if not (t.form[:1].isdigit() and any(c.contains(t.span) for c in counted)))
    return Happening(
        event, scene.parties(event.sources), scene.parties(event.targets), wording(tokens), scene.day(event.report)
    )


def _without_verb(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """What stands after the verb, where that says enough: the type tells the verb already."""
    rest = tokens[1:]
    content = sum(bool(token.weight) and not token.concept.startswith("@") for token in rest)
    return rest if content >= _TOPIC_WORDS and tokens[0].weight else tokens


def _says_much(scene: Scene, event: Event) -> bool:
    topic = () if event.topic is None else scene.tokens(event.report, [event.topic])
    return sum(bool(token.weight) and not token.concept.startswith("@") for token in topic) >= _TOPIC_WORDS


def join_events(scene: Scene, same_statement: dict[str, str]) -> list[Star]:
    """Gather the events of a story around their fullest tellings.

    Args:
        scene: the story.
        same_statement: statement id to the id of the claim it belongs to: events told in one utterance lie nearer.
    """
    happenings = {one.id: happening(scene, one, without_verb=True) for one in scene.events.values()}
    order = sorted(happenings, key=lambda one: (-happenings[one].fullness, one))

    def compare(member: str, hub: str) -> Match | None:
        a, b = happenings[member], happenings[hub]
        spoken = [same_statement.get(one.event.statement or "") for one in (a, b)]
        return same_happening(a, b, spoken[0] is not None and spoken[0] == spoken[1])

    return gather(order, {one: _keys(happenings[one]) for one in order}, compare)


def _keys(one: Happening) -> list[str]:
    kinds = sorted(_families().get(one.event.type.value, frozenset()) | {one.event.type.value})
    told = manner(one.event)
    ranked = sorted({(-t.weight, t.concept) for t in one.tokens if t.weight and not t.concept.startswith("@")})
    keys = [f"{told} {concept}" for _, concept in ranked[:_KEYS]]
    sides = sides_of(one.parties)
    keys += [f"{told} {kind} {a} {b}" for kind in kinds for a in sides for b in sides if a < b][:12]
    return keys + [f"{told} {kind} {side}" for kind in kinds for side in sides][:12]


def sides_of(parties: Sequence[Party]) -> list[str]:
    """The countries of parties, or the actors where no country is known; sorted."""
    return sorted({party.country or party.actor for party in parties})


def same_happening(a: Happening, b: Happening, one_utterance: bool = False) -> Match | None:
    """Whether two events are one happening, and by what.

    What contradicts rules it out: kind of assertion, type, date, place, doers, other persons of one country
    at a meeting, a qualifier such as "second" on one side, a toll many times the other. Nearer numbers become a
    disagreement.
    """
    types = types_agree(a.event.type, b.event.type)
    if not types or manner(a.event) != manner(b.event) or rule_out(a, b):
        return None
    swapped = a.event.type is EventType.CONSULT
    sources = _parties_agree(a.parties, b.parties) if swapped else _doers_agree(a, b)
    targets = sources if swapped else _targets_agree(a, b)
    if not sources or not targets:
        return None
    laid = align(a.wording, b.wording)
    if laid.negated and not one_utterance:
        return None
    words = laid.covered * min(1.0, laid.shared / 0.8) if laid.content else 0.0
    counted = _numbers_agree(a.event, b.event)
    meeting = swapped and _same_sides(a, b)
    denied = a.event.modality is Modality.DENIED and types == 1.0 and sources == targets == 1.0 and laid.content > 0
    reasons = (
        Reason("types are one", types, 0.15),
        Reason("doers are one", sources, 0.15),
        Reason("targets are one", targets, 0.1),
        Reason("words of the shorter telling", round(words, 4), 0.4),
        Reason("numbers of one thing agree", counted, 0.2),
        Reason("dates meet", _told(overlap(a.event.date, b.event.date)), 0.1),
        Reason("places are one", float(_one_place(a, b) is True), 0.1),
        Reason("told in one utterance", float(one_utterance), 0.25),
        Reason("a meeting of the same sides", float(meeting), 0.25),
        Reason("one deed of one side denied", float(denied), 0.15),
    )
    score = sum(reason.value * reason.weight for reason in reasons)
    # A report seldom tells one event twice without the words to show it.
    wanted = 2 if a.event.report == b.event.report else 1
    proven = laid.content >= wanted or counted or one_utterance or meeting
    if score < SAME or not proven:
        return None
    return Match(min(1.0, score), tuple(reason for reason in reasons if reason.value))


def other_sides(a: Happening, b: Happening) -> bool:
    """Whether both name who did it, or both to whom, and these are not the same; "soldiers" may well be "officers"."""
    if EventType.CONSULT in (a.event.type, b.event.type):
        return _others(a.parties, b.parties)
    return _others(a.sources, b.sources) or _others(a.targets, b.targets)


def _others(a: Sequence[Party], b: Sequence[Party]) -> bool:
    named = all(one and not any(party.kind is ActorKind.GROUP and not party.country for party in one) for one in (a, b))
    return named and not _parties_agree(a, b)


def _told(value: bool | None) -> float:
    return 1.0 if value else 0.0


def _parties_agree(a: Sequence[Party], b: Sequence[Party]) -> float:
    """1 for a shared actor or country, 0.8 for groups named by one noun, 0.4 where one side does not say, else 0."""
    if not a or not b:
        return 0.4
    if {party.actor for party in a} & {party.actor for party in b}:
        return 1.0
    if set(sides_of(a)) & set(sides_of(b)):
        return 1.0
    return _ONE_NOUN if _nouns(a) & _nouns(b) else 0.0


def _nouns(parties: Sequence[Party]) -> set[str]:
    """What groups without a name of their own are called: "several hundred farmers" are farmers."""
    told = [words(party.name) for party in parties if party.kind is ActorKind.GROUP and party.name.islower()]
    return {concept_of(name[-1]) for name in told if name}


def _doers_agree(a: Happening, b: Happening) -> float:
    """As `_parties_agree`; two persons of one country who do an act of words each do their own."""
    agree = _parties_agree(a.sources, b.sources)
    persons = [[party for party in one.sources if party.kind is ActorKind.PERSON] for one in (a, b)]
    apart = persons[0] and persons[1] and not {p.actor for p in persons[0]} & {p.actor for p in persons[1]}
    return 0.3 if agree and apart and a.event.type in _ACTS_OF_WORDS else agree


def _targets_agree(a: Happening, b: Happening) -> float:
    """As `_parties_agree`; a target that the other's words name, in another part, does not contradict."""
    agree = _parties_agree(a.targets, b.targets)
    return agree or (0.4 if targets_cross(a, b) or unnamed(a.targets) or unnamed(b.targets) else 0.0)


def unnamed(parties: Sequence[Party]) -> bool:
    """Whether no party has a name: "civilians", "a village clinic"; what others call them contradicts nothing."""
    return all(party.country is None and party.kind in _DESCRIBED and party.name.islower() for party in parties)


def targets_cross(a: Happening, b: Happening) -> bool:
    """Whether the words of one event name the other's target: "accused officials of working for Varda"."""
    named = [
        {token.concept.removeprefix("@") for token in one.tokens if token.concept.startswith("@")} for one in (a, b)
    ]
    if set(sides_of(a.targets)) & named[1] or set(sides_of(b.targets)) & named[0]:
        return True
    return _spelt_out(a.targets, b) or _spelt_out(b.targets, a)


def _spelt_out(targets: Sequence[Party], other: Happening) -> bool:
    """Whether the other's words have all those of a target's name, though they are no actor there."""
    told = {token.concept for token in other.tokens}
    named = [{concept_of(word) for word in words(party.name) if weight_of(word)} for party in targets]
    return any(name and name <= told for name in named)


def _same_sides(a: Happening, b: Happening) -> bool:
    one, other = set(sides_of(a.parties)), set(sides_of(b.parties))
    return len(one & other) >= _MEETING_SIDES


def rule_out(a: Happening, b: Happening) -> bool:
    """Whether time, place, persons, a qualifier or a count of another order keep two events apart."""
    if overlap(a.event.date, b.event.date) is False or _one_place(a, b) is False or _other_orders(a.event, b.event):
        return True
    if not (a.event.date and b.event.date) and (days_apart(a.day, b.day) or 0) > APART_DAYS:
        return True
    if a.event.type is EventType.CONSULT and (_other_persons(a, b) or _differently_qualified(a, b)):
        return True
    # What is still to come and what is done are one happening only where both have their time.
    to_come = (a.event.modality is Modality.PLANNED, b.event.modality is Modality.PLANNED)
    both_to_come = to_come[0] == to_come[1] or EventType.AGREE in (a.event.type, b.event.type)
    return not both_to_come and overlap(a.event.date, b.event.date) is None


def _one_place(a: Happening, b: Happening) -> bool | None:
    one, other = a.event.place, b.event.place
    if one is None or other is None:
        return None
    if one.name == other.name or (one.geonames is not None and one.geonames == other.geonames):
        return True
    if one.country != other.country:
        return False
    # A country, told by one, does not contradict a town of it, told by the other.
    return None if one.lat is None or other.lat is None else False


def _other_persons(a: Happening, b: Happening) -> bool:
    """Whether both name persons of one country and not one of them is the same: leaders met, or ministers."""
    one, other = _persons(a), _persons(b)
    shared = {party.country for party in one} & {party.country for party in other}
    return any(
        not {p.actor for p in one if p.country == country} & {p.actor for p in other if p.country == country}
        for country in sorted(shared, key=str)
    )


def _persons(one: Happening) -> list[Party]:
    return [party for party in one.parties if party.kind is ActorKind.PERSON and party.country]


def _differently_qualified(a: Happening, b: Happening) -> bool:
    """Whether one telling says "another", "earlier", "between their deputies" and the other does not."""
    one, other = ({token.form for token in each.tokens} & lexicon("qualifiers") for each in (a, b))
    return one != other and not one & other


def _numbers_agree(a: Event, b: Event) -> float:
    return 1.0 if any(agree(x, y) and of_one_order(x, y) for x, y in _counted_alike(a, b)) else 0.0


def _other_orders(a: Event, b: Event) -> bool:
    """Whether what both count is told in numbers of other orders: the dead of a raid, and of the war."""
    pairs = [(x, y) for x, y in _counted_alike(a, b) if x.unit]
    return bool(pairs) and not any(of_one_order(x, y) for x, y in pairs)


def _counted_alike(a: Event, b: Event) -> list[tuple[Quantity, Quantity]]:
    return [(x, y) for x in a.quantities for y in b.quantities if comparable(x, y)]
