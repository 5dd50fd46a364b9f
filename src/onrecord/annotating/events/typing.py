"""The type decision alone, for two given parties of one sentence: what one does to the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import absorbed
from onrecord.annotating.events.cues import cues
from onrecord.annotating.events.frames import match_noun, match_verb
from onrecord.annotating.events.grammar import is_verb, modals, negated
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.reality import reality_of
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.slots import slot_tokens
from onrecord.annotating.events.tree import DEEPEST
from onrecord.annotating.events.weighing import LEXICON_BONUS, UNSURE, root_model
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import ActorKind, Annotation, Entity, EventType, Mention, Modality, Span, plain_code

_COOPERATION = frozenset(
    {EventType.SUPPORT, EventType.CONSULT, EventType.COOPERATE, EventType.AID, EventType.RETREAT, EventType.CONCEDE}
)
_CONFLICT = frozenset({EventType.SANCTION, EventType.COERCE, EventType.ASSAULT, EventType.PROTEST, EventType.MOBILIZE})


def plain_type(kind: EventType, modality: Modality) -> EventType:
    """The type in plain PLOVER, which knows no modality: cooperation to come is AGREE, hostility to come THREATEN.

    >>> plain_type(EventType.AID, Modality.PLANNED).value
    'AGREE'
    """
    code = plain_code(kind, modality)
    return kind if code is None else code.type


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger that may tell what the source does to the target."""

    kind: EventType
    score: float
    lemma: str = ""


def type_between(parse: Parse, source: Iterable[Span], target: Iterable[Span]) -> EventType | None:
    """What the source does to the target, folded to plain PLOVER: by the lexicon and a linear model over the sentence.

    None where no frame fits and the model is unsure.

    Args:
        parse: of a text that tells it.
        source: where the text names who does it.
        target: where the text names to whom.
    """
    sources, targets = sorted(source), sorted(target)
    found = candidates_between(parse, sources, targets)
    shown = cues(parse, sources, targets, [(one.kind.value, one.lemma, one.score) for one in found])
    shares = root_model().probabilities(shown)
    if found:
        # the model has one class for both kinds of yielding
        first = EventType.CONCEDE if found[0].kind is EventType.RETREAT else found[0].kind
        shares[first] += LEXICON_BONUS
    best = max(shares, key=lambda kind: (shares[kind], kind.value))
    if not found and shares[best] < UNSURE:
        return None
    yielding = found and found[0].kind is EventType.RETREAT and best is EventType.CONCEDE
    return EventType.RETREAT if yielding else best


def candidates_between(parse: Parse, source: Iterable[Span], target: Iterable[Span]) -> tuple[Candidate, ...]:
    """What the lexicon's frames say that the source may do to the target, the likeliest first."""
    marks = Annotation("given", entities=tuple(_given(("source", source), ("target", target))))
    parties = Parties(marks)
    spans = [m.span for e in marks.entities for m in e.mentions]
    found = [
        candidate
        for parsed in parse.blocks
        for sentence in parsed.sentences()
        for candidate in _candidates(parsed, parties, list(sentence), spans)
    ]
    # sorted() is stable: of two as likely ones the first told comes first
    return tuple(sorted(found, key=lambda one: -one.score))


def _given(*parties: tuple[str, Iterable[Span]]) -> Iterator[Entity]:
    for name, spans in parties:
        mentions = tuple(Mention(span, "name") for span in sorted(spans))
        yield Entity(name, name, ActorKind.GROUP, mentions)


def _candidates(parsed: ParsedBlock, parties: Parties, tokens: list[Token], spans: list[Span]) -> Iterator[Candidate]:
    matches = [match for token in tokens if (match := _match(parsed, parties, token)) is not None]
    swallowed = [one for match in matches for one in absorbed(match)]
    for match in matches:
        at = parsed.span(match.trigger)
        named = any(span.overlaps(at) for span in spans)
        below = any(low <= match.trigger.i <= high for low, high in swallowed)
        score = _score(match, parties, spans) - 3.0 * named - 2.5 * below
        yield Candidate(_folded(match), score, match.trigger.lemma_.lower())


def _match(parsed: ParsedBlock, parties: Parties, token: Token) -> Match | None:
    if is_verb(token):
        return match_verb(parsed, parties, token)
    return match_noun(parsed, parties, token) if token.pos_ in ("NOUN", "PROPN") else None


def _score(match: Match, parties: Parties, spans: list[Span]) -> float:
    """How well a trigger joins the two: parties in their slots count most, then the top of the sentence."""
    scene, frame = match.scene, match.frame
    subjects = parties.of(scene.parsed, scene.subjects)
    for step in frame.sources:
        subjects += parties.of(scene.parsed, slot_tokens(scene, step))
    others: tuple[str, ...] = ()
    for step in frame.targets:
        others += parties.of(scene.parsed, slot_tokens(scene, step))
    others += parties.of(scene.parsed, scene.objects)
    at = scene.parsed.span(scene.trigger)
    # a target anywhere in the trigger's own phrase is better than none
    reach = scene.parsed.doc[scene.trigger.left_edge.i : scene.trigger.right_edge.i + 1]
    held = scene.parsed.span(reach)
    nearest = min((abs(span.start - at.start) for span in spans), default=0)
    return (
        3.0 * ("source" in subjects)
        + 2.5 * ("target" in others)
        + 1.0 * any(held.contains(span) for span in spans[-1:])
        + 0.1 * frame.specificity
        - 0.3 * _depth(scene.trigger)
        - 0.002 * nearest
    )


def _depth(token: Token) -> int:
    node, depth = token, 0
    while node.head.i != node.i and depth < DEEPEST:
        node, depth = node.head, depth + 1
    return depth


def _folded(match: Match) -> EventType:
    kind = match.frame.type
    carrier = match.scene.carrier
    if carrier is not None and negated(carrier) and not any(step.place == "neg" for step in match.frame.needs):
        return EventType.REJECT if kind in _COOPERATION or "will" in modals(carrier) else kind
    if kind is EventType.AID and match.trigger.lemma_ == "offer" and match.scene.clause is not None:
        return EventType.AGREE
    reality = reality_of(match.trigger, carrier, ignore_negation=True)
    if kind in _COOPERATION | _CONFLICT and (reality.planned or reality.would or _offered(carrier)):
        return plain_type(kind, Modality.PLANNED)
    return kind


def _offered(carrier: Token | None) -> bool:
    """As in "is ready to send", "is willing to withdraw": an offer."""
    if carrier is None or carrier.dep_ not in ("xcomp", "ccomp", "advcl"):
        return False
    return carrier.head.lemma_.lower() in event_lexicon().modality["plan"] | {"willing", "offer", "want", "threaten"}
