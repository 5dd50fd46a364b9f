"""Promises that a noun tells, and demands that a deadline or a "must" tells.

"A pledge by Keldia to rebuild the bridge", "assurances from Cestria that the gas will flow", "signed an agreement to
exchange all prisoners"; "gave Cestria until Friday to leave", "has been given a week to pay", "there must be a halt,
the ministry said". Whose pledge it is, or who sets the deadline, must be told: without that nobody is bound.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range
from onrecord.annotating.events.coming import LONGEST, clause_of
from onrecord.annotating.events.grammar import is_verb, logical_subjects, modals, negated, passive, prepositional
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.reality import reality_of
from onrecord.annotating.events.tree import children, noun_phrase_end, noun_phrase_start
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import Modality, TimeMention

_PLEDGES = frozenset("promise pledge assurance guarantee commitment undertaking vow".split())
_PLANS = frozenset("plan scheme bill programme program".split())
_APPROVING = frozenset("approve adopt pass endorse back".split())
_OWNING = frozenset({"by", "from", "of"})
#: Verbs whose object a pledge is only wished for, or no longer there.
_WITHOUT = frozenset(
    "want seek need demand lack await break drop withdraw reject hope request require retract renege abandon doubt"
    " dismiss refuse ask expect question".split()
)
#: Who has got a pledge is owed it.
_GETTING = frozenset("receive secure obtain win get extract have accept welcome hear".split())
_SETTING = frozenset("give set grant issue hand impose".split())
_DEADLINES = frozenset({"deadline", "ultimatum"})
_UNTIL = frozenset({"until", "till"})
_ORDERS = frozenset("order ultimatum decree ruling deadline".split())
_MUST = frozenset({"must", "should"})
_FIRST = frozenset({"we", "i"})
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0}
_COUNTS = dict(
    zip("a an one two three four five six seven eight nine ten".split(), (1, 1, *range(1, 11)), strict=False)
)
_MONTH = "month"
#: Words without one of which a sentence holds nothing for this module, besides nouns.
_OPENING = (
    _UNTIL
    | _MUST
    | _PLEDGES
    | _DEADLINES
    | {"given", "gave", "give", "expect", "up", "needs", "need", "had", "pressure", "there", "expects"}
)
_NOUNS = _PLEDGES | _PLANS | frozenset("agreement deal accord pact treaty".split())


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is searched with.

    Attributes:
        days: the token of each day to come, with the time.
        settled: the tokens of promises that an event tells already.
        asked: the tokens of demands that an event tells already.
        day: that of the report.
        speakers: of the statement that a token stands in, each with the state he speaks for.
    """

    parsed: ParsedBlock
    parties: Parties
    days: Sequence[tuple[Token, TimeMention]]
    settled: frozenset[int]
    asked: frozenset[int]
    day: str | None
    speakers: Callable[[Token], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """A promise or a demand: the verb or noun that tells it, its words, by whom, to or of whom, and by when."""

    verb: Token
    words: Range
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    due: str | None = None


def may_pledge(tokens: Sequence[Token]) -> bool:
    """Whether a sentence has a word without which it has no pledge and no deadline."""
    return any(token.lower_ in _OPENING or token.lemma_.lower() in _NOUNS for token in tokens)


def pledges(told: Told, tokens: Sequence[Token]) -> Iterator[Found]:
    """The promises of a sentence that a noun tells and no frame."""
    for noun in tokens:
        lemma = noun.lemma_.lower()
        if noun.pos_ != "NOUN" or noun.i in told.settled:
            continue
        if lemma in _PLEDGES:
            found = _pledge(told, noun)
        elif lemma in event_lexicon().classes["agreement"] or lemma in _PLANS:
            found = _agreement(told, noun)
        else:
            continue
        if found is not None and found.verb.i not in told.settled:
            yield found


def _pledge(told: Told, noun: Token) -> Found | None:
    owners = children(noun, "poss") or [
        o for o in prepositional(noun, _OWNING) if told.parties.of(told.parsed, [o], agents_only=True)
    ]
    sources = told.parties.of(told.parsed, owners, agents_only=True)
    clause = _content(noun)
    thing = None if clause is not None else _thing(noun, owners)
    if not sources or (clause is None and thing is None) or _wished_away(noun):
        return None
    if clause is not None and (negated(clause) or clause.i in told.settled):
        return None
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") and is_verb(noun.head) else None
    owed = list(prepositional(noun, frozenset({"to"})))
    owed += logical_subjects(verb) if verb is not None and verb.lemma_.lower() in _GETTING else []
    targets = tuple(one for one in told.parties.of(told.parsed, owed) if one not in sources)
    of_thing = (noun_phrase_start(thing), noun_phrase_end(thing)) if thing else None
    words = of_thing if clause is None else clause_of(clause)
    return None if words is None else Found(clause or noun, words, sources, targets, _due(told, words))


def _content(noun: Token) -> Token | None:
    """The clause that tells what is pledged: "to rebuild", "that the gas will flow", whatever it hangs on."""
    for clause in children(noun, "acl", "relcl", "ccomp"):
        if clause.i > noun.i and ("to" in modals(clause) or _opens_that(clause)):
            return clause
    if noun.dep_ in ("dobj", "nsubj", "nsubjpass") and is_verb(noun.head):
        end = noun_phrase_end(noun)
        for clause in children(noun.head, "ccomp", "advcl", "acl"):
            if _opens_that(clause) and clause.left_edge.i == end + 1:
                return clause
    return None


def _opens_that(clause: Token) -> bool:
    return any(mark.lower_ == "that" for mark in children(clause, "mark"))


def _thing(noun: Token, owners: Sequence[Token]) -> Token | None:
    """As in "its promise of 30 million dollars"."""
    known = {one.i for one in owners}
    return next((o for o in prepositional(noun, frozenset({"of", "for"})) if o.i not in known), None)


def _wished_away(noun: Token) -> bool:
    """Whether there is no such pledge yet, or none any more: "wants assurances from Cestria", "without a promise"."""
    if any(one.lower_ in ("no", "any", "if", "broken", "failed", "unfulfilled") for one in noun.children):
        return True
    head = noun.head
    if head.pos_ == "ADP":
        above = head.head.lemma_.lower()
        # "praised for its pledge to": whose pledge it is stands with it
        unsaid = head.lower_ == "for" and not children(noun, "poss")
        return unsaid or head.lower_ in ("without", "despite") or above in _WITHOUT
    unreal = is_verb(head) and (negated(head) or reality_of(head, head).modality() is not Modality.ACTUAL)
    return head.lemma_.lower() in _WITHOUT or unreal


def _agreement(told: Told, noun: Token) -> Found | None:
    """As in "signed an agreement to exchange all prisoners", "approved a plan to take in refugees"."""
    verb, words = noun.head, event_lexicon()
    if not is_verb(verb) or noun.dep_ not in ("dobj", "nsubjpass") or negated(verb):
        return None
    made = _APPROVING if noun.lemma_.lower() in _PLANS else words.light["sign"] | {"agree"}
    clause = next((c for c in children(noun, "acl", "relcl") if "to" in modals(c) and c.i > noun.i), None)
    if clause is None or verb.lemma_.lower() not in made or negated(clause):
        return None
    if clause.i in told.settled or reality_of(verb, verb).modality() is not Modality.ACTUAL:
        return None
    sources = told.parties.of(told.parsed, logical_subjects(verb), agents_only=True)
    stretch = clause_of(clause)
    return Found(clause, stretch, sources, (), _due(told, stretch)) if sources else None


def deadlines(told: Told, tokens: Sequence[Token]) -> Iterator[Found]:
    """The demands of a sentence that a deadline or a "must" tells and no frame."""
    for verb in tokens:
        if verb.lower_ == "pressure" and verb.pos_ in ("NOUN", "PROPN"):
            pressed = _pressed(told, verb)
            if pressed is not None:
                yield pressed
            continue
        if not is_verb(verb) or verb.dep_ in ("aux", "auxpass") or verb.i in told.asked:
            continue
        lemma = verb.lemma_.lower()
        if lemma in _SETTING:
            found = _set(told, verb)
        elif lemma == "have" and _until(verb) is not None:
            found = _left(told, verb)
        elif lemma == "be" and _must_be(verb):
            found = _halt(told, verb)
        elif lemma == "expect":
            found = _expected(told, verb)
        elif lemma == "be" and any(one.lower_ == "up" for one in children(verb, "advmod", "prep", "acomp", "prt")):
            found = _up_to(told, verb)
        else:
            found = _must(told, verb)
        if found is not None and found.verb.i not in told.asked:
            yield found


def _set(told: Told, verb: Token) -> Found | None:
    """As in "gave Cestria until Friday to leave", "has been given a week to pay by Borvia"."""
    things = children(verb, "dobj", "npadvmod")
    holders = [verb, *things]
    task = next((c for h in holders for c in children(h, "xcomp", "advcl", "acl", "ccomp") if "to" in modals(c)), None)
    until = _until(verb)
    limit = next((one for one in things if one.lemma_.lower() in _DEADLINES or _measures(one)), None)
    if task is None or task.i < verb.i or (until is None and limit is None) or negated(verb):
        return None
    if reality_of(verb, verb).modality() is not Modality.ACTUAL or task.i in told.asked:
        return None
    if passive(verb):
        setters = [o for one in children(verb, "agent") for o in children(one, "pobj")]
        setters += [] if setters else list(prepositional(task, frozenset({"by"})))
        asked = children(verb, "nsubjpass")
    else:
        setters = logical_subjects(verb)
        asked = [*children(verb, "dative"), *(one for one in things if one is not limit)]
        asked += [o for one in asked if one.pos_ == "ADP" for o in children(one, "pobj")]
        # "set an ultimatum for Cestria to clear the road"
        asked += [one for one in children(task, "nsubj") if children(task, "mark")]
    sources = told.parties.of(told.parsed, setters, agents_only=True)
    targets = tuple(one for one in told.parties.of(told.parsed, asked, describe=True) if one not in sources)
    words = clause_of(task)
    due = _due(told, (verb.i, task.i)) or _due(told, words) or _counted(told, limit)
    return Found(task, words, sources, targets, due) if sources and targets else None


def _left(told: Told, verb: Token) -> Found | None:
    """As in "has until 20 March to pay, Borvia warned", "has until Sunday to leave, under an order of the navy"."""
    task = next((c for c in children(verb, "xcomp", "advcl", "ccomp") if "to" in modals(c) and c.i > verb.i), None)
    if task is None or negated(verb) or task.i in told.asked:
        return None
    orders = [
        o for one in (verb, task) for o in prepositional(one, frozenset({"under"})) if o.lemma_.lower() in _ORDERS
    ]
    setters = [o for order in orders for o in (*children(order, "poss"), *prepositional(order, _OWNING))]
    sources = told.parties.of(told.parsed, setters) or _saying(told, verb)
    targets = told.parties.of(told.parsed, logical_subjects(verb), describe=True)
    words = clause_of(task)
    due = _due(told, (verb.i, task.i)) or _due(told, words)
    return Found(task, words, sources, targets, due) if _of_others(told, sources, targets) else None


def _must_be(verb: Token) -> bool:
    """As in "there must be", "there has to be"."""
    has_to = verb.dep_ == "xcomp" and verb.head.lemma_ == "have" and bool(children(verb.head, "expl"))
    return has_to or (bool(children(verb, "expl")) and "must" in modals(verb))


def _halt(told: Told, verb: Token) -> Found | None:
    """As in "There must be an immediate halt to the shelling, the ministry said"."""
    classes = event_lexicon().classes
    wanted = classes["end"] | classes["wanted"]
    thing = next((one for one in children(verb, "attr") if one.lemma_.lower() in wanted), None)
    sources = () if thing is None or negated(verb) else _saying(told, verb)
    if thing is None or not sources:
        return None
    words = noun_phrase_start(thing), noun_phrase_end(thing)
    return Found(verb, words, sources, (), _due(told, words))


def _expected(told: Told, verb: Token) -> Found | None:
    """As in "We expect Borvia to honour the treaty, the minister said", "Cestria expects Borvia to return the crew"."""
    task = next((c for c in children(verb, "ccomp", "xcomp") if "to" in modals(c) and c.i > verb.i), None)
    if task is None or negated(verb) or modals(verb):
        return None
    if any(one.lower_ in _FIRST for one in children(verb, "nsubj")):
        sources = _saying(told, verb)
    else:
        # what is done for others is wanted; "expects Borvia to attack" only foresees it
        classes = event_lexicon().classes
        wanted = task.lemma_.lower() in classes["promised_deed"] | classes["given_deed"]
        sources = told.parties.of(told.parsed, children(verb, "nsubj"), agents_only=True) if wanted else ()
    targets = told.parties.of(told.parsed, [*children(task, "nsubj"), *children(verb, "dobj")], agents_only=True)
    words = clause_of(task)
    start = min([words[0], *(noun_phrase_start(one) for one in children(task, "nsubj"))])
    found = Found(task, (start, words[1]), sources, targets, _due(told, words))
    return found if _of_others(told, sources, targets) else None


def _up_to(told: Told, verb: Token) -> Found | None:
    """As in "it was up to Borvia to make the first step", which Keldia said."""
    up = next(one for one in children(verb, "advmod", "prep", "acomp", "prt") if one.lower_ == "up")
    asked = [o for one in (up, verb) for o in prepositional(one, frozenset({"to"}))]
    holders = [verb, up, *asked]
    task = next((c for h in holders for c in children(h, "advcl", "xcomp", "acl", "relcl") if "to" in modals(c)), None)
    if task is None or negated(verb) or not any(one.lower_ == "it" for one in children(verb, "nsubj", "expl")):
        return None
    sources, targets, words = _saying(told, verb), told.parties.of(told.parsed, asked, describe=True), clause_of(task)
    found = Found(task, words, sources, targets, _due(told, words))
    return found if _of_others(told, sources, targets) else None


def _pressed(told: Told, noun: Token) -> Found | None:
    """As in "under growing pressure from Keldia to cut its arsenal", "under Keldian pressure to cut it"."""
    head = noun.head.head if noun.dep_ == "pobj" else noun.head
    holders = [noun, noun.head, head, *(o for p in children(noun, "prep") for o in children(p, "pobj"))]
    task = next((c for h in holders for c in children(h, "acl", "xcomp", "advcl") if "to" in modals(c)), None)
    if task is None or task.i < noun.i or task.i in told.asked:
        return None
    behind = list(prepositional(noun, frozenset({"from", "by"})))
    beside = children(noun, "poss", "amod", "compound", "nmod")
    sources = told.parties.of(told.parsed, behind, agents_only=True, describe=True)
    sources = sources or told.parties.of(told.parsed, beside)
    asked = logical_subjects(head) if is_verb(head) else []
    asked += [*prepositional(noun, frozenset({"on"})), *(children(head, "dobj") if head.lemma_ == "put" else [])]
    targets = tuple(one for one in told.parties.of(told.parsed, asked, describe=True) if one not in sources)
    words = clause_of(task)
    found = Found(task, words, sources, targets, _due(told, words))
    return found if _of_others(told, sources, targets) else None


def _must(told: Told, verb: Token) -> Found | None:
    """As in "Borvia must stop arming the rebels, the president said", "had to free the hostages"."""
    above = verb.head
    duty = bool(modals(verb) & {"must"})
    if "to" in modals(verb) and verb.dep_ == "xcomp" and above.lemma_.lower() in ("have", "need") and above.i < verb.i:
        duty, subject = not negated(above), logical_subjects(above)
    else:
        above, subject = verb, logical_subjects(verb)
    if not duty or negated(verb) or passive(verb) or verb.lemma_.lower() in ("be", "have", "bear", "pay", "know"):
        return None
    if {above.i, verb.i} & told.asked:
        return None
    sources = _saying(told, above) or _issuing(told, above)
    targets = told.parties.of(told.parsed, subject, agents_only=True)
    words = clause_of(verb)
    start = min([words[0], *(noun_phrase_start(one) for one in subject if one.i < verb.i)])
    found = Found(verb, (start, words[1]), sources, targets, _due(told, words))
    return found if words[1] - start <= LONGEST and _of_others(told, sources, targets) else None


def _of_others(told: Told, sources: tuple[str, ...], targets: tuple[str, ...]) -> bool:
    """Whether both are told and one side asks another: what one must do oneself is no demand."""
    return bool(sources and targets) and not told.parties.sides(sources) & told.parties.sides(targets)


def _saying(told: Told, verb: Token) -> tuple[str, ...]:
    """Who says what a verb tells: a state, a body, or a person who acts for one."""
    speech = reality_of(verb, verb).speech
    heads = () if speech is None else logical_subjects(speech)
    if any(one.lemma_.lower() in event_lexicon().modality["onlooker"] for one in heads):
        # "it is up to Borvia, a diplomat said": who looks on asks for nothing
        return ()
    named = told.parties.of(told.parsed, heads, describe=True)
    return tuple(dict.fromkeys((*named, *told.parties.body_of(told.parsed, heads)))) or told.speakers(verb)


def _issuing(told: Told, verb: Token) -> tuple[str, ...]:
    """Who issued what a colon opens: "An ultimatum was issued by Borvia: Cestria must withdraw"."""
    colon = next((one.i for one in verb.doc[max(0, verb.left_edge.i - 1) : verb.i] if one.text == ":"), None)
    if colon is None:
        return ()
    for noun in reversed(verb.doc[max(0, colon - LONGEST) : colon]):
        if noun.lemma_.lower() in _ORDERS | {"demand"} and noun.pos_ == "NOUN":
            owners = [*children(noun, "poss"), *prepositional(noun, _OWNING)]
            owners += logical_subjects(noun.head) if is_verb(noun.head) else []
            return told.parties.of(told.parsed, owners, agents_only=True)
    return ()


def _until(verb: Token) -> Token | None:
    """The head of "until Friday" under a verb."""
    return next(iter(prepositional(verb, _UNTIL)), None)


def _measures(noun: Token) -> bool:
    return noun.lemma_.lower() in _DAYS or noun.lemma_.lower() == _MONTH


def _counted(told: Told, limit: Token | None) -> str | None:
    """The day that a stretch of time from the report's day leads to: "48 hours", "a week"."""
    if limit is None or told.day is None or limit.lemma_.lower() not in _DAYS:
        return None
    count = next((one.lower_ for one in children(limit, "nummod", "det")), "")
    number = int(count) if count.isdigit() and len(count) <= 3 else _COUNTS.get(count)
    try:
        start = date.fromisoformat(told.day)
    except ValueError:
        return None
    return None if number is None else (start + timedelta(days=round(number * _DAYS[limit.lemma_.lower()]))).isoformat()


def _due(told: Told, stretch: Range) -> str | None:
    """The first day to come among some tokens."""
    return next((mark.edtf for token, mark in told.days if stretch[0] <= token.i <= stretch[1]), None)


__all__ = ["Found", "Told", "deadlines", "may_pledge", "pledges"]
