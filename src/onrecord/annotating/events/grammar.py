"""Who does what to whom, over a dependency parse: subjects through control, relatives, participles and passives."""

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.annotating.events.tree import DEEPEST, children, names_land, once

_PASSIVES = "onrecord.events.passives"
"""Where a document keeps which verbs are passive."""

_RELATIVE = frozenset({"who", "which", "that", "whom"})
#: Verbs whose infinitive is done by their object: "urged Borvia to leave".
_OBJECT_CONTROL = frozenset(
    "urge ask order tell force allow press push pressure invite instruct require want accuse warn help"
    " persuade convince compel prompt lead cause oblige authorise authorize permit enable blame suspect"
    " beg implore encourage expect call".split()
)

_ACCUSING = frozenset({"accuse", "suspect", "blame", "convict"})
#: Verbs with two objects, of which a passive keeps one.
_GIVING = frozenset("give deny grant refuse offer award hand send promise owe show".split())
_COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())
_MEASURES = frozenset("hour day week month year round session series night evening afternoon morning set bout".split())
#: "at no time", "in no way", "under no circumstances", "on no account".
_AT_NO = frozenset("time point stage moment way circumstance account event case".split())
#: Verbs of commitment and demand that may follow what is promised or demanded: "X will pay, the two agreed".
_POSTPOSING = frozenset(
    "agree promise pledge vow warn threaten demand order insist urge say tell announce confirm add".split()
)


def is_verb(token: Token) -> bool:
    """Whether the token is used as a verb, whatever the tagger takes it for: "insisted that Borvia hand it over"."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    misread = token.tag_ == "NN" and token.dep_ in ("ccomp", "ROOT")
    return misread and any(child.dep_ == "nsubj" or _opens(child, token) for child in token.children)


def _opens(mark: Token, noun: Token) -> bool:
    """As in "demanded that Tarvia release water": the parser takes "Tarvia release" for a kind of release."""
    named = any(c.dep_ in ("compound", "nmod") and c.tag_ == "NNP" for c in noun.children)
    return named and mark.dep_ == "mark" and mark.lower_ == "that" and noun.dep_ == "ccomp"


def with_conjuncts(tokens: list[Token]) -> list[Token]:
    """The tokens and what is coordinated with them, in text order."""
    found: dict[int, Token] = {}
    for token in tokens:
        node = token
        found[token.i] = token
        for _ in range(DEEPEST):
            joined = children(node, "conj")
            if not joined:
                break
            found.update((one.i, one) for one in joined)
            node = joined[-1]
    return [found[i] for i in sorted(found)]


def passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is what is acted on."""
    known: dict[int, bool] = verb.doc.user_data.setdefault(_PASSIVES, {})
    if verb.i not in known:
        known[verb.i] = _passive(verb)
    return known[verb.i]


def _passive(verb: Token) -> bool:
    for _ in range(DEEPEST):
        marks = children(verb, "auxpass", "nsubjpass", "csubjpass")
        named = not any(one.lemma_ in ("be", "get") for one in children(verb, "auxpass"))
        if marks and named and children(verb, "dobj") and verb.lemma_.lower() not in _GIVING:
            # "the bloc Ecowas condemned the coup": the parser takes an unknown name for an auxiliary
            return False
        if marks or _reduced(verb) or _bare_participle(verb):
            return True
        shares = verb.dep_ == "conj" and verb.tag_ == "VBN" and not _own_subject(verb) and not _auxiliaries(verb)
        if not shares or verb.head.tag_ != "VBN":
            return False
        verb = verb.head
    return False


def _bare_participle(verb: Token) -> bool:
    """As in "with three policemen killed": a participle with a subject of its own and no auxiliary."""
    if verb.tag_ != "VBN" or verb.dep_ not in ("advcl", "pcomp") or _auxiliaries(verb):
        return False
    return bool(children(verb, "nsubj")) and not children(verb, "dobj")


def _reduced(verb: Token) -> bool:
    """As in "sanctions imposed by", "when asked about": a participle without anything of its own."""
    if verb.dep_ == "acl" and children(verb, "dobj") and verb.lemma_.lower() not in _GIVING:
        # "a drone killed 14 people": the parser takes the whole for a noun
        return False
    clause = verb.dep_ == "acl" or (verb.dep_ == "advcl" and bool(children(verb, "advmod", "mark", "agent")))
    return clause and verb.tag_ == "VBN" and not _own_subject(verb) and not _auxiliaries(verb)


def _auxiliaries(verb: Token) -> list[Token]:
    return children(verb, "aux", "auxpass")


def _own_subject(verb: Token) -> list[Token]:
    own = children(verb, "nsubj", "nsubjpass", "csubj") or _misnamed_subject(verb)
    # "a group calling itself the Committee said": the group said it
    own = [s for one in own for s in ((one.dep_ == "csubj" and children(one, "nsubj")) or [one])]
    around = len(own) > 1 and own[0].i < verb.i < own[-1].i
    return own[-1:] if around and verb.dep_ == "parataxis" else own


def parenthesis(verb: Token) -> Token | None:
    """The verb of saying as in "Borvia, said Cestria, had taken two boats": it has taken the subject."""
    if children(verb, "nsubj", "nsubjpass"):
        return None
    asides = [c for c in children(verb, "parataxis") if c.i < verb.i]
    return next((c for c in asides if len(children(c, "nsubj")) > 1 and children(c, "nsubj")[0].i < c.i), None)


def _before_compass(subject: Token) -> Token:
    """As in "rebel artillery north of the city fired": the parser takes the direction for the noun."""
    named = children(subject, "compound") if subject.lower_ in _COMPASS else []
    return named[-1] if named else subject


def _misnamed_subject(verb: Token) -> list[Token]:
    """An unknown name that the parser took for an adverb: "Tarvia withdrew", "that Tarvia withdraw"."""
    taken = ("compound", "nmod") if verb.tag_ == "NN" and children(verb, "mark") else ()
    aside = [c for c in children(verb, "advmod", "npadvmod", "dep", *taken) if c.i < verb.i]
    named = [c for c in aside if c.tag_ in ("NNP", "NNPS") or names_land(c)]
    return [c for c in named if c.ent_type_ not in ("DATE", "TIME") and not c.text.lower().endswith("day")][-1:]


def _antecedent(verb: Token, subjects: list[Token]) -> list[Token]:
    """A relative pronoun stands for the noun that the clause hangs on, or for the clause's coordinated head's one."""
    clause = verb
    for _ in range(DEEPEST):
        if clause.dep_ != "conj":
            break
        clause = clause.head
    if clause.dep_ == "relcl" and subjects and all(s.lower_ in _RELATIVE for s in subjects):
        # "several nations have acted, including Spain and Norway, which are sending ships": the nearest nouns
        return [clause.head]
    return subjects


def grammatical_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The nouns that are told as the verb's subject, own or shared; empty where there is none."""
    own = [_before_compass(one) for one in _own_subject(verb)]
    if own:
        return with_conjuncts(_coordination_head(_antecedent(verb, own)))
    if (aside := parenthesis(verb)) is not None:
        return children(aside, "nsubj")[:1]
    if clause_before(verb) is not None and (inverted := children(verb, "dobj")):
        return with_conjuncts(inverted)
    if depth >= DEEPEST:
        return []
    if (before := _noun_before(verb)) is not None:
        return [before]
    head = verb.head
    if verb.dep_ == "conj" and is_verb(head):
        return grammatical_subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl"):
        if _is_infinitive(verb):
            return [head] if headline_future(verb) else holder(head, depth)
        return with_conjuncts(_coordination_head([head]))
    if (verb.dep_ in ("xcomp", "ccomp", "advcl", "oprd") or gerund_object(verb)) and is_verb(head):
        if verb.dep_ != "advcl" and head.lemma_ in _OBJECT_CONTROL and (objects := direct_objects(head)):
            return objects
        return logical_subjects(head, depth + 1) if not passive(head) else grammatical_subjects(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("ADJ", "NOUN") and is_verb(head.head):
        return holder(head, depth) if head.pos_ == "NOUN" else grammatical_subjects(head.head, depth + 1)
    if verb.dep_ == "pcomp":
        return _behind_preposition(head, depth)
    return []


def _noun_before(verb: Token) -> Token | None:
    """As in "food for Lunt, besieged by the rebels": the noun right before a participle, whatever the parser says."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBN" or not children(verb, "agent") or verb.left_edge.i < 2:
        return None
    comma, noun = verb.doc[verb.left_edge.i - 1], verb.doc[verb.left_edge.i - 2]
    return noun if comma.text == "," and noun.pos_ in ("NOUN", "PROPN") and not verb.left_edge.is_sent_start else None


def gerund_object(verb: Token) -> bool:
    """As in "denied firing": what is denied is a deed, which the parser may take for a thing."""
    return verb.dep_ == "dobj" and verb.tag_ == "VBG" and not children(verb, "det", "poss", "amod")


def headline_future(verb: Token) -> bool:
    """As in "Borvia to send troops": a whole headline that is a noun with an infinitive."""
    head = verb.head
    only = head.dep_ == "ROOT" and head.pos_ in ("NOUN", "PROPN") and verb.dep_ in ("acl", "relcl")
    return only and _is_infinitive(verb) and not any(c.lower_ in ("a", "an", "the") for c in head.children)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _behind_preposition(preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    if is_verb(governor):
        if governor.lemma_ in _OBJECT_CONTROL and (objects := direct_objects(governor)):
            return objects
        return grammatical_subjects(governor, depth + 1)
    if governor.dep_ == "dobj" and governor.head.lemma_ in _ACCUSING:
        # "accuse the army of burning": the parser hangs "of" on the army
        return [governor]
    return holder(governor, depth)


def holder(noun: Token, depth: int = 0) -> list[Token]:
    """Whose plan, order or intention it is: the possessor, else the subject of the verb that has it."""
    owners = children(noun, "poss")
    if owners:
        return with_conjuncts(owners)
    if noun.dep_ in ("dobj", "attr", "pobj") and depth < DEEPEST:
        governor = noun.head.head if noun.dep_ == "pobj" else noun.head
        if is_verb(governor):
            return grammatical_subjects(governor, depth + 1)
    return []


def asker_behind_of(noun: Token) -> list[Token]:
    """As in "turned down the demand of Borvia for a discharge": the parser may hang "for" on the verb."""
    after = [*children(noun, "prep"), *(children(noun.head, "prep") if noun.dep_ == "dobj" else ())]
    told = any(one.lower_ == "for" and one.i > noun.i for one in after)
    return list(prepositional(noun, frozenset({"of"}))) if told else []


def owner(poss: Token) -> Token:
    """The possessor; of "whose" in "Borvia, whose strikes began the war" what the clause hangs on."""
    if poss.lower_ != "whose":
        return poss
    verb = next((one for one in poss.ancestors if one.dep_ == "relcl"), None)
    return poss if verb is None else verb.head


def _coordination_head(tokens: list[Token]) -> list[Token]:
    """The first of a coordination: a relative clause on its last member tells of all of them."""
    out = []
    for token in tokens:
        node = token
        for _ in range(DEEPEST):
            if node.dep_ != "conj" or node.head.pos_ not in ("NOUN", "PROPN", "PRON"):
                break
            node = node.head
        out.append(node)
    return out


def logical_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Who does it: the subject, or the agent of a passive."""
    return _subjects(verb) if depth == 0 else _logical_subjects(verb, depth)


@once
def _subjects(verb: Token) -> list[Token]:
    return _logical_subjects(verb, 0)


def _logical_subjects(verb: Token, depth: int) -> list[Token]:
    if not passive(verb):
        return grammatical_subjects(verb, depth)
    agents = [child for agent in children(verb, "agent") for child in children(agent, "pobj")]
    return with_conjuncts(agents)


def misread(verb: Token) -> bool:
    """Whether the parser took "Borvia shared intelligence" for a kind of intelligence: the verb has its own subject."""
    return verb.dep_ == "amod" and verb.tag_ == "VBD" and bool(children(verb, "nsubj"))


@once
def direct_objects(verb: Token) -> list[Token]:
    """What it is done to: the object, or the subject of a passive, or the antecedent of an object relative."""
    if passive(verb):
        # "have been denied entry", "was given ten days": the thing, not whom it was given to
        kept = children(verb, "dobj") if verb.lemma_.lower() in _GIVING else []
        return kept or grammatical_subjects(verb)
    if misread(verb):
        return with_conjuncts([verb.head])
    objects = children(verb, "dobj")
    # "will not enter the pact, an alliance of seven": behind a comma the parser sees another object
    objects = [o for o in objects if o is objects[0] or verb.doc[o.left_edge.i - 1].text != ","]
    objects = [verb.head if o.lower_ in _RELATIVE and verb.dep_ == "relcl" else o for o in objects]
    if not objects and _reaches_back(verb):
        return with_conjuncts([verb.head])
    if not objects:
        # "bombed what it called a depot"
        objects = [c.left_edge for c in children(verb, "ccomp") if c.left_edge.lower_ == "what" and c.i > verb.i]
    return with_conjuncts(objects)


def _reaches_back(verb: Token) -> bool:
    """As in "officials it accused": a relative clause without a pronoun, whose object is the noun before it."""
    own = _own_subject(verb)
    if verb.dep_ != "relcl" or not own or any(s.lower_ in _RELATIVE for s in own):
        return False
    return not any(child.lower_ in ("where", "when", "why", "that") or child.dep_ == "ccomp" for child in verb.children)


def prepositional(token: Token, words: frozenset[str]) -> Iterator[Token]:
    """The objects of the token's prepositions of a word list, nearest first; "out of" counts as "of"."""
    for preposition in children(token, "prep", "agent", "dative"):
        inner = children(preposition, "prep")
        chain = [preposition, *inner]
        for one in chain:
            if one.lower_ in words:
                yield from with_conjuncts(children(one, "pobj"))
    for one in children(token, "prep"):
        if one.lower_ in words:
            # "with Borvia in Lakeport and with Cestria": the second preposition is coordinated with the first
            for again in children(one, "conj"):
                yield from with_conjuncts(children(again, "pobj"))


def complement(verb: Token) -> Token | None:
    """The verb of the clause that the token governs: that-clause or infinitive."""
    for child in verb.children:
        if child.dep_ not in ("ccomp", "xcomp", "dobj") or child.i < verb.i:
            continue
        if child.dep_ != "dobj" and (is_verb(child) or _is_infinitive(child)):
            return child
        if child.dep_ == "ccomp" and verb.lemma_ == "let" and children(child, "nsubj"):
            # "let the convoys through"
            return child
        if child.i > verb.i and is_verb(child) and gerund_object(child):
            return child
    for child in verb.children:
        infinitive = child.dep_ in ("advcl", "acl", "relcl") and _is_infinitive(child)
        if infinitive and child.i > verb.i and not any(c.dep_ == "mark" and c.lower_ != "for" for c in child.children):
            return child
    for child in children(verb, "acl") if verb.pos_ == "NOUN" else ():
        # "the demand that the wells be closed"
        if child.i > verb.i and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
            return child
    return clause_before(verb)


def clause_before(verb: Token) -> Token | None:
    """The verb of what is promised or demanded where it is told first: "they will pay, Borvia promised"."""
    if verb.lemma_.lower() not in _POSTPOSING:
        return None
    return next((c for c in children(verb, "ccomp") if c.i < verb.i and children(c, "nsubj", "nsubjpass")), None)


def measured(noun: Token) -> Token:
    """The measure that a noun is told in ("nine hours of talks"), else the noun itself."""
    holds = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _MEASURES
    return noun.head.head if holds else noun


def negated(verb: Token) -> bool:
    """Whether the verb is negated by its own "not", "never" or "no"-subject."""
    own = any(child.dep_ == "neg" for child in verb.children)
    # "neither confirmed nor denied that it had"
    own = own or _neither(verb)
    # "would no longer send"
    own = own or any(
        c.lower_ in ("longer", "more") and any(n.lower_ == "no" for n in c.children) for c in verb.children
    )
    # "at no time did we close it", "under no circumstances will it pay"
    own = own or any(
        d.lower_ == "no"
        for p in children(verb, "prep")
        if p.i < verb.i
        for o in children(p, "pobj")
        for d in o.children
        if o.lemma_.lower() in _AT_NO
    )
    subjects = children(verb, "nsubj", "nsubjpass")
    nobody = any(s.lower_ in ("nobody", "none", "nothing", "neither") for s in subjects)
    # "not one shell was fired"
    nobody = nobody or any(s.left_edge.lower_ == "not" for s in subjects)
    return own or nobody or any(d.lower_ in ("no", "neither") for s in subjects for d in children(s, "det"))


def _neither(verb: Token) -> bool:
    first = verb.head if verb.dep_ == "conj" and is_verb(verb.head) else verb
    return any(c.lower_ == "neither" and c.dep_ in ("preconj", "cc", "advmod", "det") for c in first.children)


def modals(verb: Token) -> frozenset[str]:
    """The verb's auxiliaries in lower case; a coordinated verb without any shares those of the first."""
    for _ in range(DEEPEST):
        own = frozenset(child.lower_ for child in _auxiliaries(verb))
        shares = verb.dep_ == "conj" and not _own_subject(verb) and verb.tag_ in ("VB", "VBN", "VBG")
        if own or not shares or not is_verb(verb.head) or verb.head.i > verb.i:
            return own
        verb = verb.head
    return frozenset()
