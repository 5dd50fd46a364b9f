"""What a report told before and refers to again: the last meeting, the last demand, whom somebody threatens."""

from collections import Counter
from dataclasses import replace

from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.sides import Before, Sides
from onrecord.model import Event, EventType, Modality

#: Objects that name no target themselves.
VAGUE = frozenset({"neighbour", "neighbor", "country", "it", "nation", "anybody", "anyone", "nobody", "what", "they"})
_DEMANDS = frozenset({"demand", "request", "condition", "ultimatum"})
_AGAIN = frozenset({"the", "these", "this", "those", "such"})


#: Events whose two sides tell different stories of what happened between them.
_FACING = frozenset(
    {
        EventType.ASSAULT,
        EventType.ACCUSE,
        EventType.THREATEN,
        EventType.REJECT,
        EventType.RETREAT,
        EventType.CONSULT,
        EventType.COOPERATE,
        EventType.MOBILIZE,
        EventType.COERCE,
        EventType.SANCTION,
    }
)


_OWN_PARTIES = frozenset({"by", "on", "against", "of"})
_HAPPENED = frozenset({Modality.ACTUAL, Modality.ALLEGED})


def blow_again(match: Match) -> bool:
    """As in "the attack", "those strikes": what was told before, without a word of who and whom."""
    if match.frame.type is not EventType.ASSAULT or match.scene.carrier is not None:
        return False
    below = list(match.trigger.children)
    told = any(c.dep_ == "prep" and c.lower_ in _OWN_PARTIES for c in below)
    return not told and any(c.dep_ == "det" and c.lower_ in _AGAIN for c in below)


class Recall:
    """Fills in parties, time and place that a sentence leaves to the sentences before it."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties
        self._meeting: Event | None = None
        self._meetings: Counter[tuple[str, ...]] = Counter()
        self._demander: tuple[str, ...] = ()
        self._pair: tuple[str, ...] = ()
        self._opposed: set[frozenset[str]] = set()
        self._aims: dict[str, tuple[str, ...]] = {}
        self._blow: Event | None = None
        self._blows = 0

    @property
    def told(self) -> Before:
        """The sides that "the talks" and "both sides" go back to."""
        often = self._meetings.most_common(1)
        last = self._meeting.sources if self._meeting is not None else ()
        return Before(last, self._pair, often[0][0] if often else ())

    def reminds(self, match: Match) -> bool:
        """Whether "the attack" can be one that was told before: a bare noun says of no blow that it was."""
        return match.scene.carrier is not None or match.frame.type is not EventType.ASSAULT or self._blows > 0

    def opposed(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether one of some sides and one of others were told to face each other."""
        return any(frozenset((one, other)) in self._opposed for one in some for other in others)

    def completed(self, match: Match, sides: Sides, *, likely: bool = False) -> Sides:
        """The sides with a target that was named before: "rejected these demands", "attack its neighbour".

        Args:
            match: what tells the event.
            sides: its parties so far.
            likely: whether the network too takes the word for an event of this type.
        """
        if likely and self._blow is not None and blow_again(match) and not (sides.sources or sides.targets):
            return replace(sides, sources=self._blow.sources, targets=self._blow.targets, inferred=True)
        if match.frame.type is EventType.REJECT and not sides.targets:
            return self._answered(match, sides)
        if match.frame.type not in (EventType.ASSAULT, EventType.MOBILIZE) or not sides.sources:
            return sides
        side = min(self._parties.sides(sides.sources))
        if sides.targets:
            self._aims.setdefault(side, sides.targets)
            return sides
        vague = all(one.lemma_.lower() in VAGUE for one in match.scene.objects)
        known = self._aims.get(side, ())
        if match.frame.type is EventType.MOBILIZE or not vague or not known:
            return sides
        return replace(sides, targets=known, inferred=True)

    def _answered(self, match: Match, sides: Sides) -> Sides:
        objects = match.scene.objects
        again = any(c.lower_ in _AGAIN for one in objects for c in one.children if c.dep_ == "det")
        others = tuple(one for one in self._demander if one not in sides.sources)
        if not again or not others or not match.scene.lemmas(objects) & _DEMANDS:
            return sides
        return replace(sides, targets=others, inferred=True)

    def kept(self, match: Match, event: Event, *, inferred: bool) -> Event:
        """Remember an event; "the talks" take time and place from those told before."""
        if event.type is EventType.REQUEST:
            self._demander = event.sources
        if event.type is EventType.ASSAULT and event.modality in _HAPPENED:
            self._blows += 1
            self._blow = event if event.sources or event.targets else self._blow
        both = event.sources + event.targets
        facing = sorted(self._parties.sides(both))
        if len(facing) == 2:
            self._pair = both
            if event.type in _FACING:
                self._opposed.add(frozenset(facing))
        if event.type is not EventType.CONSULT or event.modality not in (Modality.ACTUAL, Modality.PLANNED):
            return event
        again = any(c.lower_ in _AGAIN for c in match.trigger.children if c.dep_ == "det")
        before = self._meeting
        if inferred and again and before is not None and before.sources == event.sources:
            event = replace(event, date=event.date or before.date, place=event.place or before.place)
        self._meeting = event
        self._meetings[event.sources] += 1
        return event
