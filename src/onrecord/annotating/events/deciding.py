"""The modality of an event where its words alone do not settle it: who tells it, and what the network's head thinks.

Grammar sees negation and conditions and is careful: what hangs on a word that it does not know counts as not told. The
head has read some thousand events with their modality, and knows "wanted", "denied" and "conditional" by the words
around, but not "may", "thinks" and "no". So neither overrules the other: the head decides only where grammar has seen a
sign of the same thing (a negation, an "unless", a verb of wishing) and could not place it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from onrecord.annotating.attribution import Hint
from onrecord.annotating.events.grammar import is_verb, logical_subjects, modals, negated
from onrecord.annotating.events.learnt import as_told
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.recalling import Recall
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.sides import Sides
from onrecord.annotating.events.tree import DEEPEST, children, names_land
from onrecord.model import EventType, Modality

#: Types whose denial by the one who would have done it is worth an event.
_DENIABLE: Final = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE, EventType.CONSULT, EventType.AID}
)
#: Types of deeds that the other side tells in its own way.
_HOSTILE: Final = frozenset({EventType.ASSAULT, EventType.COERCE})
#: The head's modality counts from this chance on, with a sign in the grammar.
_LIKELY: Final = 0.5
_OWN: Final = frozenset("we i it they he she our my its their his her".split())
_IF: Final = frozenset("if unless provided providing once until exchange return when".split())
_WILL: Final = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall", "wo"})


@dataclass(frozen=True, slots=True)
class Hearing:
    """What else is known of who tells an event.

    Attributes:
        parties: finds entities.
        recall: what was told before.
        speakers: of the statement that it stands in.
        hint: what the head says of its word.
    """

    parties: Parties
    recall: Recall
    speakers: Sequence[str]
    hint: Hint | None

    def thinks(self, modality: Modality) -> bool:
        """Whether the head takes the event for one of this modality."""
        return self.hint is not None and self.hint.modality[0] is modality and self.hint.modality[1] >= _LIKELY


def decided(
    modality: Modality | None, match: Match, reality: Reality, sides: Sides, hearing: Hearing
) -> Modality | None:
    """The modality, None for no event.

    Args:
        modality: by the words that the event hangs on.
        match: what tells the event.
        reality: how it is told.
        sides: its parties.
        hearing: who tells it, and what the head says.
    """
    if modality is Modality.ACTUAL and _told_by_opponent(match, reality, sides, hearing):
        return Modality.ALLEGED
    if modality in (None, Modality.PLANNED) and hearing.thinks(Modality.CONDITIONAL) and _depends(match, reality):
        return Modality.CONDITIONAL
    if modality is Modality.PLANNED and hearing.thinks(Modality.DEMANDED) and _wished(match):
        # "expects Borvia to hand over the files"
        return Modality.DEMANDED
    if modality is not None:
        return modality
    if reality.told and reality.negated and _own_denial(match, reality, sides, hearing):
        return Modality.DENIED
    if not reality.told and hearing.thinks(Modality.DEMANDED) and _wished(match):
        return Modality.DEMANDED
    return as_told(hearing.hint, match) if reality.unknown else None


def _told_by_opponent(match: Match, reality: Reality, sides: Sides, hearing: Hearing) -> bool:
    """As in "Cestria said Borvia had shelled it": a deed of force that the other side tells of is an allegation."""
    if match.frame.type not in _HOSTILE:
        return False
    said_by = [] if reality.speech is None else logical_subjects(reality.speech)
    if any(one.lemma_.lower() in event_lexicon().modality["opponent"] for one in said_by):
        return True
    if _of_its_own(match, said_by):
        return True
    if not sides.sources:
        return False
    parties = hearing.parties
    told_by = parties.of(match.scene.parsed, said_by) or parties.with_states(hearing.speakers)
    telling, doing = parties.sides(told_by), parties.sides(sides.sources)
    if not telling or telling & doing:
        return False
    return bool(telling & parties.sides(sides.targets)) or hearing.recall.opposed(telling, doing)


def _of_its_own(match: Match, said_by: Sequence[Token]) -> bool:
    """As in "Cestria said Borvian guns had shelled a Cestrian village", of lands that no list has, and "its port"."""
    lands = [one.lower_[:-1] for one in said_by if names_land(one)]
    doers = [token for one in match.scene.subjects for token in one.subtree]
    if not lands or not doers or any(d.lower_.startswith(tuple(lands)) or d.lower_ in _OWN for d in doers):
        return False
    hit = [token for one in match.scene.objects for token in one.subtree]
    return any(token.lower_.startswith(tuple(lands)) or token.lower_ in ("its", "their", "our") for token in hit)


def _depends(match: Match, reality: Reality) -> bool:
    """Whether "will" or "would" and a word of condition stand in one clause with the event, or right above it."""
    verb = match.scene.carrier
    if verb is None or reality.negated or (reality.done and reality.denier is not None) or not modals(verb) & _WILL:
        return False
    near: list[Token] = []
    node = verb
    for _ in range(DEEPEST):
        near += [c for c in children(node, "advcl", "prep", "ccomp", "conj") if c is not verb]
        if node.dep_ not in ("ccomp", "xcomp", "conj") or not is_verb(node.head):
            break
        node = node.head
    marks = [m for one in near for m in (one, *children(one, "mark", "advmod", "pobj"))]
    return any(mark.lower_ in _IF for mark in marks)


def _own_denial(match: Match, reality: Reality, sides: Sides, hearing: Hearing) -> bool:
    """As in "Borvia said it had not attacked": a denial where the speaker is the one who would have done it."""
    surely = hearing.thinks(Modality.DENIED)
    if not surely and (match.frame.type not in _DENIABLE or not sides.sources):
        return False
    if reality.speech is None:
        return surely and any(one.lower_ in ("we", "i") for one in match.scene.subjects)
    speaking, parties = logical_subjects(reality.speech), hearing.parties
    shared = parties.sides(parties.of(match.scene.parsed, speaking)) & parties.sides(sides.sources)
    return bool(shared) or (surely and _same_side(speaking, match.scene.subjects))


def _same_side(speaking: Iterable[Token], doing: Iterable[Token]) -> bool:
    """As in "the leader said his men had not", "the spokesman said Borvia had not"."""
    doers = list(doing)
    near = [t for one in doers for t in (one, *children(one, "poss"), *_cleft_attribute(one))]
    if any(one.lower_ in _OWN for one in near):
        return True
    if any(c.lower_ in _OWN for s in speaking for c in children(s, "poss")):
        # "neither side has fired, their generals said"
        return True
    offices = event_lexicon().modality["spokesperson"]
    spoken = [s for s in speaking if s.pos_ == "NOUN" and s.lemma_.lower() in offices]
    return any(not children(s, "amod", "poss", "compound", "prep", "appos") for s in spoken)


def _cleft_attribute(doer: Token) -> list[Token]:
    """The possessor as in "it was not our army that fired"."""
    attributes = children(doer.head.head, "attr") if doer.lower_ in ("that", "who", "which") else []
    return [c for one in attributes for c in children(one, "poss")]


def _wished(match: Match) -> bool:
    """As in "want the army to leave", "will not sign until they leave": of somebody else, and not yet done."""
    verb = match.scene.carrier
    if verb is None or negated(verb):
        return False
    head = verb.head
    if verb.dep_ == "advcl" and any(m.lower_ in ("until", "unless") for m in children(verb, "mark")):
        return negated(head) and bool(modals(head) & _WILL)
    wishing = event_lexicon().modality["wishing"]
    if head.lemma_ == "like" and modals(head) & _WILL:
        wishing = wishing | {"like"}
    governed = verb.dep_ in ("ccomp", "xcomp", "advcl") and is_verb(head) and head.lemma_.lower() in wishing
    if not governed or negated(head) or modals(head) & {"may", "might", "could", "can", "should"}:
        return False
    asked = [one for one in match.scene.subjects if one not in logical_subjects(head)]
    return bool(asked)
