"""Threats and offers: what somebody announces to do to or for somebody, and on what condition."""

from collections.abc import Sequence

from onrecord.fusing.happenings import happening, sides_of
from onrecord.fusing.ledger import actors, cells, conditions, entry_id, events_of, forms, reports
from onrecord.fusing.scene import Party, Scene
from onrecord.fusing.words import lexicon
from onrecord.model import Claim, Event, EventType, Modality, Prospect, ProspectKind

#: What is offered is one of these, still to come, or depending.
_OFFERED = frozenset(
    {EventType.AGREE, EventType.AID, EventType.COOPERATE, EventType.SUPPORT, EventType.CONCEDE, EventType.RETREAT}
)
_TOLD = frozenset({Modality.ACTUAL, Modality.PLANNED, Modality.CONDITIONAL})
_HOSTILE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE, EventType.PROTEST})


def find_prospects(scene: Scene, claims: Sequence[Claim]) -> tuple[Prospect, ...]:
    """The threats and offers of a story, sorted by id."""
    found = (_prospect(scene, claim) for claim in claims)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.id))


def _prospect(scene: Scene, claim: Claim) -> Prospect | None:
    kinds = {event.id: kind for event in events_of(scene, claim) if (kind := _kind(scene, event)) is not None}
    events = [event for event in events_of(scene, claim) if event.id in kinds]
    by: list[Party] = [party for event in events for party in scene.parties(event.sources)]
    if not by:
        return None
    sides = set(sides_of(by))
    to = [party for event in events for party in scene.parties(event.targets)]
    kind = kinds[events[0].id]
    return Prospect(
        id=entry_id(kind.value[0], [claim.id]),
        claim=claim.id,
        story=claim.story,
        kind=kind,
        by=actors(by),
        to=actors(party for party in to if (party.country or party.actor) not in sides),
        words=cells(events),
        condition=conditions(events),
        reports=reports(events),
    )


def _kind(scene: Scene, event: Event) -> ProspectKind | None:
    if event.modality not in _TOLD:
        return None
    words = forms(happening(scene, event))
    if event.type is EventType.THREATEN:
        # "warned against an attack" threatens nobody
        return None if "against" in words and words & lexicon("warning") else ProspectKind.THREAT
    depends = event.modality is Modality.CONDITIONAL and event.condition is not None
    if event.type in _HOSTILE and depends:
        return ProspectKind.THREAT
    offered = bool(words & lexicon("offering")) and event.topic is not None
    return ProspectKind.OFFER if event.type in _OFFERED and (depends or offered) else None
