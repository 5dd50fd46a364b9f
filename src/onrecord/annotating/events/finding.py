"""The stage: frames of the lexicon over the parse, parties, modality, and what else the clause tells."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.annotating.attribution import Hint
from onrecord.annotating.events.absorbing import Range, quiet_tokens
from onrecord.annotating.events.announcing import (
    Announcement,
    Setting,
    announcements,
    asked_for,
    settled,
    tells_to_come,
)
from onrecord.annotating.events.completing import complete
from onrecord.annotating.events.confidence import Confidence
from onrecord.annotating.events.covering import Cover
from onrecord.annotating.events.deciding import Hearing, decided
from onrecord.annotating.events.demands import demanded_things, says_nothing, ways_forward
from onrecord.annotating.events.describing import Described
from onrecord.annotating.events.figures import figurative
from onrecord.annotating.events.frames import match_noun, match_verb
from onrecord.annotating.events.grammar import is_verb, logical_subjects
from onrecord.annotating.events.learnt import agrees, stands, told_apart, with_head, with_pointed
from onrecord.annotating.events.modalities import modality_of
from onrecord.annotating.events.parties import Parties
from onrecord.annotating.events.presuming import (
    denied_by_rejection,
    denied_deed,
    presupposed,
    refusal,
    refuses,
    standing_demand,
    told_reality,
)
from onrecord.annotating.events.quantities import Number, numbers_in, quantities_of
from onrecord.annotating.events.realities import Reality
from onrecord.annotating.events.recalling import Recall, blow_again
from onrecord.annotating.events.scenes import Match
from onrecord.annotating.events.settling import (
    SPOKEN,
    Hanging,
    ahead,
    anchored,
    anchors_of,
    date_of,
    locates,
    place_of,
    set_ahead,
    whens,
)
from onrecord.annotating.events.sides import Sides, sides_of
from onrecord.annotating.events.telling import Told
from onrecord.annotating.events.terms import Term, terms_of
from onrecord.annotating.events.wanted import as_wanted, told_enough, wanted_heads
from onrecord.annotating.events.wording import clause_span, condition_span, event_span
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import (
    Annotation,
    BlockKind,
    Entity,
    Event,
    EventType,
    Modality,
    PlaceMention,
    Report,
    Span,
    TimeMention,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence and what was found in it."""

    parsed: ParsedBlock
    words: frozenset[int]
    times: Hanging[TimeMention]
    places: Hanging[PlaceMention]
    numbers: Hanging[Number]


class _Finder:
    """One report's events, sentence by sentence; remembers the last meeting for "the talks"."""

    def __init__(self, report: Report, marks: Annotation, hints: Mapping[int, Hint]) -> None:
        self._report = report
        self._marks = marks
        self._hints = hints
        self._described = Described(report.id, len(marks.entities) + 1, [mark.span for mark in marks.places])
        self._parties = Parties(marks, self._described)
        self._statements = Cover((span, s.id) for s in marks.statements for span in s.content)
        self._speakers = {s.id: s.speakers for s in marks.statements}
        self._time_starts = [mark.span.start for mark in marks.times]
        self._place_starts = [mark.span.start for mark in marks.places]
        self._recall = Recall(self._parties)

    def described(self, names: frozenset[str]) -> tuple[Entity, ...]:
        """The parties among some ids that the actor stage had made no entity of."""
        return tuple(self._described.used(names))

    def sentence(self, parsed: ParsedBlock, tokens: Sequence[Token]) -> Iterator[Event]:
        """The events of a sentence; ids are given by the caller."""
        if any(token.text == "?" for token in tokens[-2:]):
            return
        matches = tuple(told_apart(self._matches(parsed, tokens), lambda one: self._hints.get(parsed.start + one.idx)))
        ways = tuple(ways_forward(list(tokens)))
        terms = terms_of(parsed, self._parties, tokens, matches)
        stretch = Span(parsed.span(tokens[0]).start, parsed.span(tokens[-1]).end)
        times = self._marks.times[slice(*_between(self._time_starts, stretch))]
        if not (matches or ways or terms or tells_to_come(tokens)):
            return
        places = self._marks.places[slice(*_between(self._place_starts, stretch))]
        counted = [n for n in numbers_in(tokens) if not any(n.span(parsed).overlaps(t.span) for t in times)]
        carriers = {m.scene.carrier.i for m in matches if m.scene.carrier is not None}
        scene = _Sentence(
            parsed,
            frozenset({m.trigger.i for m in matches} | carriers),
            Hanging(whens(anchored(parsed, tokens, times))),
            Hanging(row for row in anchored(parsed, tokens, places) if locates(row[0])),
            Hanging((n.unit or n.last, n) for n in counted),
        )
        quiet = quiet_tokens(matches, [(w.complement.left_edge.i, w.complement.right_edge.i) for w in ways])
        for way in ways:
            yield from self._way(scene, way.complement, way.asked, way.trigger)
        for term in terms:
            yield self._term(parsed, term)
        taken = {o.i for match in matches for o in match.scene.objects if match.scene.carrier is match.trigger}
        denials = {one.trigger.i for one in matches if denied_by_rejection(one)}
        rejections = {one.trigger.head.head.i for one in matches if one.trigger.i in denials}
        deeds = {one.trigger.i: verb.i for one in matches if (verb := denied_deed(one)) is not None}
        denials, rejections = denials | set(deeds), rejections | set(deeds.values())
        unless = {i for one in matches if refuses(one) for i in wanted_heads(one, EventType.REJECT)}
        told = Told()
        wanted: list[Match] = []
        asking: list[tuple[Match, Event]] = []
        for match in matches:
            at = match.trigger.i
            swallowed = at in quiet or (at in taken and match.scene.carrier is not match.trigger)
            taken_up = presupposed(match) or standing_demand(match, self._parties)
            if at in rejections or at in unless or (swallowed and at not in denials and not taken_up):
                wanted.append(match)
                continue
            for event in self._events(scene, match):
                told.add(match, event, again=blow_again(match))
                asking.append((match, event))
        yield from told.events()
        yield from self._wanted(scene, wanted, asking)
        yield from self._announced(scene, tokens, times, settled(matches, asking), asked_for(asking))

    def _announced(
        self,
        scene: _Sentence,
        tokens: Sequence[Token],
        times: Sequence[TimeMention],
        told: frozenset[int],
        asked: frozenset[int],
    ) -> Iterator[Event]:
        """The promises and demands that no frame tells."""
        parsed, day = scene.parsed, self._report.day
        days = ahead(parsed, tokens, times, day)
        setting = Setting(parsed, self._parties, days, told, self._speaking(parsed), asked, day)
        for one in announcements(setting, tokens):
            if one.type is EventType.REQUEST:
                yield replace(self._term(parsed, one), date=one.due)
                continue
            due = date_of(scene.times, one.anchors, frozenset(), day, Modality.PLANNED) or one.due
            modality = Modality.PLANNED if one.condition is None else Modality.CONDITIONAL
            event = replace(self._term(parsed, one, EventType.AGREE, modality), date=due)
            condition = None if one.condition is None else clause_span(parsed, one.condition)
            yield replace(event, condition=condition)

    def _speaking(self, parsed: ParsedBlock) -> Callable[[Token], tuple[str, ...]]:
        """Tells who speaks the statement that a token stands in."""

        def speaking(token: Token) -> tuple[str, ...]:
            statement = self._statements.at(parsed.start + token.idx)
            return self._parties.with_states(self._speakers.get(statement or "", ()))

        return speaking

    def _wanted(
        self, scene: _Sentence, matches: Sequence[Match], told: Sequence[tuple[Match, Event]]
    ) -> Iterator[Event]:
        """The deeds that the sentence's demands ask for."""
        requests = [
            (wanted_heads(match, event.type), event) for match, event in told if event.modality is not Modality.DENIED
        ]
        for match in matches:
            places = {match.trigger.i, match.trigger.i if match.scene.carrier is None else match.scene.carrier.i}
            asked = next((event for heads, event in requests if heads & places), None)
            if asked is None or match.frame.type is EventType.REQUEST:
                continue
            sides = sides_of(match, Reality(), self._parties, (), self._recall.told)
            asking = Sides(asked.sources, asked.targets)
            sides = as_wanted(sides, asking)
            named = sides.sources or (sides.targets and asked.type is EventType.REQUEST)
            if told_enough(match.frame.type, sides, asking) and named:
                yield from self._made(scene, match, Reality(), Modality.DEMANDED, sides, asked.statement)

    def _matches(self, parsed: ParsedBlock, tokens: Sequence[Token]) -> Iterator[Match]:
        for token in tokens:
            found = None
            if is_verb(token):
                found = match_verb(parsed, self._parties, token)
            elif token.pos_ in ("NOUN", "PROPN"):
                found = match_noun(parsed, self._parties, token)
            else:
                continue
            if found is None or not says_nothing(found):
                found = with_head(found, self._hints.get(parsed.start + token.idx), parsed, self._parties, token)
            if found is not None and not says_nothing(found) and not figurative(found, self._report.day):
                yield found

    def _events(self, scene: _Sentence, match: Match) -> Iterator[Event]:
        reality, claimer = told_reality(match, self._parties)
        modality = modality_of(match, reality)
        day = self._report.day
        if modality is Modality.ACTUAL and match.frame.type not in SPOKEN and day is not None:
            to_come = set_ahead(scene.times, *anchors_of(match, reality, scene.words), scene.parsed.doc, day)
            modality = Modality.PLANNED if to_come else modality
        statement = self._statements.at(scene.parsed.start + match.trigger.idx)
        speakers = self._speakers.get(statement or "", ())
        sides = sides_of(match, reality, self._parties, speakers, self._recall.told)
        if claimer is not None:
            sides = replace(sides, sources=self._parties.of(scene.parsed, logical_subjects(claimer), describe=True))
        if match.frame.type is EventType.AGREE and modality in (Modality.PLANNED, Modality.CONDITIONAL):
            sides = self._with_announcer(scene, match, reality.speech, sides)
        hint = self._hints.get(scene.parsed.start + match.trigger.idx)
        sides = self._recall.completed(match, sides, likely=agrees(hint, match))
        sides = with_pointed(match, sides, hint, self._parties)
        if modality is None and (refused := refusal(match, reality, sides, self._parties)) is not None:
            (match, sides), modality = refused, Modality.ACTUAL
        modality = decided(modality, match, reality, sides, Hearing(self._parties, self._recall, speakers, hint))
        if modality is None:
            return
        if modality is Modality.DENIED and not sides.sources and reality.speech is not None:
            sides = self._denied_by(scene, reality.speech, sides)
        nameless = self._recall.reminds(match)
        if not complete(match, sides, modality, self._parties) and not stands(
            hint, match, sides, self._parties, nameless=nameless
        ):
            return
        for event in self._made(scene, match, reality, modality, sides, statement):
            yield self._recall.kept(match, event, inferred=sides.inferred)

    def _denied_by(self, scene: _Sentence, speech: Token, sides: Sides) -> Sides:
        """As in "its air force said its planes had not crossed": who denies a deed is who would have done it."""
        deniers = self._parties.of(scene.parsed, logical_subjects(speech), describe=True)
        return replace(sides, sources=tuple(one for one in deniers if one not in sides.targets))

    def _with_announcer(self, scene: _Sentence, match: Match, speech: Token | None, sides: Sides) -> Sides:
        """As in "the minister said that Borvia would reply": the promise is his too if it is his own side's.

        And it is that of the body which he speaks for: "the bank's director promised that the loan would be paid".
        """
        bodies = self._parties.body_of(scene.parsed, match.scene.subjects)
        bodies = tuple(one for one in bodies if one not in sides.targets)
        announcers = () if speech is None else self._parties.of(scene.parsed, logical_subjects(speech))
        if not self._parties.sides(announcers) & self._parties.sides(sides.sources):
            announcers = ()
        return replace(sides, sources=tuple(dict.fromkeys((*sides.sources, *bodies, *announcers))))

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
        asked = frame.type in (EventType.REQUEST, EventType.AGREE)
        threatened = frame.type is EventType.THREATEN and match.scene.clause is not None
        things = demanded_things(match) if asked or threatened else ()
        topics = [_span(parsed, one) for one in things]
        anchors, blocked = anchors_of(match, reality, scene.words)
        hint = self._hints.get(parsed.start + match.trigger.idx)
        sure = Confidence.of(frame.type, modality, hint, by="frame" if match.chance is None else "head")
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
            quantities=quantities_of(
                (number for _, _, number in scene.numbers.on(anchors, blocked)), match.trigger.lemma_.lower(), parsed
            ),
            confidence=sure.both,
            type_confidence=sure.type,
            modality_confidence=sure.modality,
        )
        yield first
        for topic in topics[1:] if asked else ():
            due = first.date if frame.type is EventType.REQUEST else self._first_day(topic)
            yield replace(first, span=topic, topic=topic, quantities=(), date=due)

    def _first_day(self, topic: Span) -> str | None:
        """The first day to come that the words of a promise tell."""
        times = self._marks.times[slice(*_between(self._time_starts, topic))]
        days = (one.edtf for one in times if one.edtf and one.form in ("date", "deadline"))
        return next((one for one in days if self._report.day is not None and one > self._report.day), None)

    def _way(self, scene: _Sentence, done: Token, asked: Sequence[Token], trigger: Token) -> Iterator[Event]:
        """A demand told as advice ("the best way would be by withdrawing")."""
        parsed = scene.parsed
        statement = self._statements.at(parsed.start + done.idx)
        speakers: tuple[str, ...] = ()
        if trigger.dep_ in ("ccomp", "parataxis") and is_verb(trigger.head):
            speakers = self._parties.of(parsed, logical_subjects(trigger.head))
        speakers = speakers or self._parties.with_states(self._speakers.get(statement or "", ()))
        targets = tuple(one for one in self._parties.of(parsed, asked) if one not in speakers)
        if speakers and targets:
            words = done.i, max(done.right_edge.i, done.i)
            yield self._term(parsed, Term(done, words, speakers, targets))

    def _term(
        self,
        parsed: ParsedBlock,
        term: Term | Announcement,
        kind: EventType = EventType.REQUEST,
        modality: Modality = Modality.ACTUAL,
    ) -> Event:
        """A demand that no verb of demanding tells, or a promise that none of promising does."""
        topic = _span(parsed, term.words)
        sure = Confidence.of(kind, modality, None, by="words")
        return Event(
            "",
            self._report.id,
            kind,
            modality,
            term.sources,
            term.targets,
            topic,
            topic,
            statement=self._statements.at(parsed.start + term.verb.idx),
            confidence=sure.both,
            type_confidence=sure.type,
            modality_confidence=sure.modality,
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
    finder = _Finder(report, marks, parse.hints)
    events: list[Event] = []
    for parsed in parse.blocks:
        if parsed.block.kind is BlockKind.CAPTION:
            # a caption tells what is seen; whoever stands in it, the body tells what they did
            continue
        for sentence in parsed.sentences():
            events.extend(finder.sentence(parsed, list(sentence)))
    distinct = {(e.span, e.type, e.modality, e.sources, e.targets): e for e in reversed(events)}
    ordered = sorted(distinct.values(), key=lambda e: (e.span, e.type, e.modality, e.sources, e.targets))
    named = frozenset(party for e in ordered for party in (*e.sources, *e.targets))
    return replace(
        marks,
        entities=(*marks.entities, *finder.described(named)),
        events=tuple(replace(e, id=f"{report.id}.e{number}") for number, e in enumerate(ordered, start=1)),
    )


def _between(starts: Sequence[int], stretch: Span) -> tuple[int, int]:
    return bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)


def _span(parsed: ParsedBlock, tokens: Range) -> Span:
    return parsed.span(parsed.doc[tokens[0] : tokens[1] + 1])
