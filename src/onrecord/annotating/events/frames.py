"""Does a frame of the lexicon fit around a trigger."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from onrecord.annotating.events.conditions import anybody_who, condition_under
from onrecord.annotating.events.grammar import (
    complement,
    direct_objects,
    grammatical_subjects,
    is_verb,
    misread,
    modals,
    negated,
    passive,
    prepositional,
    with_conjuncts,
)
from onrecord.annotating.events.lexicon import Frame, Step, event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.scenes import Match, Scene
from onrecord.annotating.events.slots import prepositional_objects, slot_tokens
from onrecord.annotating.events.tree import children, names_land
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import EventType

_KNOWN = frozenset({"the", "this", "that", "these", "those", "both", "such"})
_WILL = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall", "wo"})


def match_verb(parsed: ParsedBlock, parties: Parties, verb: Token) -> Match | None:
    """The most specific frame that fits a verb."""
    frames = event_lexicon().verbs.get(_lemma(verb))
    if not frames or (verb.dep_ in ("amod", "compound", "aux", "auxpass") and not misread(verb)):
        return None
    clause = complement(verb)
    scene = Scene(parsed, parties, verb, verb, clause)
    for told in (clause, *_further_clauses(clause)):
        scene = scene if told is clause else replace(scene, clause=told)
        for frame in frames:
            if all(_verb_need(scene, step) for step in frame.needs):
                return Match(frame, scene)
    return None


def frames_of(token: Token) -> tuple[Frame, ...]:
    """The frames that the lexicon has for a verb or noun, fitting or not."""
    lexicon = event_lexicon()
    if is_verb(token):
        return lexicon.verbs.get(_lemma(token), ())
    return lexicon.nouns.get(token.lemma_.lower(), ())


def match_open(parsed: ParsedBlock, parties: Parties, token: Token, frame: Frame) -> Match:
    """A word that no frame is known for, with a frame that asks for nothing."""
    carrier = token if is_verb(token) else _carrier(token, frame.light)
    return Match(frame, Scene(parsed, parties, token, carrier, complement(token)))


def _further_clauses(first: Token | None) -> list[Token]:
    """As in "said that talks went on and that it would answer": clauses with a subject of their own."""
    if first is None or first.dep_ != "ccomp":
        return []
    return [c for c in first.conjuncts if c.i > first.i and is_verb(c) and children(c, "nsubj", "nsubjpass")]


def _lemma(verb: Token) -> str:
    """The verb's lemma as the lexicon spells it; spaCy's rules give "stag" for "staged"."""
    lemma: str = verb.lemma_.lower()
    known = event_lexicon().verbs
    spellings = (lemma, lemma + "e", _other_spelling(lemma))
    return next((one for one in spellings if one in known), lemma)


def _other_spelling(lemma: str) -> str:
    """British for American endings and the other way round: "nationalise", "nationalize"."""
    swap = {"ise": "ize", "ize": "ise", "yse": "yze", "yze": "yse"}
    return lemma[:-3] + swap.get(lemma[-3:], lemma[-3:])


def match_noun(parsed: ParsedBlock, parties: Parties, noun: Token) -> Match | None:
    """The most specific frame that fits a noun, with the light verb that carries it, if any."""
    frames = event_lexicon().nouns.get(noun.lemma_.lower())
    if not frames or noun.dep_ in ("compound", "amod", "nmod", "poss") or _of_purpose(noun):
        return None
    clause = complement(noun)
    for frame in frames:
        scene = Scene(parsed, parties, noun, _carrier(noun, frame.light), clause)
        if all(_noun_need(scene, step) for step in frame.needs):
            return Match(frame, scene)
    return None


def _of_purpose(noun: Token) -> bool:
    """As in "in order to prevent", which the parser takes for an order to prevent."""
    return noun.lower_ == "order" and noun.i > 0 and noun.nbor(-1).lower_ == "in"


def _carrier(noun: Token, light: frozenset[str]) -> Token | None:
    head = noun
    while head.dep_ == "conj" and head.head.pos_ == "NOUN" and head.head.i < head.i:
        head = head.head
    verb = head.head
    # "repeated that demand": the parser may take the noun for a clause
    carried = head.dep_ in ("dobj", "ccomp") or (head.dep_ == "nsubjpass" and passive(verb))
    if carried and is_verb(verb) and verb.lemma_.lower() in light:
        return verb
    for clause in children(noun, "acl", "relcl"):
        carries = clause.lemma_.lower() in light and noun in direct_objects(clause)
        if carries or (clause.lemma_.lower() in light and clause.dep_ == "acl" and clause.tag_ == "VBN"):
            return clause
    return None


def _verb_need(scene: Scene, step: Step) -> bool:
    place, words = step.place, step.words
    verb = scene.trigger
    if place.startswith("obj"):
        return _object_need(scene, step)
    if place.startswith("prep"):
        return _preposition_need(scene, step)
    if place.startswith("comp"):
        return _clause_need(scene, step)
    if place == "subj":
        return bool(words & scene.lemmas(scene.subjects))
    if place == "subj.crowd":
        crowd = event_lexicon().classes["crowd"]
        return any(lemma in crowd for lemma in scene.lemmas(scene.subjects))
    if place == "subj.plural":
        return len(scene.subjects) > 1 or any(s.tag_ in ("NNS", "NNPS") for s in scene.subjects)
    if place == "prt":
        return any(c.lower_ in words and c.dep_ in ("prt", "advmod", "prep", "npadvmod") for c in verb.children)
    if place == "has":
        return bool(words & _own_lemmas(verb))
    if place in ("adv", "adj"):
        return any(c.lower_ in words for c in verb.children) or bool(words & _deep_lemmas(verb))
    return _plain_need(scene, place, words)


def _plain_need(scene: Scene, place: str, words: frozenset[str]) -> bool:
    verb, clause = scene.trigger, scene.clause
    infinitive = clause is not None and ("to" in modals(clause))
    if place == "to":
        return infinitive and (not words or bool(words & scene.lemmas([clause] if clause is not None else [])))
    if place == "that":
        return (
            clause is not None
            and not infinitive
            and clause.dep_ == "ccomp"
            and not _asks(clause)
            and (clause.tag_ != "VBG" or bool(modals(clause)))
        )
    if place == "that.must":
        if clause is None or not _bound_to(clause) or _resigned(scene, clause):
            return False
        # "..., and we must act": what follows on one's own is no demand
        own = any(one.lower_ in ("we", "i") for one in children(clause, "nsubj"))
        return clause.dep_ == "ccomp" or (clause.dep_ == "conj" and not own)
    if place == "cond":
        return condition_under(clause) is not None or anybody_who(clause) is not None
    if place == "that.will":
        will = clause is not None and clause.dep_ in ("ccomp", "conj") and bool(modals(clause) & _WILL)
        return will and (not words or (clause is not None and clause.lemma_.lower() in words))
    if place == "that.base":
        base = clause is not None and not infinitive and clause.dep_ == "ccomp"
        singular = clause is not None and any(
            s.tag_ in ("NN", "NNP") or names_land(s) for s in grammatical_subjects(clause) if s.head.i == clause.i
        )
        return (
            base
            and clause is not None
            and (clause.tag_ in ("VB", "NN") or (clause.tag_ == "VBP" and singular) or "should" in modals(clause))
            and not modals(clause) & _WILL
        )
    facts = {
        "noobj": not scene.objects,
        "dat": bool(children(verb, "dative")) or (passive(verb) and bool(children(verb, "dobj"))),
        "nofrom": not set(prepositional(verb, frozenset({"from"}))) & set(_hostile(verb)),
        "noprt": not children(verb, "prt"),
        "nothat": clause is None,
        "notto": not infinitive,
        "noname": len(children(verb, "dobj")) < 2 and not children(verb, "oprd", "xcomp", "ccomp", "acomp", "attr"),
        "neg": negated(verb),
        "noneg": not negated(verb),
        "will": bool(modals(verb) & _WILL),
        "noharm": not (event_lexicon().modality["harmless"] & _around(scene)),
        "-": True,
    }
    return facts[place]


def _bound_to(clause: Token) -> bool:
    """As in "must leave", "should leave", "has to leave"."""
    if {"must", "should"} & modals(clause):
        if clause.lemma_.lower() in ("have", "be") and "should" in modals(clause) and _foreseen(clause):
            return False
        return not children(clause, "neg") or "must" in modals(clause)
    # "has to do with", "I have to say" ask for nothing
    forced = [
        c for c in children(clause, "xcomp") if "to" in modals(c) and c.lemma_.lower() not in ("do", "say", "admit")
    ]
    return clause.lemma_.lower() in ("have", "need") and bool(forced)


def _resigned(scene: Scene, clause: Token) -> bool:
    """As in "said his country would have to cut exports": a need that is told of one's own side asks nobody.

    Whose side a speaker is on must be known for "Cestria would have to leave" to be a demand.
    """
    if not modals(clause) & _WILL:
        return False
    speakers = scene.parties.of(scene.parsed, scene.subjects)
    needing = scene.parties.of(scene.parsed, grammatical_subjects(clause))
    unknown = not speakers or scene.parties.stateless(speakers)
    return unknown or bool(scene.parties.sides(speakers) & scene.parties.sides(needing))


def _foreseen(clause: Token) -> bool:
    """As in "should have no problems", "should be able to pay": what is likely, not what is asked."""
    without = any(
        c.lower_ in ("no", "little", "few") for o in children(clause, "dobj") for c in children(o, "det", "amod")
    )
    return without or any(c.lower_ in ("able", "enough", "over") for c in children(clause, "acomp", "advmod"))


def _hostile(verb: Token) -> list[Token]:
    """Whom somebody is taken from, as in "freed 30 girls from militants"."""
    doers = event_lexicon().classes["doer"]
    return [o for o in prepositional(verb, frozenset({"from"})) if o.lemma_.lower() in doers]


def _asks(clause: Token) -> bool:
    """As in "asked whether it would", "asked how": a question, not a demand."""
    return any(c.lower_ in ("whether", "if") or c.tag_ in ("WRB", "WP") for c in clause.children if c.i < clause.i)


def _deep_lemmas(verb: Token) -> frozenset[str]:
    """Lemmas of a verb's predicate: adjectives, attributes and participles under it."""
    return frozenset(c.lower_ for c in children(verb, "acomp", "attr", "oprd", "advmod", "xcomp", "ccomp", "amod"))


def _own_lemmas(verb: Token) -> frozenset[str]:
    """Lemmas under a verb up to the next clause with a subject."""
    found: set[str] = set()
    stack = list(verb.children)
    while stack:
        token = stack.pop()
        if children(token, "nsubj", "nsubjpass") and token.lemma_.lower() != "persona":
            continue
        found.add(token.lemma_.lower())
        stack += token.children
    return frozenset(found)


def _around(scene: Scene) -> frozenset[str]:
    """Lemmas that can show a hostile word to be meant otherwise: object, modifiers, preposition's objects."""
    trigger = scene.trigger
    near = [*scene.objects, *children(trigger, "amod", "compound")]
    near += [o for p in children(trigger, "prep") for o in children(p, "pobj")]
    near += [m for o in scene.objects for m in children(o, "compound")]
    return scene.lemmas(near)


def _object_need(scene: Scene, step: Step) -> bool:
    part = step.place.partition(".")[2]
    objects = scene.objects
    if part in ("", "any"):
        return bool(objects) and (not step.words or bool(step.words & scene.lemmas(objects)))
    if part == "mod":
        # "a new round of joint exercises": the kind may stand with what the round is of
        things = [*objects, *(t for o in objects for t in prepositional(o, frozenset({"of"})))]
        return any(step.words & scene.lemmas(children(o, "amod", "compound")) for o in things)
    if part == "num":
        return any(children(o, "nummod") for o in objects)
    if part.startswith("prep"):
        return any(_fits(prepositional(o, step.words), step.lemmas) for o in objects)
    if part == "person":
        return any(scene.parties.person(scene.parsed, o) for o in objects)
    if part == "force":
        agents = event_lexicon().classes["agent"] | event_lexicon().classes["person"]
        return any(scene.parties.named(scene.parsed, o) or o.lemma_.lower() in agents for o in objects)
    return any(scene.parties.named(scene.parsed, o) for o in objects)


def _fits(tokens: Iterable[Token], lemmas: frozenset[str]) -> bool:
    return any(not lemmas or token.lemma_.lower() in lemmas for token in tokens)


def _preposition_need(scene: Scene, step: Step) -> bool:
    found = list(prepositional_objects(scene, step.words))
    if step.place == "prep.actor":
        return any(scene.parties.named(scene.parsed, token) for token in found)
    if "until" not in step.words:
        # all but a deadline: "gave them until Friday"
        found = [token for token in found if token.ent_type_ not in ("DATE", "TIME")]
    bare = not step.lemmas and any(c.lower_ in step.words and not children(c, "pobj") for c in scene.trigger.children)
    return bare or _fits(found, step.lemmas)


def _clause_need(scene: Scene, step: Step) -> bool:
    if scene.clause is None:
        return False
    own = [s for s in grammatical_subjects(scene.clause) if s.head.i == scene.clause.i]
    subjects = children(scene.clause, "nsubj", "nsubjpass") or own
    if step.place == "comp.plain":
        return match_verb(scene.parsed, scene.parties, scene.clause) is None
    if step.place == "comp.mild":
        # "warned that it would face consequences": the clause tells the threat itself
        inner = match_verb(scene.parsed, scene.parties, scene.clause)
        return inner is None or inner.frame.type is not EventType.THREATEN
    if step.place == "comp.own":
        return _speaks_of_itself(scene, subjects)
    if step.place == "comp.done":
        # "wants the ban lifted"
        done = scene.clause.tag_ in ("VBN", "VBD") and bool(subjects)
        return done and not children(scene.clause, "aux", "auxpass", "mark", "dobj")
    if step.place == "comp.obj":
        return bool(step.words & scene.lemmas(direct_objects(scene.clause)))
    if step.place == "comp.has":
        said = [c for c in scene.clause.children if c.dep_ in ("acomp", "attr", "prep", "advmod")]
        return bool(step.words & scene.lemmas(said)) and not negated(scene.clause)
    if step.place == "comp.subj.actor":
        bodies = event_lexicon().classes["described_body"] if scene.trigger.lemma_ == "want" else frozenset()
        return any(
            scene.parties.named(scene.parsed, s) or s.lemma_.lower() in bodies or names_land(s) for s in subjects
        )
    return bool(step.words & scene.lemmas(subjects))


def _speaks_of_itself(scene: Scene, subjects: list[Token]) -> bool:
    """Whether the subject of the clause is on the side of who speaks: "Borvia said it would"."""
    speakers = scene.parties.of(scene.parsed, scene.subjects)
    own = scene.parties.sides(speakers)
    told_first = scene.clause is not None and scene.clause.i < scene.trigger.i
    if told_first and any(one.lower_ in ("they", "he", "she") for one in subjects):
        # "They will pay for this," said the chief: he is not among them
        return False
    owners = [c for one in subjects for c in children(one, "poss") if c.tag_ == "PRP$"]
    if set(speakers) & set(scene.parties.of(scene.parsed, owners)):
        return True  # "her government", of whatever country: an invented one has no code to compare
    named = own or any(names_land(one) for one in scene.subjects)
    if named and subjects and all(_points_back(one) and not scene.parties.of(scene.parsed, [one]) for one in subjects):
        return True
    return bool(own & scene.parties.sides(scene.parties.of(scene.parsed, subjects)))


def _points_back(subject: Token) -> bool:
    """As "it", "they" and "her country", which the speaker says of itself where nobody else was named."""
    if subject.lower_ in ("it", "he", "she", "they", "we", "i"):
        return True
    return speaks_of_own(subject) or any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in subject.children)


def speaks_of_own(subject: Token) -> bool:
    """As in "said the government would", "said her country would": the speaker's own, where no other is named."""
    if subject.lemma_.lower() not in event_lexicon().classes["own_body"]:
        return False
    left = [c for c in subject.children if c.i < subject.i]
    return len(left) == 1 and (left[0].lower_ == "the" or left[0].tag_ == "PRP$")


def _noun_need(scene: Scene, step: Step) -> bool:
    noun, place = scene.trigger, step.place
    if place == "plural":
        return noun.tag_ in ("NNS", "NNPS")
    if place == "mod":
        return bool(step.words & (scene.lemmas(children(noun, "amod", "compound")) | _coordinated_modifiers(noun)))
    if place == "prep":
        return _fits(prepositional_objects(scene, step.words), step.lemmas)
    if place == "to":
        return scene.clause is not None and "to" in modals(scene.clause)
    if place == "light":
        return scene.carrier is not None
    if place == "the":
        return any(c.dep_ == "det" and c.lower_ in _KNOWN for c in noun.children)
    if place in ("come", "poss"):
        return any(scene.parties.named(scene.parsed, one) for one in slot_tokens(scene, step))
    return place != "noharm" or not (event_lexicon().modality["harmless"] & _around(scene))


def _coordinated_modifiers(noun: Token) -> frozenset[str]:
    return frozenset(
        m.lower_ for c in with_conjuncts(children(noun, "amod")) for m in (c, *children(c, "amod", "advmod"))
    )
