"""Of which modality a frame's event is, by how it is told and by what the frame means."""

from onrecord.annotating.events.grammar import modals
from onrecord.annotating.events.lexicon import Step, event_lexicon
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.slots import slot_tokens
from onrecord.annotating.events.tree import children
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
    heads = [one for one in (match.scene.carrier, match.scene.clause) if one is not None]
    subjects = [s for head in heads if modals(head) & {"will", "would"} for s in children(head, "nsubj", "nsubjpass")]
    if any(c.lower_ == "any" for s in subjects for c in children(s, "det")):
        # "any attack would be met with force"
        return True
    return reality.condition is not None or condition_span(match, reality) is not None
