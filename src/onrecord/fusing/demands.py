"""Demands: who wants what of whom, and what the other side answered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product

from onrecord.fusing.alignment import align
from onrecord.fusing.answering import ANSWERS, Wanted, answer_of, done_at_request, is_answer, single_answer
from onrecord.fusing.happenings import Happening, sides_of
from onrecord.fusing.ledger import (
    TOLD,
    Carriers,
    Worded,
    actors,
    carriers_of,
    cells,
    entry_id,
    events_of,
    forms,
    happenings_of,
    in_order,
    last_told,
    only_offered,
    reports,
    spokesmen,
    told_by_statements,
    worded,
)
from onrecord.fusing.promises import deadline_of
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.words import lexicon
from onrecord.model import ActorKind, Claim, Demand, Event, EventType, Modality, Reply, Span

#: Code points that an answer such as "rejected these demands" reaches back over.
_REACH = 700
#: ... and between two demands that it takes together.
_ASIDE = 250
#: ... and that "refused" or "accepted" follows a demand by at most.
_NEXT = 250
#: ... and that a clause beside a demand follows its last word by: a comma.
_ASIDE_AT_ONCE = 2
#: "has so far declined": an answer of so many words says no more than that.
_BARE_WORDS = 3
#: How something is asked for, not what.
_HOW = frozenset("urgent immediate fresh new renewed strong direct desperate personal public joint similar".split())
_THAT = frozenset({"that", "this", "these", "those"})
_CONDITIONS = frozenset({"condition", "conditions", "terms"})
_IF = frozenset({"if", "unless", "until", "provided", "only", "as", "so"})
_ORDERED = frozenset({"order", "orders", "ordered"})
_AS = re.compile(r"\bas\W{1,3}(?:an?\s)?$", re.IGNORECASE)
#: Share of the shorter wording from which two demands of one side are one: told by two reports, in the same person's
#: name, and by one report or in a single word.
_ONE_THING, _ONE_VOICE, _SAID_AGAIN = 0.6, 0.4, 0.9


def find_demands(scene: Scene, claims: Sequence[Claim], others: Sequence[str] = ()) -> tuple[Demand, ...]:
    """The demands of a story, sorted by id.

    Args:
        scene: the story's reports, and those of the other events.
        claims: of the story.
        others: ids of events of other stories that may answer.
    """
    happenings = happenings_of(scene, claims, others)
    carriers = carriers_of(scene, claims)
    wanted: list[Wanted] = []
    again: list[Wanted] = []
    for claim in sorted(claims, key=lambda one: (-len(one.reports), one.id)):
        one = _wanted(scene, claim, happenings, carriers)
        if one is not None and all(_points_back(scene, event) for event in one.events):
            again.append(one)
        elif one is not None:
            _file(scene, wanted, one)
    for one in again:
        _put_back(wanted, one)
    told, wanted = wanted, []
    for one in told if again else ():
        _file(scene, wanted, one)
    wanted = wanted or told
    answers = sorted(
        (h for h in happenings.values() if _may_answer(h)), key=lambda h: (h.event.report, h.event.span, h.event.id)
    )
    asked = [event for one in wanted for event in one.events]
    meant = {h.event.id: _meant(h, asked, happenings) for h in answers}
    return tuple(sorted((_demand(scene, one, answers, meant, happenings) for one in wanted), key=lambda d: d.id))


def _wanted(scene: Scene, claim: Claim, happenings: Mapping[str, Happening], carriers: Carriers) -> Wanted | None:
    events = tuple(
        event
        for event in events_of(scene, claim)
        if event.type is EventType.REQUEST
        and event.modality is not Modality.DENIED
        and (_says_what(scene, event) or _points_back(scene, event))
        and not _label(scene, event)
    )
    by = [party for event in events for party in happenings[event.id].sources]
    if not by:
        return None
    of = tuple(party for event in events for party in happenings[event.id].targets)
    speaking = [p for event in events for p in spokesmen(scene, carriers, event, happenings[event.id].sources)]
    due = min((day for event in events if (day := deadline_of(scene, event)) is not None), default=None)
    return Wanted((claim,), events, (*by, *speaking), of, told_by_statements(scene, carriers, events), due)


def _file(scene: Scene, wanted: list[Wanted], one: Wanted) -> None:
    """Put a demand with the one it is another telling of: the same side wants the same of the same.

    Claims are parted by how a demand is told ("at its request", "urged it to"); the ledger asks for what is wanted.
    """
    for n, known in enumerate(wanted):
        if _one_demand(scene, one, known):
            wanted[n] = Wanted(
                (*known.claims, *one.claims),
                (*known.events, *one.events),
                (*known.by, *one.by),
                (*known.of, *one.of),
                tuple(sorted({*known.also, *one.also})),
                min((due for due in (known.due, one.due) if due is not None), default=None),
            )
            return
    wanted.append(one)


def _points_back(scene: Scene, event: Event) -> bool:
    """As in "repeated that demand": what is wanted was told before."""
    told = [token.form for token in scene.tokens(event.report, [event.span])]
    return event.topic is None and any(a in _THAT and b in lexicon("demand_nouns") for a, b in pairwise(told))


def _put_back(wanted: list[Wanted], one: Wanted) -> None:
    """Add who repeats a demand to the demand that his side told just before; without one, nobody knows what it is."""
    sides, last = set(sides_of(one.by)), max(one.events, key=lambda event: event.span)
    before = [
        (event.span, n)
        for n, known in enumerate(wanted)
        for event in known.events
        if event.report == last.report
        and event.span < last.span
        # "the army demanded ... its chief repeated that demand": of whom nobody says whose chief he is
        and (sides & set(sides_of(known.by)) or (_unknown(one.by) and last.span.start - event.span.end <= _NEXT))
    ]
    if before:
        _, n = max(before)
        known = wanted[n]
        wanted[n] = replace(known, claims=(*known.claims, *one.claims), by=(*known.by, *one.by))


def _unknown(by: Sequence[Party]) -> bool:
    return all(party.kind is ActorKind.PERSON and party.country is None for party in by)


def _one_demand(scene: Scene, a: Wanted, b: Wanted) -> bool:
    if not set(sides_of(a.by)) & set(sides_of(b.by)):
        return False
    persons = [{p.actor for p in one.by if p.kind is ActorKind.PERSON} for one in (a, b)]
    if all(persons) and not persons[0] & persons[1]:
        return False
    if a.of and b.of and not set(sides_of(a.of)) & set(sides_of(b.of)):
        return False
    one_voice = bool(persons[0] & persons[1])
    return any(_one_thing(x, y, one_voice) for x, y in product(worded(scene, a.events), worded(scene, b.events)))


def _one_thing(a: Worded, b: Worded, one_voice: bool) -> bool:
    """Whether two demands of one side are for one thing, by the words that say what is wanted."""
    laid = align(a.wording, b.wording)
    # within one report two demands told apart are two, unless one says no more than the other
    if laid.negated or not laid.content:
        return False
    elsewhere = a.elsewhere(b)
    if elsewhere and a.figures & b.figures:
        return True
    if elsewhere and one_voice:
        return laid.covered >= _ONE_VOICE
    return laid.covered >= (_ONE_THING if elsewhere and laid.content > 1 else _SAID_AGAIN)


def _label(scene: Scene, event: Event) -> bool:
    """As in "dismissed the condition as a call for surrender": a name for another's words is no demand of one's own.

    Nor is it one to summon somebody, or to order what lies in one's own hands ("ordered a recount").
    """
    first = next((token.form for token in scene.tokens(event.report, [event.span])), "")
    asked = scene.text(event.report, event.topic or event.span).partition(" ")[0].lower()
    if first in lexicon("summoning") or (first in _ORDERED and not event.targets and asked not in ("to", "that")):
        return True
    before = scene.text(event.report, Span(max(0, event.span.start - 12), event.span.start))
    return _AS.search(before) is not None


def _says_what(scene: Scene, event: Event) -> bool:
    """Whether the words tell what is wanted: "issued an urgent appeal" does not."""
    spans = [event.topic or event.span]
    told = [token for token in scene.tokens(event.report, spans)[event.topic is None :] if token.weight]
    bare = lexicon("demand_nouns") | _HOW
    wanted = [t for t in told if t.form not in bare and not t.concept.startswith("@")]
    return len(wanted) > (event.topic is None)


def _may_answer(one: Happening) -> bool:
    if one.event.type not in ANSWERS or _only_announced(one):
        return False
    if not one.sources and one.event.type is not EventType.REJECT:
        return False
    if one.event.type is EventType.AGREE and only_offered(one):
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
    sides = set(sides_of(answer.sources))
    if at_once := _at_once(answer, asked, happenings):
        return at_once
    words = forms(answer)
    if not words & lexicon("demand_nouns") or words & lexicon("own"):
        return frozenset()
    start = answer.event.span.start
    before = [
        event
        for event in asked
        if event.report == answer.event.report
        and 0 <= start - event.span.start <= _REACH
        and not sides & set(sides_of(happenings[event.id].sources))
    ]
    if not words & (lexicon("demand_nouns") - _CONDITIONS):
        # "rejected the condition": what was made one, not what was asked by the way
        before = [
            one for one in before if happenings[one.id].tokens[:1] and _made_condition(happenings[one.id])
        ] or before
    before.sort(key=lambda event: (-event.span.start, event.id))
    found: list[Event] = []
    for event in before:
        near = not found or found[-1].span.start - event.span.end <= _ASIDE
        one_side = not found or set(_sides(found[0], happenings)) & set(_sides(event, happenings))
        if not (near and one_side):
            break
        found.append(event)
    return frozenset(event.id for event in found)


def _made_condition(one: Happening) -> bool:
    return one.tokens[0].form in _IF or bool(forms(one) & _CONDITIONS)


def _at_once(answer: Happening, asked: Iterable[Event], happenings: Mapping[str, Happening]) -> frozenset[str]:
    """The demand that an answer names itself ("rejected its call for an inquiry") or follows ("Borvia refused")."""
    event, sides = answer.event, set(sides_of(answer.sources))
    others = [
        one for one in asked if one.report == event.report and not sides & set(sides_of(happenings[one.id].sources))
    ]
    named = [one for one in others if _holds(one, event) and event.type is not EventType.RETREAT]
    if named or not answer.sources or not _bare(answer):
        return frozenset(one.id for one in named)
    before = [
        one
        for one in others
        if 0 <= event.span.start - one.span.end <= _NEXT and _may_be_asked(one, answer, happenings)
    ]
    nearest = max(before, key=lambda one: (one.span.end, one.id), default=None)
    return frozenset() if nearest is None else frozenset({nearest.id})


def _holds(asked: Event, answer: Event) -> bool:
    """Whether an answer stands among a demand's words or is said of them at once: ", a figure it rejected"."""
    behind = answer.span.start - asked.span.end
    aside = answer.type is EventType.REJECT and answer.topic is None and 0 <= behind <= _ASIDE_AT_ONCE
    return asked.span.overlaps(answer.span) or aside


def _may_be_asked(asked: Event, answer: Happening, happenings: Mapping[str, Happening]) -> bool:
    of = set(sides_of(happenings[asked.id].targets))
    return not of or bool(of & set(sides_of(answer.sources)))


def _bare(answer: Happening) -> bool:
    """Whether an answer says no more than yes or no: "refused", "accepted at once"."""
    event = answer.event
    says = bool(forms(answer) & lexicon("answering")) and not forms(answer) & lexicon("demand_nouns")
    return says and event.topic is None and len(answer.wording.tokens) <= _BARE_WORDS


def _sides(event: Event, happenings: Mapping[str, Happening]) -> list[str]:
    return sides_of(happenings[event.id].sources)


def _demand(
    scene: Scene,
    one: Wanted,
    answers: Sequence[Happening],
    meant: Mapping[str, frozenset[str]],
    happenings: Mapping[str, Happening],
) -> Demand:
    claims = sorted(claim.id for claim in one.claims)
    since = min((scene.day(report) or "0" for report in reports(one.events)), default="0")
    given = [
        h
        for h in (*answers, *done_at_request(scene, one, happenings))
        if (scene.day(h.event.report) or "9999") >= since
        and (
            meant.get(h.event.id, frozenset()) & {e.id for e in one.events}
            or h.event.type not in ANSWERS
            or is_answer(h, one, happenings)
        )
    ]
    replies = [Reply(single_answer(h, one), cell) for h in given for cell in cells([h.event])]
    return Demand(
        id=entry_id("d", claims),
        claim=claims[0],
        story=one.claims[0].story,
        by=actors(one.by),
        of=actors(one.of),
        words=tuple(sorted({*cells(one.events), *one.also})),
        answer=answer_of(last_told(scene, given), one),
        answered_by=actors(party for h in given for party in h.sources),
        answer_words=cells(h.event for h in given),
        reports=tuple(sorted({*reports(one.events), *(cell.report for cell in one.also)})),
        replies=tuple(sorted(replies, key=lambda reply: (in_order(scene, reply.cell), reply.answer))),
        due=one.due,
    )
