"""Whether an event is told as done, to come, conditional, denied or alleged, or not told as an event at all.

The decision climbs from the trigger to the top of its sentence. What stands in its way decides: auxiliaries, negation,
if-clauses, and the class of each verb or noun that governs the clause ("plans to", "denies", "thinks", "fears of").
What no list knows counts as not told: no event rather than a wrong one.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.annotating.events.conditions import eventuality, in_exchange, is_condition
from onrecord.annotating.events.grammar import (
    DEEPEST,
    gerund_object,
    headline_future,
    is_verb,
    measured,
    modals,
    negated,
    parenthesis,
    passive,
)
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.tree import children
from onrecord.model import Modality

_HYPOTHETICAL = frozenset({"may", "might", "could", "can", "ca", "should", "must", "ought"})
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_WOULD = frozenset({"would", "'d", "’d"})


@dataclass(frozen=True, slots=True)
class Reality:
    """How an event is told, as far as the climb has come.

    Attributes:
        told: False where it is not told as an event.
        unknown: nothing that is known tells it, and nothing speaks against it.
        would: "would" was seen and nothing yet that makes it the future of a past.
        speech: the verb of saying, accusing or denying that it is told under.
        denier: the verb or noun that denies it.
        condition: the verb of the if-clause that it hangs on.
        wanted: told as a term of what somebody proposes.
    """

    told: bool = True
    planned: bool = False
    would: bool = False
    negated: bool = False
    alleged: bool = False
    speech: Token | None = None
    denier: Token | None = None
    condition: Token | None = None
    wanted: bool = False
    done: bool = False
    unknown: bool = False

    def modality(self) -> Modality | None:
        """The value, or None for no event."""
        if not self.told:
            return None
        if self.denier is not None:
            return Modality.DENIED
        if self.negated or (self.would and self.condition is None):
            return None
        if self.wanted:
            return Modality.DEMANDED
        if self.condition is not None:
            return Modality.CONDITIONAL
        if self.alleged and (self.speech is not None or not self.planned):
            # a plan that is hearsay is a plan; one that somebody is accused of is an allegation
            return Modality.ALLEGED
        return Modality.PLANNED if self.planned else Modality.ACTUAL


_UNTOLD = Reality(told=False, done=True)
_UNKNOWN = Reality(told=False, done=True, unknown=True)


def reality_of(
    trigger: Token,
    carrier: Token | None,
    *,
    ignore_negation: bool = False,
    ignore_would: bool = False,
    spoken: bool = False,
) -> Reality:
    """Decide for one event.

    Args:
        trigger: the verb or noun that tells the event.
        carrier: the verb to start from (the trigger itself, or the light verb of a noun); None for a bare noun.
        ignore_negation: the trigger means the negative already ("would not back down").
        ignore_would: the trigger asks for its modal itself ("would face consequences").
        spoken: the trigger is an act of words, which is done whatever it depends on ("ruled out a deal unless").
    """
    state = Reality(speech=parenthesis(carrier) if carrier is not None else None)
    if carrier is not trigger:
        state = _noun_modifiers(trigger, state)
    elif _of_nothing(trigger):
        # "sent no aid", "threatens nobody", "shot at nothing"
        state = replace(state, negated=not ignore_negation)
    node = carrier if carrier is not None else trigger
    for depth in range(DEEPEST):
        if not state.told or state.done:
            break
        if is_verb(node) or node.pos_ == "ADJ":
            state = _own(
                node,
                state,
                skip_negation=ignore_negation and depth == 0,
                skip_modal=ignore_would and depth == 0,
                spoken=spoken and depth == 0,
            )
            state, up = _above_verb(node, state) if state.told and not state.done else (state, None)
        else:
            state, up = _above_noun(node, state)
        if up is None:
            break
        node = up
    return state


def _of_nothing(verb: Token) -> bool:
    if any(d.lower_ == "no" for o in children(verb, "dobj") for d in children(o, "det")):
        return True
    aims = [*children(verb, "dobj"), *(o for p in children(verb, "prep") for o in children(p, "pobj"))]
    return any(one.lower_ in ("nobody", "nothing") for one in aims)


def _words(name: str) -> frozenset[str]:
    return event_lexicon().modality[name]


def _own(verb: Token, state: Reality, *, skip_negation: bool, skip_modal: bool, spoken: bool = False) -> Reality:
    """What the verb's own auxiliaries, adverbs and subordinate clauses say."""
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in _words("unreal_mark") and not _hours_before(verb, child):
            return _UNTOLD
        if child.dep_ == "advmod" and child.lower_ in _words("unreal_adverb"):
            return _UNTOLD
        if child.dep_ in ("mark", "advmod") and child.lower_ in ("when", "once", "after") and _still_awaited(verb):
            return _UNTOLD
        if child.dep_ == "advmod" and child.lower_ in ("why", "how") and verb.dep_ == "ROOT":
            # the title "Why Borvia left"
            return _UNTOLD
        if child.dep_ == "advmod" and child.lower_ in _words("alleged_adverb"):
            state = replace(state, alleged=True)
        if child.dep_ == "advcl" and is_condition(child):
            state = replace(state, condition=child)
        if child.dep_ == "advmod" and child.lower_ == "long" and (until := children(child, "advcl")):
            # "as long as Spain agrees"
            state = replace(state, condition=until[0])
    if (chance := eventuality(verb)) is not None:
        state = replace(state, condition=chance)
    if any(c.lower_ in _words("alleged_adjective") for agent in _doers(verb) for c in children(agent, "amod")):
        # "killed by a suspected Borvian raid"
        state = replace(state, alleged=True)
    if any(c.lower_ in _words("anybody") for c in children(verb, "nsubj", "nsubjpass")) or (
        verb.dep_ == "relcl" and verb.head.lower_ in _words("anybody")
    ):
        # "anyone who attacks"
        return _UNTOLD
    auxiliaries = modals(verb)
    if verb.dep_ == "ROOT" and verb.tag_ == "VB" and not auxiliaries and not children(verb, "nsubj", "nsubjpass"):
        # "crack down on those who loot": an order
        return _UNTOLD
    if auxiliaries & _HYPOTHETICAL and not skip_modal:
        return _UNTOLD
    if not skip_negation and negated(verb):
        state = replace(state, negated=not state.negated)
    if skip_modal:
        return state
    if auxiliaries & _FUTURE:
        state = replace(state, planned=True)
    if auxiliaries & _WOULD:
        state = _by_terms(verb, replace(state, would=True))
    if auxiliaries & (_FUTURE | _WOULD) and state.condition is None and (price := in_exchange(verb)) is not None:
        state = replace(state, condition=price)
    if state.condition is not None and not (state.planned or state.would):
        # "attacks if provoked": a habit, not an event; "rejected a deal unless": said, whatever it depends on
        return replace(state, condition=None) if spoken and verb.tag_ != "VB" else _UNTOLD
    if "to" in auxiliaries and verb.dep_ == "ROOT":
        # a headline's future: "Borvia to send troops"
        state = replace(state, planned=True)
    return state


def _still_awaited(verb: Token) -> bool:
    """As in "will lift the siege when the army leaves": it has not left."""
    return verb.dep_ == "advcl" and verb.tag_ in ("VBZ", "VBP") and bool(modals(verb.head) & (_FUTURE | _WOULD))


def _hours_before(verb: Token, mark: Token) -> bool:
    """As in "hours before it ordered them out": told with how long after, it came about."""
    return mark.lower_ == "before" and verb.tag_ == "VBD" and any(c.i < mark.i for c in children(verb, "npadvmod"))


def _by_terms(verb: Token, state: Reality) -> Reality:
    """As in "under the deal it would pay" (to come), "under the plan" (wanted), "in return it would" (conditional)."""
    for preposition in children(verb, "prep"):
        words = {o.lemma_.lower() for o in children(preposition, "pobj")}
        if preposition.lower_ == "under" and words & _words("settled_terms"):
            return replace(state, planned=True, would=False)
        if preposition.lower_ == "under" and words & _words("wanted_terms"):
            return replace(state, wanted=True, would=False)
    return state


def _doers(verb: Token) -> list[Token]:
    return children(verb, "nsubj") + [o for agent in children(verb, "agent") for o in children(agent, "pobj")]


def _above_verb(verb: Token, state: Reality) -> tuple[Reality, Token | None]:
    head = verb.head
    if verb.dep_ == "conj":
        if not is_verb(head):
            return state, head if head.pos_ == "NOUN" else None
        return _coordinated(head, state)
    if (be := _cleft(verb)) is not None:
        return state, be
    if verb.dep_ in ("ccomp", "xcomp", "oprd", "csubj") or gerund_object(verb):
        return _governed(verb, head, state)
    if verb.dep_ == "pcomp":
        return _after_preposition(head, state)
    if headline_future(verb):
        return replace(state, planned=True, done=True), None
    claimed = any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)
    if verb.dep_ in ("acl", "relcl") and ("to" in modals(verb) or claimed):
        if claimed and (speech := _stated(head)) is not None:
            return replace(state, planned=state.planned or state.would, would=False, speech=speech, done=True), None
        return _under_noun(head, state), None
    if verb.dep_ == "advcl":
        return _adverbial(verb, head, state)
    return state, None


def _cleft(verb: Token) -> Token | None:
    """The "was" as in "it was not our army that fired"."""
    if verb.dep_ not in ("ccomp", "relcl"):
        return None
    be = verb.head.head if verb.head.dep_ == "attr" else verb.head
    it = be.lemma_ == "be" and children(be, "attr") and any(s.lower_ == "it" for s in children(be, "nsubj"))
    return be if it and any(s.lower_ in ("that", "who", "which") for s in children(verb, "nsubj")) else None


def _stated(noun: Token) -> Token | None:
    """The verb of saying as in "said in a statement that it had fired": the parser hangs the clause on the noun."""
    verb = noun.head.head
    if noun.dep_ != "pobj" or noun.lemma_.lower() not in _words("vessel") or not is_verb(verb):
        return None
    return verb if verb.lemma_.lower() in _words("pass") and not negated(verb) else None


def _coordinated(first: Token, state: Reality) -> tuple[Reality, Token | None]:
    """A coordinated verb stands under whatever governs the first one, but keeps its own tense."""
    if any(child.dep_ == "mark" and child.lower_ in _words("unreal_mark") for child in first.children):
        return _UNTOLD, None
    if first.dep_ == "conj" and is_verb(first.head):
        return state, None
    return _above_verb(first, state)


def _governed(verb: Token, head: Token, state: Reality) -> tuple[Reality, Token | None]:
    """Under a verb or adjective with a that-clause or infinitive."""
    lemma = head.lemma_.lower()
    if head.pos_ == "NOUN":
        return _under_noun(head, state), None
    if verb.i < head.i and any(token.text == ";" for token in verb.doc[verb.i : head.i]):
        # "has promised money; an official denied that it was little": two sentences
        return state, None
    if any(token.tag_ in ("WDT", "WP") for s in children(verb, "nsubjpass") for token in s.subtree):
        # "asked for money, a fifth of which has been pledged": a relative clause, whatever the parser hangs it on
        return state, None
    future_of_past = replace(state, planned=state.planned or state.would, would=False)
    if lemma in _words("deny"):
        return (replace(state, denier=head, speech=head, done=True) if not negated(head) else _UNTOLD), None
    if lemma in _words("allege"):
        return replace(state, alleged=True, speech=head, done=True), None
    if lemma in _words("hearsay") and passive(head) and "to" in modals(verb):
        # "are said to have left"
        return (_UNTOLD if negated(head) else replace(state, alleged=True, speech=head, done=True)), None
    if lemma == "expect" and passive(head):
        return replace(state, planned=True), head
    if lemma == "be" and verb.dep_ == "xcomp" and "to" in modals(verb) and "have" not in modals(verb):
        # "are to meet"
        return replace(state, planned=True), head
    if lemma == "go" and head.tag_ == "VBG":
        return replace(state, planned=True), head
    if lemma in _words("implicative") or (lemma in _words("travel") and verb.dep_ != "ccomp"):
        return state, head
    if lemma in _words("plan"):
        return replace(future_of_past, planned=True), head if head.pos_ != "ADJ" else head.head
    if lemma in _words("pass") and (verb.dep_ == "ccomp" or verb.tag_ == "VBG"):
        tale = any(s.lemma_.lower() in _words("fiction") for s in children(head, "nsubj"))
        unsure = tale or negated(head) or modals(head) & _HYPOTHETICAL
        return (_UNTOLD if unsure else replace(future_of_past, speech=head, done=True)), None
    return _UNTOLD, None


def _adverbial(verb: Token, head: Token, state: Reality) -> tuple[Reality, Token | None]:
    if (
        head.lemma_ == "be"
        and verb.tag_ == "VB"
        and any(c.lower_ in _words("awaited") for c in children(head, "acomp"))
    ):
        # "is due to free the prisoners": the parser hangs it on "is"
        return (_UNTOLD if negated(head) else replace(state, planned=True)), head
    if "to" in modals(verb):
        lemma = head.lemma_.lower()
        if lemma in _words("plan"):
            return replace(state, planned=True), head
        return (state, head) if lemma in _words("travel") | _words("voicing") else (_UNTOLD, None)
    if not children(verb, "mark", "nsubj", "nsubjpass") and verb.tag_ == "VBG" and is_verb(head):
        return state, head
    if any(c.lower_ == "after" for c in children(verb, "mark")) and _long_ago(verb):
        return _UNTOLD, None
    return state, None


def _long_ago(verb: Token) -> bool:
    """As in "eighty years after they attacked": history, not news."""
    return any(c.lemma_.lower() in ("year", "decade", "century") for c in children(verb, "npadvmod", "advmod"))


def _after_preposition(preposition: Token, state: Reality) -> tuple[Reality, Token | None]:
    """As in "of bombing", "by deploying", "after invading", "without attacking"."""
    governor, word = preposition.head, preposition.lower_
    lemma = governor.lemma_.lower()
    if word in ("without", "instead", "rather", "against", "before", "toward", "towards", "than"):
        return _UNTOLD, None
    accuser = governor.head if governor.dep_ == "dobj" else governor
    if accuser is not governor and accuser.lemma_.lower() in _words("allege") and word in ("of", "for", "over"):
        return replace(state, alleged=True, speech=accuser, done=True), None
    if governor.pos_ == "NOUN" and word in ("of", "for", "about", "to", "on"):
        return _under_noun(governor, state), None
    if governor.pos_ == "NOUN" and lemma in event_lexicon().classes["talk"] and word in ("over", "on"):
        # "talks over sending a team": it is still talked about
        return _UNTOLD, None
    if lemma in _words("allege"):
        return replace(state, alleged=True, speech=governor, done=True), None
    if lemma in _words("deny"):
        return replace(state, denier=governor, speech=governor, done=True), None
    if word == "by" and is_verb(governor):
        return state, governor
    if lemma in _words("unreal") or word not in _words("factive_prep"):
        return _UNTOLD, None
    return replace(state, done=True), None


def _under_noun(noun: Token, state: Reality) -> Reality:
    """Under a noun with an infinitive, a that-clause or "of": intention, fear, accusation."""
    lemma = noun.lemma_.lower()
    denied = any(child.lower_ == "no" for child in noun.children)
    governor = noun.head
    if is_verb(governor) and noun.dep_ in ("dobj", "attr"):
        denied = denied or negated(governor)
    if lemma in event_lexicon().classes["intention"] and denied:
        carrier = governor if is_verb(governor) else noun
        return replace(state, denier=noun, speech=carrier, done=True)
    if denied:
        return _UNTOLD
    if lemma in _words("allege_noun") or lemma in event_lexicon().classes["claim"]:
        if is_verb(governor) and _denied_by(governor):
            return _UNTOLD if negated(governor) else replace(state, denier=governor, speech=governor, done=True)
        return _UNTOLD if lemma in ("rumour", "rumor", "speculation") else replace(state, alleged=True, done=True)
    if lemma in _words("plan_noun"):
        if is_verb(governor) and governor.lemma_.lower() in _words("deny") and noun.dep_ == "dobj":
            return replace(state, denier=governor, speech=governor, done=True)
        if is_verb(governor) and governor.lemma_.lower() in _words("calm_verb"):
            return _UNTOLD
        return replace(state, planned=True, would=False, done=True)
    return _UNTOLD


def _denied_by(verb: Token) -> bool:
    """As in "dismissed reports that", "reports that ... were false"."""
    said = {c.lemma_.lower() for c in children(verb, "acomp", "attr", "oprd", "xcomp")}
    if said & event_lexicon().classes["negative"]:
        # "reports that ... were false", "called the claim that ... absurd"
        return True
    return verb.lemma_.lower() in _words("deny") | _words("rebuff")


def _noun_modifiers(noun: Token, state: Reality) -> Reality:
    for child in noun.children:
        lower = child.lower_
        if child.dep_ == "det" and lower in ("no", "any") and not (lower == "any" and _denied(noun)):
            return _UNTOLD
        if child.dep_ not in ("amod", "compound", "advmod"):
            continue
        if lower in _words("unreal_adjective"):
            return _UNTOLD
        if lower in _words("planned_adjective"):
            state = replace(state, planned=True)
        if lower in _words("alleged_adjective"):
            state = replace(state, alleged=True)
    return state


def _denied(noun: Token) -> bool:
    """As in "denied any attack", "denied that any meeting took place"."""
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.dep_ == "ccomp":
        verb = verb.head
    elif noun.dep_ != "dobj":
        return False
    return verb.lemma_.lower() in _words("deny")


def _above_noun(noun: Token, state: Reality) -> tuple[Reality, Token | None]:
    """A noun that no light verb carries."""
    head = noun.head
    if noun.dep_ == "conj":
        return state, head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return _as_subject(noun, head, state)
    if noun.dep_ == "dobj" and is_verb(head):
        lemma = head.lemma_.lower()
        if lemma in _words("deny"):
            return replace(state, denier=head, speech=head, done=True), None
        if lemma in _words("readying"):
            return replace(state, planned=True), head
        return (_UNTOLD, None) if lemma in _words("calm_verb") else (state, head)
    if noun.dep_ == "pobj":
        return _as_prepositional(noun, head, state)
    if noun.dep_ == "attr" and is_verb(head):
        return state, head
    if noun.dep_ == "ROOT":
        return replace(state, done=True), None
    return _UNKNOWN, None


def _as_subject(noun: Token, verb: Token, state: Reality) -> tuple[Reality, Token | None]:
    lemma = verb.lemma_.lower()
    if passive(verb) and noun.dep_ == "nsubjpass" and lemma in ("plan", "schedule", "expect"):
        return replace(state, planned=True), None
    if lemma == "be" and any(c.lower_ in _words("awaited") for c in children(verb, "acomp", "attr")):
        # "talks are due to resume"
        return (_UNTOLD if negated(verb) else replace(state, planned=True)), None
    if lemma == "be" and any(c.lower_ in _words("unsure_adjective") for c in children(verb, "acomp")):
        return _UNTOLD, None
    if (lemma in _words("calm_verb") and passive(verb)) or lemma in ("seem", "appear", "loom", "remain"):
        return _UNTOLD, None
    if modals(verb) & (_HYPOTHETICAL | _WOULD) or negated(verb):
        return _UNTOLD, None
    if modals(verb) & _FUTURE and lemma not in (
        "begin",
        "start",
        "resume",
        "open",
        "take",
        "be",
        "last",
        "go",
        "continue",
    ):
        return _UNTOLD, None
    return state, verb


def _as_prepositional(noun: Token, preposition: Token, state: Reality) -> tuple[Reality, Token | None]:
    governor, word = preposition.head, preposition.lower_
    lemma = governor.lemma_.lower()
    if (whole := measured(noun)) is not noun:
        return state, whole
    if word == "for" and is_verb(governor) and lemma in _words("travel") | {"expect", "schedule"}:
        awaited = lemma in ("expect", "schedule")
        return replace(state, planned=state.planned or awaited, done=awaited), None if awaited else governor
    if word == "for" and lemma == "provide" and is_verb(governor):
        # "the accord provides for a withdrawal": to come, by what was settled
        terms = {s.lemma_.lower() for s in children(governor, "nsubj")} & _words("settled_terms")
        return (replace(state, planned=True, done=True) if terms else _UNTOLD), None
    if word == "for" and is_verb(governor) and lemma in _words("answering"):
        return replace(state, done=True), None
    if is_verb(governor) and lemma in _words("allege") and word in ("of", "with", "for"):
        return replace(state, alleged=True, speech=governor, done=True), None
    if word in _words("factive_prep") and not (governor.pos_ == "NOUN" and lemma in _words("unreal_noun")):
        return replace(state, done=True), None
    if is_verb(governor):
        if lemma in _words("allege"):
            return replace(state, alleged=True, speech=governor, done=True), None
        return (replace(state, planned=True), governor) if lemma == "prepare" else (_UNTOLD, None)
    if lemma in _words("plan_noun") | _words("allege_noun") | event_lexicon().classes["claim"]:
        return _under_noun(governor, state), None
    if word == "of" and lemma in _words("stretch"):
        # "at the end of seven hours of talks", "on the sidelines of the summit"
        return state, governor
    definite = any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "these")) for c in noun.children
    )
    if word == "of" and definite and lemma not in _words("unreal_noun"):
        return replace(state, done=True), None
    return _UNKNOWN, None
