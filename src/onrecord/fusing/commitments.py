"""Commitments: who owes whom what, due when, and how it stands by the reports so far."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from onrecord.fusing.alignment import align
from onrecord.fusing.debtors import Register, concerned, debtors
from onrecord.fusing.happenings import Happening, sides_of
from onrecord.fusing.ledger import (
    Carriers,
    Worded,
    actors,
    carriers_of,
    cells,
    conditions,
    entry_id,
    events_of,
    forms,
    happenings_of,
    in_order,
    is_later,
    reports,
    told_by_statements,
    worded,
)
from onrecord.fusing.outlets import known_families, outlet_family
from onrecord.fusing.promises import NO_YEAR, counted_from, due_of, is_promise, lies_ahead
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.times import interval, overlap, passed
from onrecord.fusing.words import lexicon
from onrecord.model import ActorKind, Cell, Claim, Commitment, CommitmentState, Event, EventType, Modality, Turn

#: Share of a promise's words that a later event must have to be its keeping.
_COVERED = 0.5
#: ... and another telling of it in the same report.
_SAID_AGAIN = 0.9
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class _Promise:
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    by: tuple[Party, ...]
    to: tuple[Party, ...]
    due: str | None
    also: tuple[Cell, ...] = ()
    after: int | None = None
    told: tuple[Worded, ...] = ()


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
    carriers, register = carriers_of(scene, claims), Register.of(scene)
    filed = _Filed()
    for claim in sorted(claims, key=lambda one: (-len(one.reports), one.id)):
        one = _promise(scene, claim, happenings, register, carriers)
        if one is not None:
            filed.file(one)
    later = sorted(happenings.values(), key=lambda h: h.event.id)
    promises = [replace(one, by=register.without_bystanders(one.by)) for one in filed.promises]
    return tuple(
        sorted((_commitment(scene, one, later, happenings, today) for one in _counted(promises)), key=lambda c: c.id)
    )


def _promise(
    scene: Scene, claim: Claim, happenings: Mapping[str, Happening], register: Register, carriers: Carriers
) -> _Promise | None:
    told = events_of(scene, claim)
    events = tuple(event for event in told if is_promise(scene, happenings[event.id]))
    bound = events
    if any(event.type is EventType.CONSULT for event in events):
        # one outlet says that they will meet, another that they were invited to it
        events = tuple(event for event in told if event in events or _same_meeting(scene, event))
    by = tuple(party for event in bound for party in debtors(scene, register, carriers, happenings[event.id]))
    if not by:
        return None
    owing = {party.actor for party in by}
    to = [party for event in bound for party in concerned(scene, carriers, happenings[event.id])]
    creditors = tuple(party for party in to if party.actor not in owing and _is_creditor(party))
    dues = sorted(due for event in events if (due := due_of(scene, event)) is not None)
    also = told_by_statements(scene, carriers, events)
    after = [days for event in events if (days := counted_from(scene, event)) is not None]
    due, words = (dues[0] if dues else None), worded(scene, events)
    return _Promise((claim,), events, by, creditors, due, also, min(after, default=None), words)


def _same_meeting(scene: Scene, event: Event) -> bool:
    return event.type is EventType.CONSULT and event.modality is Modality.PLANNED and lies_ahead(scene, event)


def _is_creditor(party: Party) -> bool:
    """Not a newsroom that was told of it."""
    return outlet_family(party.name) not in known_families()


def _one_due(a: _Promise, b: _Promise, *, alike: bool) -> str | None:
    """The due time of two tellings, where it is one; a report without a date of its own tells no year."""
    if a.due is None or b.due is None or a.due == b.due:
        return a.due or b.due
    if NO_YEAR in (a.due[:4], b.due[:4]):
        return max(a.due, b.due, key=lambda due: due[:4] != NO_YEAR) if a.due[4:] == b.due[4:] else None
    wide, narrow = sorted((a.due, b.due), key=lambda due: _days(due), reverse=True)
    return narrow if alike and overlap(wide, narrow) and _days(wide) > _days(narrow) else None


def _days(due: str) -> int:
    known = interval(due)
    return (known[1] - known[0]).days if known else 0


def _one_promise(a: _Promise, b: _Promise, *, alike: bool) -> bool:
    known = set(sides_of(a.by)) & set(sides_of(b.by)) or {p.name for p in a.by} & {p.name for p in b.by}
    if not known and not (alike and (_no_state(a.by) or _no_state(b.by))):
        return False
    apart = {event.report for event in a.events}.isdisjoint(event.report for event in b.events)
    if a.to and b.to and not set(sides_of(a.to)) & set(sides_of(b.to)) and not (alike or (apart and _to_the_day(a, b))):
        return False
    if alike:
        return True
    if a.due is None or b.due is None or not apart:
        return False
    return a.due == b.due or NO_YEAR in (a.due[:4], b.due[:4])


def _to_the_day(a: _Promise, b: _Promise) -> bool:
    """Whether both are due on one day: one report names who passes it on, another who gets it."""
    kinds = {event.type for one in (a, b) for event in one.events}
    return a.due is not None and a.due == b.due and _base(a.due) and kinds == {EventType.AGREE}


def _no_state(by: Sequence[Party]) -> bool:
    """Whether nobody told whose ministry, army or minister it is."""
    return all(party.country is None and party.kind is not ActorKind.STATE for party in by)


def _alike(a: _Promise, b: _Promise) -> bool:
    """Whether two promises tell one thing by their words; within one report one must say no more than the other."""
    for x, y in product(a.told, b.told):
        laid = align(x.wording, y.wording)
        elsewhere = x.elsewhere(y)
        same = laid.content >= 1 and laid.covered >= (_COVERED if elsewhere else _SAID_AGAIN)
        if not laid.negated and (same or (elsewhere and x.figures & y.figures)):
            return True
    return False


class _Filed:
    """The promises found so far, looked up by their words and their days: few others can be another telling of one."""

    def __init__(self) -> None:
        self.promises: list[_Promise] = []
        self._at: dict[str, set[int]] = {}

    def file(self, one: _Promise) -> None:
        """Put a promise with the one it is another telling of: same debtor, and the same due time or the same words.

        Debtor and creditor name one thing in different words, so that two reports' words need not agree where the day
        does.
        """
        for n in sorted({n for key in _keys(one) for n in self._at.get(key, ())}):
            known = self.promises[n]
            alike = _alike(one, known)
            due = _one_due(one, known, alike=alike)
            at_odds = due is None and one.due != known.due
            if not at_odds and _one_promise(one, known, alike=alike):
                self._keep(n, _united(known, one, due))
                return
        self.promises.append(one)
        self._keep(len(self.promises) - 1, one)

    def _keep(self, n: int, one: _Promise) -> None:
        self.promises[n] = one
        for key in _keys(one):
            self._at.setdefault(key, set()).add(n)


def _keys(one: _Promise) -> set[str]:
    """What two tellings of one promise have at least one of in common: a word, a figure, a day of whatever year."""
    words = {concept for told in one.told for concept in told.wording.content if not concept.startswith("@")}
    figures = {figure for told in one.told for figure in told.figures}
    return words | figures | ({f"due {one.due[len(NO_YEAR) :]}"} if one.due else set())


def _united(known: _Promise, one: _Promise, due: str | None) -> _Promise:
    return _Promise(
        (*known.claims, *one.claims),
        (*known.events, *one.events),
        (*known.by, *one.by),
        (*known.to, *one.to),
        due,
        tuple(sorted({*known.also, *one.also})),
        one.after if known.after is None else known.after,
        _joined(known.told, one.told),
    )


def _joined(known: Sequence[Worded], more: Sequence[Worded]) -> tuple[Worded, ...]:
    found = {tuple(token[:3] for token in one.wording.tokens): one for one in known}
    for one in more:
        key = tuple(token[:3] for token in one.wording.tokens)
        before = found.get(key)
        found[key] = one if before is None else replace(before, reports=before.reports | one.reports)
    return tuple(found.values())


def _counted(promises: list[_Promise]) -> list[_Promise]:
    """Promises due so many days after another side has done its part, with the day that this makes."""
    found = []
    for one in promises:
        if one.due is None and one.after is not None:
            owed = set(sides_of(one.by))
            bases = {p.due for p in promises if p.due and _base(p.due) and not owed & set(sides_of(p.by))}
            from_them = {p.due for p in promises if p.due in bases and set(sides_of(p.by)) & set(sides_of(one.to))}
            base = min(from_them or bases, default=None) if len(from_them or bases) == 1 else None
            if base is not None:
                one = replace(one, due=(date.fromisoformat(base) + timedelta(days=one.after)).isoformat())
        found.append(one)
    return found


def _base(due: str) -> bool:
    return _DAY.match(due) is not None


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
    first = _first_told(scene, one.events, happenings)
    for other in later:
        if other.event.id in own or not by & set(sides_of(other.sources)):
            continue
        if any(is_later(scene, other.event, told.event) and _about(other, told) for told in first):
            state = _told_state(other)
            if state is not None:
                found.update(Turn(state, cell) for cell in cells([other.event]))
    return tuple(sorted(found, key=lambda turn: (in_order(scene, turn.cell), turn.state)))


def _first_told(scene: Scene, events: Sequence[Event], happenings: Mapping[str, Happening]) -> list[Happening]:
    """The tellings of a promise, of those in the same words the earliest: what comes later than any comes after it."""
    found: dict[tuple[object, ...], Happening] = {}
    for told in sorted(events, key=lambda e: (scene.day(e.report) or "9999", e.id)):
        found.setdefault(tuple(t[:3] for t in happenings[told.id].tokens), happenings[told.id])
    return list(found.values())


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
