"""Which told events bind who does them, and by when: promises, announcements, meetings and measures with a day.

A foreign-ministry desk writes down any side's own word on what it will do: what it promises, announces with a day, or
gives on a condition. It does not write down what others say that a side will do, what is only feared or expected,
threats of force, proposals, and offers to mediate.
"""

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import timedelta

from onrecord.fusing.happenings import Happening
from onrecord.fusing.ledger import forms, harms, only_offered, spoken_for_by
from onrecord.fusing.quantities import numbers
from onrecord.fusing.scene import Scene
from onrecord.fusing.times import interval
from onrecord.fusing.words import lexicon
from onrecord.model import ActorKind, Event, EventType, Modality, Span, TimeMention

#: Types of what is done for somebody; a planned move of troops or a planned meeting is no promise by itself.
_PROMISED = frozenset(
    {EventType.AGREE, EventType.CONCEDE, EventType.COOPERATE, EventType.AID, EventType.SUPPORT, EventType.RETREAT}
)
#: Types that bind where they are announced with a day: a meeting, a measure.
_DATED = frozenset({EventType.CONSULT, EventType.SANCTION})
_TO_COME = frozenset({Modality.PLANNED, Modality.CONDITIONAL})
_VOWED = frozenset({"vow", "vows", "vowed", "vowing", "swore", "sworn"})
#: Nouns that are a pledge once it is given, and verbs by which somebody only takes, praises or breaks one.
_PLEDGES = frozenset(
    "commitment commitments pledge pledges promise promises assurance assurances guarantee guarantees".split()
)
_TAKEN = frozenset("accept accepted accepts welcome welcomed welcomes broke broken breaking violated".split())
#: Verbs of yielding to what is named, not done: "agreed to a pause of four hours".
_YIELDED = frozenset("agree agrees agreed consent consents consented commit commits committed".split())
_ACCEPTING = frozenset({"accept", "accepts", "agree", "agrees"})
#: "agreed in principle to": so many words between.
_NEAR = 4
_GIVEN = frozenset("give gives gave given has have had set sets".split())
_UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0}
#: How EDTF writes the year of "on 12 March" in a report that tells no date.
NO_YEAR = "XXXX"
#: "accepted the invitation to talks | in Lima | on 19 March": a day may follow a promise's words within so many code
#: points of its sentence.
_BEHIND = 40
_PAST_REACH = 15
#: "within ten days of receiving it": counted from something else than the day of the report.
#: What may stand between: places and prepositions.
_GAP = re.compile(
    r"[\s,]*(?:(?:in|at|to|from|by|on|of|for|the|near|before|until|no|later|than)\b\s*|[A-Z][\w'’-]*\s*)*$"
)
_EXPECTED = re.compile(r"\b(?:expect|expects|expecting|predicts?|fears?|likely)\b[^.;]*$")
_HOPED = re.compile(
    r"\b(?:expect|expects|expecting|predict|predicts|predicted|hopes?|hoped|doubts?)\b(?! to\b)[^.;]*$", re.IGNORECASE
)
#: "earlier this year", "mid-February this year": a stretch that has the day of the report in it, told of what is past.
_PAST = re.compile(
    r"\b(?:earlier|(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber)"
    r"\W+this (?:year|month|week)$",
    re.IGNORECASE,
)
_COUNTED_FROM = re.compile(r"\s+(?:of|after|from|following)\s+(?!now\b|today\b|(?:this|the) (?:announcement|talks?)\b)")


def is_promise(scene: Scene, one: Happening) -> bool:
    """Whether an event binds somebody."""
    event = one.event
    if event.type is EventType.AGREE and event.modality is Modality.ACTUAL:
        given = lies_ahead(scene, event) or _agreed_to(scene, event) or _pledged(scene, one)
        return not harms(one) and not _bare_offer(one) and given
    if event.type is EventType.THREATEN and event.modality is Modality.ACTUAL:
        # "vowed to bring home every soldier" threatens nobody
        vowed = bool(one.tokens) and one.tokens[0].form in _VOWED
        return vowed and event.topic is not None and not harms(one)
    if event.modality not in _TO_COME:
        return False
    if event.type in _DATED:
        dated = event.modality is Modality.PLANNED and lies_ahead(scene, event)
        # a meeting that both sides have a day for binds both; an invitation binds nobody yet
        meant = event.type is EventType.CONSULT and not forms(one) & lexicon("inviting")
        return dated and (meant or (event.type is EventType.SANCTION and not _others_see_it_coming(scene, one)))
    if (
        event.type not in _PROMISED
        or not _says_what(scene, event)
        or _bare_offer(one)
        or (event.type is EventType.AGREE and harms(one))
    ):
        return False
    promising = forms(one) & lexicon("promising")
    if promising or (event.type is EventType.AGREE and event.topic is not None):
        if event.type is not EventType.AGREE:
            return not _on_anothers_word(scene, one)
        # "expects that the House will accept the bill": no word of promising, and only somebody's hope
        return bool(promising - _ACCEPTING) or _HOPED.search(_before(scene, event)) is None
    if event.type is not EventType.AGREE and _on_anothers_word(scene, one):
        return False
    if only_offered(one):
        return True
    # "will open the road by Friday if the truce holds" is promised; any other deed that depends must be one's own word
    given = event.modality is Modality.PLANNED or event.type is EventType.AGREE
    return (given and lies_ahead(scene, event)) or _on_own_word(scene, one) or _told_as_settled(scene, one)


def _pledged(scene: Scene, one: Happening) -> bool:
    """As in "a commitment from Cestria to cap its dams was the price": a noun tells the pledge, a clause what it is."""
    told = forms(one)
    return one.event.topic is not None and bool(told & _PLEDGES) and not told & _TAKEN and _says_what(scene, one.event)


def _agreed_to(scene: Scene, event: Event) -> bool:
    """As in "has agreed in principle to a demilitarised strip": what is agreed to is still to be done."""
    told = [token for token in scene.tokens(event.report, [event.span]) if not token.concept.startswith("@")]
    forms_told = [token.form for token in told]
    at = next((n for n, form in enumerate(forms_told) if form in _YIELDED), None)
    if at is None or "to" not in forms_told[at + 1 : at + _NEAR]:
        return False
    rest = told[forms_told.index("to", at + 1) + 1 :]
    return any(token.weight and token.form not in lexicon("promise_nouns") for token in rest)


def _bare_offer(one: Happening) -> bool:
    """An offer that gives nothing before it is taken: to mediate, to host, to talk; or a proposal to others."""
    if not only_offered(one):
        return False
    words = forms(one)
    given = one.event.type is EventType.AID or one.event.topic is not None
    return bool(words & (lexicon("mediating") | lexicon("proposing"))) or not given


def _says_what(scene: Scene, event: Event) -> bool:
    """Whether the words tell what is promised: "they have given a promise" does not."""
    if event.topic is None:
        return True
    told = [token for token in scene.tokens(event.report, [event.topic]) if token.weight]
    return any(t.form not in lexicon("promise_nouns") and not t.concept.startswith("@") for t in told)


def _said_by(scene: Scene, event: Event) -> set[str]:
    statement = scene.statements.get(event.statement or "")
    if statement is None:
        return set()
    spoken_for = [state for name in statement.speakers if (state := spoken_for_by(scene, name)) is not None]
    return {name for p in (*scene.parties(statement.speakers), *spoken_for) for name in (p.country, p.actor) if name}


def _on_own_word(scene: Scene, one: Happening) -> bool:
    """Whether who is to do it tells it: "Ostrel said that it would free the crew"."""
    doing = {name for party in one.sources for name in (party.country, party.actor) if name}
    return bool(_said_by(scene, one.event) & doing)


def _told_as_settled(scene: Scene, one: Happening) -> bool:
    """As in "Keldia will take back 700 refugees", which the report says itself."""
    bodies = any(party.kind in (ActorKind.STATE, ActorKind.ORGANISATION) for party in one.sources)
    planned = one.event.modality is Modality.PLANNED and one.event.statement is None
    return planned and bodies and not _others_see_it_coming(scene, one)


def _on_anothers_word(scene: Scene, one: Happening) -> bool:
    """Whether only another country tells what somebody will do: "Varda said that Ostrel would withdraw"."""
    statement = scene.statements.get(one.event.statement or "")
    said_by = {party.country for party in scene.parties(statement.speakers) if party.country} if statement else set()
    doing = {party.country for party in one.sources if party.country}
    return bool(said_by and doing) and not said_by & doing


def _before(scene: Scene, event: Event) -> str:
    """What stands before an event in its sentence."""
    return scene.text(event.report, Span(_sentence_of(scene, event.report, event.span).start, event.span.start))


def _others_see_it_coming(scene: Scene, one: Happening) -> bool:
    """As in "analysts expect Ostrel to raise the toll", or another country's word."""
    return _EXPECTED.search(_before(scene, one.event)) is not None or _on_anothers_word(scene, one)


def due_of(scene: Scene, event: Event) -> str | None:
    """When it is due: the event's own time, else the first time to come that its words tell."""
    mark = _time_of(scene, event)
    if mark is None:
        return _day(event.date) if event.date is not None and _ahead(scene, event, event.date) else None
    words = scene.text(event.report, Span(max(0, mark.span.start - _PAST_REACH), mark.span.end))
    return None if counted_from(scene, event) or _PAST.search(words) else _day(mark.edtf)


def deadline_of(scene: Scene, event: Event) -> str | None:
    """By when what is demanded is wanted: a day to come that its words tell, whenever it was demanded."""
    ahead = event.date is not None and due_of(scene, event) is not None
    return due_of(scene, event if ahead else replace(event, date=None)) or _allowed(scene, event)


def _allowed(scene: Scene, event: Event) -> str | None:
    """The day that a stretch of time leads to which somebody is given: "given two days to close its airport"."""
    told = interval(scene.day(event.report))
    first = next((token.form for token in scene.tokens(event.report, [event.span])), "")
    if told is None or told[0] != told[1] or first not in _GIVEN:
        return None
    for mark in scene.annotations[event.report].times:
        words = scene.text(event.report, mark.span).lower()
        unit = next((unit for unit in _UNIT_DAYS if words.rstrip("s").endswith(unit)), None)
        if mark.form == "duration" and unit is not None and event.span.contains(mark.span):
            count = next((one.value for one in numbers(words)), 1.0)
            return (told[0] + timedelta(days=round(count * _UNIT_DAYS[unit]))).isoformat()
    return None


def _day(edtf: str | None) -> str | None:
    """The day of a time of day: promises are reckoned in days."""
    return edtf if edtf is None or "/" in edtf else edtf.partition("T")[0]


def counted_from(scene: Scene, event: Event) -> int | None:
    """The days within which something is due after another thing is done, as in "within ten days of its delivery"."""
    mark = _time_of(scene, event)
    if mark is None or mark.form != "deadline":
        return None
    text = scene.text(event.report, Span(mark.span.end, mark.span.end + _BEHIND))
    due, told = interval(mark.edtf), interval(scene.day(event.report))
    if due is None or told is None or _COUNTED_FROM.match(text) is None:
        return None
    return (due[1] - told[1]).days


def _time_of(scene: Scene, event: Event) -> TimeMention | None:
    """The mark that tells when an event is due: that of its date, else the first one to come among its words."""
    about = event.topic or event.span
    times = scene.annotations[event.report].times
    near = _sentence_of(scene, event.report, about)
    if event.date is not None:
        if not _ahead(scene, event, event.date):
            return None
        inside = (one for one in times if one.edtf == event.date and near.contains(one.span))
        return min(inside, key=lambda one: abs(one.span.start - about.end), default=None)
    for one in times:
        if not one.edtf or not near.contains(one.span) or not _ahead(scene, event, one.edtf):
            continue
        gap = one.span.start - about.end
        behind = 0 <= gap <= _BEHIND and _GAP.match(scene.text(event.report, Span(about.end, one.span.start)))
        if behind or about.contains(one.span):
            return one
    return None


def _sentence_of(scene: Scene, report: str, span: Span) -> Span:
    sentences = scene.annotations[report].sentences
    at = bisect_left(sentences, span.start + 1, key=lambda one: one.start) - 1
    return sentences[at] if at >= 0 and sentences[at].end >= span.end else span


def lies_ahead(scene: Scene, event: Event) -> bool:
    """Whether a day to come is told for it."""
    return due_of(scene, event) is not None or counted_from(scene, event) is not None


def _ahead(scene: Scene, event: Event, edtf: str) -> bool:
    if edtf.startswith(NO_YEAR):
        return event.modality is Modality.PLANNED
    due, told = interval(edtf), interval(scene.day(event.report))
    if due is None or told is None:
        return due is not None
    return due[1] > told[0] or (due[1] == told[0] and event.modality is Modality.PLANNED and _announced(event))


def _announced(event: Event) -> bool:
    """Whether the words are those of a deed to come, which may be one of the same day."""
    return event.type is EventType.AGREE and event.topic == event.span
