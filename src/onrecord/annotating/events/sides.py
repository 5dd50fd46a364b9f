"""Who stands on which side of an event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.frames import speaks_of_own
from onrecord.annotating.events.grammar import (
    asker_behind_of,
    grammatical_subjects,
    holder,
    is_verb,
    logical_subjects,
    passive,
    prepositional,
)
from onrecord.annotating.events.lexicon import Step, event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.scenes import Match, Scene
from onrecord.annotating.events.settling import SPOKEN
from onrecord.annotating.events.slots import slot_tokens
from onrecord.annotating.events.suffering import as_suffered
from onrecord.annotating.events.tree import DEEPEST, children
from onrecord.model import EventType

_WHERE = (Step("obj.prep", frozenset({"in", "on", "near"})), Step("prep", frozenset({"in", "on", "near"})))


#: "promised that the mediators would have a map": who gets something owes nothing.
_GETTING = frozenset("have get receive obtain see be know hear".split())
#: "the two sides", "both governments", "the three countries": parties that were told together before.
_COUNTED = {"two": 2, "both": 2, "three": 3, "four": 4}
_TOGETHER = frozenset("side country government nation state power party capital neighbour neighbor ally".split())
_TABLE = frozenset({"delegations", "sides", "negotiators"})
_SPEAKING = frozenset({"we", "i"})
_SPOKEN_OF = frozenset({"it", "they", "he", "she"})
_OBLIGING = frozenset({"oblige", "require", "bind", "commit"})
_CONVENING = frozenset({"hold", "meet", "convene", "gather"})


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of an event.

    Attributes:
        distinct: how many sides meet (a minister and his state are one).
        inferred: True where a party was taken from the words around, not from the trigger's own.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    distinct: int = 0
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What was told before and may be meant again.

    Attributes:
        meeting: both sides of the meeting told last.
        pair: the two sides of the event told last that had two.
        meetings: those whose meetings were told most often.
    """

    meeting: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()


def sides_of(match: Match, reality: Reality, parties: Parties, speakers: Sequence[str], before: Before) -> Sides:
    """The parties of a match.

    Args:
        match: the frame and its place.
        reality: how it is told; a denial's source is who denies.
        parties: finds entities.
        speakers: entity ids (or names) of the speakers of the statement it stands in.
        before: both sides of what was told last, for "the talks" and "both sides".
    """
    scene = match.scene
    if match.frame.type is EventType.CONSULT:
        return _meeting(match, parties, before, reality)
    together = _together(scene, parties, before)
    sources, inferred = (together, True) if together else _sources(match, reality, parties, speakers)
    itself = parties.entity(scene.parsed, scene.trigger)
    sources = tuple(one for one in sources if itself is None or one != itself.id)
    steps = match.frame.targets
    if match.frame.type is EventType.AGREE and scene.clause is not None:
        # "undertook to hand over its text": its own, whoever was named last
        steps = tuple(step for step in steps if step.place != "comp.obj" or not _own_thing(scene.clause))
    targets = _first_filled(scene, parties, steps, sources)
    if any(step.place == "victim.subj" for step in match.frame.targets):
        # "came under fire from Borvia", "fell to the rebels": the subject is who suffers it
        sources, targets = targets, sources or parties.of(scene.parsed, scene.subjects, describe=True)
    if any(step.place == "speech.subj" for step in match.frame.targets):
        # "Borvia would face consequences": the subject is who is threatened, the speaker threatens
        targets, (sources, inferred) = sources, _speaking(scene, reality, parties, speakers)
    if match.frame.type is EventType.ASSAULT and not targets and scene.carrier is scene.trigger:
        # whose land or town is hit: "hit a depot in the Borvian city"
        targets = _land(scene, parties, sources)
    if not targets and sources:
        # an unknown name behind "on" or "at" is a place as often as a party
        steps = match.frame.targets
        if match.frame.type in (EventType.ASSAULT, EventType.MOBILIZE):
            steps = tuple(step for step in steps if not step.place.endswith("prep"))
        if match.frame.type is EventType.AGREE:
            # "agreed to take back 700 migrants": they are what it is about, nobody who is owed it
            steps = tuple(step for step in steps if step.place != "comp.obj")
        targets = _first_filled(scene, parties, steps, sources, describe=True)
    if not targets and sources and match.frame.type is EventType.THREATEN:
        # "will close the canal if Tarvia raises the tolls": who is to be moved by it
        targets = _first_filled(scene, parties, (Step("cond.subj"),), sources, describe=True)
    sources, targets = as_suffered(match, parties, sources, targets)
    own = parties.sides(sources)
    kept = tuple(one for one in targets if one not in sources and not parties.sides([one]) & own)
    if match.frame.type is EventType.AGREE and scene.clause is not None and not sources:
        inferred = True
    return Sides(sources, kept, len(own), inferred)


def _sources(match: Match, reality: Reality, parties: Parties, speakers: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    scene, frame = match.scene, match.frame
    bound_by_text = frame.type is EventType.AGREE and frame.lemma in _OBLIGING and scene.objects
    if bound_by_text and (bound := parties.of(scene.parsed, scene.objects, describe=True)):
        # "the accord obliges Borvia to leave": who is bound by a text owes it
        return bound, False
    getting = scene.clause is not None and scene.clause.lemma_.lower() in _GETTING
    if frame.type is EventType.AGREE and scene.clause is not None and not getting:
        # "they agreed that Borvia would pay": who is to do it owes it
        doers = [s for s in scene.clause.children if s.dep_ == "nsubj"]
        found = parties.of(scene.parsed, doers, agents_only=True)
        if found:
            return found, False
    # "bombed by American B-2s": whatever stands behind "by" has done it
    named = scene.carrier is not None and passive(scene.carrier) and not any(s.pos_ == "NOUN" for s in scene.subjects)
    found = parties.of(scene.parsed, scene.subjects, agents_only=not named)
    if not found and scene.trigger.dep_ == "acl" and scene.trigger.tag_ == "VBG":
        # "issued a statement accusing": whose statement it is
        found = parties.of(scene.parsed, holder(scene.trigger.head), agents_only=True)
    if not found and scene.carrier is None and _planned_by_holder(scene.trigger):
        # "unveiled plans for drills": whose plans they are
        found = parties.of(scene.parsed, holder(scene.trigger.head.head), agents_only=True)
    if not found and frame.sources:
        found = _first_filled(scene, parties, frame.sources, ())
    if not found and frame.type is EventType.REQUEST and not is_verb(scene.trigger):
        found = parties.of(scene.parsed, asker_behind_of(scene.trigger), describe=True)
    asked_by = scene.carrier is None and any(step.place == "prep" for step in frame.sources)
    if not found and asked_by and prepositional(scene.trigger, frozenset({"by", "from"})):
        # "turned down a request by the students"
        found = _first_filled(scene, parties, frame.sources, (), describe=True)
    if not found and reality.denier is not None and reality.speech is not None:
        found = parties.of(scene.parsed, logical_subjects(reality.speech), agents_only=True, describe=True)
    if not found and frame.type is EventType.ASSAULT and scene.carrier is scene.trigger and passive(scene.trigger):
        # "killed in Borvian air strikes"
        blows = prepositional(scene.trigger, frozenset({"in", "by", "during", "after"}))
        hostile = [b for b in blows if b.lemma_.lower() in event_lexicon().classes["hostility"]]
        by = [o for blow in hostile for o in prepositional(blow, frozenset({"by"}))]
        found = parties.of(scene.parsed, [*by, *hostile][:1], agents_only=True)
    if not found and frame.type in SPOKEN and scene.carrier is scene.trigger:
        found = _speaker_of_first(scene, parties)
    own_words = frame.type in SPOKEN and frame.type not in (EventType.ACCUSE, EventType.THREATEN)
    if not found and own_words and scene.carrier is None and scene.trigger.dep_ != "nsubj":
        return parties.with_states(speakers), True
    if not found:
        found = parties.of(scene.parsed, scene.subjects, agents_only=True, describe=True)
    if not found and any(one.lower_ in _SPEAKING for one in scene.subjects):
        # "We will strike again", said the general
        return parties.with_states(speakers), True
    if not found and frame.type is EventType.REQUEST and reality.speech is not None and _asked_unsaid(scene):
        # "consultations have been requested, the ministry said"
        return parties.of(scene.parsed, logical_subjects(reality.speech), agents_only=True, describe=True), True
    if not found and frame.type is EventType.MOBILIZE and scene.carrier is scene.trigger and passive(scene.trigger):
        # "the army was placed on alert": whose army it is
        found = parties.of(scene.parsed, scene.objects)
    if not found and reality.speech is not None and any(_spoken_of(one) for one in scene.subjects):
        # "Cestria said it had withdrawn", where no entity covers "it"
        return parties.of(scene.parsed, logical_subjects(reality.speech), agents_only=True, describe=True), True
    if not found and frame.sources:
        found = _first_filled(scene, parties, frame.sources, (), describe=True)
    return found, False


def _together(scene: Scene, parties: Parties, before: Before) -> tuple[str, ...]:
    """As in "the two sides agreed", "the three governments urged": those who were told together before."""
    for one in scene.subjects:
        count = next((_COUNTED[c.lower_] for c in one.children if c.lower_ in _COUNTED), 0)
        if one.lower_ in _TABLE and [c.lower_ for c in one.children] == ["the"]:
            # "the delegations agreed": those of both sides that sit at the table
            count = 2
        elif not count or one.lemma_.lower() not in _TOGETHER or children(one, "prep"):
            continue
        if listed := parties.listed(scene.parsed, one, count):
            return listed
        # "the two governments" of a treaty told by the way are seldom those of the event told last
        for known in (
            parties.pair(),
            before.meeting,
            before.pair if one.lemma_.lower() in ("side", "delegation", "negotiator") else (),
        ):
            if len(parties.sides(known)) == count:
                return known
    return ()


def _spoken_of(subject: Token) -> bool:
    """As in "said it had", "said her country had": the speaker's own side."""
    return subject.lower_ in _SPOKEN_OF or speaks_of_own(subject)


def _asked_unsaid(scene: Scene) -> bool:
    """Whether a thing is told as asked for, and not by whom."""
    verb = scene.trigger
    if scene.carrier is not verb or not passive(verb) or children(verb, "agent"):
        return False
    return not any(scene.parties.named(scene.parsed, o) or scene.parties.person(scene.parsed, o) for o in scene.objects)


def _planned_by_holder(noun: Token) -> bool:
    """As in "unveiled plans for drills"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("for", "of"):
        return False
    words = event_lexicon()
    return noun.head.head.lemma_.lower() in words.modality["plan_noun"] | words.classes["intention"]


def _speaker_of_first(scene: Scene, parties: Parties) -> tuple[str, ...]:
    """As in "Borvia said the shells were old and called for an inquiry": the parser joins the wrong verbs."""
    verb = scene.trigger
    for _ in range(DEEPEST):
        if verb.dep_ != "conj" or not is_verb(verb.head):
            break
        verb = verb.head
    if verb is scene.trigger or verb.dep_ != "ccomp" or not is_verb(verb.head):
        return ()
    return parties.of(scene.parsed, logical_subjects(verb.head), agents_only=True, describe=True)


def _speaking(
    scene: Scene, reality: Reality, parties: Parties, speakers: Sequence[str]
) -> tuple[tuple[str, ...], bool]:
    """Who speaks the words that the trigger stands in: the verb of saying above it, else the statement's speaker."""
    if reality.speech is not None:
        found = parties.of(scene.parsed, logical_subjects(reality.speech), agents_only=True)
        if found:
            return found, False
    return parties.with_states(speakers), True


def _first_filled(
    scene: Scene, parties: Parties, steps: Iterable[Step], sources: tuple[str, ...], *, describe: bool = False
) -> tuple[str, ...]:
    own = parties.sides(sources)
    for step in steps:
        found = parties.of(scene.parsed, slot_tokens(scene, step), describe=describe)
        if found and not (own and parties.sides(found) <= own):
            return found
    return ()


def _own_thing(clause: Token) -> bool:
    return any(c.tag_ == "PRP$" for o in children(clause, "dobj") for c in children(o, "poss"))


def _land(scene: Scene, parties: Parties, sources: tuple[str, ...]) -> tuple[str, ...]:
    classes = event_lexicon().classes
    doers = classes["agent"] | classes["force"] | classes["hostility"]
    for step in _WHERE:
        lands = [token for token in slot_tokens(scene, step) if token.lemma_.lower() not in doers]
        found = parties.of(scene.parsed, lands)
        if found and not parties.sides(found) & parties.sides(sources):
            return found
    return ()


def _meeting(match: Match, parties: Parties, before: Before, reality: Reality) -> Sides:
    """Both sides of a meeting stand together; "the talks" without parties are those told last."""
    scene, frame = match.scene, match.frame
    found = list(parties.of(scene.parsed, scene.subjects, agents_only=True, describe=True))
    if len(parties.sides(found)) < 2 and len(parties.sides(both := parties.of(scene.parsed, scene.subjects))) > 1:
        # "Borvian and Cestrian naval officers", "the fisheries secretaries of Borvia and Cestria"
        found = list(both)
    between = False
    # "between A and B" names all sides; any other source slot adds to the rest
    for step in (*frame.sources, *frame.targets):
        more = parties.of(scene.parsed, slot_tokens(scene, step), describe=True)
        found += more
        if step.place == "between" and len(parties.sides(more)) > 1:
            found, between = list(more), True
            break
    own = len(parties.sides(found))
    inferred = False
    if scene.carrier is None and (own < 2 or not (between or children(scene.trigger, "poss"))):
        found += _around(scene, parties)
        inferred = own < 2
    if len(parties.sides(found)) < 2 and _definite(scene.trigger) and _adds(scene.trigger):
        found, inferred = list(before.meeting), True
    if len(parties.sides(found)) < 2 and _both(scene):
        found, inferred = list(before.meeting or before.pair or parties.pair()), True
    if not found and scene.carrier is None and _again(scene.trigger):
        found, inferred = list(before.meetings or before.pair), True
    if len(parties.sides(found)) < 2 and frame.lemma in _CONVENING and reality.speech is not None:
        # "ambassadors of the 32 members will meet on Monday, the alliance announced": whose meeting it is
        announced = parties.of(scene.parsed, logical_subjects(reality.speech))
        found = list(announced) if parties.bodies(announced) else found
    distinct = tuple(dict.fromkeys(found))
    count = len(parties.sides(distinct))
    convened = scene.carrier is None or match.trigger is not scene.carrier or frame.lemma in _CONVENING
    if count == 1 and convened and parties.bodies(distinct):
        # "an emergency meeting of the council", "the alliance will hold consultations": its members meet
        count = 2
    return Sides(distinct, (), count, inferred)


def _around(scene: Scene, parties: Parties) -> tuple[str, ...]:
    """The parties of the verb that a meeting's noun hangs on: "after talks in Lakeport, the ministers said"."""
    return parties.of(scene.parsed, _subjects_above(scene.trigger), agents_only=True)


def _subjects_above(noun: Token) -> list[Token]:
    node = noun
    if node.dep_ != "pobj":
        return []
    for _ in range(DEEPEST):
        node = node.head
        if node.dep_ in ("nsubj", "nsubjpass"):
            # "the president, in a call with Borvia's, asked"
            return [node]
        if is_verb(node) and node.dep_ != "prep":
            return grammatical_subjects(node)
        if node.dep_ not in ("prep", "pcomp", "pobj"):
            break
        if is_verb(node.head) and node.head.dep_ == "acl" and not children(node.head, "agent"):
            # "in a statement issued after the summit, the bloc ordered"
            node = node.head
    return []


def _both(scene: Scene) -> bool:
    """Whether "the two ministers" or "both sides" meet."""
    heads = [*scene.subjects, *_subjects_above(scene.trigger)]
    phrases = [
        [*one.children, *(o for p in children(one, "prep") for c in p.children for o in c.children)] for one in heads
    ]
    told = any(t.lower_ in ("two", "both") for phrase in phrases for t in phrase)
    objects = scene.objects if scene.carrier is scene.trigger else ()
    return told or any(one.lower_ in ("sides", "delegations", "parties", "negotiators") for one in (*heads, *objects))


def _again(noun: Token) -> bool:
    """As in "a third day of truce talks", "a further meeting": between whom was told before."""
    more = frozenset("further second third next new another fresh follow-up latest".split())
    peace = frozenset("ceasefire truce peace cease-fire".split())
    return any(c.lower_ in more | peace for c in noun.children if c.dep_ in ("amod", "compound", "det"))


def _adds(noun: Token) -> bool:
    """Whether a meeting told before is told with something new: what kind, where, between whom."""
    told = ("amod", "nummod", "prep")
    named = ("GPE", "LOC", "FAC")
    return any(c.dep_ in told or (c.dep_ == "compound" and c.ent_type_ not in named) for c in noun.children)


def _definite(noun: Token) -> bool:
    return any(
        child.lower_ in ("the", "this", "these", "their", "both")
        for child in noun.children
        if child.dep_ in ("det", "poss")
    ) or any(c.lower_ == "their" for p in noun.children if p.dep_ == "prep" for o in p.children for c in o.children)
