"""Announcements that bind who makes them: "the road would be reopened by Friday, the ministry said".

No verb of promising tells them, or none that a frame has room for. What makes one is a deed to come and who has it in
hand: a side that tells its own deed ("We will return the crew", "said it would finish the repairs by Friday"), a deed
that the report tells as settled ("is to send an envoy this week"), a thing that an official says will be done ("an
answer will be given by 25 May"). What others will do, what befalls people, and what is only expected bind nobody.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range
from onrecord.annotating.events.coming import awaited, happens, no_deed, promised, range_of, was_planned
from onrecord.annotating.events.conditions import condition_under
from onrecord.annotating.events.frames import speaks_of_own
from onrecord.annotating.events.grammar import (
    grammatical_subjects,
    is_verb,
    logical_subjects,
    modals,
    negated,
    passive,
    prepositional,
)
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.pledging import Found, Told, deadlines, may_pledge, pledges
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.reality import reality_of
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import children
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import ActorKind, Event, EventType, Modality, TimeMention

_WILL = frozenset({"will", "'ll", "’ll", "shall"})
_WOULD = frozenset({"would", "'d", "’d"})
_BODIES = frozenset({ActorKind.STATE, ActorKind.ORGANISATION})
#: "is to send", "is also to send": so many tokens between.
_IS_TO = 4
_FIRST = frozenset({"we", "i"})
_THIRD = frozenset({"it", "they", "he", "she"})
_OPENING = _WILL | _WOULD | {"due", "expected"}
_ORDERING = frozenset({"order", "instruct"})
_TO_WHOM = frozenset({"to", "for", "with"})
_TO_COME = frozenset({Modality.PLANNED, Modality.CONDITIONAL})
_HOSTILE = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.THREATEN,
        EventType.SANCTION,
        EventType.REJECT,
        EventType.ACCUSE,
        EventType.PROTEST,
    }
)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A deed to come that its announcer is bound by, or that he asks of another.

    Attributes:
        verb: of the deed.
        words: its clause.
        sources: who announced it.
        targets: to whom, where that is told.
        condition: the verb of the clause that it depends on.
        anchors: the tokens whose times are the deed's.
        due: the first day to come among its words.
        type: that of a promise, or of a demand.
    """

    verb: Token
    words: Range
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    condition: Token | None = None
    anchors: frozenset[int] = frozenset()
    due: str | None = None
    type: EventType = EventType.AGREE


@dataclass(frozen=True, slots=True)
class Setting:
    """What an announcement is looked for in.

    Attributes:
        days: the token of each day to come, with the time.
        told: the tokens of the deeds to come that an event tells already.
        speakers: the speakers of the statement that a token stands in, each with the state he speaks for.
        asked: the tokens of demands that an event tells already.
        day: that of the report.
    """

    parsed: ParsedBlock
    parties: Parties
    days: Sequence[tuple[Token, TimeMention]]
    told: frozenset[int]
    speakers: Callable[[Token], tuple[str, ...]]
    asked: frozenset[int] = frozenset()
    day: str | None = None


@dataclass(frozen=True, slots=True)
class _Deed:
    """A deed to come: its verb, what governs it, how real it is, and whose word it is on."""

    verb: Token
    top: Token
    reality: Reality
    saying: tuple[str, ...]
    indirect: bool
    due: str | None

    @property
    def dated(self) -> bool:
        """Whether a day to come stands among its words."""
        return self.due is not None


def settled(matches: Sequence[Match], events: Sequence[tuple[Match, Event]]) -> frozenset[int]:
    """The tokens of deeds that an event tells as to come, or that are hostile: no announcement is made of them."""
    told = {match.trigger.i for match in matches if match.frame.type in _HOSTILE}
    for match, event in events:
        promised = event.type is EventType.AGREE
        if event.sources and (promised or event.modality in _TO_COME):
            told.add(match.trigger.i)
            told.update(one.i for one in (match.scene.carrier, match.scene.clause) if one is not None)
            if promised and match.scene.clause is not None:
                told.update(one.i for one in match.scene.clause.conjuncts)
    return frozenset(told)


def announcements(setting: Setting, tokens: Sequence[Token]) -> list[Announcement]:
    """The announcements of a sentence, its pledges told by nouns, and its deadlines."""
    made = (_announced(setting, verb, top) for verb, top in _to_come(setting, tokens))
    found = [one for one in made if one is not None]
    if may_pledge(tokens):
        settled = setting.told | {one.verb.i for one in found}
        told = Told(
            setting.parsed, setting.parties, setting.days, settled, setting.asked, setting.day, setting.speakers
        )
        found += [_as_announced(one, EventType.AGREE) for one in pledges(told, tokens)]
        found += [_as_announced(one, EventType.REQUEST) for one in deadlines(told, tokens)]
    return found


def _as_announced(one: Found, kind: EventType) -> Announcement:
    return Announcement(one.verb, one.words, one.sources, one.targets, due=one.due, type=kind)


def asked_for(events: Sequence[tuple[Match, Event]]) -> frozenset[int]:
    """The tokens of demands that an event tells already."""
    asked: set[int] = set()
    for match, event in events:
        if event.type is EventType.REQUEST:
            asked.add(match.trigger.i)
            asked.update(one.i for one in (match.scene.carrier, match.scene.clause) if one is not None)
    return frozenset(asked)


def tells_to_come(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a word without which nothing is announced in it."""
    if any(token.lower_ in _OPENING or (token.lower_ == "to" and _settles(token)) for token in tokens):
        return True
    return may_pledge(tokens)


def _settles(to: Token) -> bool:
    """Whether an infinitive stands under what settles it: "is to send", "has decided to give"."""
    return to.dep_ == "aux" and to.head.head.lemma_.lower() in event_lexicon().modality["settling"]


def _to_come(setting: Setting, tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """The verbs that tell what is to come, each with the verb that governs it ("is to send", "has decided to give")."""
    words = event_lexicon().modality
    for token in tokens:
        if not is_verb(token) or token.dep_ in ("aux", "auxpass") or token.i in setting.told:
            continue
        auxiliaries = modals(token)
        if auxiliaries & (_WILL | _WOULD):
            yield token, token
        elif "to" in auxiliaries and "have" not in auxiliaries and token.dep_ in ("xcomp", "ccomp", "acl", "advcl"):
            governor = token.head
            lemma = governor.lemma_.lower()
            verbal = is_verb(governor) or governor.pos_ == "ADJ"
            if lemma == "be" and (token.dep_ != "xcomp" or governor.tag_ == "VBD" or token.i - governor.i > _IS_TO):
                # "was in town to deliver a speech"
                continue
            if verbal and lemma in words["settling"] and governor.i not in setting.told and governor.i < token.i:
                yield token, governor.head if governor.pos_ == "ADJ" and is_verb(governor.head) else governor
        elif awaited(token):
            yield token, token


def _announced(setting: Setting, verb: Token, top: Token) -> Announcement | None:
    if no_deed(verb) or negated(verb) or negated(top) or was_planned(top):
        return None
    if top is not verb and (children(top, "agent") or (top.lemma_ in _ORDERING and not passive(top))):
        # "was ordered by the court to pay", "ordered the party to pay": another's will, or another's deed
        return None
    if awaited(verb) and any(one.i in setting.told for one in verb.subtree):
        # "is expected in Lorn on Monday for talks": the talks tell it
        return None
    due_there, reality = awaited(verb), _reality(verb, top)
    if reality.would and reality.speech is None and setting.speakers(verb):
        # "It would also pay the crews": still in the words of who spoke before
        reality = Reality(planned=True, condition=reality.condition)
    modality = Modality.PLANNED if due_there and reality.modality() is Modality.ACTUAL else reality.modality()
    if modality not in _TO_COME or (modality is Modality.PLANNED and reality.alleged):
        return None
    deed = _deed(setting, verb, top, reality)
    by = _bound(setting, deed)
    if not by:
        return None
    own = setting.parties.sides(by)
    hearers = setting.parties.of(setting.parsed, _to_whom(deed))
    to = tuple(one for one in hearers if one not in by and not setting.parties.sides([one]) & own)
    anchors = frozenset({verb.i, top.i})
    return Announcement(verb, range_of(verb, top), by, to, reality.condition, anchors, deed.due)


def _reality(verb: Token, top: Token) -> Reality:
    """How a deed is told; "is to send", "has decided to give", "is ready to pay" are to come as they stand."""
    told = reality_of(verb, verb)
    if top is verb or told.modality() in _TO_COME:
        return told
    above = reality_of(top, top)
    condition = condition_under(top) or condition_under(verb)
    said = top.dep_ == "ccomp" and top.head.lemma_.lower() in event_lexicon().modality["announce"]
    depends = above.modality() is None and condition is not None and (said or top.dep_ == "ROOT")
    if above.modality() is Modality.ACTUAL or depends:
        return Reality(planned=True, speech=above.speech or (top.head if said else None), condition=condition)
    return above


def _deed(setting: Setting, verb: Token, top: Token, reality: Reality) -> _Deed:
    near = range_of(verb, top)
    days = (mark for token, mark in setting.days if verb.i < token.i <= near[1] or _in_front(token, verb, top))
    due = next((mark.edtf for mark in days), None)
    speech = reality.speech
    saying = () if speech is None else logical_subjects(speech)
    speakers = setting.parties.of(setting.parsed, saying, describe=True)
    speakers = tuple(dict.fromkeys((*speakers, *setting.parties.body_of(setting.parsed, saying))))
    return _Deed(verb, top, reality, speakers or setting.speakers(verb), speech is not None and speech.i < verb.i, due)


def _in_front(day: Token, verb: Token, top: Token) -> bool:
    """As in "On Friday Borvia will hand over the map"; the day of a dateline hangs elsewhere."""
    above = day.head.head if day.dep_ == "pobj" else day.head
    return day.i < verb.i and day.dep_ in ("pobj", "npadvmod") and above.i in (verb.i, top.i)


def _bound(setting: Setting, deed: _Deed) -> tuple[str, ...]:
    """Who is bound by a deed to come; empty where nobody is."""
    verb, parties = deed.verb, setting.parties
    subjects = grammatical_subjects(verb)
    nobodys = event_lexicon().classes["talk"] | event_lexicon().modality["chance"]
    anything = any(c.lower_ in ("any", "no") for s in subjects for c in children(s, "det"))
    if not subjects or anything or any(s.lemma_.lower() in nobodys for s in subjects):
        return ()
    conditional = deed.reality.condition is not None
    if (passive(verb) or happens(verb)) and not awaited(verb):
        return _in_hand(setting, deed, subjects)
    doers = parties.of(setting.parsed, subjects, agents_only=True, describe=not deed.saying)
    third = all(one.lower_ in _THIRD for one in subjects)
    if third and deed.saying and not deed.indirect and _one_side(parties, doers, deed.saying):
        # "They will pay for this," said the chief: whoever they are, he is not among them
        return ()
    first = any(one.lower_ in _FIRST for one in subjects)
    own = first or any(speaks_of_own(one) for one in subjects)
    own = own or (deed.indirect and (third or all(_has_own(one) for one in subjects)))
    if not doers and own:
        doers = deed.saying if first or _official(parties, deed.saying) else ()
    elif not doers and (awaited(verb) or all(_run_by_somebody(one) for one in subjects)):
        doers = _in_hand(setting, deed, subjects)
    elif deed.saying and not _one_side(parties, doers, deed.saying):
        return ()
    if not doers:
        return ()
    spoken = bool(deed.saying)
    settled = deed.top is not verb or awaited(verb)
    if deed.dated and (spoken or settled or promised(verb)):
        return _with_speaker(parties, doers, deed.saying)
    # without a day only what is done for somebody binds, in one's own words
    told = bool(modals(verb) & _WILL) and bool(parties.kinds(doers) & _BODIES) and bool(children(verb, "dobj"))
    gives = promised(verb) and (spoken or settled or told) and (conditional or _given(deed))
    return _with_speaker(parties, doers, deed.saying) if gives else ()


def _run_by_somebody(subject: Token) -> bool:
    """As in "the consulate would go on issuing visas until June": what somebody keeps at work."""
    classes, lemma = event_lexicon().classes, subject.lemma_.lower()
    run = lemma in classes["described_body"] or lemma in classes["route"] or lemma in ("consulate", "office")
    # "some 40,000 troops will return by Friday, the ministry said": whose they are, only he tells
    return run or (lemma in classes["soldier"] and not any(_has_own(one) for one in [subject]))


def _has_own(subject: Token) -> bool:
    """As in "said their forces had been ordered"."""
    return any(c.tag_ == "PRP$" for c in children(subject, "poss"))


def _in_hand(setting: Setting, deed: _Deed, subjects: Sequence[Token]) -> tuple[str, ...]:
    """Who has in hand what will be done to a thing, or what will take place: the thing's owner, else who says so."""
    parties, verb = setting.parties, deed.verb
    agents = parties.of(setting.parsed, logical_subjects(verb)) if passive(verb) else ()
    if agents and deed.saying and not _one_side(parties, agents, deed.saying):
        return ()
    if any(parties.person(setting.parsed, one) for one in subjects) and not promised(verb):
        # what is done to people is seldom done for them
        return ()
    of_thing = parties.of(setting.parsed, [o for one in subjects for o in children(one, "poss")])
    owners = of_thing if any(one.lemma_.lower() in event_lexicon().classes["handed_over"] for one in subjects) else ()
    if not deed.dated and not (deed.saying and promised(verb) and _official(parties, deed.saying)):
        return ()
    if agents or (owners and (not deed.saying or _one_side(parties, owners, deed.saying))):
        return _with_speaker(parties, agents or owners, deed.saying)
    if of_thing and deed.saying and not _one_side(parties, of_thing, deed.saying):
        return ()
    return deed.saying if _official(parties, deed.saying) and not _strange(setting, deed, subjects) else ()


def _strange(setting: Setting, deed: _Deed, subjects: Sequence[Token]) -> bool:
    """Whether what will be done or take place is another side's: "said that Ukraine would lose the town"."""
    doers = setting.parties.of(setting.parsed, subjects, agents_only=True)
    return bool(doers) and not passive(deed.verb) and not _one_side(setting.parties, doers, deed.saying)


def _with_speaker(parties: Parties, by: tuple[str, ...], saying: tuple[str, ...]) -> tuple[str, ...]:
    own = parties.sides(by)
    return tuple(dict.fromkeys((*by, *(one for one in saying if parties.sides([one]) & own))))


def _one_side(parties: Parties, doers: tuple[str, ...], saying: tuple[str, ...]) -> bool:
    if parties.sides(doers) & parties.sides(saying):
        return True
    # whose chief it is nobody told: "tents would be there by Friday, said the agency's head"
    unknown = parties.stateless(saying) and ActorKind.PERSON not in parties.kinds(doers)
    return unknown and (parties.acting(saying) or ActorKind.STATE not in parties.kinds(doers))


def _official(parties: Parties, saying: tuple[str, ...]) -> bool:
    """Whether somebody speaks who can bind a side: a state, a body, a person who acts for one."""
    return bool(parties.kinds(saying) & _BODIES) or parties.acting(saying)


def _given(deed: _Deed) -> bool:
    """Whether a deed without a day is done to or for somebody: it has an object, or a receiver."""
    verb = deed.verb
    return bool(children(verb, "dobj", "dative") or passive(verb) or verb.lemma_ == "make")


def _to_whom(deed: _Deed) -> list[Token]:
    verb, speech = deed.verb, deed.reality.speech
    near = [*children(verb, "dative"), *prepositional(verb, _TO_WHOM)]
    near += [o for d in children(verb, "dobj") for o in prepositional(d, _TO_WHOM)]
    return near + ([] if speech is None else children(speech, "dobj", "dative"))
