"""Answers to demands: which events answer one, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.fusing.alignment import align
from onrecord.fusing.happenings import Happening, sides_of
from onrecord.fusing.ledger import forms
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.words import lexicon
from onrecord.model import Answer, Cell, Claim, Event, EventType, Modality, Span

#: Types of events that answer a demand.
ANSWERS = frozenset({EventType.REJECT, EventType.CONCEDE, EventType.AGREE, EventType.RETREAT})
_YIELDING = frozenset({EventType.RETREAT, EventType.CONCEDE})
#: Weight of shared words by which an answer is to a demand, without a word that points back to it.
_SHARED_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A demand while it is put together: its claims and events, who asks, of whom.

    Attributes:
        also: words beside the events that tell it too.
        due: the day (EDTF) by which it is to be met.
    """

    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    by: tuple[Party, ...]
    of: tuple[Party, ...]
    also: tuple[Cell, ...] = ()
    due: str | None = None


def done_at_request(scene: Scene, one: Wanted, happenings: Mapping[str, Happening]) -> list[Happening]:
    """As in "will hold consultations at Borvia's request": who does what was asked has said yes."""
    by = set(sides_of(one.by))
    at = [e for e in one.events if e.topic is not None and scene.text(e.report, _before(e)).lower().endswith("at ")]
    found = {
        h.event.id: h
        for h in happenings.values()
        for e in at
        if h.event.report == e.report
        and h.event.type not in ANSWERS
        and h.event.type is not EventType.REQUEST
        and h.event.modality in (Modality.ACTUAL, Modality.PLANNED)
        and e.topic is not None
        and h.event.span.overlaps(e.topic)
        and h.sources
        and not by & set(sides_of(h.sources))
    }
    return [found[name] for name in sorted(found)]


def _before(event: Event) -> Span:
    """The few code points before an event's words, the article among them."""
    return Span(max(0, event.span.start - 3), event.span.start)


def is_answer(answer: Happening, one: Wanted, happenings: Mapping[str, Happening]) -> bool:
    """Whether an event answers a demand by its parties and words."""
    by, of, sides = set(sides_of(one.by)), set(sides_of(one.of)), set(sides_of(answer.sources))
    if not sides:
        # "the demand has been turned down": to which demand, only its own words tell
        return False
    own = sides <= by
    if own and not (answer.event.type is EventType.RETREAT and forms(answer) & lexicon("demand_nouns")):
        return False
    if not own and not (sides & of if of else answer.event.type is EventType.REJECT):
        return False
    if answer.targets and not set(sides_of(answer.targets)) & (by | of):
        return False
    if answer.event.type in _YIELDING and any(
        told.report == answer.event.report and told.span.overlaps(answer.event.span) for told in one.events
    ):
        # "its withdrawal, which they made a condition": the thing that is asked for, not its doing
        return False
    distinct = {tuple(t[:3] for t in happenings[e.id].tokens): happenings[e.id] for e in one.events}
    for asked in distinct.values():
        laid = align(answer.wording, asked.wording)
        if laid.content >= 2 and laid.shared >= _SHARED_WEIGHT and laid.covered >= 0.5:
            return True
    return False


def single_answer(given: Happening, one: Wanted) -> Answer:
    """What one answer says by itself."""
    return answer_of([given], one) or Answer.REJECTED


def answer_of(given: Sequence[Happening], one: Wanted) -> Answer | None:
    """What all answers to a demand come to; None where there are none."""
    if not given:
        return None
    by = set(sides_of(one.by))
    if any(h.sources and set(sides_of(h.sources)) <= by for h in given):
        return Answer.WITHDRAWN
    if any(forms(h) & lexicon("partly") for h in given):
        return Answer.PARTLY
    # "will not give up" is no concession, whatever the verb
    refused = [h.event.type is EventType.REJECT or h.wording.negations % 2 == 1 for h in given]
    if all(refused):
        return Answer.REJECTED
    return Answer.PARTLY if any(refused) else Answer.ACCEPTED


__all__ = ["ANSWERS", "Wanted", "answer_of", "done_at_request", "is_answer", "single_answer"]
