"""The spans of an event: its trigger with what belongs to it, and its condition."""

from spacy.tokens import Token

from onrecord.annotating.events.conditions import anybody_who, condition_under
from onrecord.annotating.events.grammar import clause_before
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.tree import children, noun_phrase_end, noun_phrase_start
from onrecord.annotating.parse import ParsedBlock
from onrecord.model import EventType, Span

#: Prepositions whose phrases belong to a verbal event's words; times and places around it do not.
_OWN = frozenset("on to for from with against into of at near between along over by off down out up back in".split())
#: A complement longer than this many tokens is cut to its verb and object.
LONGEST_TOKENS = 30


def event_span(match: Match, reality: Reality, topic: Span | None) -> Span:
    """The words that tell the event, as tight as they are whole."""
    scene = match.scene
    trigger, carrier = scene.trigger, scene.carrier
    noun = carrier is not trigger
    if noun:
        start, end = noun_phrase_start(trigger), noun_phrase_end(trigger)
        if carrier is not None:
            start, end = min(start, carrier.i), max(end, carrier.i)
    else:
        start, end = trigger.i, _verb_end(trigger)
        ends = [noun_phrase_end(o) for o in scene.objects if o.i > trigger.i]
        starts = [noun_phrase_start(o) for o in scene.objects if o.i < trigger.i and trigger.i - o.i < LONGEST_TOKENS]
        start, end = min([start, *starts]), max([end, *ends])
        if any(step.place == "subj" for step in match.frame.needs) and scene.subjects:
            # "protests erupted": what did it tells what happened
            doer = scene.subjects[0]
            starts.append(noun_phrase_start(doer) if 0 < trigger.i - doer.i < LONGEST_TOKENS else trigger.i)
        start = min([start, *starts])
        if match.frame.lemma == "describe":
            end = max([end, *(noun_phrase_end(p) for p in children(trigger, "prep") if p.lower_ == "as")])
        told = any(step.place == "comp.has" for step in match.frame.needs)
        if (match.frame.type is EventType.ACCUSE or told) and scene.clause is not None:
            end = max(end, min(scene.clause.right_edge.i, scene.clause.i + LONGEST_TOKENS) if told else scene.clause.i)
        if any(step.place in ("neg", "will") for step in match.frame.needs):
            start = min([start, *(c.i for c in children(trigger, "aux", "neg"))])
    if reality.denier is not None:
        denier = reality.denier
        first = noun_phrase_start(denier) if denier.pos_ == "NOUN" else denier.i
        start, end = min(start, first), max(end, denier.i)
    doc = trigger.doc
    span = scene.parsed.span(doc[start : _trimmed(doc[start : end + 1].end - 1, start, trigger) + 1])
    if topic is not None and topic.end <= span.start and clause_before(trigger) is not None:
        # "they will pay, Borvia promised": what is promised tells it
        return topic
    if topic is not None and topic.start >= span.start and topic.end - span.start < 400:
        span = Span(span.start, max(span.end, topic.end))
    condition = condition_span(match, reality) if match.frame.type is EventType.THREATEN else None
    if condition is not None and condition.start > span.start:
        span = Span(span.start, max(span.end, condition.end))
    return span


def _trimmed(end: int, start: int, trigger: Token) -> int:
    while end > max(start, trigger.i) and trigger.doc[end].is_punct:
        end -= 1
    return end


def _verb_end(verb: Token) -> int:
    end = verb.i
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ in ("prt", "dobj", "dative", "acomp") or (
            child.dep_ in ("prep", "agent") and child.lower_ in _OWN and not _timely(child)
        ):
            end = max(end, noun_phrase_end(child))
    return end


def _timely(preposition: Token) -> bool:
    return any(o.ent_type_ in ("DATE", "TIME") for o in children(preposition, "pobj"))


def condition_span(match: Match, reality: Reality) -> Span | None:
    """The if-clause of an event or of what it announces, or "to any aggression" of a threatened response."""
    parsed = match.scene.parsed
    clause = reality.condition
    if clause is None and match.frame.type is EventType.AGREE:
        clause = condition_under(match.scene.clause)
    if clause is None and match.frame.type is EventType.THREATEN:
        clause = (
            condition_under(match.scene.clause)
            or condition_under(match.trigger)
            or _condition_above(match.trigger)
            or anybody_who(match.scene.clause or match.trigger)
        )
    if clause is not None:
        return clause_span(parsed, clause)
    if match.frame.lemma == "response":
        for preposition in children(match.trigger, "prep"):
            if preposition.lower_ == "to":
                return parsed.span(preposition.doc[preposition.i : noun_phrase_end(preposition) + 1])
    return None


def clause_span(parsed: ParsedBlock, clause: Token) -> Span:
    """The words of a condition, given by its verb or preposition."""
    return parsed.span(clause.doc[clause.left_edge.i : _trimmed(clause.right_edge.i, clause.left_edge.i, clause) + 1])


def _condition_above(trigger: Token) -> Token | None:
    """The parser may hang the if-clause on the verb of warning."""
    head = trigger.head
    return condition_under(head) if trigger.dep_ in ("ccomp", "dobj", "pobj") and head is not trigger else None
