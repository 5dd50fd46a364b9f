"""Events that words around them take for granted or turn round: demands that are answered, help that is refused."""

from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotating.events.grammar import asker_behind_of, is_verb, measured, modals, negated, prepositional
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.reality import reality_of
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.settling import SPOKEN
from onrecord.annotating.events.sides import Sides
from onrecord.annotating.events.tree import children
from onrecord.model import EventType

#: What "will not" refuses.
_REFUSABLE = frozenset(
    {
        EventType.SUPPORT,
        EventType.AID,
        EventType.COOPERATE,
        EventType.CONCEDE,
        EventType.RETREAT,
        EventType.CONSULT,
        EventType.AGREE,
    }
)
_ASKED_BY = frozenset({"by", "from"})
_WILLING = frozenset({"will", "would", "wo", "'ll", "’ll", "'d", "’d"})


def presupposed(match: Match) -> bool:
    """As in "pledged to stay following talks": the talks were held, whatever is pledged."""
    noun = measured(match.trigger)
    factive = noun.head.lower_ in event_lexicon().modality["presupposing"]
    return match.scene.carrier is None and noun.dep_ == "pobj" and factive


def standing_demand(match: Match, parties: Parties) -> bool:
    """As in "rejected Borvia's demand to leave": a demand of some content was made, whatever becomes of it."""
    noun = match.trigger
    if match.frame.type is not EventType.REQUEST or is_verb(noun) or match.scene.carrier is not None:
        return False
    if noun.dep_ not in ("dobj", "pobj", "nsubj", "nsubjpass") or any(c.lower_ in ("no", "any") for c in noun.children):
        return False
    told = match.scene.clause is not None or any(
        c.dep_ in ("acl", "ccomp") or (c.dep_ == "prep" and c.lower_ in ("for", "of", "on")) for c in noun.children
    )
    told = told or any(p.lower_ == "for" for o in prepositional(noun, _ASKED_BY) for p in children(o, "prep"))
    askers = [*children(noun, "poss", "amod", "compound", "nmod"), *prepositional(noun, _ASKED_BY)]
    askers += asker_behind_of(noun)
    return told and bool(parties.of(match.scene.parsed, askers, describe=True))


def denied_deed(match: Match) -> Token | None:
    """The verb of denying as in "denied any role in the attack": the deed stands denied, and nothing is rejected."""
    noun = match.trigger
    if is_verb(noun) or noun.dep_ != "pobj" or match.scene.carrier is not None:
        return None
    part = noun.head.head
    if part.lemma_.lower() not in event_lexicon().modality["part_noun"] or part.dep_ != "dobj":
        return None
    verb = part.head
    words = event_lexicon().modality
    denies = words["deny"] | {"reject", "dismiss"}
    return verb if verb.lemma_.lower() in denies and not negated(verb) else None


def claimed_deed(match: Match) -> Token | None:
    """The verb as in "claimed responsibility for the attack": who claims it has done it."""
    noun = match.trigger
    if is_verb(noun) or match.scene.carrier is not None or match.frame.type is not EventType.ASSAULT:
        return None
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() == "claim" and is_verb(noun.head):
        return noun.head if not negated(noun.head) else None
    if noun.dep_ != "pobj" or noun.head.head.lemma_.lower() != "responsibility":
        return None
    verb = noun.head.head.head
    claims = is_verb(verb) and verb.lemma_.lower() in ("claim", "admit", "accept", "acknowledge")
    return verb if claims and not negated(verb) else None


def refusal(match: Match, reality: Reality, sides: Sides, parties: Parties) -> tuple[Match, Sides] | None:
    """As in "Borvia said it would not send aid": its own refusal, as a REJECT with its sides; None where it is none."""
    carrier = match.scene.carrier
    if carrier is None or not reality.told or not reality.negated or match.frame.type not in _REFUSABLE:
        return None
    if not modals(carrier) & _WILLING or reality.denier is not None or reality.alleged:
        return None
    doers = parties.of(match.scene.parsed, match.scene.subjects, agents_only=True)
    if not doers and sides.inferred:
        return replace(match, frame=replace(match.frame, type=EventType.REJECT)), sides
    if not doers:
        return None
    if reality.speech is not None:
        speakers = parties.of(match.scene.parsed, children(reality.speech, "nsubj"))
        if not parties.sides(speakers) & parties.sides(doers):
            return None
    others = tuple(one for one in (*sides.sources, *sides.targets) if one not in doers)
    refused = replace(match, frame=replace(match.frame, type=EventType.REJECT))
    return refused, replace(sides, sources=doers, targets=others)


def denied_by_rejection(match: Match) -> bool:
    """As in "rejected claims that it had attacked": the attack is denied, and no proposal rejected."""
    verb = match.trigger
    if verb.dep_ != "acl" or match.scene.carrier is not verb or not is_verb(verb.head.head):
        return False
    return reality_of(verb, verb).denier is not None


def refuses(match: Match) -> bool:
    """Whether it is a refusal, or told with "not"."""
    return match.frame.type is EventType.REJECT or (match.scene.carrier is not None and negated(match.scene.carrier))


def told_reality(match: Match, parties: Parties) -> tuple[Reality, Token | None]:
    """How real a deed is told to be; and the verb of who claims it, where somebody does."""
    asks_negation = any(step.place == "neg" for step in match.frame.needs)
    asks_modal = any(step.place == "will" for step in match.frame.needs)
    reality = reality_of(
        match.trigger,
        match.scene.carrier,
        ignore_negation=asks_negation,
        ignore_would=asks_modal or asks_negation,
        spoken=match.frame.type in SPOKEN,
    )
    if reality.denier is not None and match.frame.type in SPOKEN and match.trigger.dep_ == "conj":
        # "denies that it hid grain and accuses Cestria": the parser joins the wrong verbs
        reality = Reality()
    if standing_demand(match, parties):
        reality = Reality()
    if (denier := denied_deed(match)) is not None:
        reality = Reality(denier=denier, speech=denier, done=True)
    if (claimer := claimed_deed(match)) is not None:
        reality = Reality(speech=claimer, done=True)
    return reality, claimer
