"""How real an event is that a noun tells, or that stands under a noun: "plans to", "fears of", "denied any attack"."""

from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotating.events.grammar import is_verb, measured, modals, negated, passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.realities import FUTURE, HYPOTHETICAL, UNKNOWN, UNTOLD, WOULD, Reality, words
from onrecord.annotating.events.tree import children


def under_noun(noun: Token, state: Reality) -> Reality:
    """Under a noun with an infinitive, a that-clause or "of": intention, fear, accusation."""
    lemma = noun.lemma_.lower()
    denied = any(child.lower_ == "no" for child in noun.children)
    governor = noun.head
    if is_verb(governor) and noun.dep_ in ("dobj", "attr"):
        denied = denied or negated(governor)
    if lemma == "plan" and any(child.lower_ == "no" for child in noun.children):
        # "has no plans to": neither done nor denied
        return UNTOLD
    if lemma in event_lexicon().classes["intention"] and denied:
        carrier = governor if is_verb(governor) else noun
        return replace(state, denier=noun, speech=carrier, done=True)
    if denied:
        return UNTOLD
    if lemma in words("allege_noun") or lemma in event_lexicon().classes["claim"]:
        if is_verb(governor) and denied_by(governor):
            return UNTOLD if negated(governor) else replace(state, denier=governor, speech=governor, done=True)
        return UNTOLD if lemma in ("rumour", "rumor", "speculation") else replace(state, alleged=True, done=True)
    if lemma in words("plan_noun"):
        if is_verb(governor) and governor.lemma_.lower() in words("deny") and noun.dep_ == "dobj":
            return replace(state, denier=governor, speech=governor, done=True)
        if is_verb(governor) and governor.lemma_.lower() in words("calm_verb"):
            return UNTOLD
        return replace(state, planned=True, would=False, done=True)
    return UNTOLD


def denied_by(verb: Token) -> bool:
    """As in "dismissed reports that", "reports that ... were false"."""
    said = {c.lemma_.lower() for c in children(verb, "acomp", "attr", "oprd", "xcomp")}
    if said & event_lexicon().classes["negative"]:
        # "reports that ... were false", "called the claim that ... absurd"
        return True
    return verb.lemma_.lower() in words("deny") | words("rebuff")


def noun_modifiers(noun: Token, state: Reality) -> Reality:
    """By what stands before a noun: "no attack", "planned talks", "alleged abuse"."""
    for child in noun.children:
        lower = child.lower_
        if child.dep_ == "det" and lower in ("no", "any") and not (lower == "any" and _denied(noun)):
            return UNTOLD
        if child.dep_ not in ("amod", "compound", "advmod"):
            continue
        if lower in words("unreal_adjective"):
            return UNTOLD
        if lower in words("planned_adjective"):
            state = replace(state, planned=True)
        if lower in words("alleged_adjective"):
            state = replace(state, alleged=True)
    return state


def _denied(noun: Token) -> bool:
    """As in "denied any attack", "denied that any meeting took place"."""
    verb = noun.head
    if noun.dep_ == "nsubj" and verb.dep_ == "ccomp":
        verb = verb.head
    elif noun.dep_ != "dobj":
        return False
    return verb.lemma_.lower() in words("deny")


def above_noun(noun: Token, state: Reality) -> tuple[Reality, Token | None]:
    """A noun that no light verb carries."""
    head = noun.head
    if noun.dep_ == "conj":
        return state, head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return _as_subject(noun, head, state)
    if noun.dep_ == "dobj" and is_verb(head):
        lemma = head.lemma_.lower()
        if lemma in words("deny"):
            return replace(state, denier=head, speech=head, done=True), None
        if lemma in words("readying"):
            return replace(state, planned=True), head
        return (UNTOLD, None) if lemma in words("calm_verb") else (state, head)
    if noun.dep_ == "pobj":
        return _as_prepositional(noun, head, state)
    if noun.dep_ == "attr" and is_verb(head):
        return state, head
    if noun.dep_ == "ROOT":
        return replace(state, done=True), None
    return UNKNOWN, None


def _as_subject(noun: Token, verb: Token, state: Reality) -> tuple[Reality, Token | None]:
    lemma = verb.lemma_.lower()
    if passive(verb) and noun.dep_ == "nsubjpass" and lemma in ("plan", "schedule", "expect"):
        return replace(state, planned=True), None
    if lemma == "be" and any(c.lower_ in words("awaited") for c in children(verb, "acomp", "attr")):
        # "talks are due to resume"
        return (UNTOLD if negated(verb) else replace(state, planned=True)), None
    if lemma == "be" and any("to" in modals(c) for c in children(verb, "xcomp")) and not negated(verb):
        # "talks are to resume"
        return (UNTOLD if modals(verb) else replace(state, planned=True)), None
    if lemma == "be" and any(c.lower_ in words("unsure_adjective") for c in children(verb, "acomp")):
        return UNTOLD, None
    if (lemma in words("calm_verb") and passive(verb)) or lemma in ("seem", "appear", "loom", "remain"):
        return UNTOLD, None
    if modals(verb) & (HYPOTHETICAL | WOULD) or negated(verb):
        return (replace(state, done=True) if _presumed(noun, verb) else UNTOLD), None
    if modals(verb) & FUTURE and lemma not in (
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
        return UNTOLD, None
    return state, verb


def _presumed(noun: Token, verb: Token) -> bool:
    """As in "the attack did not mean that", "the raid could amount to a crime": it was, whatever it did not do."""
    if modals(verb) & WOULD or passive(verb) or verb.lemma_.lower() in words("occurring"):
        return False
    return told_of_before(noun)


def told_of_before(noun: Token) -> bool:
    """Whether a noun is told as known: "the attack", "this raid", "Monday's attack"."""
    return any(
        (c.dep_ == "det" and c.lower_ in ("the", "this", "these", "those", "that")) or c.dep_ == "poss"
        for c in noun.children
    )


def _as_prepositional(noun: Token, preposition: Token, state: Reality) -> tuple[Reality, Token | None]:
    governor, word = preposition.head, preposition.lower_
    lemma = governor.lemma_.lower()
    if (whole := measured(noun)) is not noun:
        return state, whole
    if word == "for" and is_verb(governor) and lemma in words("travel") | {"expect", "schedule"}:
        awaited = lemma in ("expect", "schedule")
        return replace(state, planned=state.planned or awaited, done=awaited), None if awaited else governor
    if word == "for" and lemma == "provide" and is_verb(governor):
        # "the accord provides for a withdrawal": to come, by what was settled
        terms = {s.lemma_.lower() for s in children(governor, "nsubj")} & words("settled_terms")
        return (replace(state, planned=True, done=True) if terms else UNTOLD), None
    if word == "for" and is_verb(governor) and lemma in words("answering"):
        return replace(state, done=True), None
    if is_verb(governor) and lemma in words("allege") and word in ("of", "with", "for"):
        return replace(state, alleged=True, speech=governor, done=True), None
    if word in words("factive_prep") and not (governor.pos_ == "NOUN" and lemma in words("unreal_noun")):
        return replace(state, done=True), None
    if is_verb(governor):
        if lemma in words("allege"):
            return replace(state, alleged=True, speech=governor, done=True), None
        return (replace(state, planned=True), governor) if lemma == "prepare" else (UNTOLD, None)
    if lemma in words("plan_noun") | words("allege_noun") | event_lexicon().classes["claim"]:
        return under_noun(governor, state), None
    if word == "of" and lemma in words("stretch"):
        # "at the end of seven hours of talks", "on the sidelines of the summit"
        return state, governor
    if word == "of" and told_of_before(noun) and lemma not in words("unreal_noun"):
        return replace(state, done=True), None
    return UNKNOWN, None
