"""Words of force and of politics that are meant otherwise: sport, weather, animals, illness, markets, fiction.

A frame fits "the striker fired twice" and "locusts invaded the fields" as it fits shots and armies, and the network's
head, which reads few such sentences, is as sure of them. Who stands as the doer, what it is done to, and what the
sentence is about decide. What police or soldiers do stays an event wherever they do it.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Final

from spacy.tokens import Doc, Span, Token

from onrecord.annotating.events.grammar import is_verb, logical_subjects, prepositional
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import DEEPEST, children
from onrecord.model import ActorKind, EventType

#: What states and bodies decide about sport is no sport: "barred Borvia from the tournament".
_POLITICAL: Final = frozenset(
    {EventType.SANCTION, EventType.COERCE, EventType.PROTEST, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT}
)
#: What stars and bands decide for themselves.
_WORDS_ONLY: Final = frozenset({EventType.REJECT, EventType.SUPPORT, EventType.CONSULT, EventType.AGREE})
#: What needs soldiers, police or goods; the rest is done in words.
_MATERIAL: Final = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.AID, EventType.MOBILIZE, EventType.RETREAT}
)
#: These are never done in play.
_HARM: Final = frozenset({"kill", "wound", "murder", "arrest", "kidnap", "abduct", "detain"})
_FIGHTS: Final = frozenset({"battle", "fight", "war", "clash", "feud", "attack", "assault", "siege"})
_FREEING: Final = frozenset({EventType.RETREAT, EventType.AID, EventType.CONCEDE})
_FIGHTING: Final = frozenset({"fight", "combat", "battle", "tackle", "beat", "attack"})
#: What happened so many years before a report is history.
_LONG_AGO_YEARS: Final = 40
_YEAR: Final = re.compile(r"1[0-9]\d\d|20\d\d")
_SCORE: Final = re.compile(r"(?<![\d-])\d{1,3}[-–]\d{1,3}(?![-\d–])")
#: So many words of the second list make a sentence one of sport.
_ENOUGH: Final = 3
_IN_SPORT: Final = "onrecord.events.sport"
"""Where a document keeps which sentences are of sport, by their first token."""
_WORDS: Final = "onrecord.events.words"
"""Where a document keeps the lemmas that it has."""


def figurative(match: Match, day: str | None = None) -> bool:
    """Whether the words around show that a match tells no event.

    Args:
        match: what a frame or the head found.
        day: the report's, as an EDTF date.
    """
    doers = _doers(match)
    objects = _objects(match)
    return (
        _all_of(doers, "creature", "unwilled", "market")
        or (match.frame.type in _MATERIAL and _all_of(objects, "creature", "traded"))
        or (match.frame.type in _MATERIAL and _all_of(doers, "firm") and not _abroad(match))
        or (match.frame.type in _WORDS_ONLY and _all_of(doers, "celebrity", "entertainer"))
        or (match.scene.clause is not None and match.scene.clause.lemma_.lower() in _figures("deal_making"))
        or (_all_of(doers, "sportsman") and (match.frame.type is EventType.ACCUSE or _strikes_nobody(match, objects)))
        or (match.frame.type is EventType.THREATEN and _foretold(match, doers))
        or _of_no_state(match, doers, objects)
        or _tame(match, doers)
        or _fiction(match, doers)
        or _private(match, doers, objects)
        or _shot_at_with_words(match)
        or _in_sport(match, doers, objects)
        or (day is not None and _history(match, int(day[:4])))
    )


def _strikes_nobody(match: Match, objects: list[Token]) -> bool:
    """As in "the cyclists attacked on the last climb"."""
    return match.frame.type is EventType.ASSAULT and not objects


def _foretold(match: Match, doers: list[Token]) -> bool:
    """As in "meteorologists warned of a storm": nobody can threaten with it, and they threaten nobody."""
    coming = list(prepositional(match.trigger, frozenset({"of", "about"})))
    return _all_of(coming, "unwilled") or bool(doers and _lemmas(doers) <= _figures("forecaster"))


def _abroad(match: Match) -> bool:
    """As in "the lender froze a credit line to Keldonia": of a state, whoever does it."""
    below = [t for t in match.trigger.subtree if t.i > match.trigger.i and t.pos_ == "PROPN"]
    return any(
        match.scene.parties.kinds(match.scene.parties.of(match.scene.parsed, [t])) & {ActorKind.STATE} for t in below
    )


def _doers(match: Match) -> list[Token]:
    if match.scene.carrier is not None:
        return list(match.scene.subjects)
    # "an invasion by ants"
    return list(prepositional(match.trigger, frozenset({"by"})))


def _figures(name: str) -> frozenset[str]:
    return event_lexicon().figures[name]


def _lemmas(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.lemma_.lower() for token in tokens)


def _objects(match: Match) -> list[Token]:
    if match.scene.carrier is match.trigger:
        return list(match.scene.objects)
    return list(prepositional(match.trigger, frozenset({"of", "on", "against"})))


@cache
def _together(*lists: str) -> frozenset[str]:
    return frozenset[str]().union(*(_figures(name) for name in lists))


def _words_of(doc: Doc) -> frozenset[str]:
    """The lemmas of a document."""
    known: frozenset[str] | None = doc.user_data.get(_WORDS)
    if known is None:
        strings = doc.vocab.strings
        known = frozenset(strings[lemma].lower() for lemma in set(doc.to_array("LEMMA").tolist()))
        doc.user_data[_WORDS] = known
    return known


def _stands(doc: Doc, *lists: str) -> bool:
    """Whether a document has a word of some lists at all: most have none, and need no looking."""
    return not _words_of(doc).isdisjoint(_together(*lists))


def _all_of(tokens: Collection[Token], *lists: str) -> bool:
    """Whether there are tokens and all are common nouns of some lists."""
    words = _together(*lists)
    return bool(tokens) and all(
        token.lemma_.lower() in words and (token.pos_ != "PROPN" or token.i == 0) for token in tokens
    )


def _of_no_state(match: Match, doers: list[Token], objects: list[Token]) -> bool:
    """As in "fight malaria", "critics panned the opera", "was shot a glance", "hit out at a ball"."""
    trigger, kind = match.trigger, match.frame.type
    if kind in _FREEING and _all_of(objects, "published"):
        return True
    if kind is EventType.ASSAULT and match.scene.carrier is trigger:
        fought = trigger.lemma_.lower() in _FIGHTING and _all_of(objects, "ill")
        looked = bool(_lemmas(children(trigger, "dobj")) & _figures("look"))
        if fought or looked or _all_of(objects, "unwilled", "abstract"):
            return True
    if (
        kind is EventType.ACCUSE
        and _all_of(objects, "told_of", "ball")
        and not _lemmas(doers) & event_lexicon().classes["agent"]
    ):
        return True
    aims = [] if objects else list(prepositional(trigger, frozenset({"at", "on", "with"})))
    return kind in (EventType.ASSAULT, EventType.ACCUSE) and _all_of(aims, "ball")


def _tame(match: Match, doers: list[Token]) -> bool:
    """As in "a price war", "a battle with cancer", "the heart attack struck the premier"."""
    if not _stands(match.trigger.doc, "tame", "tamed_by"):
        return False
    told = doers if match.scene.carrier is match.trigger else [match.trigger]
    blows = [one for one in told if one.lemma_.lower() in event_lexicon().classes["hostility"] | _FIGHTS]
    kinds = _lemmas(c for one in blows for c in children(one, "amod", "compound", "nmod"))
    against = _lemmas(o for one in blows for o in prepositional(one, frozenset({"with", "of", "against", "on"})))
    return bool(kinds & _figures("tame") or against & _figures("tamed_by"))


def _fiction(match: Match, doers: list[Token]) -> bool:
    """As in "the novel tells how rebels seized", "the museum shows the rifle that killed the king"."""
    if not _stands(match.trigger.doc, "told_of"):
        return False
    if _all_of(doers, "told_of"):
        return True
    node = match.trigger
    for _ in range(DEEPEST):
        if _lemmas(prepositional(node, frozenset({"in"}))) & _figures("told_of"):
            # "in the film, a spy kidnaps"
            return True
        if node.head.i == node.i or node.dep_ in ("ccomp", "relcl"):
            break
        node = node.head
    top = match.trigger.sent.root
    holds = is_verb(top) and top.i != match.trigger.i and top is not match.scene.carrier
    return holds and top.tag_ != "VBN" and _all_of(logical_subjects(top), "told_of")


def _private(match: Match, doers: list[Token], objects: list[Token]) -> bool:
    """As in "a baker stabbed his brother", "the singer was arrested for drunk driving": of no matter to any state."""
    if match.frame.type is EventType.COERCE:
        charged = _lemmas(prepositional(match.trigger, frozenset({"for", "on", "after"})))
        charged |= _lemmas(c for p in children(match.trigger, "prep") for c in children(p, "pcomp"))
        return bool(charged & _figures("offence")) and _all_of(objects, "celebrity")
    if match.frame.type is not EventType.ASSAULT or not doers or not objects:
        return False
    related = all(
        one.lemma_.lower() in _figures("kin") and any(c.tag_ == "PRP$" for c in children(one, "poss"))
        for one in objects
    )
    classes = event_lexicon().classes
    armed = classes["doer"] | classes["force"] | classes["agent"] | classes["blast"]
    return related and all(one.pos_ == "NOUN" for one in doers) and not _lemmas(doers) & armed


def _shot_at_with_words(match: Match) -> bool:
    """As in "came under fire from architects", "bombed in the debate"."""
    if match.frame.type is not EventType.ASSAULT or match.scene.carrier is not match.trigger:
        return False
    if any(step.place == "victim.subj" for step in match.frame.targets):
        by = list(prepositional(match.trigger, frozenset({"from", "by"})))
        return bool(by) and bool(_lemmas(by) <= _figures("in_words"))
    return not match.scene.objects and bool(
        _lemmas(prepositional(match.trigger, frozenset({"in", "on", "at"}))) & _figures("stage")
    )


def _in_sport(match: Match, doers: list[Token], objects: list[Token]) -> bool:
    if not _is_sport(match.trigger.sent) or match.trigger.lemma_.lower() in _HARM:
        return False
    return match.frame.type not in _POLITICAL or bool(_lemmas((*doers, *objects)) & _figures("sportsman"))


def _history(match: Match, year: int) -> bool:
    """As in "invaded in 1741": its own clause dates it long before the report."""
    tokens = [match.trigger] if match.scene.carrier is None else [match.trigger, match.scene.carrier]
    years = [one for token in tokens for one in prepositional(token, frozenset({"in", "since", "during", "of"}))]
    return any(_YEAR.fullmatch(one.text) and int(one.text) < year - _LONG_AGO_YEARS for one in years)


def _is_sport(sentence: Span) -> bool:
    """Whether a sentence is one of sport, by its words."""
    known: dict[int, bool] = sentence.doc.user_data.setdefault(_IN_SPORT, {})
    if sentence.start not in known:
        doc = sentence.doc
        may_be = _stands(doc, "sport", "sport_weak") or not _words_of(doc).isdisjoint(("score", "-"))
        known[sentence.start] = may_be and _counts_as_sport(doc, sentence.start, sentence.end)
    return known[sentence.start]


def _counts_as_sport(doc: Doc, start: int, end: int) -> bool:
    words = set(_lemmas(token for token in doc[start:end] if token.pos_ in ("NOUN", "PROPN")))
    hyphens = (at for at in range(start + 1, end - 1) if doc[at].text == "-")
    words |= {f"{doc[at - 1].lower_}-{doc[at + 1].lemma_.lower()}" for at in hyphens}
    if words & _figures("in_earnest"):
        return False
    if words & _figures("sport"):
        return True
    scores = any(token.lemma_ == "score" and token.pos_ == "VERB" for token in doc[start:end])
    weak = len(words & _figures("sport_weak")) + 2 * scores
    return weak >= _ENOUGH or (weak > 0 and _SCORE.search(doc[start:end].text) is not None)
