"""Demands: who wants what of whom, and what the other side answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.fusing.alignment import align
from onrecord.fusing.happenings import Happening, sides_of
from onrecord.fusing.ledger import (
    TOLD,
    Carriers,
    actors,
    carriers_of,
    cells,
    entry_id,
    events_of,
    forms,
    happenings_of,
    in_order,
    reports,
    spokesmen,
    told_by_statements,
)
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.words import lexicon
from onrecord.model import Answer, Cell, Claim, Demand, Event, EventType, Modality, Reply

#: Weight of shared words by which an answer is to a demand, without a word that points back to it.
_SHARED_WEIGHT = 0.5
#: Code points that an answer such as "rejected these demands" reaches back over.
_REACH = 700
#: ... and between two demands that it takes together.
_ASIDE = 250
_ANSWERS = frozenset({EventType.REJECT, EventType.CONCEDE, EventType.AGREE, EventType.RETREAT})


@dataclass(frozen=True, slots=True)
class _Wanted:
    claim: Claim
    events: tuple[Event, ...]
    by: tuple[Party, ...]
    of: tuple[Party, ...]
    also: tuple[Cell, ...] = ()


def find_demands(scene: Scene, claims: Sequence[Claim], others: Sequence[str] = ()) -> tuple[Demand, ...]:
    """The demands of a story, sorted by id.

    Args:
        scene: the story's reports, and those of the other events.
        claims: of the story.
        others: ids of events of other stories that may answer.
    """
    happenings = happenings_of(scene, claims, others)
    carriers = carriers_of(scene, claims)
    wanted = [one for claim in claims if (one := _wanted(scene, claim, happenings, carriers)) is not None]
    answers = sorted(
        (h for h in happenings.values() if _may_answer(h)), key=lambda h: (h.event.report, h.event.span, h.event.id)
    )
    asked = [event for one in wanted for event in one.events]
    meant = {h.event.id: _meant(h, asked, happenings) for h in answers}
    return tuple(sorted((_demand(scene, one, answers, meant, happenings) for one in wanted), key=lambda d: d.id))


def _wanted(scene: Scene, claim: Claim, happenings: Mapping[str, Happening], carriers: Carriers) -> _Wanted | None:
    events = tuple(
        event
        for event in events_of(scene, claim)
        if event.type is EventType.REQUEST and event.modality is not Modality.DENIED and _says_what(scene, event)
    )
    by = [party for event in events for party in happenings[event.id].sources]
    if not by:
        return None
    of = tuple(party for event in events for party in happenings[event.id].targets)
    speaking = [p for event in events for p in spokesmen(scene, carriers, event, happenings[event.id].sources)]
    return _Wanted(claim, events, (*by, *speaking), of, told_by_statements(scene, carriers, events))


def _says_what(scene: Scene, event: Event) -> bool:
    """Whether the words tell what is wanted: "issued an urgent appeal" does not."""
    spans = [event.topic or event.span]
    told = [token for token in scene.tokens(event.report, spans)[event.topic is None :] if token.weight]
    wanted = [t for t in told if t.form not in lexicon("demand_nouns") and not t.concept.startswith("@")]
    return len(wanted) > (event.topic is None)


def _may_answer(one: Happening) -> bool:
    if one.event.type not in _ANSWERS or not one.sources or _only_announced(one):
        return False
    return one.event.modality in TOLD or one.event.modality is Modality.PLANNED


def _only_announced(one: Happening) -> bool:
    """As in "will reply to the proposal by Friday": what the reply is, nobody has told."""
    return one.event.type is EventType.AGREE and bool(forms(one) & lexicon("replying"))


def _meant(answer: Happening, asked: Iterable[Event], happenings: Mapping[str, Happening]) -> frozenset[str]:
    """The demands of the same report that "rejected these demands" points back to.

    The nearest one told before by another side, and those just before it by the same side. "Its demands",
    said of one's own, points to nothing that one could answer.
    """
    words = forms(answer)
    if not words & lexicon("demand_nouns") or words & lexicon("own"):
        return frozenset()
    start = answer.event.span.start
    sides = set(sides_of(answer.sources))
    before = [
        event
        for event in asked
        if event.report == answer.event.report
        and 0 <= start - event.span.start <= _REACH
        and not sides & set(sides_of(happenings[event.id].sources))
    ]
    before.sort(key=lambda event: (-event.span.start, event.id))
    found: list[Event] = []
    for event in before:
        near = not found or found[-1].span.start - event.span.end <= _ASIDE
        one_side = not found or set(_sides(found[0], happenings)) & set(_sides(event, happenings))
        if not (near and one_side):
            break
        found.append(event)
    return frozenset(event.id for event in found)


def _sides(event: Event, happenings: Mapping[str, Happening]) -> list[str]:
    return sides_of(happenings[event.id].sources)


def _demand(
    scene: Scene,
    one: _Wanted,
    answers: Sequence[Happening],
    meant: Mapping[str, frozenset[str]],
    happenings: Mapping[str, Happening],
) -> Demand:
    since = min((scene.day(report) or "0" for report in reports(one.events)), default="0")
    given = [
        h
        for h in answers
        if (scene.day(h.event.report) or "9999") >= since
        and (meant[h.event.id] & {e.id for e in one.events} or _answers(h, one, happenings))
    ]
    replies = [Reply(_single(h, one), cell) for h in given for cell in cells([h.event])]
    return Demand(
        id=entry_id("d", [one.claim.id]),
        claim=one.claim.id,
        story=one.claim.story,
        by=actors(one.by),
        of=actors(one.of),
        words=tuple(sorted({*cells(one.events), *one.also})),
        answer=_answer(_standing(scene, given), one),
        answered_by=actors(party for h in given for party in h.sources),
        answer_words=cells(h.event for h in given),
        reports=tuple(sorted({*reports(one.events), *(cell.report for cell in one.also)})),
        replies=tuple(sorted(replies, key=lambda reply: (in_order(scene, reply.cell), reply.answer))),
    )


def _answers(answer: Happening, one: _Wanted, happenings: Mapping[str, Happening]) -> bool:
    """Whether an event answers a demand by its parties and words."""
    by, of, sides = set(sides_of(one.by)), set(sides_of(one.of)), set(sides_of(answer.sources))
    own = sides <= by
    if own and not (answer.event.type is EventType.RETREAT and forms(answer) & lexicon("demand_nouns")):
        return False
    if not own and not (sides & of if of else answer.event.type is EventType.REJECT):
        return False
    if answer.targets and not set(sides_of(answer.targets)) & (by | of):
        return False
    for event in one.events:
        laid = align(answer.wording, happenings[event.id].wording)
        if laid.content >= 2 and laid.shared >= _SHARED_WEIGHT and laid.covered >= 0.5:
            return True
    return False


def _standing(scene: Scene, given: Sequence[Happening]) -> list[Happening]:
    """What each side told last: a later yes stands in place of an earlier no."""
    days = [(scene.day(one.event.report) or "", set(sides_of(one.sources)), one) for one in given]
    return [one for day, sides, one in days if not any(later > day and sides & other for later, other, _ in days)]


def _single(given: Happening, one: _Wanted) -> Answer:
    """What one answer says by itself."""
    return _answer([given], one) or Answer.REJECTED


def _answer(given: Sequence[Happening], one: _Wanted) -> Answer | None:
    if not given:
        return None
    by = set(sides_of(one.by))
    if any(set(sides_of(h.sources)) <= by for h in given):
        return Answer.WITHDRAWN
    if any(forms(h) & lexicon("partly") for h in given):
        return Answer.PARTLY
    # "will not give up" is no concession, whatever the verb
    refused = [h.event.type is EventType.REJECT or h.wording.negations % 2 == 1 for h in given]
    if all(refused):
        return Answer.REJECTED
    return Answer.PARTLY if any(refused) else Answer.ACCEPTED
