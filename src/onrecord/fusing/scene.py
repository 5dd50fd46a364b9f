"""The marks of one story made comparable: words in their report's place, and who an entity stands for."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar, cast

from onrecord.fusing.phrases import phrase_at
from onrecord.fusing.words import WORD, concepts, fold, lexicon, lexicon_lines, rarity, stem
from onrecord.model import Actor, ActorKind, Annotation, Entity, Event, Report, Span, Statement

T = TypeVar("T")

#: What a named actor weighs in comparing two wordings: they are compared as parties besides.
ACTOR_WEIGHT = 0.5
#: What any word weighs at least, so that plain words still tell two utterances apart.
_LEAST_WEIGHT = 0.15
#: The stretch of no name: behind every word.
_NOWHERE = (sys.maxsize, sys.maxsize, "")


class Token(NamedTuple):
    """A word of a wording; a tuple, as every word of every report becomes one.

    Attributes:
        form: the folded word as it stands.
        concept: what it is compared by: an actor, a concept of the lexicon, else its stem.
        weight: 0 for a word of grammar.
        quoted: True between quotation marks.
        start: where it begins in its report.
        end: where it ends.
    """

    form: str
    concept: str
    weight: float
    quoted: bool
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of a statement or event as claims compare it."""

    actor: str
    country: str | None
    kind: ActorKind
    name: str


class Reading:
    """The words of one report: found once, on the first call, however many marks lie on them."""

    __slots__ = ("_elsewhere", "_ends", "_found", "_names", "_starts", "_text", "_told", "_words")

    def __init__(
        self, text: str, names: Sequence[tuple[int, int, str]] = (), elsewhere: Mapping[str, str] | None = None
    ) -> None:
        self._text, self._names, self._elsewhere = text, names, elsewhere
        self._found: tuple[Token, ...] | None = None
        self._words: list[tuple[int, int]] | None = None
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._told: dict[tuple[int, int], tuple[Token, ...]] = {}

    def tokens(self, span: Span) -> tuple[Token, ...]:
        """The words of a span, as `tokens_of` gives them; each mark's are asked for again and again."""
        key = span.start, span.end
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = self._read(span)
        return found

    def _read(self, span: Span) -> tuple[Token, ...]:
        if self._cuts(span.start) or self._cuts(span.end):
            return with_phrases(list(tokens_of(self._text, span, self._names, self._elsewhere)))
        if self._found is None:
            whole = Span(0, len(self._text))
            self._found = with_phrases(list(tokens_of(self._text, whole, self._names, self._elsewhere)))
            self._starts = [token.start for token in self._found]
            self._ends = [token.end for token in self._found]
        return self._found[bisect_left(self._starts, span.start) : bisect_right(self._ends, span.end)]

    def _cuts(self, place: int) -> bool:
        """Whether a word or a name goes on over a place: then what stands before it says something else."""
        at = bisect_left(self._names, (place, 0, "")) - 1
        if at >= 0 and place < self._names[at][1]:
            return True
        if self._words is None:
            self._words = [match.span() for match in WORD.finditer(self._text)]
        at = bisect_left(self._words, (place, 0)) - 1
        return at >= 0 and place < self._words[at][1]


@dataclass(frozen=True, slots=True)
class Scene:
    """One story's reports, marks and actors, looked up by id.

    Attributes:
        origin_of: report id to the smallest id of the reports it shares an origin with.
    """

    reports: Mapping[str, Report]
    annotations: Mapping[str, Annotation]
    actor_of: Mapping[str, Actor]
    origin_of: Mapping[str, str]
    entities: Mapping[str, Entity]
    statements: Mapping[str, Statement]
    events: Mapping[str, Event]
    _readings: Mapping[str, Reading] = field(repr=False)
    _kept: dict[tuple[str, str], object] = field(default_factory=dict, repr=False)

    def day(self, report: str) -> str | None:
        """The day of a report."""
        return self.reports[report].day

    def text(self, report: str, span: Span) -> str:
        """The words of a span."""
        return span.of(self.reports[report].text)

    def kept(self, what: str, mark: Statement | Event, make: Callable[[], T]) -> T:
        """What is made of one of the story's marks by one rule: made once, as many ask for it."""
        if mark is not self.events.get(mark.id) and mark is not self.statements.get(mark.id):
            return make()
        key = what, mark.id
        if key not in self._kept:
            self._kept[key] = make()
        return cast("T", self._kept[key])

    def party(self, entity: str) -> Party:
        """Whom an entity id, or a plain name, stands for."""
        actor = self.actor_of.get(entity)
        if actor is not None:
            return Party(actor.id, actor.country, actor.kind, actor.name)
        known = self.entities.get(entity)
        if known is not None:
            return Party(known.key or known.id, known.country, known.kind, known.name)
        return Party(f"name:{fold(entity)}", None, ActorKind.PERSON, entity)

    def parties(self, entities: Iterable[str]) -> tuple[Party, ...]:
        """Whom entity ids stand for: distinct, sorted by actor."""
        found = {party.actor: party for party in map(self.party, entities)}
        return tuple(found[actor] for actor in sorted(found))

    def tokens(self, report: str, spans: Iterable[Span]) -> tuple[Token, ...]:
        """The words of spans of one report, with actors for the words that name them."""
        parts = [self._readings[report].tokens(span) for span in spans]
        return parts[0] if len(parts) == 1 else tuple(token for part in parts for token in part)


def tokens_of(
    text: str, span: Span, names: Sequence[tuple[int, int, str]] = (), elsewhere: Mapping[str, str] | None = None
) -> Iterator[Token]:
    """The words of a span of a text.

    Args:
        text: the whole text.
        span: the stretch whose words are wanted.
        names: (start, end, concept) of the stretches that name actors, in order, not overlapping.
        elsewhere: what a word stands for that names an actor in another place, where it begins with a capital here too.
    """
    at = bisect_left(names, (span.start, 0, ""))
    if at and names[at - 1][1] > span.start:
        at -= 1
    open_quote = _inside_quotation(text, span.start)
    place = span.start
    # the stretch of the next name; behind the last one there is none
    named_from, named_to, named_as = names[at] if at < len(names) else _NOWHERE
    for match in WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        if start - place != 1 or text[place] != " ":
            open_quote = _quote_state(text[place:start], open_quote)
        place = end
        while named_to <= start:
            at += 1
            named_from, named_to, named_as = names[at] if at < len(names) else _NOWHERE
        told = match.group()
        word, concept, weight = _meant(told)
        if named_from <= start:
            if named_from == start or start == span.start:
                yield Token(word, named_as, ACTOR_WEIGHT, open_quote, start, end)
            continue
        named = elsewhere.get(word) if elsewhere and told[0].isupper() else None
        if named is not None:
            yield Token(word, named, ACTOR_WEIGHT, open_quote, start, end)
        else:
            yield Token(word, concept, weight, open_quote, start, end)


def with_phrases(tokens: list[Token]) -> tuple[Token, ...]:
    """The words, where they are a fixed phrase compared by what it stands for: "turned down" as "rejected".

    Its first word carries that, the others count as words of grammar; all keep their place.
    """
    at = 0
    while at < len(tokens):
        found = phrase_at(tokens, at)
        if found is None:
            at += 1
            continue
        tokens[at] = tokens[at]._replace(concept=found.concept, weight=_head_weight(found.stands_for))
        for place in range(at + 1, at + found.length):
            tokens[place] = tokens[place]._replace(weight=0.0)
        at += found.length
    return tuple(tokens)


def prepare(
    reports: Sequence[Report],
    annotations: Sequence[Annotation],
    actor_of: Mapping[str, Actor],
    origin_of: Mapping[str, str],
) -> Scene:
    """Look-ups of one story, the same in whatever order the reports come."""
    reports = sorted(reports, key=lambda one: one.id)
    known = {report.id for report in reports}
    marks = {one.report: one for one in sorted(annotations, key=lambda one: one.report) if one.report in known}
    names = {report: _named(mark, actor_of) for report, mark in marks.items()}
    elsewhere = _of_one_word(names, {report.id: report.text for report in reports})
    return Scene(
        reports={report.id: report for report in reports},
        annotations=marks,
        actor_of=actor_of,
        origin_of=origin_of,
        entities={one.id: one for mark in marks.values() for one in mark.entities},
        statements={one.id: one for mark in marks.values() for one in mark.statements},
        events={one.id: one for mark in marks.values() for one in mark.events},
        _readings={one.id: Reading(one.text, names.get(one.id, ()), elsewhere) for one in reports},
    )


def _of_one_word(names: Mapping[str, Sequence[tuple[int, int, str]]], texts: Mapping[str, str]) -> dict[str, str]:
    """What names of one word stand for, of those that stand for one actor in the whole story.

    The same name may be found in one report and missed, or passed over inside a quotation, in another.
    """
    found: dict[str, set[str]] = {}
    for report in sorted(names):
        for start, end, concept in names[report]:
            word = fold(texts[report][start:end])
            if word.isalpha() and weight_of(word):
                found.setdefault(word, set()).add(concept)
    return {word: min(concepts) for word, concepts in sorted(found.items()) if len(concepts) == 1}


def _named(marks: Annotation, actor_of: Mapping[str, Actor]) -> list[tuple[int, int, str]]:
    found = []
    for entity in marks.entities:
        actor = actor_of.get(entity.id)
        country = actor.country if actor else entity.country
        kind = actor.kind if actor else entity.kind
        token = f"@{country}" if country and kind is not ActorKind.PERSON else f"@{actor.id if actor else entity.id}"
        found += [(m.span.start, m.span.end, token) for m in entity.mentions if m.form == "name" and len(m.span)]
    found.sort(key=lambda one: (one[0], -one[1], one[2]))
    kept: list[tuple[int, int, str]] = []
    for one in found:
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


@cache
def opposites() -> dict[str, tuple[str, ...]]:
    """For a concept those that contradict it."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lexicon_lines("opposites"):
        first, second = map(concept_of, line.split())
        found[first] = (*found.get(first, ()), second)
        found[second] = (*found.get(second, ()), first)
    return found


@lru_cache(maxsize=1 << 16)
def _meant(told: str) -> tuple[str, str, float]:
    """A word folded, its concept and its weight: the words of a language come again and again."""
    word = fold(told)
    return word, concept_of(word), weight_of(word)


@lru_cache(maxsize=1 << 16)
def concept_of(word: str) -> str:
    """What a word is compared by: "talks" and "negotiations" by one concept, others by their stem."""
    if word in lexicon("negations") or word.endswith("n't"):
        return "=not"
    root = stem(word)
    return concepts().get(root, root)


@lru_cache(maxsize=1 << 16)
def weight_of(word: str) -> float:
    """What a shared word weighs: its rarity, 0 for grammar."""
    if word in lexicon("grammar") or (len(word) < 2 and not word.isdigit()):
        return 0.0
    return max(_LEAST_WEIGHT, rarity(word))


def _head_weight(head: str) -> float:
    """What the head of a line of concepts weighs; "claim-responsibility" as much as the rarest of its parts."""
    return max(map(weight_of, head.split("-")))


_OPENING, _CLOSING = "“«", "”»"


def _quote_state(between: str, inside: bool) -> bool:
    for sign in between:
        if sign in _OPENING:
            inside = True
        elif sign in _CLOSING:
            inside = False
        elif sign == '"':
            inside = not inside
        elif sign == "\n":
            inside = False
    return inside


def _inside_quotation(text: str, place: int) -> bool:
    line = text.rfind("\n", 0, place) + 1
    return _quote_state(text[line:place], False)
