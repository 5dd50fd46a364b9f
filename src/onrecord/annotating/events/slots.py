"""Which words stand in a frame's slots."""

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.annotating.events.conditions import is_condition
from onrecord.annotating.events.grammar import (
    direct_objects,
    grammatical_subjects,
    is_verb,
    negated,
    owner,
    passive,
    prepositional,
    with_conjuncts,
)
from onrecord.annotating.events.lexicon import Step, event_lexicon
from onrecord.annotating.events.scenes import Scene
from onrecord.annotating.events.tree import children

#: A clause's own phrases stand within so many tokens of its verb.
_NEAR_TOKENS = 20


def slot_tokens(scene: Scene, step: Step) -> list[Token]:
    """The heads of the phrases that stand in a slot."""
    place, words = step.place, step.words
    trigger = scene.trigger
    if place == "obj" or place == "obj.poss":
        return list(scene.objects)
    if place == "dat":
        kept = passive(trigger) and bool(children(trigger, "dobj"))
        return grammatical_subjects(trigger) if kept else children(trigger, "dative")
    if place == "has":
        return [o for t in trigger.subtree if t.dep_ == "prep" and t.lower_ in words for o in children(t, "pobj")]
    if place == "below":
        # "declared three Borvian envoys personae non gratae": the parser makes a clause of it
        return [s for c in trigger.children if c.i > trigger.i for s in children(c, "nsubj", "nsubjpass")]
    if place == "cond.subj":
        heads = [trigger, *([scene.clause] if scene.clause is not None else [])]
        clauses = [c for head in heads for c in children(head, "advcl") if is_condition(c)]
        return [s for clause in clauses for s in children(clause, "nsubj")]
    if place == "obj.prep":
        return [token for one in scene.objects for token in prepositional(one, words)]
    if place in ("prep", "between"):
        return list(prepositional_objects(scene, words or frozenset({"between", "among"})))
    if place == "poss":
        return [owner(one) for one in children(trigger, "poss")]
    if place == "mod":
        return children(trigger, "amod", "compound", "nmod")
    if place == "subj":
        return [s for clause in children(trigger, "relcl") for s in grammatical_subjects(clause)]
    if place == "rel.prep":
        # "guarantees it wants from Cestria"
        nouns = [trigger, *prepositional(trigger, frozenset({"of"}))]
        return [o for n in nouns for clause in children(n, "relcl") for o in prepositional(clause, words)]
    if place == "where":
        # "the border where Borvia has amassed troops"
        return [trigger.head] if trigger.dep_ == "relcl" and any(c.lower_ == "where" for c in trigger.children) else []
    if place == "come":
        # "condemnations came from Borvia"
        comes = trigger.dep_ == "nsubj" and trigger.head.lemma_.lower() in ("come", "pour", "arrive")
        return list(prepositional(trigger.head, frozenset({"from"}))) if comes else []
    if place == "committed":
        return _committed(trigger)
    return _clause_slot(scene, place, words)


def _committed(noun: Token) -> list[Token]:
    """Who is committed to a response, or promises or threatens it."""
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if governor.lemma_.lower() not in event_lexicon().modality["bound"]:
        return []
    verb = governor if is_verb(governor) else governor.head
    return grammatical_subjects(verb) if is_verb(verb) and not negated(verb) else []


def _clause_slot(scene: Scene, place: str, words: frozenset[str]) -> list[Token]:
    clause = scene.clause
    if clause is None:
        return []
    if place in ("comp.subj", "that.subj"):
        return children(clause, "nsubj", "nsubjpass") or [
            s for s in grammatical_subjects(clause) if s.head.i == clause.i
        ]
    if place == "comp.obj":
        return direct_objects(clause)
    if place == "comp.dat":
        return children(clause, "dative")
    if place == "comp.prep":
        near = clause.doc[clause.i : min(clause.right_edge.i, clause.i + _NEAR_TOKENS) + 1]
        return [o for p in near if p.dep_ == "prep" and p.lower_ in words for o in with_conjuncts(children(p, "pobj"))]
    return []


def prepositional_objects(scene: Scene, words: frozenset[str]) -> Iterator[Token]:
    """Objects of prepositions of the trigger, its carrier and its objects: the parser attaches either way."""
    yield from prepositional(scene.trigger, words)
    if scene.carrier is not None and scene.carrier is not scene.trigger:
        yield from prepositional(scene.carrier, words)
    for one in scene.objects:
        yield from prepositional(one, words)
    if scene.trigger.lemma_ == "list":
        for listed in prepositional(scene.trigger, frozenset({"of"})):
            yield from prepositional(listed, words)
