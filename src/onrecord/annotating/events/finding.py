"""The stage: frames of the lexicon over the parse, parties, modality, and what else the clause tells."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.annotating.events.absorbing import Range, absorbed
from onrecord.annotating.events.covering import Cover
from onrecord.annotating.events.demands import demanded_things, ways_forward
from onrecord.annotating.events.frames import Match, match_noun, match_verb
from onrecord.annotating.events.grammar import is_verb, logical_subjects
from onrecord.annotating.events.lexicon import event_lexicon
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.quantities import Number, numbers_in
from onrecord.annotating.events.reality import Reality, reality_of
from onrecord.annotating.events.sides import Sides, sides_of
from onrecord.annotating.events.settling import SPOKEN, Anchored, anchored, date_of, links_up, place_of
from onrecord.annotating.events.wording import condition_span, event_span
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import Annotation, BlockKind, Event, EventType, Modality, Quantity, Report, Span

#: Types whose denial by the one who would have done it is worth an event.
_DENIABLE = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE, EventType.CONSULT, EventType.AID}
)
#: Confidence of an event whose verb and parties are told; of one told by a noun; and what an inferred party costs.
#: Set by reading 60 events on the example reports of this project; to be measured when modality has its own set.
_BY_VERB, _BY_NOUN, _INFERRED = 0.85, 0.7, 0.2


#: Objects that name no target themselves.
_VAGUE = frozenset({"neighbour", "neighbor", "country", "it", "nation"})


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and what was found in it."""

    parsed: ParsedBlock
    tokens: tuple[Token, ...]
    matches: tuple[Match, ...]
    times: tuple[Anchored, ...]
    places: tuple[Anchored, ...]
    numbers: tuple[Number, ...]


class _Finder:
    """One report's events, sentence by sentence; remembers the last meeting for "the talks"."""

    def __init__(self, report: Report, marks: Annotation) -> None:
        self._report = report
        self._marks = marks
        self._parties = Parties(marks)
        self._statements = Cover((span, s.id) for s in marks.statements for span in s.content)
        self._speakers = {s.id: s.speakers for s in marks.statements}
        self._time_starts = [mark.span.start for mark in marks.times]
        self._place_starts = [mark.span.start for mark in marks.places]
        self._meeting: tuple[str, ...] = ()
        self._aims: dict[str, tuple[str, ...]] = {}

    def sentence(self, parsed: ParsedBlock, tokens: Sequence[Token]) -> Iterator[Event]:
        """The events of a sentence; ids are given by the caller."""
        matches = tuple(self._matches(parsed, tokens))
        ways = tuple(ways_forward(list(tokens)))
        if not matches and not ways:
            return
        stretch = Span(parsed.span(tokens[0]).start, parsed.span(tokens[-1]).end)
        times, places = self._marks.times, self._marks.places
        scene = _Sentence(
            parsed,
            tuple(tokens),
            matches,
            anchored(parsed, tokens, times[slice(*_between(self._time_starts, stretch))]),
            anchored(parsed, tokens, places[slice(*_between(self._place_starts, stretch))]),
            numbers_in(tokens),
        )
        swallowed = [(way.complement.left_edge.i, way.complement.right_edge.i) for way in ways]
        for way in ways:
            yield from self._way(scene, way.complement, way.asked, way.trigger)
        swallowed += [one for match in matches for one in absorbed(match)]
        taken = {o.i for match in matches for o in match.scene.objects if match.scene.carrier is match.trigger}
        denials = [one for one in matches if _denied_by_rejection(one)]
        rejections = {one.trigger.head.head.i for one in denials}
        told: list[tuple[Match, Event]] = []
        for match in matches:
            at = match.trigger.i
            noun = match.scene.carrier is not match.trigger
            swallows = (noun and at in taken) or any(low <= at <= high for low, high in swallowed)
            if at in rejections or (swallows and match not in denials and not _presupposed(match)):
                continue
            for event in self._events(scene, match):
                joined = _same_happening(told, match, event)
                if joined is None:
                    told.append((match, event))
                else:
                    told[joined] = (told[joined][0], _joined(told[joined][1], event))
        yield from (event for _, event in told)

    def _matches(self, parsed: ParsedBlock, tokens: Sequence[Token]) -> Iterator[Match]:
        for token in tokens:
            found = None
            if token.pos_ in ("VERB", "AUX"):
                found = match_verb(parsed, self._parties, token)
            elif token.pos_ in ("NOUN", "PROPN"):
                found = match_noun(parsed, self._parties, token)
            if found is not None:
                yield found

    def _events(self, scene: _Sentence, match: Match) -> Iterator[Event]:
        asks_negation = any(step.place == "neg" for step in match.frame.needs)
        asks_modal = any(step.place == "will" for step in match.frame.needs)
        reality = reality_of(
            match.trigger,
            match.scene.carrier,
            ignore_negation=asks_negation,
            ignore_would=asks_modal or asks_negation,
        )
        if reality.denier is not None and match.frame.type in SPOKEN and match.trigger.dep_ == "conj":
            # "denies that it hid grain and accuses Cestria": the parser joins the wrong verbs
            reality = Reality()
        modality = _modality(match, reality)
        statement = self._statements.at(scene.parsed.start + match.trigger.idx)
        sides = sides_of(match, reality, self._parties, self._speakers.get(statement or "", ()), self._meeting)
        sides = self._aimed(match, sides)
        if modality is None and reality.told and reality.negated and match.frame.type in _DENIABLE:
            modality = self._own_denial(scene, reality, sides)
        if modality is None or not _complete(match, sides, modality):
            return
        if match.frame.type is EventType.CONSULT and modality in (Modality.ACTUAL, Modality.PLANNED):
            self._meeting = sides.sources
        yield from self._made(scene, match, reality, modality, sides, statement)

    def _aimed(self, match: Match, sides: Sides) -> Sides:
        """Targets that the report named before: "denied that it plans to invade", "attack its neighbour"."""
        if match.frame.type not in (EventType.ASSAULT, EventType.MOBILIZE) or not sides.sources:
            return sides
        side = min(self._parties.sides(sides.sources))
        if sides.targets:
            self._aims.setdefault(side, sides.targets)
            return sides
        vague = all(o.lemma_.lower() in _VAGUE for o in match.scene.objects)
        known = self._aims.get(side, ())
        if match.frame.type is EventType.MOBILIZE or not vague or not known:
            return sides
        return replace(sides, targets=known, inferred=True)

    def _own_denial(self, scene: _Sentence, reality: Reality, sides: Sides) -> Modality | None:
        """ "Borvia said it had not attacked": a denial where the speaker is the one who would have done it."""
        if reality.speech is None or not sides.sources:
            return None
        speakers = self._parties.of(scene.parsed, logical_subjects(reality.speech))
        shared = self._parties.sides(speakers) & self._parties.sides(sides.sources)
        return Modality.DENIED if shared else None

    def _made(
        self,
        scene: _Sentence,
        match: Match,
        reality: Reality,
        modality: Modality,
        sides: Sides,
        statement: str | None,
    ) -> Iterator[Event]:
        parsed, frame = scene.parsed, match.frame
        things = demanded_things(match) if frame.type in (EventType.REQUEST, EventType.AGREE) else ()
        topics = [_span(parsed, one) for one in things]
        anchors, blocked = _anchors(scene, match, reality)
        confidence = (_BY_VERB if match.scene.carrier is match.trigger else _BY_NOUN) - _INFERRED * sides.inferred
        first = Event(
            id="",
            report=self._report.id,
            type=frame.type,
            modality=modality,
            sources=sides.sources,
            targets=sides.targets,
            span=event_span(match, reality, topics[0] if topics else None),
            topic=topics[0] if topics else None,
            date=date_of(scene.times, anchors, blocked, self._report.day, modality),
            place=place_of(scene.places, anchors, blocked),
            statement=statement,
            condition=condition_span(match, reality),
            quantities=_quantities(scene, match, anchors, blocked),
            confidence=round(max(confidence, 0.1), 2),
        )
        yield first
        if frame.type is EventType.REQUEST:
            for topic in topics[1:]:
                yield replace(first, span=topic, topic=topic, quantities=())

    def _way(self, scene: _Sentence, done: Token, asked: Sequence[Token], trigger: Token) -> Iterator[Event]:
        """A demand told as advice ("the best way would be by withdrawing")."""
        parsed = scene.parsed
        statement = self._statements.at(parsed.start + done.idx)
        speakers: tuple[str, ...] = ()
        if trigger.dep_ in ("ccomp", "parataxis") and is_verb(trigger.head):
            speakers = self._parties.of(parsed, logical_subjects(trigger.head))
        speakers = speakers or self._parties.with_states(self._speakers.get(statement or "", ()))
        targets = tuple(one for one in self._parties.of(parsed, asked) if one not in speakers)
        if not speakers or not targets:
            return
        topic = _span(parsed, (done.i, max(done.right_edge.i, done.i)))
        yield Event(
            "",
            self._report.id,
            EventType.REQUEST,
            Modality.ACTUAL,
            speakers,
            targets,
            topic,
            topic,
            statement=statement,
            confidence=_BY_NOUN,
        )


def find_events(report: Report, parse: Parse, marks: Annotation) -> Annotation:
    """The marks with `events` filled in, in text order.

    Needs sentences, entities, times, places and statements. No event rather than a wrong one: a trigger gives an
    event only where its modality is told and its source is known.

    Args:
        report: what was parsed.
        parse: its readable blocks.
        marks: what the stages before this one found.
    """
    finder = _Finder(report, marks)
    events: list[Event] = []
    for parsed in parse.blocks:
        if parsed.block.kind is BlockKind.CAPTION:
            # a caption tells what is seen; whoever stands in it, the body tells what they did
            continue
        for sentence in parsed.sentences():
            events.extend(finder.sentence(parsed, list(sentence)))
    distinct = {(e.span, e.type, e.modality, e.sources, e.targets): e for e in reversed(events)}
    ordered = sorted(distinct.values(), key=lambda e: (e.span, e.type, e.modality, e.sources, e.targets))
    return replace(
        marks, events=tuple(replace(e, id=f"{report.id}.e{number}") for number, e in enumerate(ordered, start=1))
    )


def _between(starts: Sequence[int], stretch: Span) -> tuple[int, int]:
    return bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)


def _span(parsed: ParsedBlock, tokens: Range) -> Span:
    return parsed.span(parsed.doc[tokens[0] : tokens[1] + 1])


def _presupposed(match: Match) -> bool:
    """ "pledged to stay following talks": the talks were held, whatever is pledged."""
    noun = match.trigger
    factive = noun.head.lower_ in event_lexicon().modality["presupposing"]
    return match.scene.carrier is None and noun.dep_ == "pobj" and factive


def _denied_by_rejection(match: Match) -> bool:
    """ "rejected claims that it had attacked": the attack is denied, and no proposal rejected."""
    verb = match.trigger
    if verb.dep_ != "acl" or match.scene.carrier is not verb or not is_verb(verb.head.head):
        return False
    return reality_of(verb, verb).denier is not None


def _modality(match: Match, reality: Reality) -> Modality | None:
    modality = reality.modality()
    if any(step.place == "committed" for step in match.frame.sources):
        return Modality.CONDITIONAL
    if match.frame.type is EventType.THREATEN and modality is not None and _has_condition(match, reality):
        return Modality.CONDITIONAL
    if match.frame.type is EventType.AGREE and modality is Modality.ACTUAL and match.frame.needs:
        # what is agreed, promised or offered is still to come
        to_come = any(step.place in ("to", "that.will") for step in match.frame.needs) or match.trigger.lemma_ in (
            "pledge",
            "promise",
            "offer",
        )
        return Modality.PLANNED if to_come else modality
    return modality


def _has_condition(match: Match, reality: Reality) -> bool:
    return reality.condition is not None or condition_span(match, reality) is not None


def _complete(match: Match, sides: Sides, modality: Modality) -> bool:
    """Whether the parties that the type needs are known."""
    if match.frame.type is EventType.CONSULT:
        return sides.distinct >= 2
    if not sides.sources:
        # a toll is kept without its doer: numbers of dead and hurt disagree between reports, and that must show
        toll = match.trigger.lemma_ in ("kill", "wound", "injure") and modality is Modality.ACTUAL
        return toll and bool(numbers_in(t for o in match.scene.objects for t in o.subtree))
    bare_heading = match.scene.carrier is None and match.trigger.dep_ == "ROOT"
    return bool(sides.targets) or not bare_heading


def _anchors(scene: _Sentence, match: Match, reality: Reality) -> tuple[frozenset[int], frozenset[int]]:
    """The tokens whose dependents belong to the event, and those whose dependents belong to other events."""
    own = {match.trigger.i}
    if match.scene.carrier is not None:
        own.add(match.scene.carrier.i)
    if match.frame.type in (EventType.AGREE,) and match.scene.clause is not None:
        own.add(match.scene.clause.i)
    if match.frame.type in SPOKEN and reality.speech is not None:
        own.add(reality.speech.i)
    held = {o.i for o in match.scene.objects}
    others = {other.trigger.i for other in scene.matches} | {
        o.scene.carrier.i for o in scene.matches if o.scene.carrier
    }
    others -= held
    return frozenset(own), frozenset(others - own)


def _quantities(
    scene: _Sentence, match: Match, anchors: frozenset[int], blocked: frozenset[int]
) -> tuple[Quantity, ...]:
    timed = {one.token.i for one in scene.times}
    return tuple(
        number.quantity(scene.parsed, match.trigger.lemma_.lower())
        for number in scene.numbers
        if number.last.i not in timed
        and (number.unit is None or number.unit.i not in timed)
        and links_up(number.unit or number.last, anchors, blocked) is not None
    )


def _same_happening(told: Sequence[tuple[Match, Event]], match: Match, event: Event) -> int | None:
    """Index of an event that coordinated words tell already ("killed five and wounded nine")."""
    for index, (other, earlier) in enumerate(told):
        if other.trigger.i == match.trigger.i:
            continue
        linked = match.trigger.head.i == other.trigger.i and match.trigger.dep_ in ("conj", "advcl", "xcomp")
        upwards = other.trigger.head.i == match.trigger.i and other.trigger.dep_ in ("nsubj", "advcl")
        alike = earlier.type is event.type and earlier.modality is event.modality
        if alike and (linked or upwards) and (set(earlier.sources) >= set(event.sources)):
            return index
    return None


def _joined(earlier: Event, event: Event) -> Event:
    quantities: Iterable[Quantity] = dict.fromkeys((*earlier.quantities, *event.quantities))
    span = earlier.span
    if event.span.start < earlier.span.start or event.quantities:
        span = Span(min(span.start, event.span.start), max(span.end, event.span.end))
    return replace(
        earlier,
        span=span,
        targets=earlier.targets or event.targets,
        quantities=tuple(quantities),
        date=earlier.date or event.date,
    )
