"""Conditions that are demands: what somebody must do before another gives, signs or leaves off what was announced.

"Would lift the ban if Borvia freed the crew", "will not sign until it withdraws", "will strike unless it pays": the
clause tells what is wanted, though no verb of demanding does. A condition that nobody could meet ("if the truce holds",
"if it is attacked") is none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range
from onrecord.annotating.events.grammar import is_verb, logical_subjects, modals, negated, passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import children
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import EventType

#: What is given in return for something.
_GIVEN = frozenset(
    {
        EventType.AGREE,
        EventType.CONCEDE,
        EventType.COOPERATE,
        EventType.AID,
        EventType.SUPPORT,
        EventType.RETREAT,
        EventType.CONSULT,
    }
)
_HARM = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.THREATEN, EventType.MOBILIZE, EventType.ACCUSE})
_WILL = frozenset({"will", "would", "wo", "'ll", "’ll", "'d", "’d", "shall", "to", "can", "could", "ca"})
_PROVISO = frozenset({"provided", "providing"})
_WHEN = frozenset({"if", "when", "once", "after"})
#: Words without one of which no condition is told.
_OPENING = _WHEN | _PROVISO | {"unless", "until", "long", "condition"}
#: A clause of more tokens than this is a parser's error.
_LONGEST = 40
#: How far the verb that a proviso belongs to is looked for above it.
_UP = 4


@dataclass(frozen=True, slots=True)
class Term:
    """A condition that is a demand.

    Attributes:
        verb: of the clause.
        words: the clause with the word that makes it a condition.
        sources: who sets it.
        targets: who must meet it, where that is told.
    """

    verb: Token
    words: Range
    sources: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A condition: its first word, its verb, the verb of what depends on it, and how it depends."""

    first: Token
    verb: Token
    deed: Token
    kind: str


def terms_of(parsed: ParsedBlock, parties: Parties, tokens: Sequence[Token], matches: Sequence[Match]) -> list[Term]:
    """The conditions of a sentence that are demands, in text order."""
    clauses = list(_clauses(tokens))
    if not clauses:
        return []
    types = {match.trigger.i: match.frame.type for match in matches}
    found = (_term(parsed, parties, one, types) for one in clauses)
    return [one for one in found if one is not None]


def _clauses(tokens: Sequence[Token]) -> Iterator[_Clause]:
    for token in tokens:
        word = token.lower_
        if word not in _OPENING:
            continue
        before, after = _near(token, -1), _near(token, 1)
        if word in ("if", "unless", "until") and token.dep_ == "mark" and before not in ("only", "even", "as"):
            yield from _clause(token, token.head, token.head.head, word)
        elif word in _WHEN and before == "only" and token.dep_ in ("mark", "advmod"):
            yield from _clause(token.nbor(-1), token.head, token.head.head, "only")
        elif word in _PROVISO:
            verb = next(iter(children(token, "ccomp", "pcomp")), None)
            if verb is None and after == "that":
                verb = token.nbor(1).head
            if verb is not None and verb.i > token.i:
                yield from _clause(token, verb, token.head, "only")
        elif word == "long" and before in ("as", "so") and after == "as":
            verb = token.nbor(1).head
            if verb.i > token.i:
                yield from _clause(token.nbor(-1), verb, verb.head if verb.head.i < token.i else token.head, "only")
        elif word == "condition" and before == "on":
            for verb in children(token, "acl", "relcl", "ccomp")[:1]:
                yield from _clause(token.nbor(-1), verb, token.head.head, "only")


def _near(token: Token, step: int) -> str:
    at = token.i + step
    return str(token.doc[at].lower_) if 0 <= at < len(token.doc) else ""


def _clause(first: Token, verb: Token, above: Token, kind: str) -> Iterator[_Clause]:
    deed = above
    for _ in range(_UP):
        if is_verb(deed) and deed.i != verb.i:
            break
        deed = deed.head
    if is_verb(verb) and is_verb(deed) and deed.i != verb.i and abs(verb.i - first.i) <= _LONGEST:
        yield _Clause(first, verb, deed, kind)


def _term(parsed: ParsedBlock, parties: Parties, one: _Clause, types: Mapping[int, EventType]) -> Term | None:
    if not _could_be_met(one.verb, types) or not _bargains(one, types):
        return None
    sources = _setting(parsed, parties, one.deed)
    if not sources:
        return None
    doers = logical_subjects(one.verb)
    targets = parties.of(parsed, doers, describe=True)
    if parties.sides(targets) & parties.sides(sources) or set(targets) & set(sources):
        return None
    # "unless the wages are paid" asks whoever can pay them; "if talks yield nothing" asks nobody
    if not targets and not (passive(one.verb) and children(one.verb, "nsubjpass")):
        return None
    end = min(max(one.verb.i, one.verb.right_edge.i), one.first.i + _LONGEST)
    while end > one.verb.i and (one.verb.doc[end].is_punct or one.verb.doc[end].is_space):
        end -= 1
    return Term(one.verb, (one.first.i, end), sources, targets)


def _could_be_met(verb: Token, types: Mapping[int, EventType]) -> bool:
    """Whether the clause tells a deed that somebody could be asked for."""
    words = event_lexicon().modality
    lemma = verb.lemma_.lower()
    if (
        verb.pos_ != "VERB"
        or lemma in words["no_term"]
        or (lemma in ("be", "have", "do") and not children(verb, "dobj"))
    ):
        return False
    return negated(verb) or types.get(verb.i) not in _HARM


def _bargains(one: _Clause, types: Mapping[int, EventType]) -> bool:
    """Whether what depends on the clause is something held back, offered or threatened for its sake."""
    deed, words = one.deed, event_lexicon().modality
    above = deed.head if deed.dep_ in ("xcomp", "ccomp", "acl", "advcl") else deed
    if deed.lemma_ == "have" or above.lemma_ == "have":
        # "would have to close if taxes rose": who has no choice asks for nothing
        return False
    lemmas = {deed.lemma_.lower(), above.lemma_.lower(), *(c.lemma_.lower() for c in children(deed, "acomp", "attr"))}
    lemmas |= {"warn" for c in children(deed, "dobj") if c.lower_ in ("warning", "warnings", "threat", "notice")}
    refuses = negated(deed) or bool(lemmas & words["holding_back"])
    if one.kind == "until":
        return refuses and not passive(deed)
    open_yet = bool(modals(deed) & _WILL) or bool(
        lemmas & (words["giving"] | words["announcing"] | words["holding_back"])
    )
    if one.kind == "unless":
        return open_yet or refuses
    if negated(deed) and one.kind != "only":
        return False
    threatens = EventType.THREATEN in (types.get(deed.i), types.get(above.i)) or bool(lemmas & words["announcing"])
    gives = types.get(deed.i) in _GIVEN or types.get(above.i) in _GIVEN or bool(lemmas & words["giving"])
    gives = gives and not threatens
    if one.kind == "only":
        return open_yet and not negated(deed)
    if negated(one.verb) and not gives:
        # "will strike if they do not leave"
        return open_yet and bool(children(one.verb, "nsubj")) and children(one.verb, "nsubj")[0].pos_ != "PRON"
    return gives and open_yet


def _setting(parsed: ParsedBlock, parties: Parties, deed: Token) -> tuple[str, ...]:
    """Who sets a condition: who would do what depends on it, on their own word or the reporter's."""
    speech = _speech(deed)
    speakers = [] if speech is None else logical_subjects(speech)
    said_by = parties.of(parsed, speakers)
    # "a trade war would follow if Borvia struck back": a war sets no condition, whosever it is
    own = parties.of(parsed, logical_subjects(deed), agents_only=True, describe=True)
    if not own:
        # "the border would stay shut until it apologised, Borvia said"
        return said_by or parties.of(parsed, speakers, describe=True)
    strange = bool(said_by) and not (parties.sides(said_by) & parties.sides(own) or set(said_by) & set(own))
    if strange or any(one.lemma_.lower() in event_lexicon().modality["onlooker"] for one in speakers):
        # what somebody else thinks that they wait for
        return ()
    return tuple(dict.fromkeys((*said_by, *own)))


def _speech(deed: Token) -> Token | None:
    """The verb of saying that a deed stands under."""
    node = deed
    for _ in range(_UP):
        if node.dep_ == "ccomp" and node.head.lemma_.lower() in event_lexicon().modality["pass"]:
            return node.head
        if node.dep_ not in ("xcomp", "ccomp", "conj", "acomp", "advcl") or node.head.i == node.i:
            return None
        node = node.head
    return None
