"""What an event is told to depend on: if-clauses, "in the event of", and "anybody who"."""

from spacy.tokens import Token

from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.tree import children

#: "anybody who held up relief" stands within so many tokens of the verb of what would be done to them.
_NEAR_TOKENS = 25
_ONLY = frozenset({"after", "with", "in", "upon"})
_EVENTUAL = {"in": frozenset({"event", "case"}), "on": frozenset({"condition"}), "with": frozenset({"proviso"})}


def is_condition(clause: Token) -> bool:
    """Whether a clause is one as in "if they leave", "unless they leave", "provided that they leave"."""
    if clause.lower_ in ("provided", "providing", "assuming"):
        return bool(children(clause, "ccomp"))
    if clause.left_edge.lower_ == "were" and any(c.lower_ == "to" for c in children(clause, "aux")):
        # "were Spain to leave"
        return True
    when = [c for c in clause.children if c.lower_ == "when" and c.i <= clause.i]
    if any(c.i and c.nbor(-1).lower_ == "only" for c in when):
        return True
    marks = [c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod", "aux") and c.i <= clause.i]
    return any(mark in event_lexicon().modality["condition_mark"] for mark in marks)


def condition_under(verb: Token | None) -> Token | None:
    """The verb of the if-clause, or the preposition of "in the event of", that hangs on a verb."""
    if verb is None:
        return None
    clause = next((c for c in children(verb, "advcl") if is_condition(c)), None)
    if clause is None and verb.dep_ == "ccomp":
        # "said it would act should they resume": the parser hangs the condition on the verb of saying
        beside = (c for c in children(verb.head, "ccomp", "advcl") if c.i > verb.i and c.left_edge.lower_ == "should")
        clause = next(beside, None)
    return eventuality(verb) or in_exchange(verb) if clause is None else clause


def eventuality(verb: Token) -> Token | None:
    """As in "will respond in the event of an attack", "on condition that", "provided they leave"."""
    for preposition in children(verb, "prep"):
        words = _EVENTUAL.get(preposition.lower_, frozenset())
        if any(o.lower_ in words for o in children(preposition, "pobj")):
            return preposition
        if preposition.lower_ in ("provided", "providing") and children(preposition, "ccomp"):
            return preposition
    for thing in children(verb, "dobj", "attr"):
        # the parser may hang "provided" on the object
        for clause in children(thing, "acl", "prep"):
            if clause.lower_ in ("provided", "providing") and children(clause, "ccomp", "pobj", "pcomp"):
                return clause
    return None


def in_exchange(verb: Token) -> Token | None:
    """The preposition as in "would lift the ban in return", "will free them in exchange for prisoners"."""
    for preposition in children(verb, "prep"):
        if preposition.lower_ == "in" and any(
            o.lower_ in ("return", "exchange") for o in children(preposition, "pobj")
        ):
            return preposition
        if preposition.lower_ in _ONLY and _limited(preposition):
            # "will free them only after an apology"
            return preposition
        if preposition.lower_ in ("without", "barring") and preposition.i < verb.i and children(preposition, "pobj"):
            # "without an apology it will recall its envoy"
            return preposition
    return None


def _limited(preposition: Token) -> bool:
    before = preposition.nbor(-1) if preposition.i else None
    return before is not None and before.lower_ == "only" and bool(children(preposition, "pobj", "pcomp"))


def anybody_who(verb: Token | None) -> Token | None:
    """As in "would punish anybody who held up relief": the pronoun, or "those", with its relative clause."""
    if verb is None:
        return None
    anybody = event_lexicon().modality["anybody"]
    near = verb.doc[max(verb.left_edge.i, verb.i - _NEAR_TOKENS) : min(verb.right_edge.i, verb.i + _NEAR_TOKENS) + 1]
    for token in near:
        some = token.lower_ in anybody or token.lower_ == "those" or any(c.lower_ == "any" for c in token.children)
        if some and (children(token, "relcl") or token.lower_ == "whoever"):
            return token
    return None
