"""Whether what was found is enough for an event: its parties, or a doer without a name, or a victim where none is told.

"No event rather than a wrong one" holds for type and modality; who did it may be unknown to the report itself
("two officers were shot dead", "several hundred drivers blocked the road").
"""

from spacy.tokens import Token

from onrecord.annotating.events.grammar import passive
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties, names_people
from onrecord.annotating.events.quantities import numbers_in
from onrecord.annotating.events.recalling import VAGUE
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.sides import Sides
from onrecord.annotating.events.tree import children
from onrecord.model import EventType, Modality

#: Types of which a verb without any restriction on its object tells only where it has an actor for a target.
_AIMED = frozenset(
    {
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.COOPERATE,
        EventType.AID,
        EventType.COERCE,
        EventType.SANCTION,
        EventType.ACCUSE,
    }
)
#: Types that groups without a name do; the toll of a blow is told without any doer.
_BY_GROUPS = frozenset({EventType.PROTEST, EventType.ASSAULT, EventType.COERCE, EventType.RETREAT})
#: A toll of so many without a doer is that of a war, not of one happening.
_WAR_TOLL = 10_000
_TOLL = frozenset({"kill", "wound", "injure"})
#: What befalls without anybody's doing as often as not.
_ACCIDENTAL = _TOLL | {"crash", "explode"}
#: Who hosts or calls a meeting is told without those who come.
_HOSTING = frozenset({"host", "invite", "mediate", "sponsor", "convene", "chair", "broker"})
#: Types that a noun alone may tell: "the shelling of a market", "Monday's bombardment".
_BY_NOUN = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.MOBILIZE})
#: Measures that are told without who took them.
_MEASURES = frozenset({EventType.REJECT, EventType.SANCTION})
#: Who tells of accidents as often as of blows.
_OFFICIAL = frozenset(
    "authority police policeman officer court judge prosecutor government security guard customs coastguard".split()
)
#: Of whom two meet on their states' behalf.
_MEETING = frozenset("premier president minister leader envoy general diplomat ambassador king ally neighbour".split())
#: What only people do.
_PROTESTING = frozenset({"protest", "demonstrate", "march", "rally"})
_APART = frozenset({"on", "of", "in", "at", "near", "against", "by", "over", "along", "outside"})


def complete(match: Match, sides: Sides, modality: Modality, parties: Parties) -> bool:
    """Whether the parties that the type needs are known."""
    if match.frame.type is EventType.CONSULT:
        alone = match.frame.lemma in _HOSTING and bool(sides.sources)
        return sides.distinct >= 2 or alone or _delegations(match)
    if by_accident(match):
        return False
    if not sides.sources and _truce(match) and modality in (Modality.ACTUAL, Modality.PLANNED):
        return True
    if not sides.sources:
        return _without_doer(match, modality, parties, has_targets=bool(sides.targets))
    if not sides.targets and _loose(match):
        return False
    bare_heading = match.scene.carrier is None and match.trigger.dep_ == "ROOT"
    return bool(sides.targets) or not bare_heading


def _truce(match: Match) -> bool:
    """As in "a ceasefire took effect", "the strike was called off": whose it is was told before."""
    if match.frame.type is not EventType.RETREAT or match.scene.carrier is not match.trigger:
        return False
    heads = (*match.scene.subjects, *match.scene.objects)
    classes = event_lexicon().classes
    return bool(match.scene.lemmas(heads) & (classes["truce"] | classes["protest"]))


def by_accident(match: Match) -> bool:
    """Whether a match tells the dead and hurt of an accident, a storm or an illness."""
    return match.trigger.lemma_ in _ACCIDENTAL and _by_chance(match.trigger)


def somebody_suffers(match: Match, parties: Parties) -> bool:
    """As in "more people were released": people, or what violence is done to, as what the verb is done to."""
    if match.scene.carrier is not match.trigger:
        return False
    return any(_suffers(match, parties, one) for one in match.scene.objects)


def _delegations(match: Match) -> bool:
    """As in "the delegations will be called back to the table": whose they are was told before, if at all."""
    if match.scene.carrier is not match.trigger:
        return False
    heads = (*match.scene.subjects, *match.scene.objects)
    if any(one.lower_ in ("delegations", "sides", "negotiators", "parties", "mediators") for one in heads):
        return True
    # "the two premiers will meet"
    both = [one for one in match.scene.subjects if one.tag_ == "NNS" and any(c.lower_ == "two" for c in one.children)]
    return any(one.lemma_.lower() in _MEETING for one in both)


def _without_doer(match: Match, modality: Modality, parties: Parties, *, has_targets: bool) -> bool:
    """Whether an event stands although no entity is told to have done it."""
    if match.trigger.lemma_ in _TOLL and modality is Modality.ACTUAL:
        # numbers of dead and hurt disagree between reports, and that must show
        # "killing one": a number of nothing
        objects = [one for one in match.scene.objects if one.lower_ != "one"]
        numbers = [n for o in objects for n in numbers_in(o.doc[o.left_edge.i : o.i + 1])]
        if numbers:
            return all(n.value < _WAR_TOLL for n in numbers)
    if any(step.place == "victim.subj" for step in match.frame.targets):
        return True
    if match.frame.type not in _BY_GROUPS | _BY_NOUN | _MEASURES or modality not in (
        Modality.ACTUAL,
        Modality.PLANNED,
        Modality.ALLEGED,
    ):
        return False
    if match.scene.carrier is None:
        return match.frame.type in _BY_NOUN and (has_targets or _told_apart(match.trigger))
    if _done_by_group(match):
        return not _loose(match)
    bearers = match.scene.objects if match.scene.carrier is match.trigger else ()
    if match.frame.type in _MEASURES and match.scene.carrier is match.trigger and passive(match.trigger):
        # "staff have been denied entry": by whom is not told
        return not match.scene.subjects and has_targets and modality is Modality.ACTUAL
    plain = match.trigger.lemma_.lower() in event_lexicon().modality["plain_blow"]
    agentless = plain and passive(match.trigger) and not match.scene.subjects and modality is Modality.ACTUAL
    return agentless and any(_suffers(match, parties, one) for one in bearers)


def _told_apart(noun: Token) -> bool:
    """Whether a noun's phrase says which happening it is: where, when or whom it hit."""
    classes = event_lexicon().classes
    hit = classes["person"] | classes["violence_target"] | classes["force"] | classes["described_group"]
    for child in noun.children:
        if child.dep_ == "poss" and child.ent_type_ in ("DATE", "TIME", "GPE", "LOC"):
            return True
        if child.dep_ != "prep" or child.lower_ not in _APART:
            continue
        things = {one.lemma_.lower() for one in children(child, "pobj") if one.ent_type_ not in ("DATE", "TIME")}
        if things and (child.lower_ != "of" or things & hit):
            return True
    return False


def _done_by_group(match: Match) -> bool:
    """Whether people or weapons without a name do it: "gunmen", "several hundred drivers", "a car bomb"."""
    classes = event_lexicon().classes
    if match.frame.type is EventType.PROTEST and match.scene.carrier is match.trigger:
        if any(s.tag_ == "NNS" for s in match.scene.subjects) and match.frame.lemma in _PROTESTING:
            return True
        if match.scene.lemmas(match.scene.subjects) & classes["protest_noun"]:
            return True
        gathered = match.scene.lemmas(match.scene.objects) & classes["protest"]
        if gathered and not match.scene.subjects and passive(match.trigger):
            return True
    armed = match.frame.type is EventType.ASSAULT
    doers = classes["crowd"] | classes["doer"]
    if armed:
        doers = doers | classes["hostility"] | classes["blast"] | classes["lone"]
    if match.frame.type is EventType.PROTEST:
        return any(lemma in doers or names_people(lemma) for lemma in match.scene.lemmas(match.scene.subjects))
    return bool(match.scene.lemmas(match.scene.subjects) & (doers - classes["neutral"]))


def _suffers(match: Match, parties: Parties, token: Token) -> bool:
    """Whether somebody or something that violence is done to is named by a token."""
    if parties.person(match.scene.parsed, token) or names_people(token.lemma_.lower()):
        return True
    people = event_lexicon().classes["person"]
    hit = event_lexicon().classes["violence_target"] if match.frame.type is EventType.ASSAULT else frozenset()
    return bool(match.scene.lemmas([token]) & (people | hit))


def _by_chance(verb: Token) -> bool:
    """Whether a toll is that of an accident, a storm or an illness."""
    chance, classes = event_lexicon().modality["chance"], event_lexicon().classes
    if any(token.lemma_.lower() in chance for token in verb.subtree):
        return True
    around = frozenset(token.lemma_.lower() for token in verb.sent)
    return bool(around & chance) and not around & (
        classes["hostility"] | classes["blast"] | (classes["doer"] - _OFFICIAL)
    )


def _loose(match: Match) -> bool:
    """Whether a frame without restrictions found no actor to act on: "celebrated the harvest", "burned the toast"."""
    needs = match.frame.needs
    transitive = any(step.place == "obj" for step in needs)
    if not transitive or any(step.words for step in needs) or match.scene.carrier is not match.trigger:
        return False
    classes = event_lexicon().classes
    objects = match.scene.lemmas(match.scene.objects)
    people = classes["person"] | classes["crowd"]
    if any(one.lower_ in ("other", "another") for one in match.scene.objects):
        # "accused each other"
        return False
    if match.frame.type is EventType.COERCE and objects & classes["protest"]:
        return False
    if match.frame.type in (EventType.COERCE, EventType.AID):
        people = people | (classes["property"] if match.frame.type is EventType.COERCE else frozenset())
        return not (objects & people or any(names_people(one) for one in objects))
    if match.frame.type is EventType.ASSAULT:
        hit = people | classes["violence_target"] | classes["force"] | VAGUE
        counted = any(t.like_num for one in match.scene.objects for t in children(one, "nummod"))
        return bool(objects) and not objects & hit and not counted and not any(names_people(one) for one in objects)
    return match.frame.type in _AIMED and not _of_politics(objects)


def _of_politics(objects: frozenset[str]) -> bool:
    """Whether something that parties do stands as the object: "praised the exchange", "condemned the raid"."""
    classes = event_lexicon().classes
    known = classes["happening"] | classes["demand"] | classes["agreement"] | classes["hostility"] | classes["talk"]
    return bool(objects & known)
