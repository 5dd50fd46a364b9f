"""To whom a deed is done, as they are described: civilians, a clinic, the rebels in a village."""

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.annotating.events.grammar import prepositional
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import children
from onrecord.model import EventType

#: Deeds that people suffer whoever they are.
_SUFFERED = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.RETREAT})
_MOVING = frozenset({EventType.RETREAT, EventType.MOBILIZE})
_HEARERS = frozenset("reporter journalist correspondent newsman press audience".split())


def as_suffered(
    match: Match, parties: Parties, sources: tuple[str, ...], targets: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parties with whom a deed was done to, as they are described: civilians, a clinic, the rebels in a village."""
    scene, noun = match.scene, match.trigger
    verbal = scene.carrier is noun
    suffers = (
        children(noun, "poss") if not verbal and noun.lemma_.lower() in event_lexicon().classes["suffered"] else []
    )
    if suffers and not any(prepositional(noun, frozenset({"of"}))):
        # "his arrest", "the general's killing": who suffers it
        of = parties.of(scene.parsed, suffers, describe=True)
        return tuple(one for one in sources if one not in of), of
    if match.frame.type in _SUFFERED and not any(step.place == "victim.subj" for step in match.frame.targets):
        hit = scene.objects if verbal else [*prepositional(noun, frozenset({"of", "on", "against"}))]
        found = parties.victims(scene.parsed, _done_to(match, hit))
        return sources, tuple(dict.fromkeys((*found, *targets)))
    if targets or not verbal or not any(step.place in ("obj", "dat") for step in match.frame.targets):
        return sources, targets
    people = [one for one in _done_to(match, scene.objects) if parties.person(scene.parsed, one)]
    return sources, parties.victims(scene.parsed, people)


def _done_to(match: Match, tokens: Iterable[Token]) -> list[Token]:
    """Without who moves ("withdrew its troops") and who only hears it ("told reporters that it would answer")."""
    kind = match.frame.type
    left = event_lexicon().classes["force"] if kind in _MOVING else frozenset[str]()
    left = left if kind in _SUFFERED else left | _HEARERS
    return [one for one in tokens if one.lemma_.lower() not in left]
