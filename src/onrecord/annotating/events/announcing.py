"""Announcements that bind who makes them: "the road would be reopened by Friday, the ministry said".

No verb of promising tells them. What makes one is a body or state that speaks, a deed of its own or of nobody else's,
and a day: "said it would finish the repairs by Friday", "the results would be published by 20 March". What others will
do, what befalls people, and what is only expected bind nobody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range
from onrecord.annotating.events.conditions import condition_under
from onrecord.annotating.events.frames import Match, speaks_of_own
from onrecord.annotating.events.grammar import is_verb, logical_subjects, modals, negated, passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.tree import children
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import ActorKind, EventType

_WILL = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall"})
#: Adjectives of a state that somebody brings about: "would be open from Saturday".
_BROUGHT = frozenset("open ready available free complete operational accessible".split())
#: What a road, an office or a service does that somebody runs.
_RUNS = frozenset("reopen open resume continue".split())
_GIVEN = frozenset(
    {EventType.AGREE, EventType.CONCEDE, EventType.COOPERATE, EventType.AID, EventType.SUPPORT, EventType.RETREAT}
)
_BODIES = frozenset({ActorKind.STATE, ActorKind.ORGANISATION})
#: A clause of more tokens than this is a parser's error.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Announcement:
    """A deed to come that its announcer is bound by.

    Attributes:
        verb: of the deed.
        words: its clause.
        sources: who announced it.
        targets: to whom, where that is told.
    """

    verb: Token
    words: Range
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def announcements(
    parsed: ParsedBlock,
    parties: Parties,
    tokens: Sequence[Token],
    matches: Sequence[Match],
    days: Sequence[tuple[Token, bool]],
) -> list[Announcement]:
    """The announcements of a sentence, in text order.

    Args:
        parsed: the block of the sentence.
        parties: finds entities.
        tokens: of the sentence.
        matches: what the lexicon found in it; what a frame tells is left to it.
        days: the token of each day to come, and whether it is told as a deadline ("by Friday").
    """
    if not days:
        return []
    told = {match.trigger.i: match.frame.type for match in matches}
    found: list[Announcement] = []
    for speech in tokens:
        announces = is_verb(speech) and speech.lemma_.lower() in event_lexicon().modality["announce"]
        if not announces or speech.i in told or negated(speech):
            continue
        for clause in _clauses(speech):
            one = _announced(parsed, parties, speech, clause, told, days)
            if one is not None:
                found.append(one)
    return found


def _clauses(speech: Token) -> Iterator[Token]:
    for first in children(speech, "ccomp"):
        yield first
        yield from (c for c in children(first, "conj") if is_verb(c) and children(c, "nsubj", "nsubjpass"))


def _announced(
    parsed: ParsedBlock,
    parties: Parties,
    speech: Token,
    clause: Token,
    told: Mapping[int, EventType],
    days: Sequence[tuple[Token, bool]],
) -> Announcement | None:
    near = min(clause.left_edge.i, clause.i), min(clause.right_edge.i, clause.i + _LONGEST)
    inside = [deadline for token, deadline in days if near[0] <= token.i <= near[1]]
    inner = {told[c.i] for c in (clause, *children(clause, "xcomp", "conj")) if c.i in told}
    if not inside or negated(clause) or condition_under(clause) is not None:
        return None
    if inner - (_GIVEN if _done_to(clause) else frozenset()):
        # a frame tells it; "would be reopened" names nobody who reopens it, so that no event comes of its frame
        return None
    words = event_lexicon()
    lemma = clause.lemma_.lower()
    if lemma in words.modality["unbidden"] or lemma in words.classes["hostile_act"]:
        return None
    if not (any(inside) or lemma in words.classes["promised_deed"] or _brought(clause)):
        return None
    speakers = parties.of(parsed, logical_subjects(speech), describe=True)
    if not parties.kinds(speakers) & _BODIES or not _own_deed(parsed, parties, speakers, clause):
        return None
    end = near[1]
    while end > clause.i and (clause.doc[end].is_punct or clause.doc[end].is_space):
        end -= 1
    hearers = parties.of(parsed, children(speech, "dobj", "dative"))
    own = parties.sides(speakers)
    return Announcement(
        clause, (near[0], end), speakers, tuple(one for one in hearers if not parties.sides([one]) & own)
    )


def _done_to(clause: Token) -> bool:
    # "reopened by Friday": the parser takes the day for who does it
    doers = [o for agent in children(clause, "agent") for o in children(agent, "pobj")]
    named = any(one.ent_type_ not in ("DATE", "TIME") and not one.lower_.endswith("day") for one in doers)
    return passive(clause) and bool(children(clause, "nsubjpass")) and not named


def _brought(clause: Token) -> bool:
    return clause.lemma_ == "be" and any(c.lower_ in _BROUGHT for c in children(clause, "acomp"))


def _own_deed(parsed: ParsedBlock, parties: Parties, speakers: tuple[str, ...], clause: Token) -> bool:
    """Whether a deed to come is the speaker's own, or of a thing that nobody else is told to have in hand."""
    subjects = children(clause, "nsubj", "nsubjpass")
    auxiliaries = modals(clause)
    done_to = _done_to(clause)
    if not subjects or not (auxiliaries & _WILL or (done_to and "must" in auxiliaries)):
        return False
    if any(parties.person(parsed, one) or one.lemma_.lower() in event_lexicon().classes["talk"] for one in subjects):
        return False
    doers = parties.of(parsed, subjects)
    if not done_to and not _brought(clause):
        same = bool(parties.sides(doers) & parties.sides(speakers)) or any(speaks_of_own(one) for one in subjects)
        return same or (not doers and clause.lemma_.lower() in _RUNS)
    return not doers or bool(parties.sides(doers) & parties.sides(speakers)) or subjects[0].pos_ == "NOUN"
