"""The stage that finds statements: the tagger's attributions, speakers resolved, floating quotations added."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from onrecord.annotating.actors import Resolver
from onrecord.annotating.attribution import Attribution, AttributionTagger
from onrecord.annotating.ordered import envelope, overlapping
from onrecord.annotating.parse import Parse
from onrecord.annotating.quotations import find_quotations, letters, quoted_letters
from onrecord.annotating.statements.adding import ADDED_CONFIDENCE, added
from onrecord.annotating.statements.mending import joined_cues, whole
from onrecord.annotating.statements.sifting import LEAST_CONFIDENCE, Cue, asks, is_sentence, is_statement, told_content
from onrecord.annotating.statements.sources import (
    is_event,
    omitted_source,
    particle_of,
    quoted_speaker,
    told_name,
    trailing_agent,
    whole_source,
)
from onrecord.annotating.statements.typing import act_of, anonymity_of, is_deed, kind_of, settings_in
from onrecord.model import ActorKind, Annotation, BlockKind, Report, Span, Statement, StatementKind

#: Confidence of a statement whose cue was found within another's content, as a share of that one's.
_SHARED = 0.8

_T = TypeVar("_T")

#: Confidence of a quotation that the tagger left out and that continues the speaker before it.
FLOATING_CONFIDENCE = 0.5
#: Confidence, at most, of an attribution whose source grammar tells and not the tagger: of 25 on PolNeAR dev 12 are
#: right (2026-11-27). Where the tagger saw a source, told and right agree within 0.03 in every bin from 0.6 on.
RECOVERED_CONFIDENCE = 0.5
#: A quotation of fewer letters than this in a paragraph of its own is a heading or a slogan, not speech.
FLOATING_LETTERS = 20


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution in spans, before it is resolved."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float

    @property
    def start(self) -> int:
        return min(span.start for span in (*self.source, *self.cue, *self.content))


class StatementFinder:
    """Finds who says or holds what in a report.

    Needs sentences, entities and times; yields statements, in text order. The attributions are the parse's, or those
    of `tagger` where one is given.
    """

    def __init__(self, tagger: AttributionTagger | None = None) -> None:
        self._tagger = tagger

    def __call__(self, report: Report, parse: Parse, marks: Annotation) -> Annotation:
        """The marks with `statements` filled in."""
        blocks = tuple(block.span for block in report.readable() if block.kind is not BlockKind.CAPTION)
        quotations = tuple(found for block in blocks for found in find_quotations(report.text, block))
        scene = _Scene(
            report,
            parse,
            marks,
            quotations,
            Resolver(marks, parse),
            frozenset(entity.id for entity in marks.entities if entity.kind is not ActorKind.GROUP),
            frozenset(entity.id for entity in marks.entities if entity.kind is ActorKind.STATE),
        )
        read = parse.attributions
        if self._tagger is not None:
            read = self._tagger(report.text, [(block.start, block.end) for block in blocks])
        tagged = [_found(one) for one in read]
        taken = sorted(span.start for one in tagged for span in (*one.source, *one.cue, *one.content))
        mended = [part for one in tagged for part in _mended(parse, one, taken)]
        body = min((block.span.start for block in report.readable() if block.kind is BlockKind.PARAGRAPH), default=0)
        told = [kept for one in mended if (kept := _sifted(scene, one, headline=one.start < body)) is not None]
        told += _by_grammar(scene, tagged)
        every = sorted([*told, *_floating(report, blocks, quotations, told)], key=lambda one: (one.start, one.content))
        statements: list[Statement] = []
        for number, found in enumerate(every, start=1):
            made = _statement(scene, found, f"{report.id}.s{number}")
            if not _topic(scene, made):
                statements.append(_inherit(made, statements, marks))
        return replace(marks, statements=_nested(statements, report.text))


@dataclass(frozen=True, slots=True)
class _Scene:
    """One report with what its statements are resolved against; `named` are no groups, `states` are states."""

    report: Report
    parse: Parse
    marks: Annotation
    quotations: tuple[Span, ...]
    resolver: Resolver
    named: frozenset[str]
    states: frozenset[str]


def _found(attribution: Attribution) -> _Found:
    def spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in pairs)

    return _Found(spans(attribution.source), spans(attribution.cue), spans(attribution.content), attribution.confidence)


def _mended(parse: Parse, found: _Found, taken: Sequence[int]) -> tuple[_Found, ...]:
    """The attribution with whole contents; two where a second cue of the same source was taken for content."""
    passed = quoted_speaker(parse, found.cue, found.content)
    if passed is not None:
        found = replace(found, source=(passed[1],), content=passed[0])
    agent = trailing_agent(parse, found.content) if found.cue and not found.source else None
    if agent is not None:
        found = replace(found, source=(agent[1],), content=(*found.content[:-1], agent[0]))
    found = replace(found, content=whole(parse, found.cue, found.content, taken))
    second = joined_cues(parse, found.cue, found.content)
    if second is None:
        return (found,)
    rest, joined = second
    first = replace(found, content=(*found.content[:-1], rest))
    if joined is None:
        return (first,)
    cue, content = joined
    return first, replace(found, cue=(cue,), content=(content,), confidence=round(found.confidence * _SHARED, 4))


def _sifted(scene: _Scene, found: _Found, *, headline: bool) -> _Found | None:
    """The attribution without what is no content, with the source that grammar tells; None where it is no statement."""
    text, parse = scene.report.text, scene.parse
    found = replace(found, source=tuple(whole_source(parse, span) for span in found.source))
    if any(is_event(parse, span) for span in found.source):
        return None
    content = told_content(text, found.content)
    if any(span.of(text).strip().lower() in ("you", "one") for span in found.source):
        return None  # nobody's: "as you might expect"
    if not content or particle_of(parse, content[0], found.cue):
        return None
    found = replace(found, content=content)
    if is_deed(_lemmas(parse, found.cue)) and not any(overlapping(scene.quotations, span) for span in content):
        return None
    if found.source:
        return found if found.confidence >= LEAST_CONFIDENCE else None
    return _without_source(scene, found, headline=headline)


def _without_source(scene: _Scene, found: _Found, *, headline: bool) -> _Found | None:
    """The attribution with the source that grammar tells; None where nobody says anything."""
    text, parse = scene.report.text, scene.parse
    near = _distinct(quotation for span in found.content for quotation in overlapping(scene.quotations, span))
    kind = kind_of(text, found.content, near)
    if not found.cue:
        long = letters(text, found.content) >= FLOATING_LETTERS and is_sentence(text, found.content)
        confidence = min(found.confidence, FLOATING_CONFIDENCE)
        return replace(found, confidence=confidence) if long and kind is StatementKind.DIRECT else None
    lemmas = _lemmas(parse, found.cue)
    if asks(lemmas) or (headline and kind is StatementKind.INDIRECT):
        return None
    subject = None if headline else omitted_source(parse, found.cue, found.content)
    told = subject is not None and _speaks(scene, subject)
    if not is_statement(Cue(lemmas, act_of(lemmas, kind), kind), found.confidence, sourced=told):
        return None
    if subject is None or not told:
        return found
    return replace(found, source=(subject,), confidence=min(found.confidence, RECOVERED_CONFIDENCE))


def _speaks(scene: _Scene, source: Span) -> bool:
    """Whether a source that grammar told is an actor, or a nameless one of a known kind: its tone says nothing."""
    nameless = anonymity_of(_lemmas(scene.parse, (source,)), named=False)
    return bool(scene.resolver.of(source)) or nameless is not None


def _by_grammar(scene: _Scene, tagged: Sequence[_Found]) -> list[_Found]:
    """Statements of verbs of diplomacy that the tagger passed over; only of actors that can be told."""
    taken = [span for one in tagged for span in (*one.cue, *one.content)]
    return [
        _Found((one.source,), (one.cue,), (one.content,), ADDED_CONFIDENCE)
        for one in added(scene.parse, [*taken, *scene.quotations])
        if scene.resolver.of(one.source)
    ]


def _floating(
    report: Report, paragraphs: tuple[Span, ...], quotations: tuple[Span, ...], told: Sequence[_Found]
) -> list[_Found]:
    """Paragraphs that are one quotation and nothing else, where the tagger saw no content."""
    taken = {paragraph for one in told for span in one.content for paragraph in overlapping(paragraphs, span)}
    made = []
    for paragraph in paragraphs:
        inside = overlapping(quotations, paragraph)
        whole = letters(report.text, (paragraph,))
        quoted = quoted_letters(report.text, (paragraph,), inside)
        if (
            whole >= FLOATING_LETTERS
            and quoted == whole
            and paragraph not in taken
            and is_sentence(report.text, inside)
        ):
            made.append(_Found((), (), inside, FLOATING_CONFIDENCE))
    return made


def _statement(scene: _Scene, found: _Found, name: str) -> Statement:
    text, marks = scene.report.text, scene.marks
    near = tuple(quotation for span in found.content for quotation in overlapping(scene.quotations, span))
    kind = kind_of(text, found.content, _distinct(near))
    speakers = _distinct(entity for span in found.source for entity in scene.resolver.of(span))
    named = any(speaker in scene.named for speaker in speakers)
    sentences = _distinct(s for part in (*found.cue, *found.source) for s in overlapping(marks.sentences, part))
    return Statement(
        id=name,
        report=scene.report.id,
        speakers=speakers or tuple(name for span in found.source[:1] if (name := _unnamed(scene, span))),
        kind=kind,
        act=act_of(_lemmas(scene.parse, found.cue), kind),
        content=found.content,
        source=found.source,
        cue=found.cue,
        said=_said(marks, sentences, found),
        anonymity=anonymity_of(_lemmas(scene.parse, found.source), named=named),
        setting=tuple(span for s in sentences for span in settings_in(text, s, found.content)),
        confidence=found.confidence,
    )


def _unnamed(scene: _Scene, source: Span) -> str:
    return told_name(scene.parse, source, lambda place: scene.states.issuperset(scene.resolver.of(place) or ("",)))


def _topic(scene: _Scene, made: Statement) -> bool:
    """Whether a headline's colon only tells what it is about: "Varda: talks go on"."""
    colon = made.cue and all(span.of(scene.report.text) == ":" for span in made.cue)
    return bool(colon) and made.kind is not StatementKind.DIRECT and scene.states.issuperset(made.speakers)


def _inherit(statement: Statement, before: Sequence[Statement], marks: Annotation) -> Statement:
    """A floating quotation continues the last speaker when nothing but other quotations of his stand between."""
    if statement.source or statement.cue or not before:
        return statement
    last = before[-1]
    between = Span(last.content[-1].end, max(last.content[-1].end, statement.content[0].start))
    sentences_between = sum(between.contains(s) and len(s) > 1 for s in overlapping(marks.sentences, between))
    if not last.speakers or sentences_between > 1:
        return statement
    return replace(statement, speakers=last.speakers, inferred=True, anonymity=last.anonymity)


def _said(marks: Annotation, sentences: Sequence[Span], found: _Found) -> str | None:
    """The EDTF time told in the cue's own sentence, outside the content, nearest to the cue."""
    if not found.cue:
        return None
    cue = found.cue[0]
    starts_at = attrgetter("span.start")
    near = [
        (abs(time.span.start - cue.start), time.edtf)
        for s in sentences
        for time in marks.times[
            bisect_left(marks.times, s.start, key=starts_at) : bisect_left(marks.times, s.end, key=starts_at)
        ]
        if time.form == "date" and time.edtf and not any(part.overlaps(time.span) for part in found.content)
    ]
    return min(near)[1] if near else None


def _nested(statements: Sequence[Statement], text: str) -> tuple[Statement, ...]:
    """Statements with `inside` set to the smallest statement whose content holds them whole."""
    around: dict[str, str] = {}
    open_: list[Statement] = []
    for one in sorted(statements, key=lambda one: (envelope(one.content), one.id)):
        parts = (*one.source, *one.cue, *one.content)
        whole = envelope(parts)
        open_ = [other for other in open_ if envelope(other.content).end > whole.start]
        holders = [
            (sum(map(len, other.content)), other.id)
            for other in open_
            if all(any(span.contains(part) for span in other.content) for part in parts)
        ]
        if holders:
            around[one.id] = min(holders)[1]
        open_.append(one)
    by_id = {one.id: one for one in statements}
    return tuple(_own_words(replace(one, inside=around.get(one.id)), by_id, text) for one in statements)


def _own_words(statement: Statement, by_id: dict[str, Statement], text: str) -> Statement:
    """Where "I" or "we" said it within what somebody says, that is who speaks: “I told them so,” Kell said."""
    source = statement.source[0].of(text).strip().lower() if len(statement.source) == 1 else ""
    if statement.inside is None or source not in ("i", "we"):
        return statement
    outer = by_id[statement.inside]
    return replace(statement, speakers=outer.speakers, anonymity=outer.anonymity, inferred=True)


def _lemmas(parse: Parse, spans: Iterable[Span]) -> tuple[str, ...]:
    """Lower-case lemmas of the words under the spans."""
    found = (parse.at(span) for span in spans)
    return tuple(token.lemma_.lower() for one in found if one is not None for token in one[1] if not token.is_punct)


def _distinct(ones: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(ones))
