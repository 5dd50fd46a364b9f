"""Verbs of deeds to come: which tell none, which happen by themselves, which are done for others; their clauses."""

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range
from onrecord.annotating.events.grammar import grammatical_subjects, passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.tree import children

#: Adjectives of a state that somebody brings about: "would be open from Saturday".
_BROUGHT = frozenset("open ready available free complete operational accessible home back".split())
_PLANNED = frozenset({"be", "schedule", "set", "expect", "plan"})
_FLOWING = frozenset({"restart", "flow"})
_MADE = frozenset("payment repayment contribution concession reparation amends reply answer offer proposal".split())
_WEIGHING = frozenset({"consider", "weigh", "mull", "ponder"})
_ENTERING = frozenset({"come", "go", "enter"})
#: A clause of more tokens than this is a parser's error.
LONGEST = 60


def awaited(verb: Token) -> bool:
    """As in "is due in Rabat on Thursday", "is expected in Rabat on Thursday"."""
    if verb.lemma_ == "be":
        return any(c.lower_ == "due" for c in children(verb, "acomp"))
    alone = verb.lemma_ == "expect" and passive(verb) and not children(verb, "xcomp", "ccomp")
    return alone and any(c.lower_ in ("in", "at") for c in children(verb, "prep"))


def was_planned(top: Token) -> bool:
    """As in "had been due to publish the results": what was to be, and did not come."""
    planned = top.lemma_ in _PLANNED and any(one.lower_ == "had" for one in children(top, "aux"))
    return planned and (top.lemma_ != "be" or any(one.lower_ == "due" for one in children(top, "acomp")))


def no_deed(verb: Token) -> bool:
    """Whether a verb tells nothing that somebody can be bound to, or what nobody wants."""
    words = event_lexicon()
    lemma = verb.lemma_.lower()
    if awaited(verb):
        return False
    if lemma == "be":
        return not happens(verb)
    treated = [c for c in children(verb, "prep") if c.lower_ == "as" and not children(c, "prep")]
    if treated and not children(verb, "dobj"):
        # "would be treated as a hostile act"
        return True
    if lemma == "take" and {c.lower_ for c in children(verb, "dobj", "prt")} & {"effect", "over", "shape", "time"}:
        return True
    if lemma in _WEIGHING and not any(c.lemma_.lower() in words.classes["demand"] for c in children(verb, "dobj")):
        # "would consider its options" tells no deed; "will consider the proposal" promises an answer
        return True
    if any(c.lower_ == "able" for c in children(verb, "acomp")):
        return True
    if lemma in _ENTERING and any(
        o.lower_ in ("effect", "force") for p in children(verb, "prep") for o in children(p, "pobj")
    ):
        # "a directive due to come into force in March"
        return True
    if lemma in ("have", "do") or lemma in words.modality["unbidden"] or lemma in words.classes["hostile_act"]:
        return True
    return any(c.dep_ == "advmod" and c.lower_ in words.modality["unreal_adverb"] for c in verb.children)


def happens(verb: Token) -> bool:
    """As in "the ceremony will take place", "the road would be open", "the convoys will resume"."""
    if verb.lemma_ == "be":
        return any(c.lower_ in _BROUGHT for c in children(verb, "acomp", "advmod")) or any(
            c.lemma_.lower() in event_lexicon().modality["running"] for c in children(verb, "acomp", "xcomp")
        )
    place = verb.lemma_ == "take" and any(o.lower_ == "place" for o in children(verb, "dobj"))
    running = verb.lemma_.lower() in event_lexicon().modality["running"] or verb.lemma_.lower() in _FLOWING
    return place or (running and not children(verb, "dobj"))


def promised(verb: Token) -> bool:
    """Whether a verb tells a deed that is done for others more often than not."""
    classes, lemma = event_lexicon().classes, verb.lemma_.lower()
    if lemma == "take":
        # "will take back 700 refugees"
        return any(c.lower_ in ("back", "in") for c in children(verb, "prt", "advmod"))
    if lemma == "call":
        # "will call off its strike"
        return any(c.lower_ == "off" for c in children(verb, "prt"))
    if lemma in ("make", "extend"):
        # "will make loans of two million", and as the parser takes "loans worth two million"
        things = [
            *children(verb, "dobj", "nsubjpass"),
            *(s for c in children(verb, "ccomp") for s in children(c, "nsubj")),
        ]
        return any(c.lemma_.lower() in classes["aid"] | _MADE for c in things)
    return lemma in classes["promised_deed"] or lemma in classes["given_deed"]


def range_of(verb: Token, top: Token) -> Range:
    """The clause of a deed, without what is told beside it or who says it."""
    subjects = [s for s in grammatical_subjects(top) if s.i < verb.i and s.head.i == top.i]
    first = min([verb.i, top.i, *(s.left_edge.i for s in subjects), *(c.i for c in children(top, "aux", "auxpass"))])
    last = verb.i
    for child in verb.children:
        if child.i < verb.i or child.dep_ in ("parataxis", "punct", "cc"):
            continue
        # "make loans worth two million": the parser takes "worth" for a clause
        if child.dep_ in ("conj", "ccomp") and children(child, "nsubj", "nsubjpass") and child.pos_ != "ADJ":
            continue
        last = max(last, child.right_edge.i)
    for child in top.children if top.i != verb.i else ():
        if child.i > verb.i and child.dep_ in ("prep", "npadvmod", "advmod"):
            last = max(last, child.right_edge.i)
    start, end = max(first, verb.i - LONGEST), min(last, verb.i + LONGEST)
    while end > verb.i and (verb.doc[end].is_punct or verb.doc[end].is_space):
        end -= 1
    return start, end


def clause_of(verb: Token) -> Range:
    """A clause from its first word, without what is coordinated anew."""
    last = verb.i
    for child in verb.children:
        if child.i > verb.i and child.dep_ not in ("parataxis", "punct", "cc"):
            anew = child.dep_ in ("conj", "ccomp") and children(child, "nsubj", "nsubjpass")
            last = last if anew else max(last, child.right_edge.i)
    first = min(verb.left_edge.i, verb.i)
    end = min(last, verb.i + LONGEST)
    while end > verb.i and (verb.doc[end].is_punct or verb.doc[end].is_space):
        end -= 1
    return max(first, verb.i - LONGEST), end


__all__ = ["LONGEST", "awaited", "clause_of", "happens", "no_deed", "promised", "range_of", "was_planned"]
