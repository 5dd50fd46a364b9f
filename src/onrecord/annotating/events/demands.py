"""What is demanded, one thing at a time, and demands that no verb of demanding tells."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range
from onrecord.annotating.events.grammar import asker_behind_of, is_verb, modals, passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import names_people
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import children, noun_phrase_end, noun_phrase_start
from onrecord.model import EventType

#: "the best way for X to do this and that" is at most so long before its "would be".
_WAY_TOKENS = 30
#: Needs of a frame that a clause meets.
_OF_CLAUSE = ("to", "that", "comp", "has")


@dataclass(frozen=True, slots=True)
class WayForward:
    """As in "The best way for Borvia to ... would be by withdrawing".

    Attributes:
        trigger: the verb that joins the way with what it is.
        complement: the verb of what is asked.
        asked: heads of the phrases that name who should do it.
    """

    trigger: Token
    complement: Token
    asked: tuple[Token, ...]


def demanded_things(match: Match) -> tuple[Range, ...]:
    """The things that a match demands or promises, in text order; empty where no words tell them."""
    scene = match.scene
    asked_for = any(step.place == "prep" and "for" in step.words for step in match.frame.needs)
    # "asked four countries, including Borvia, for tankers": the objects are who is asked
    objects = () if asked_for and match.frame.lemma == "ask" else scene.objects
    holders = dict.fromkeys((scene.trigger, *objects, *([scene.carrier] if scene.carrier is not None else [])))
    answered = match.frame.type is EventType.AGREE and any(step.place == "will" for step in match.frame.needs)
    if match.frame.lemma == "have" or answered:
        # "the ships had three days to leave"; "would reply by Friday"
        return (_clause_range(scene.trigger),)
    listed = [item for holder in holders for item in _listed(holder)]
    if (promised := _promised(match)) is not None:
        return (_clause_range(promised),)
    if not listed and (thing := _for_a_purpose(match)) is not None:
        return (_with_purpose(thing, scene.clause),)
    if not listed and is_verb(scene.trigger) and (wanted := _for_someone_to(scene.trigger)) is not None:
        return (wanted,)
    if scene.clause is not None and not listed:
        return tuple(_clause_range(clause) for clause in _coordinated_clauses(scene.clause))
    if listed:
        return tuple(_range(item) for item in listed)
    if scene.objects and scene.trigger is scene.carrier and not asked_for:
        return (_object_range(scene.objects[0], scene.trigger),)
    if (wanted := _for_someone_to(scene.trigger)) is not None:
        return (wanted,)
    if (done := _at_request(scene.trigger)) is not None:
        return (done,)
    for preposition in _prepositions(match):
        for inner in children(preposition, "pobj", "pcomp"):
            if inner.ent_type_ not in ("DATE", "TIME"):
                return (_range(inner),)
    return ()


def _prepositions(match: Match) -> Iterator[Token]:
    """What may tell the thing: "an appeal for food", "renewed its appeal to the allies for food"."""
    scene = match.scene
    own = [p for p in children(scene.trigger, "prep") if p.lower_ in ("for", "of", "on")]
    # "the demand of Borvia for a discharge": the thing stands behind "for"
    if asker_behind_of(scene.trigger) and scene.trigger.dep_ == "dobj":
        own += [p for p in children(scene.trigger.head, "prep") if p.lower_ == "for" and p.i > scene.trigger.i]
    yield from sorted(own, key=lambda p: (p.lower_ != "for", p.i))
    holders = [scene.trigger, *([scene.carrier] if scene.carrier is not None else [])]
    for one in holders:
        for preposition in children(one, "prep"):
            if preposition.lower_ == "for" and one is not scene.trigger:
                yield preposition
            if preposition.lower_ in ("to", "on", "by", "from"):
                yield from (p for o in children(preposition, "pobj") for p in children(o, "prep") if p.lower_ == "for")


def _for_a_purpose(match: Match) -> Token | None:
    """What is wanted where the clause only tells what for: "seeks loans to finance the dam".

    A frame that has room for a clause means the clause, and so does one whose thing is somebody: "appealed for the
    donors to give more".
    """
    scene, clause = match.scene, match.scene.clause
    if match.frame.type is not EventType.REQUEST or clause is None or "to" not in modals(clause):
        return None
    if children(clause, "nsubj", "nsubjpass"):
        return None
    for_clauses = any(step.place.startswith(_OF_CLAUSE) for step in match.frame.needs)
    things = scene.objects if scene.trigger is scene.carrier else ()
    if for_clauses:
        # "urged Borvia to", but "urged talks to"
        classes = event_lexicon().classes
        things = tuple(one for one in things if one.lemma_.lower() in classes["wanted"] | classes["talk"])
    if not scene.objects:
        # "called for a ban to be lifted" wants that done; "called for a summit to settle the row" wants the summit
        acts = bool(children(clause, "dobj")) and not passive(clause)
        things = tuple(_for_what(scene.trigger)) if acts else ()
    thing = next((one for one in things if scene.trigger.i < one.i < clause.i), None)
    return None if thing is None or thing.pos_ not in ("NOUN", "NUM") or _somebody(match, thing) else thing


def _with_purpose(thing: Token, clause: Token | None) -> Range:
    """A thing with what it is for, which tells the half of it: "greater effort by Borvia to open its ports"."""
    start, end = _range(thing)
    if clause is not None and clause.left_edge.i in (end + 1, thing.right_edge.i + 1):
        end = _clause_range(clause)[1]
    return start, end


def _for_what(trigger: Token) -> Iterator[Token]:
    for preposition in children(trigger, "prep"):
        if preposition.lower_ == "for":
            yield from children(preposition, "pobj")


def _somebody(match: Match, thing: Token) -> bool:
    """Whether a thing is who shall do it."""
    classes, lemma = event_lexicon().classes, thing.lemma_.lower()
    known = lemma in classes["agent"] or lemma in classes["doer"] or names_people(lemma)
    return known or match.scene.parties.entity(match.scene.parsed, thing) is not None


def _at_request(noun: Token) -> Range | None:
    """As in "will hold consultations at Borvia's request": what is done at a request was asked for."""
    if (
        noun.dep_ != "pobj"
        or noun.head.lower_ != "at"
        or noun.lemma_.lower() not in ("request", "invitation", "urging")
    ):
        return None
    verb = noun.head.head
    if verb.pos_ == "NOUN" and verb.dep_ in ("dobj", "nsubjpass"):
        # the parser may hang "at its request" on the thing
        return noun_phrase_start(verb), verb.i
    if not is_verb(verb):
        return None
    things = children(verb, "dobj", "nsubjpass")
    return (noun_phrase_start(things[0]), noun_phrase_end(things[0])) if things else (verb.i, verb.i)


def says_nothing(match: Match) -> bool:
    """As in "who asked not to be named", "refused to comment": a source's words about itself are no event."""
    clause = match.scene.clause
    if match.frame.type is EventType.REJECT and clause is not None:
        return (
            match.frame.lemma in ("refuse", "decline") and clause.lemma_.lower() in event_lexicon().classes["comment"]
        )
    if match.frame.type is EventType.REQUEST and match.scene.trigger.lemma_.lower() == "ask":
        return _asks_a_question(match.scene.trigger) or _asks_to_stay_unnamed(clause)
    return _asks_to_stay_unnamed(clause)


def _promised(match: Match) -> Token | None:
    """As in "made a pledge to send food": the clause tells what is promised."""
    if match.frame.type is not EventType.AGREE or match.scene.clause is not None:
        return None
    nouns = [o for o in match.scene.objects if o.lemma_.lower() in event_lexicon().classes["promise_noun"]]
    return next((c for o in nouns for c in children(o, "acl", "ccomp") if "to" in modals(c) or modals(c)), None)


def _asks_a_question(verb: Token) -> bool:
    """As in "asked whether it would", "asked how long that takes", "Asked to comment, she said": it wants a word."""
    questions = children(verb, "ccomp", "advcl", "xcomp", "acl")
    first = [one.left_edge for one in questions if one.left_edge.i > verb.i]
    if any(one.lower_ in ("whether", "if") or one.tag_ in ("WRB", "WP", "WDT") for one in first):
        return True
    told = verb.head.lemma_.lower() in event_lexicon().modality["pass"]
    asked_first = verb.tag_ == "VBN" and verb.dep_ == "advcl" and told and verb.i < verb.head.i
    return asked_first or any(one.lower_ == "about" for one in children(verb, "prep"))


def _asks_to_stay_unnamed(clause: Token | None) -> bool:
    if clause is None or clause.lemma_.lower() not in event_lexicon().modality["unnamed"]:
        return False
    return bool(children(clause, "auxpass", "neg"))


def _object_range(noun: Token, verb: Token) -> Range:
    """What is demanded as an object, with the that-clause behind it, whichever word the parser hangs that on."""
    start, end = noun_phrase_start(noun), noun_phrase_end(noun)
    clauses = (*children(noun, "acl", "relcl", "ccomp"), *children(verb, "ccomp", "advcl"))
    said = [c for c in clauses if c.left_edge.i in (noun.i + 1, end + 1) and c.left_edge.lower_ == "that"]
    return start, max([end, *(_clause_range(c)[1] for c in said)])


def _for_someone_to(noun: Token) -> Range | None:
    """As in "demands for Borvia to leave by removing its guns", up to the next comma: parsers break such clauses up."""
    for preposition in children(noun, "prep"):
        someone = children(preposition, "pobj")
        if preposition.lower_ != "for" or not someone:
            continue
        start, end = noun_phrase_start(someone[0]), noun_phrase_end(someone[0])
        last = min(len(noun.doc), end + _WAY_TOKENS) - 1
        if end >= last or noun.doc[end + 1].tag_ != "TO":
            continue
        sentence_starts = (i for i in range(end + 1, last + 1) if noun.doc[i].is_sent_start)
        last = next(sentence_starts, last + 1) - 1
        while end < last and not (noun.doc[end + 1].is_punct and noun.doc[end + 1].text in ',;:.—–”"'):
            end += 1
        return start, end
    return None


def _listed(noun: Token) -> Iterator[Token]:
    """Things listed after "including", or as objects of "which include"."""
    for preposition in children(noun, "prep"):
        if preposition.lower_ in ("including", "like"):
            for first in children(preposition, "pobj", "pcomp", "ccomp"):
                yield from _conjuncts(first)
        for inner in children(preposition, "pobj"):
            yield from _listed(inner) if preposition.lower_ in ("of", "to", "from", "on") else ()
    for clause in children(noun, "relcl"):
        inner_lists = [p for p in children(clause, "prep") if p.lower_ == "including"]
        for preposition in inner_lists:
            for first in children(preposition, "pobj", "pcomp", "ccomp"):
                yield from _conjuncts(first)
        if clause.lemma_.lower() == "include":
            for first in children(clause, "dobj", "ccomp"):
                yield from _conjuncts(first)


def _conjuncts(first: Token) -> list[Token]:
    return [first, *(one for one in first.conjuncts if one.i > first.i)]


def _coordinated_clauses(first: Token) -> list[Token]:
    """The clause and those coordinated with it that begin anew ("that A and that B", "to A and to B")."""
    others = [one for one in _conjuncts(first)[1:] if is_verb(one)]
    return [first, *(one for one in others if children(one, "mark", "nsubj", "nsubjpass") or "to" in modals(one))]


def _range(item: Token) -> Range:
    if is_verb(item):
        return _clause_range(item)
    clauses = [c.right_edge.i for c in children(item, "acl", "relcl", "ccomp", "advcl")]
    return noun_phrase_start(item), max([noun_phrase_end(item), *_before_conjunct(item, clauses)])


def _before_conjunct(item: Token, ends: list[int]) -> list[int]:
    after = [c.left_edge.i for c in item.children if c.dep_ in ("cc", "conj") and c.i > item.i]
    return [min([end, *(a - 1 for a in after)]) for end in ends]


def _clause_range(clause: Token) -> Range:
    end = _before_conjunct(clause, [clause.right_edge.i])[0]
    others = [
        c for c in clause.children if c.dep_ == "conj" and not children(c, "mark", "nsubj") and "to" not in modals(c)
    ]
    if others:
        end = max(end, others[-1].right_edge.i)
    while end > clause.i and clause.doc[end].is_punct:
        end -= 1
    return clause.left_edge.i, max(end, clause.i)


def ways_forward(tokens: list[Token]) -> Iterator[WayForward]:
    """Advice that is a demand: "the best way for X to calm things would be by withdrawing its guns"."""
    words = event_lexicon().modality
    way: Token | None = None
    for token in tokens:
        if token.lemma_.lower() in words["way_noun"] and {c.lower_ for c in token.children} & words["way_choice"]:
            way = token
        if way is None or token.lemma_ != "be" or token.i - way.i > _WAY_TOKENS:
            continue
        subjects = children(token, "nsubj")
        if subjects and way not in subjects:
            continue
        for link in children(token, "prep", "xcomp", "ccomp", "advcl", "acomp", "attr"):
            done = link if is_verb(link) else next(iter(children(link, "pcomp")), None)
            if done is not None and (link.lower_ == "by" or "to" in modals(done)):
                yield WayForward(token, done, _asked(way))
                way = None
                break


def _asked(way: Token) -> tuple[Token, ...]:
    clauses = children(way, "relcl", "acl", "advcl")
    subjects = [s for clause in clauses for s in children(clause, "nsubj")]
    objects = [o for p in children(way, "prep") if p.lower_ == "for" for o in children(p, "pobj")]
    return tuple(subjects or objects)
