"""How entries of the ledger go on in other stories: by what they are found there, and what is told of them.

Nothing of this is stored with an entry: a story's own record hangs on its own reports only, so that it is the same in
whatever order reports come. What other stories tell is looked up, by who and what, when the ledger is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.fusing.commitments import find_commitments
from onrecord.fusing.demands import find_demands
from onrecord.fusing.happenings import Happening, happening, sides_of
from onrecord.fusing.ledger import TOLD, events_of
from onrecord.fusing.scene import Party, Scene, prepare
from onrecord.model import (
    Actor,
    Annotation,
    Claim,
    Commitment,
    Demand,
    Event,
    EventType,
    Fusion,
    Modality,
    Prospect,
    Report,
    Trail,
)

#: Words of an item that it is found by, the rarest first; and sides.
_WORDS, _SIDES = 5, 4
#: What may answer a demand or tell how a promise went.
_DEEDS = frozenset(
    {
        EventType.AGREE,
        EventType.CONCEDE,
        EventType.REJECT,
        EventType.RETREAT,
        EventType.AID,
        EventType.COOPERATE,
        EventType.SUPPORT,
        EventType.CONSULT,
        EventType.SANCTION,
    }
)
_COME = TOLD | {Modality.PLANNED}


def find_trails(
    scene: Scene, claims: Sequence[Claim], entries: Iterable[Demand | Commitment | Prospect]
) -> tuple[Trail, ...]:
    """The trails of a story's entries and of the events that may answer entries of other stories, sorted."""
    by_claim = {claim.id: claim for claim in claims}
    found = []
    for entry in entries:
        to = entry.of if isinstance(entry, Demand) else entry.to
        events = events_of(scene, by_claim[entry.claim])
        told = [happening(scene, event) for event in events]
        sides = _sides(scene, events, {*entry.by, *to})
        found.append(_trail(scene, entry.id, True, events, _keys(sides, told)))
    for event in sorted(scene.events.values(), key=lambda one: one.id):
        if event.type in _DEEDS and event.modality in _COME and event.sources:
            one = happening(scene, event)
            found.append(_trail(scene, event.id, False, [event], _keys(sides_of(one.sources), [one])))
    return tuple(sorted((one for one in found if one.keys), key=lambda one: one.item))


def _sides(scene: Scene, events: Sequence[Event], wanted: set[str]) -> list[str]:
    parties: list[Party] = [p for e in events for p in scene.parties((*e.sources, *e.targets)) if p.actor in wanted]
    return sides_of(parties)


def _trail(scene: Scene, item: str, entry: bool, events: Sequence[Event], keys: tuple[str, ...]) -> Trail:
    first = min((scene.day(one.report) or "9999", one.report) for one in events)
    return Trail(item, entry, first[1], None if first[0] == "9999" else first[0], keys)


def _keys(sides: Sequence[str], told: Sequence[Happening]) -> tuple[str, ...]:
    weights: dict[str, float] = {}
    for one in told:
        for token in one.tokens:
            if token.weight and not token.concept.startswith(("@", "=not")):
                weights[token.concept] = max(weights.get(token.concept, 0.0), token.weight)
    rarest = sorted(weights, key=lambda concept: (-weights[concept], concept))[:_WORDS]
    return tuple(sorted(f"{side}|{concept}" for side in sides[:_SIDES] for concept in rarest))


def follow(
    reports: Sequence[Report],
    annotations: Sequence[Annotation],
    actor_of: Mapping[str, Actor],
    fusion: Fusion,
    events: Sequence[str],
) -> Fusion:
    """A story's demands and commitments with what events of other stories tell of them.

    Args:
        reports: of the story and of the events.
        annotations: of those reports.
        actor_of: the actor of each entity id.
        fusion: the story.
        events: ids of events of other stories.
    """
    if not events:
        return fusion
    scene = prepare(reports, annotations, actor_of, {})
    others = sorted(events)
    demands = find_demands(scene, fusion.claims, others)
    commitments = find_commitments(scene, fusion.claims, None, others)
    return replace(
        fusion,
        demands=tuple(_answered(one, demands) for one in fusion.demands),
        commitments=tuple(_gone_on(one, commitments) for one in fusion.commitments),
    )


def _answered(stood: Demand, found: Iterable[Demand]) -> Demand:
    """A demand as it stands in the record, with the answers found."""
    now = next((one for one in found if one.id == stood.id), stood)
    if set(now.replies) <= set(stood.replies):
        return stood
    return replace(
        stood,
        answer=now.answer,
        answered_by=now.answered_by,
        answer_words=now.answer_words,
        replies=now.replies,
    )


def _gone_on(stood: Commitment, found: Iterable[Commitment]) -> Commitment:
    now = next((one for one in found if one.id == stood.id), stood)
    if set(now.turns) <= set(stood.turns):
        return stood
    return replace(stood, state=now.state, turns=now.turns)
