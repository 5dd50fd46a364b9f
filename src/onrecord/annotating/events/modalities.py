"""Of which modality a frame's event is, and on which words its time and place may hang."""

from onrecord.annotating.events.frames import Match, slot_tokens
from onrecord.annotating.events.grammar import is_verb
from onrecord.annotating.events.lexicon import Step, event_lexicon
from onrecord.annotating.events.reality import Reality
from onrecord.annotating.events.settling import SPOKEN
from onrecord.annotating.events.wording import condition_span
from onrecord.model import EventType, Modality

#: Verbs that tell a meeting that is still to come.
_INVITING = frozenset({"invite", "summon", "schedule", "plan"})


def modality_of(match: Match, reality: Reality) -> Modality | None:
    """The modality of a frame's event, None where it is none."""
    modality = reality.modality()
    if any(step.place == "committed" for step in match.frame.sources):
        return Modality.CONDITIONAL
    if match.frame.type is EventType.THREATEN and modality is not None and _has_condition(match, reality):
        return Modality.CONDITIONAL
    announced = match.frame.lemma == "announce" and match.frame.type is EventType.PROTEST
    if modality is Modality.ACTUAL and (announced or match.frame.lemma in ("schedule", "plan")):
        return Modality.PLANNED
    if match.frame.type is EventType.AID and modality is Modality.ACTUAL and match.trigger.lemma_ == "offer":
        return Modality.PLANNED
    if match.frame.type is EventType.CONSULT and modality is Modality.ACTUAL and match.frame.lemma in _INVITING:
        return Modality.PLANNED
    if match.frame.type is EventType.REJECT and modality is Modality.ALLEGED:
        # "accused it of breaking the truce": the accusation tells it
        return None
    if match.frame.type is EventType.AGREE and modality is Modality.ACTUAL and match.frame.needs:
        # what is agreed, promised or offered is still to come
        if condition_span(match, reality) is not None:
            return Modality.CONDITIONAL
        return Modality.PLANNED if _to_come(match) else modality
    return modality


def _to_come(match: Match) -> bool:
    if match.frame.lemma in ("accept", "commit"):
        return match.frame.lemma == "commit"
    if match.frame.lemma == "agree" and any(step.place == "prep" and "to" in step.words for step in match.frame.needs):
        words = event_lexicon().classes["to_come"]
        return bool(words & match.scene.lemmas(slot_tokens(match.scene, Step("prep", frozenset({"to"})))))
    words = event_lexicon().modality["promise"]
    promised = words & match.scene.lemmas([match.trigger, *match.scene.objects])
    return bool(promised) or any(step.place in ("to", "that.will", "comp.own", "will") for step in match.frame.needs)


def _has_condition(match: Match, reality: Reality) -> bool:
    return reality.condition is not None or condition_span(match, reality) is not None


def anchors_of(match: Match, reality: Reality, telling: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """The tokens whose dependents belong to the event, and those whose dependents belong to other events.

    Args:
        match: what tells the event.
        reality: how it is told.
        telling: the tokens that tell an event in the sentence, with those that carry one.
    """
    own = {match.trigger.i}
    if match.scene.carrier is not None:
        own.add(match.scene.carrier.i)
    if match.frame.type in (EventType.AGREE, EventType.CONSULT) and match.scene.clause is not None:
        own.add(match.scene.clause.i)
    if match.frame.type in SPOKEN and reality.speech is not None:
        own.add(reality.speech.i)
    noun, above = match.trigger, match.trigger.head
    if match.scene.carrier is None and noun.dep_.startswith("nsubj"):
        # "talks will resume on Monday"
        own.add(above.i)
    if match.scene.carrier is None and noun.dep_ == "pobj" and above.lower_ in ("in", "during") and is_verb(above.head):
        # "was damaged in air strikes in June"
        own.add(above.head.i)
    held = {o.i for o in match.scene.objects}
    return frozenset(own | (held & telling)), telling
