"""A mark as joining sees it: who tells or does it, in which words and which sentence, with what numbers and times."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from onrecord.fusing.alignment import Wording, wording
from onrecord.fusing.happenings import Happening, happening, manner
from onrecord.fusing.quantities import numbers
from onrecord.fusing.scene import ACTOR_WEIGHT, Party, Scene, Token
from onrecord.fusing.utterances import wording_of
from onrecord.fusing.words import UNKNOWN, frequency, lexicon, words
from onrecord.model import Act, BlockKind, Event, EventType, Modality, Quantity, Span, Statement

#: Acts that are done by saying something: who does them speaks.
_SPOKEN = frozenset(
    {
        EventType.AGREE,
        EventType.SUPPORT,
        EventType.CONCEDE,
        EventType.REQUEST,
        EventType.ACCUSE,
        EventType.REJECT,
        EventType.THREATEN,
    }
)
_HEADLINES = (BlockKind.TITLE, BlockKind.SUBTITLE)
#: Blocks of a report that its headlines stand among; crossheads stand further down.
_HEAD = 24


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement or an event, made comparable with statements and events of other reports.

    Attributes:
        mark: its id.
        happening: None for a statement.
        act: what the source does by it; None for an event that is no act of words.
        voices: who says it, or who does an act of words.
        vague: whether the words that name the voice are a pronoun or none, so that it may have been taken wrongly.
        actors: what names stand for in its words, and its parties.
        wording: its words of content.
        rare: what each of them weighs in this story: words of every other sentence of it weigh little.
        around: the same for the words of its sentence.
        manner: the stance of an event, "told" for a statement.
        turned: whether it says that something is not so: by "not", by being denied.
        numbers: what is counted in it.
        time: EDTF, the event's own or that of the saying.
        day: that of the report.
        headline: whether it stands in the title of its report or under it: there a report says what its body says.
        inside: the statement that an event stands in.
        stands: whether what it tells has been done or lies ahead; of a statement all that the events in it are.
        types: of the event, or of all that stand in a statement.
        plain: the words of content that English knows; others are names, which say whom, not what.
    """

    mark: str
    report: str
    happening: Happening | None
    act: Act | None
    voices: tuple[Party, ...]
    vague: bool
    actors: frozenset[str]
    wording: Wording
    rare: Mapping[str, float]
    around: Mapping[str, float]
    manner: str
    turned: bool
    numbers: tuple[Quantity, ...]
    time: str | None
    day: str | None
    headline: bool = False
    inside: str | None = None
    stands: frozenset[str] = frozenset()
    types: frozenset[EventType] = frozenset()
    plain: frozenset[str] = frozenset()


class Tellings:
    """Makes the marks of one story comparable."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._around: dict[tuple[str, int], Mapping[str, float]] = {}
        self._headlines: dict[str, list[tuple[int, int]]] = {}
        self._starts = {report: [one.start for one in marks.sentences] for report, marks in scene.annotations.items()}
        self._told_in = self._sentences()
        self._events: dict[str, list[tuple[int, int, Event]]] = {}
        for event in scene.events.values():
            self._events.setdefault(event.report, []).append((event.span.start, event.span.end, event))
        self._log_all = log(1 + max(1, sum(map(len, self._starts.values()))))

    def _sentences(self) -> Mapping[str, int]:
        """In how many sentences of the story each concept stands."""
        found: dict[str, int] = {}
        for report, marks in self._scene.annotations.items():
            for sentence in marks.sentences:
                tokens = self._scene.tokens(report, (sentence,))
                for concept in {token.concept for token in tokens if token.weight}:
                    found[concept] = found.get(concept, 0) + 1
        return found

    def of(self, mark: str) -> Telling:
        """The telling that a statement or an event is."""
        statement = self._scene.statements.get(mark)
        return self._event(self._scene.events[mark]) if statement is None else self._statement(statement)

    def _statement(self, one: Statement) -> Telling:
        scene = self._scene
        told = wording_of(scene, one)
        source = [word for span in one.source for word in words(scene.text(one.report, span))]
        voices = scene.parties(one.speakers)
        first = one.content[0].start if one.content else 0
        inside = self._told_by(one)
        return Telling(
            mark=one.id,
            report=one.report,
            happening=None,
            act=one.act,
            voices=voices,
            vague=not source or one.inferred or set(source) <= lexicon("pointing"),
            actors=_named(told.tokens) | _sides(voices),
            wording=told,
            rare=self._rare(told),
            around=self._sentence(one.report, first, told),
            manner="told",
            turned=(told.negations + _denies(scene, one)) % 2 == 1,
            numbers=_numbers(scene, one.report, one.content),
            time=one.said,
            day=scene.day(one.report),
            headline=self._headline(one.report, first),
            stands=frozenset(stand for event in inside for stand in _stands(event)),
            types=frozenset(event.type for event in inside),
            plain=_plain(told),
        )

    def _event(self, one: Event) -> Telling:
        told = happening(self._scene, one)
        return Telling(
            mark=one.id,
            report=one.report,
            happening=told,
            act=Act.POSITION if one.type in _SPOKEN else None,
            voices=told.sources if one.type in _SPOKEN else (),
            vague=False,
            actors=_named(told.tokens) | _sides(told.parties),
            wording=told.wording,
            rare=self._rare(told.wording),
            around=self._sentence(one.report, one.span.start, told.wording),
            manner=manner(one),
            turned=(told.wording.negations + (one.modality is Modality.DENIED)) % 2 == 1,
            numbers=_numbers(self._scene, one.report, [one.span]),
            time=one.date,
            day=told.day,
            headline=self._headline(one.report, one.span.start),
            inside=one.statement,
            stands=_stands(one),
            types=frozenset((one.type,)),
            plain=_plain(told.wording),
        )

    def _headline(self, report: str, place: int) -> bool:
        if report not in self._headlines:
            blocks = self._scene.reports[report].blocks[:_HEAD]
            self._headlines[report] = [(one.span.start, one.span.end) for one in blocks if one.kind in _HEADLINES]
        return any(start <= place < end for start, end in self._headlines[report])

    def _told_by(self, one: Statement) -> list[Event]:
        """The events that stand in a statement's words, or in whose words most of it stands."""
        spans = [(span.start, span.end) for span in one.content]
        whole = sum(end - start for start, end in spans)
        found = []
        for start, end, event in self._events.get(one.report, ()):
            # an event without words, and a statement without any, stand in whatever there is
            inside = sum(min(end, b) - max(start, a) for a, b in spans if start < b and a < end)
            if 2 * inside >= min(whole, end - start):
                found.append(event)
        return found

    def _sentence(self, report: str, place: int, told: Wording) -> Mapping[str, float]:
        at = bisect_right(self._starts.get(report, ()), place) - 1
        if at < 0:
            return self._rare(told)
        key = report, at
        if key not in self._around:
            sentence = self._scene.annotations[report].sentences[at]
            self._around[key] = self._rare(wording(self._scene.tokens(report, (sentence,))))
        return self._around[key]

    def _rare(self, told: Wording) -> Mapping[str, float]:
        return {
            concept: weight * max(0.0, 1.0 - log(1 + self._told_in.get(concept, 0)) / self._log_all)
            for concept, weight in told.weights.items()
        }


def _plain(told: Wording) -> frozenset[str]:
    return frozenset(
        token.concept
        for token in told.tokens
        if token.weight and not token.concept.startswith("@") and frequency(token.form) > UNKNOWN
    )


def _stands(event: Event) -> frozenset[str]:
    """Whether an event is done or lies ahead; what is wanted or threatened lies ahead, what is agreed may be both."""
    if event.modality is Modality.DENIED:
        return frozenset()
    if event.modality not in (Modality.ACTUAL, Modality.ALLEGED) or event.type in (
        EventType.REQUEST,
        EventType.THREATEN,
    ):
        return frozenset({"ahead"})
    return frozenset({"done", "ahead"} if event.type is EventType.AGREE else {"done"})


def _denies(scene: Scene, one: Statement) -> bool:
    """Whether the source denies the content: "denied that it had fired" says that it had not."""
    return any(word in lexicon("denying") for span in one.cue for word in words(scene.text(one.report, span)))


def _sides(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(f"@{party.country or party.actor}" for party in parties)


def _named(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(one.concept for one in tokens if one.concept.startswith("@") and one.weight == ACTOR_WEIGHT)


def _numbers(scene: Scene, report: str, spans: Iterable[Span]) -> tuple[Quantity, ...]:
    return tuple(number for span in spans for number in numbers(scene.text(report, span)))
