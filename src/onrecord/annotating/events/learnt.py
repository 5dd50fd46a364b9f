"""What the network's event head adds to the frames: events that no frame tells, and parties that grammar does not find.

The lexicon is sure of what it knows and silent on the rest; the head has read some thousand sentences of public news
with their events marked, and knows a word by its neighbours. Where no frame fits, a word that the head is sure of gets
the open frame of its type (lemma "*" of the lexicon), which asks for nothing and looks for parties in the usual places.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from onrecord.annotating.attribution import Hint
from onrecord.annotating.events.completing import by_accident, somebody_suffers
from onrecord.annotating.events.frames import frames_of, match_open
from onrecord.annotating.events.grammar import is_verb, passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.settling import SPOKEN
from onrecord.annotating.events.sides import Sides
from onrecord.annotating.events.tree import DEEPEST
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import EventType, Modality

NEW: Final = 0.35
"""A word that the lexicon does not know tells an event where the head gives its type this chance or more.

Set on held-out texts (`benchmarks.events`) and on our own sentences: lower ones find more and are right less often.
"""
KNOWN: Final = 0.5
"""The same for a word that the lexicon knows with other types."""
OFFERED: Final = 0.6
"""The same for a word of promise, demand or threat that the lexicon knows with this type, in no clause of its own."""
UNFIT: Final = 0.65
"""The same for a word that it knows with this type, but not so: it has its reasons ("met with success")."""
NEVER: Final = 2.0
"""The same for what depends on the words in a clause ("warned that the river would rise")."""
OTHER: Final = 0.8
"""The head's type takes the place of that of a frame which asks for less than that,"""
SURELY: Final = 0.94
"""and of one which asks for little, from this chance on."""
LITTLE: Final = 2
"""The most that such a frame asks for (`Frame.specificity`)."""
NAMED: Final = 0.35
"""A party that no grammar told is taken from this chance on"""
PEOPLE_FROM: Final = 0.5
"""Who is only described ("observers", "villagers") is taken from this chance on."""
TRADES_FROM: Final = 0.8
"""Who is told by a trade that no list has ("the rector") is taken from this chance on."""
POINTING: Final = 0.4
"""where the word tells an event by this chance or more."""
TOLD: Final = 0.5
"""An event for whose type the parties found are not enough stands from this chance on."""
ALONE: Final = 0.8
"""An event of force or protest of which nobody is named stands from this one: "the attack", "those killed"."""
_NAMELESS: Final = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST})
AGAIN: Final = 0.2
"""What was told before ("the attack") is told again from this one."""
SURE: Final = 0.7
"""An event of which grammar knows nothing is told where the head gives its type this chance"""
HOW: Final = 0.6
"""and its modality this one."""
SHOWN: Final = 0.9
"""Who is this sure that a word is denied or depends on something takes it for an event, whatever its type."""
_SHOWN: Final = frozenset({Modality.DENIED, Modality.CONDITIONAL, Modality.ALLEGED})
ANY: Final = "*"
"""The lemma of open frames in the lexicon."""
CARRYING_TOKENS: Final = 6
"""How far behind a word the event stands that it only carries."""
CARRIED: Final = 0.4
"""A noun is the event that its verb only carries from this chance on."""
_BY_CLAUSE: Final = frozenset({EventType.AGREE, EventType.REQUEST, EventType.THREATEN})
_CLAUSES: Final = frozenset(
    {"to", "that", "that.base", "that.will", "that.must", "comp.own", "comp.subj.actor", "cond"}
)
_PREMODIFIERS: Final = frozenset({"compound", "amod", "det", "poss", "nummod", "nmod", "advmod", "quantmod", "case"})


def with_head(
    found: Match | None, hint: Hint | None, parsed: ParsedBlock, parties: Parties, token: Token
) -> Match | None:
    """The match at a token, by frame and head together; None where it tells no event."""
    if hint is None or (found is not None and found.frame.specificity > LITTLE):
        return found
    sure = hint.chance * hint.share
    if found is None:
        return _open(hint.type, sure, parsed, parties, token) if sure >= _least(token, hint) else None
    if hint.type is not found.frame.type and sure >= (OTHER if found.frame.specificity < LITTLE else SURELY):
        return replace(found, frame=replace(found.frame, type=hint.type), chance=sure)
    return found


def told_apart(matches: Iterable[Match], hints: Callable[[Token], Hint | None]) -> Iterator[Match]:
    """The matches without those that only carry another of their type: "issued a statement accusing"."""
    found = list(matches)
    for match in found:
        below = match.trigger.subtree if match.chance is not None else ()
        tokens = {token.i for token in below if 0 < token.i - match.trigger.i <= CARRYING_TOKENS}
        inside = (one for one in found if one.trigger.i in tokens and one.frame.type is match.frame.type)
        inside = (one for one in inside if is_verb(one.trigger) or _sure(hints(one.trigger)) >= CARRIED)
        if not any(_carried(one.trigger, match.trigger) for one in inside):
            yield match


def _sure(hint: Hint | None) -> float:
    return 0.0 if hint is None else hint.chance * hint.share


def _carried(told: Token, carrier: Token) -> bool:
    """Whether no clause that tells more stands between: not as in "held three soldiers captured near the town"."""
    node = told
    for _ in range(DEEPEST):
        if node.i == carrier.i:
            return True
        if (is_verb(node) and node.dep_ in ("advcl", "relcl", "pcomp")) or (node.dep_ == "acl" and node.tag_ == "VBN"):
            return False
        node = node.head
    return True


def with_pointed(match: Match, sides: Sides, hint: Hint | None, parties: Parties) -> Sides:
    """The sides, with those that the grammar did not find taken from where the head points."""
    met = match.frame.type is EventType.CONSULT and sides.distinct > 1
    if hint is None or hint.chance < POINTING or met or (sides.sources and sides.targets):
        return sides
    parsed = match.scene.parsed
    sources, targets = sides.sources, sides.targets
    if not sources:
        # what one passer-by says is no matter of state
        alone = match.frame.type in SPOKEN
        sources = tuple(one for one in _pointed(parsed, hint.source, parties, several=alone) if one not in targets)
    if not sources and hint.chance * hint.share >= ALONE:
        # grammar tells who does it by a word that no list has: "eleven states", "its partners"
        sources = _told(match, parties, several=match.frame.type in SPOKEN, beside=targets)
    if not targets:
        targets = _pointed(parsed, hint.target, parties)
    if match.frame.type is EventType.CONSULT:
        sources, targets = tuple(dict.fromkeys((*sources, *targets))), ()
        return replace(sides, sources=sources, distinct=max(sides.distinct, len(parties.sides(sources))))
    own = parties.sides(sources)
    targets = tuple(one for one in targets if one not in sources and not parties.sides([one]) & own)
    return replace(sides, sources=sources, targets=targets)


def _told(match: Match, parties: Parties, *, several: bool, beside: Sequence[str]) -> tuple[str, ...]:
    heads = [one for one in match.scene.subjects if one.pos_ == "NOUN" and (one.tag_ == "NNS" or not several)]
    parsed = match.scene.parsed
    found = parties.victims(parsed, heads) or tuple(e for one in heads for e in parties.acting_alone(parsed, one))
    return tuple(one for one in found if one not in beside)


def stands(hint: Hint | None, match: Match, sides: Sides, parties: Parties, *, nameless: bool) -> bool:
    """Whether an event stands for whose type the parties found are not enough, because the head is sure of it.

    Somebody must still have done or suffered it ("more people were released later"), and nobody's words are none, but
    for those that are told by whom they hit ("was charged with murder").
    """
    if hint is None or hint.type is not match.frame.type or hint.chance * hint.share < TOLD or by_accident(match):
        return False
    charged = match.frame.type is EventType.ACCUSE and passive(match.trigger) and sides.targets
    if match.frame.type in SPOKEN and not sides.sources and not charged:
        return False
    if match.scene.carrier is None:
        heading = match.trigger.dep_ == "ROOT"
    else:
        heading = not (match.scene.subjects or match.scene.objects)
    asked = hint.modality[0] is Modality.DEMANDED and hint.modality[1] >= SHOWN and _asked_for(match.trigger)
    nameless = (
        nameless and (match.frame.type in _NAMELESS or asked) and not heading and hint.chance * hint.share >= ALONE
    )
    return bool(sides.sources or sides.targets) or nameless or somebody_suffers(match, parties)


def agrees(hint: Hint | None, match: Match) -> bool:
    """Whether the head takes the word for an event of the match's type, however unsure."""
    return hint is not None and hint.type is match.frame.type and hint.chance * hint.share >= AGAIN


def as_told(hint: Hint | None, match: Match) -> Modality | None:
    """The head's modality of an event that no rule of grammar tells or denies; None where the head is not sure of both.

    The grammar knows what a word hangs on, and is careful where it knows too little ("anger against the strikes").
    """
    if hint is None or hint.type is not match.frame.type or hint.chance * hint.share < SURE or hint.modality[1] < HOW:
        return None
    return hint.modality[0]


def _least(token: Token, hint: Hint) -> float:
    known, kind = frames_of(token), hint.type
    if hint.modality[0] is Modality.DEMANDED and kind not in _BY_CLAUSE and _asked_for(token):
        return NEW
    if known and token.lemma_.lower() in event_lexicon().modality["put_off"]:
        # "postponed its talks": the lexicon knows it as what tells no event
        return NEVER
    if kind in (EventType.REJECT, EventType.ACCUSE) and token.lemma_.lower() in event_lexicon().modality["deny"]:
        # "denied any attack": the attack is denied, and nothing is refused
        return NEVER
    if hint.modality[0] in _SHOWN and hint.modality[1] >= SHOWN and kind not in _BY_CLAUSE:
        return NEW
    alike = [frame for frame in known if frame.type is kind]
    if alike and kind in _BY_CLAUSE:
        # "put forward a plan" says nothing of how else an offer may be put
        return NEVER if any(step.place in _CLAUSES for frame in alike for step in frame.needs) else OFFERED
    if alike:
        return UNFIT
    return KNOWN if known else NEW


def _asked_for(token: Token) -> bool:
    """As in "asked the senate to impeach": what a verb of wishing governs."""
    governed = token.dep_ in ("ccomp", "xcomp", "advcl") and is_verb(token.head)
    return governed and token.head.lemma_.lower() in event_lexicon().modality["wishing"]


def _open(kind: EventType, chance: float, parsed: ParsedBlock, parties: Parties, token: Token) -> Match | None:
    lexicon = event_lexicon()
    frames = (lexicon.verbs if is_verb(token) else lexicon.nouns)[ANY]
    frame = next((one for one in frames if one.type is kind), None)
    if frame is None:
        return None
    found = match_open(parsed, parties, token, replace(frame, lemma=token.lemma_.lower()))
    return replace(found, chance=chance)


def _pointed(
    parsed: ParsedBlock, place: tuple[int, float] | None, parties: Parties, *, several: bool = False
) -> tuple[str, ...]:
    if place is None or place[1] < NAMED:
        return ()
    at = place[0] - parsed.start
    tokens = parsed.doc.char_span(at, at + 1, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return ()
    token = tokens[0]
    while (token.dep_ in _PREMODIFIERS and token.head.i > token.i) or token.dep_ == "appos":
        # "the Northern Pact, an alliance": what only describes a name beside it is that name
        token = token.head
    named = parties.of(parsed, [token], describe=True)
    if named or place[1] < PEOPLE_FROM or (several and token.tag_ != "NNS"):
        return named
    described = parties.victims(parsed, [token])
    return described if described or place[1] < TRADES_FROM else parties.acting_alone(parsed, token)
