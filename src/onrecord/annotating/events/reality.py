"""Whether an event is told as done, to come, conditional, denied or alleged, or not told as an event at all.

The decision climbs from the trigger to the top of its sentence. What stands in its way decides: auxiliaries, negation,
if-clauses, and the class of each verb or noun that governs the clause ("plans to", "denies", "thinks", "fears of").
What no list knows counts as not told: no event rather than a wrong one.
"""

from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotating.events.conditions import eventuality, in_exchange, is_condition
from onrecord.annotating.events.grammar import (
    gerund_object,
    headline_future,
    is_verb,
    modals,
    negated,
    parenthesis,
    passive,
)
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.realities import FUTURE, HYPOTHETICAL, UNKNOWN, UNTOLD, WOULD, Reality, words
from onrecord.annotating.events.reality_nouns import above_noun, noun_modifiers, under_noun
from onrecord.annotating.events.tree import DEEPEST, children


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
        state = noun_modifiers(trigger, state)
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
            state, up = above_noun(node, state)
        if up is None:
            break
        node = up
    return state


def _of_nothing(verb: Token) -> bool:
    if any(d.lower_ == "no" for o in children(verb, "dobj") for d in children(o, "det")):
        return True
    aims = [*children(verb, "dobj"), *(o for p in children(verb, "prep") for o in children(p, "pobj"))]
    return any(one.lower_ in ("nobody", "nothing") for one in aims)


def _own(verb: Token, state: Reality, *, skip_negation: bool, skip_modal: bool, spoken: bool = False) -> Reality:
    """What the verb's own auxiliaries, adverbs and subordinate clauses say."""
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in words("unreal_mark") and not _hours_before(verb, child):
            return UNTOLD
        if child.dep_ == "advmod" and child.lower_ in words("unreal_adverb"):
            return UNTOLD
        if child.dep_ in ("mark", "advmod") and child.lower_ in ("when", "once", "after") and _still_awaited(verb):
            return UNTOLD
        if child.dep_ == "advmod" and child.lower_ in ("why", "how") and verb.dep_ == "ROOT":
            # the title "Why Borvia left"
            return UNTOLD
        if child.dep_ == "advmod" and child.lower_ in words("alleged_adverb"):
            state = replace(state, alleged=True)
        if child.dep_ == "prep" and child.lower_ == "according" and _by_hearsay(child):
            state = replace(state, alleged=True)
        if child.dep_ == "advcl" and is_condition(child):
            state = replace(state, condition=child)
        if child.dep_ == "advmod" and child.lower_ in ("long", "soon") and (until := children(child, "advcl")):
            # "as long as Spain agrees", "as soon as the owners sign"
            state = replace(state, condition=until[0])
    if (chance := eventuality(verb)) is not None:
        state = replace(state, condition=chance)
    if any(c.lower_ in words("alleged_adjective") for agent in _doers(verb) for c in children(agent, "amod")):
        # "killed by a suspected Borvian raid"
        state = replace(state, alleged=True)
    if any(c.lower_ in words("anybody") for c in children(verb, "nsubj", "nsubjpass")) or (
        verb.dep_ == "relcl" and verb.head.lower_ in words("anybody")
    ):
        # "anyone who attacks"
        return UNTOLD
    auxiliaries = modals(verb)
    if verb.dep_ == "ROOT" and verb.tag_ == "VB" and not auxiliaries and not children(verb, "nsubj", "nsubjpass"):
        # "crack down on those who loot": an order
        return UNTOLD
    if auxiliaries & HYPOTHETICAL and not skip_modal:
        return UNTOLD
    if not skip_negation and negated(verb):
        state = replace(state, negated=not state.negated)
    if skip_modal:
        return state
    if auxiliaries & FUTURE:
        state = replace(state, planned=True)
    if auxiliaries & WOULD:
        state = _by_terms(verb, replace(state, would=True))
    if auxiliaries & (FUTURE | WOULD) and state.condition is None and (price := in_exchange(verb)) is not None:
        state = replace(state, condition=price)
    if state.condition is not None and not (state.planned or state.would):
        # "attacks if provoked": a habit, not an event; "rejected a deal unless": said, whatever it depends on
        return replace(state, condition=None) if spoken and verb.tag_ != "VB" else UNTOLD
    if "to" in auxiliaries and verb.dep_ == "ROOT":
        # a headline's future: "Borvia to send troops"
        state = replace(state, planned=True)
    return state


def _by_hearsay(according: Token) -> bool:
    """As in "according to unconfirmed reports"."""
    told = [o for to in children(according, "prep") for o in children(to, "pobj")]
    return any(c.lower_ in words("unproved") for one in told for c in children(one, "amod"))


def _still_awaited(verb: Token) -> bool:
    """As in "will lift the siege when the army leaves": it has not left."""
    return verb.dep_ == "advcl" and verb.tag_ in ("VBZ", "VBP") and bool(modals(verb.head) & (FUTURE | WOULD))


def _hours_before(verb: Token, mark: Token) -> bool:
    """As in "hours before it ordered them out": told with how long after, it came about."""
    return mark.lower_ == "before" and verb.tag_ == "VBD" and any(c.i < mark.i for c in children(verb, "npadvmod"))


def _by_terms(verb: Token, state: Reality) -> Reality:
    """As in "under the deal it would pay" (to come), "under the plan" (wanted), "in return it would" (conditional)."""
    for preposition in children(verb, "prep"):
        terms = {o.lemma_.lower() for o in children(preposition, "pobj")}
        if preposition.lower_ == "under" and terms & words("settled_terms"):
            return replace(state, planned=True, would=False)
        if preposition.lower_ == "under" and terms & words("wanted_terms"):
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
        return under_noun(head, state), None
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
    if noun.dep_ != "pobj" or noun.lemma_.lower() not in words("vessel") or not is_verb(verb):
        return None
    return verb if verb.lemma_.lower() in words("pass") and not negated(verb) else None


def _coordinated(first: Token, state: Reality) -> tuple[Reality, Token | None]:
    """A coordinated verb stands under whatever governs the first one, but keeps its own tense."""
    if any(child.dep_ == "mark" and child.lower_ in words("unreal_mark") for child in first.children):
        return UNTOLD, None
    if first.dep_ == "conj" and is_verb(first.head):
        return state, None
    return _above_verb(first, state)


def _governed(verb: Token, head: Token, state: Reality) -> tuple[Reality, Token | None]:
    """Under a verb or adjective with a that-clause or infinitive."""
    lemma = head.lemma_.lower()
    if head.pos_ == "NOUN":
        return under_noun(head, state), None
    if verb.i < head.i and any(token.text == ";" for token in verb.doc[verb.i : head.i]):
        # "has promised money; an official denied that it was little": two sentences
        return state, None
    if any(token.tag_ in ("WDT", "WP") for s in children(verb, "nsubjpass") for token in s.subtree):
        # "asked for money, a fifth of which has been pledged": a relative clause, whatever the parser hangs it on
        return state, None
    future_of_past = replace(state, planned=state.planned or state.would, would=False)
    if lemma in words("deny"):
        return (replace(state, denier=head, speech=head, done=True) if not negated(head) else UNTOLD), None
    if lemma in words("allege"):
        return replace(state, alleged=True, speech=head, done=True), None
    if lemma in words("hearsay") and passive(head) and "to" in modals(verb):
        # "are said to have left"
        return (UNTOLD if negated(head) else replace(state, alleged=True, speech=head, done=True)), None
    if lemma == "expect" and passive(head):
        return replace(state, planned=True), head
    if lemma == "be" and verb.dep_ == "xcomp" and "to" in modals(verb) and "have" not in modals(verb):
        # "are to meet"
        return replace(state, planned=True), head
    if lemma == "go" and head.tag_ == "VBG":
        return replace(state, planned=True), head
    if lemma in words("implicative") or (lemma in words("travel") and verb.dep_ != "ccomp"):
        return state, head
    if lemma in words("plan"):
        return replace(future_of_past, planned=True), head if head.pos_ != "ADJ" else head.head
    if lemma in words("pass") and (verb.dep_ == "ccomp" or verb.tag_ == "VBG"):
        tale = any(s.lemma_.lower() in words("fiction") for s in children(head, "nsubj"))
        unsure = tale or negated(head) or modals(head) & HYPOTHETICAL
        return (UNTOLD if unsure else replace(future_of_past, speech=head, done=True)), None
    return _under_unlisted(head, lemma, state), None


def _under_unlisted(head: Token, lemma: str, state: Reality) -> Reality:
    """Below a verb of no list, as in "described how they beat her": nothing is known, and the network may know it."""
    doubted = lemma in words("unreal") or negated(head) or modals(head) & HYPOTHETICAL
    return UNTOLD if doubted or state.negated or state.would or state.planned else UNKNOWN


def _adverbial(verb: Token, head: Token, state: Reality) -> tuple[Reality, Token | None]:
    if head.lemma_ == "be" and verb.tag_ == "VB" and any(c.lower_ in words("awaited") for c in children(head, "acomp")):
        # "is due to free the prisoners": the parser hangs it on "is"
        return (UNTOLD if negated(head) else replace(state, planned=True)), head
    if "to" in modals(verb):
        lemma = head.lemma_.lower()
        if lemma in words("plan"):
            return replace(state, planned=True), head
        return (state, head) if lemma in words("travel") | words("voicing") else (UNTOLD, None)
    if not children(verb, "mark", "nsubj", "nsubjpass") and verb.tag_ == "VBG" and is_verb(head):
        return state, head
    if any(c.lower_ == "after" for c in children(verb, "mark")) and _long_ago(verb):
        return UNTOLD, None
    return state, None


def _long_ago(verb: Token) -> bool:
    """As in "eighty years after they attacked": history, not news."""
    return any(c.lemma_.lower() in ("year", "decade", "century") for c in children(verb, "npadvmod", "advmod"))


def _after_preposition(preposition: Token, state: Reality) -> tuple[Reality, Token | None]:
    """As in "of bombing", "by deploying", "after invading", "without attacking"."""
    governor, word = preposition.head, preposition.lower_
    lemma = governor.lemma_.lower()
    if word in ("without", "instead", "rather", "against", "before", "toward", "towards", "than"):
        return UNTOLD, None
    accuser = governor.head if governor.dep_ == "dobj" else governor
    if accuser is not governor and accuser.lemma_.lower() in words("allege") and word in ("of", "for", "over"):
        return replace(state, alleged=True, speech=accuser, done=True), None
    if governor.pos_ == "NOUN" and word in ("of", "for", "about", "to", "on"):
        return under_noun(governor, state), None
    if governor.pos_ == "NOUN" and lemma in event_lexicon().classes["talk"] and word in ("over", "on"):
        # "talks over sending a team": it is still talked about
        return UNTOLD, None
    if lemma in words("allege"):
        return replace(state, alleged=True, speech=governor, done=True), None
    if lemma in words("deny"):
        return replace(state, denier=governor, speech=governor, done=True), None
    if word == "by" and is_verb(governor):
        return state, governor
    if lemma in words("unreal"):
        return UNTOLD, None
    if word not in words("factive_prep"):
        return _under_unlisted(governor, lemma, state) if is_verb(governor) else UNTOLD, None
    return replace(state, done=True), None
