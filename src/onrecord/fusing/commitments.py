"""Commitments: who owes whom what, due when, and how it stands by the reports so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.fusing.alignment import align
from onrecord.fusing.happenings import Happening, sides_of
from onrecord.fusing.ledger import (
    Carriers,
    actors,
    carriers_of,
    cells,
    conditions,
    cue_words,
    entry_id,
    events_of,
    forms,
    happenings_of,
    harms,
    in_order,
    is_later,
    only_offered,
    reports,
    spokesmen,
    told_by_statements,
)
from onrecord.fusing.outlets import known_families, outlet_family
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.times import interval, passed
from onrecord.fusing.words import lexicon
from onrecord.model import ActorKind, Cell, Claim, Commitment, CommitmentState, Event, EventType, Modality, Turn

#: Types of what is promised to somebody; a planned move of troops or a planned meeting is no promise by itself.
_PROMISED = frozenset(
    {EventType.AGREE, EventType.CONCEDE, EventType.COOPERATE, EventType.AID, EventType.SUPPORT, EventType.RETREAT}
)
_TO_COME = frozenset({Modality.PLANNED, Modality.CONDITIONAL})
#: How EDTF writes the year of "on 12 March" in a report that tells no date.
_NO_YEAR = "XXXX"
#: Share of a promise's words that a later event must have to be its keeping.
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class _Promise:
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    due: str | None
    also: tuple[Cell, ...] = ()


def find_commitments(
    scene: Scene, claims: Sequence[Claim], today: str | None = None, others: Sequence[str] = ()
) -> tuple[Commitment, ...]:
    """The commitments of a story, sorted by id.

    Args:
        scene: the story's reports, and those of the other events.
        claims: of the story.
        today: the day from which overdue is reckoned; without one nothing is overdue.
        others: ids of events of other stories that may tell how it went.
    """
    happenings = happenings_of(scene, claims, others)
    carriers = carriers_of(scene, claims)
    promises: list[_Promise] = []
    for claim in sorted(claims, key=lambda one: (-len(one.reports), one.id)):
        one = _promise(scene, claim, happenings, carriers)
        if one is not None:
            _file(promises, one)
    later = sorted(happenings.values(), key=lambda h: h.event.id)
    return tuple(sorted((_commitment(scene, one, later, happenings, today) for one in promises), key=lambda c: c.id))


def _promise(scene: Scene, claim: Claim, happenings: Mapping[str, Happening], carriers: Carriers) -> _Promise | None:
    told = events_of(scene, claim)
    events = tuple(event for event in told if _is_promise(scene, happenings[event.id]))
    bound = events
    if any(event.type is EventType.CONSULT for event in events):
        # one outlet says that they will meet, another that they were invited to it
        events = tuple(event for event in told if event in events or _same_meeting(scene, event))
    by = tuple(party for event in bound for party in _debtors(scene, carriers, happenings[event.id]))
    if not by:
        return None
    owing = {party.actor for party in by}
    to = [p for event in bound for p in (*happenings[event.id].targets, *happenings[event.id].sources)]
    creditors = tuple(party for party in to if party.actor not in owing and _is_creditor(party))
    dues = sorted(due for event in events if (due := _due(scene, event)) is not None)
    also = told_by_statements(scene, carriers, events)
    return _Promise((claim,), events, by, creditors, dues[0] if dues else None, also)


def _same_meeting(scene: Scene, event: Event) -> bool:
    return event.type is EventType.CONSULT and event.modality is Modality.PLANNED and _lies_ahead(scene, event)


def _is_creditor(party: Party) -> bool:
    """Not a newsroom that was told of it."""
    return outlet_family(party.name) not in known_families()


def _debtors(scene: Scene, carriers: Carriers, one: Happening) -> tuple[Party, ...]:
    """Who is bound: who promises in so many words ("promised that they would have it"), else who is to do it."""
    promised = [s for s in carriers.of(one.event) if cue_words(scene, s) & lexicon("promising")]
    bound = tuple(party for statement in promised for party in scene.parties(statement.speakers))
    if bound and not set(sides_of(bound)) & set(sides_of(one.sources)):
        # Whose minister it is nobody told: he promises for the state that is to do it.
        own = any(p.kind is ActorKind.PERSON and p.country is None for p in bound)
        for_a_state = own and any(party.kind is ActorKind.STATE for party in one.sources)
        return (*one.sources, *bound) if for_a_state else bound
    return (*one.sources, *spokesmen(scene, carriers, one.event, one.sources))


def _is_promise(scene: Scene, one: Happening) -> bool:
    event = one.event
    if harms(one) or only_offered(one):
        return False
    promising = bool(forms(one) & lexicon("promising"))
    if event.type is EventType.AGREE and event.modality is Modality.ACTUAL:
        return _lies_ahead(scene, event)
    if event.type is EventType.CONSULT:
        # a meeting that both sides have a day for binds both; an invitation binds nobody yet
        dated = event.date is not None and _lies_ahead(scene, event)
        return event.modality is Modality.PLANNED and dated and not forms(one) & lexicon("inviting")
    if event.type not in _PROMISED or event.modality not in _TO_COME:
        return False
    if event.type is not EventType.AGREE and _on_anothers_word(scene, one):
        return False
    # "will open the road by Friday if the truce holds" is promised; any other deed that depends must say so
    given = event.modality is Modality.PLANNED or event.type is EventType.AGREE
    return promising or (given and _lies_ahead(scene, event))


def _on_anothers_word(scene: Scene, one: Happening) -> bool:
    """Whether only another country tells what somebody will do: "Varda said that Ostrel would withdraw"."""
    statement = scene.statements.get(one.event.statement or "")
    said_by = {party.country for party in scene.parties(statement.speakers) if party.country} if statement else set()
    doing = {party.country for party in one.sources if party.country}
    return bool(said_by and doing) and not said_by & doing


def _due(scene: Scene, event: Event) -> str | None:
    """When it is due: the event's own time, else the first time to come that its words tell."""
    if event.date is not None:
        return event.date if _ahead(scene, event, event.date) else None
    about = event.topic or event.span
    told = (one.edtf for one in scene.annotations[event.report].times if about.contains(one.span))
    return next((edtf for edtf in told if edtf and _ahead(scene, event, edtf)), None)


def _lies_ahead(scene: Scene, event: Event) -> bool:
    return _due(scene, event) is not None


def _ahead(scene: Scene, event: Event, edtf: str) -> bool:
    if edtf.startswith(_NO_YEAR):
        return event.modality is Modality.PLANNED
    due, told = interval(edtf), interval(scene.day(event.report))
    return due is not None and (told is None or due[1] > told[0])


def _file(promises: list[_Promise], one: _Promise) -> None:
    """Put a promise with the one it is another telling of: same debtor, same due time, no other creditor.

    Debtor and creditor name one thing in different words, so the words need not agree.
    """
    for n, known in enumerate(promises):
        due = _one_due(one.due, known.due)
        if due is not None and _one_promise(one, known):
            promises[n] = _Promise(
                (*known.claims, *one.claims),
                (*known.events, *one.events),
                (*known.by, *one.by),
                (*known.to, *one.to),
                due,
                tuple(sorted({*known.also, *one.also})),
            )
            return
    promises.append(one)


def _one_due(a: str | None, b: str | None) -> str | None:
    """The due time of two tellings, where it is one; a report without a date of its own tells no year."""
    if a is None or b is None or (a != b and _NO_YEAR not in (a[:4], b[:4])):
        return None
    return max(a, b, key=lambda due: due[:4] != _NO_YEAR) if a[4:] == b[4:] else None


def _one_promise(a: _Promise, b: _Promise) -> bool:
    if not set(sides_of(a.by)) & set(sides_of(b.by)):
        return False
    return not a.to or not b.to or bool(set(sides_of(a.to)) & set(sides_of(b.to)))


def _commitment(
    scene: Scene, one: _Promise, later: Sequence[Happening], happenings: Mapping[str, Happening], today: str | None
) -> Commitment:
    claims = sorted(claim.id for claim in one.claims)
    by = set(sides_of(one.by))
    conditional = any(event.condition is not None or event.modality is Modality.CONDITIONAL for event in one.events)
    turns = _turns(scene, one, later, happenings)
    return Commitment(
        id=entry_id("k", claims),
        claim=claims[0],
        story=one.claims[0].story,
        by=actors(one.by),
        to=actors(party for party in one.to if (party.country or party.actor) not in by),
        words=tuple(sorted({*cells(one.events), *one.also})),
        due=one.due,
        state=_state(turns, one.due, today),
        conditional=conditional,
        reports=tuple(sorted({*reports(one.events), *(cell.report for cell in one.also)})),
        condition=conditions(one.events),
        turns=turns,
    )


def _turns(
    scene: Scene, one: _Promise, later: Sequence[Happening], happenings: Mapping[str, Happening]
) -> tuple[Turn, ...]:
    """What later reports tell of a promise, in the order of their days."""
    by, own = set(sides_of(one.by)), {event.id for event in one.events}
    found: set[Turn] = set()
    for other in later:
        if other.event.id in own or not by & set(sides_of(other.sources)):
            continue
        if any(is_later(scene, other.event, event) and _about(other, happenings[event.id]) for event in one.events):
            state = _told_state(other)
            if state is not None:
                found.update(Turn(state, cell) for cell in cells([other.event]))
    return tuple(sorted(found, key=lambda turn: (in_order(scene, turn.cell), turn.state)))


def _state(turns: Sequence[Turn], due: str | None, today: str | None) -> CommitmentState:
    """The strongest word told; without any, the calendar."""
    told = {turn.state for turn in turns}
    for state in (CommitmentState.WITHDRAWN, CommitmentState.BROKEN, CommitmentState.KEPT):
        if state in told:
            return state
    return CommitmentState.OVERDUE if passed(due, today) else CommitmentState.OPEN


def _about(other: Happening, promise: Happening) -> bool:
    laid = align(other.wording, promise.wording)
    return laid.content >= 1 and laid.covered >= _COVERED


def _told_state(other: Happening) -> CommitmentState | None:
    words = forms(other)
    if words & lexicon("withdrawing"):
        return CommitmentState.WITHDRAWN
    if other.event.type is EventType.REJECT or words & lexicon("breaking"):
        return CommitmentState.BROKEN if other.event.modality is Modality.ACTUAL else None
    if other.event.modality is not Modality.ACTUAL or words & lexicon("promising"):
        return None
    return CommitmentState.KEPT
