"""Whom a stretch of words denotes: "the Vardan envoy, Ana Kell" -> Kell; "Varda and Oskelia" -> both."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from onrecord.annotating.actors.lexicon import names, plain
from onrecord.annotating.actors.words import split
from onrecord.annotating.parse import Parse
from onrecord.model import ActorKind, Annotation, Entity, Span

_POSSESSIVE = re.compile(r"[’']s?(?=\s|$)")
_JOINING = re.compile(
    r"\s*(?:,?\s*(?:and|&|or|as well as|along with|together with)\s*(?:also\s+)?|,\s*|\s*/\s*)(?:both\s+)?$"
)
_PREPOSITION = re.compile(
    r"\s*(?:,\s*)?(?:of|for|from|in|at|with|on|to|by|near|under|inside|against|about)\b", re.IGNORECASE
)
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes(?:man|woman|person|people|men)|statement|communiqu[eé]|press service|press office|"
    r"officials?|office|government|ministry|representatives?|delegation)\s+(?:for|from|of|at|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = frozenset(("who", "whom", "which", "that"))
#: From here on a phrase speaks of its head, or of somebody else: "the opposition, whose leader Ana Kell is abroad".
_CLAUSE = re.compile(r",?\s+(?:who|whom|whose|which|where|that)\b|,?\s+including\b")
_CLAUSE_ENDS = re.compile(r",\s+(?:and|or)\s")
#: What stands between a name and the clause about it: "Varda, which"; "the ministers, two of whom".
_BEFORE_CLAUSE = re.compile(r"\s*[,–—]?\s*$")
_CALLED = re.compile(
    r"\b(?:(?:gave|giving|gives) (?:his|her|their) (?:\w+ )?names? (?:only )?as|"
    r"(?:identified|identifying) (?:himself|herself|themselves) (?:only )?as|"
    r"(?:identified|named|known) (?:only )?(?:as|by (?:his|her) first name)),?\s+$"
)
#: What is its owner's state: "Varda's military-led government".
_GOVERNMENT = re.compile(r"\s*[^,]*\b(?:government|authorities|regime|administration|leadership|junta)")
#: What speaks for its owner and nobody else.
_OFFICE = re.compile(r"\s*(?:own )?(?:private )?office")
_EDGES = " \t\n\r,;:.“”\"‘’'()[]–—-"
#: Plain nouns and adjectives between a nation and a name: "former Vardan tycoon Ilya Torvan".
_PREMODIFIERS = re.compile(r"\s+(?:(?!(?:of|for|from|in|at|with|on|to|by|and|or)\s)[a-z][\w-]*\s+){1,5}")
_ARTICLE = re.compile(r"(?:the|a|an|both|then)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Top:
    """A mention that no other mention inside the phrase contains."""

    span: Span
    entities: tuple[Entity, ...]

    def any_is(self, kind: ActorKind) -> bool:
        return any(entity.kind is kind for entity in self.entities)


class Resolver:
    """Resolves phrases of one report; build it once for many phrases."""

    def __init__(self, marks: Annotation, parse: Parse) -> None:
        self._parse = parse
        pairs = [(mention.span, number) for number, one in enumerate(marks.entities) for mention in one.mentions]
        self._mentions = sorted(pairs)
        self._starts = [span.start for span, _ in self._mentions]
        self._longest = max((len(span) for span, _ in self._mentions), default=0)
        self._entities = marks.entities

    def of(self, span: Span) -> tuple[str, ...]:
        """The ids of the entities that `span` denotes, in the order in which they are named."""
        found = self._denoted(span)
        return tuple(dict.fromkeys(one.id for entity in found for one in self._states_of(entity)))

    def _denoted(self, span: Span) -> tuple[Entity, ...]:
        text, base = self._text(span)
        if not text:
            return ()
        span = _trimmed(span, text)
        text = text[span.start - base : span.end - base]
        near = self._near(span)
        if text.lower() in _RELATIVE:
            return self._antecedent(span)
        same = [number for other, number in near if self._alike(other, span)]
        if same:
            return tuple(self._entities[number] for number in sorted(set(same)))
        tops = self._tops([(other, number) for other, number in near if span.contains(other)])
        if not tops:
            return self._around(span, near)
        called = [top for top in tops if _CALLED.search(text[: top.span.start - span.start])]
        if called:
            return _all(called[:1])
        clause = _clause(text)
        if clause is not None:
            tops = [top for top in tops if not clause.contains(_within(top.span, span))]
        return _heads(tops, span, text) if tops else ()

    def _antecedent(self, span: Span) -> tuple[Entity, ...]:
        """What "who" or "which" stands for: the mention right before it, else the noun that its clause hangs on."""
        found = self._parse.at(span)
        if found is None:
            return ()
        parsed, tokens = found
        first = bisect_left(self._starts, span.start - self._longest - 3)
        before = self._mentions[first : bisect_left(self._starts, span.start)]
        ending = [
            (other, number)
            for other, number in before
            if parsed.start <= other.start
            and other.end <= span.start
            and _BEFORE_CLAUSE.fullmatch(parsed.text, other.end - parsed.start, span.start - parsed.start)
        ]
        if not ending:
            verb = tokens.root.head
            while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.i < verb.i:
                verb = verb.head
            if verb.dep_ != "relcl":
                return ()
            noun = parsed.span(verb.head)
            ending = [(other, number) for other, number in self._near(noun) if other.end == noun.end]
        longest = max((len(other) for other, _ in ending), default=0)
        return tuple(self._entities[n] for n in sorted({n for other, n in ending if len(other) == longest}))

    def _text(self, span: Span) -> tuple[str, int]:
        place = bisect_right(self._parse.blocks, span.start, key=attrgetter("start")) - 1
        if place < 0:
            return "", 0
        parsed = self._parse.blocks[place]
        # Slicing beyond the block gives nothing.
        return parsed.text[span.start - parsed.start : span.end - parsed.start], span.start

    def _near(self, span: Span) -> list[tuple[Span, int]]:
        """The mentions that overlap `span`."""
        first = bisect_left(self._starts, span.start - self._longest)
        last = bisect_left(self._starts, span.end)
        return [(other, number) for other, number in self._mentions[first:last] if other.overlaps(span)]

    def _alike(self, one: Span, other: Span) -> bool:
        return self._bare(one) == self._bare(other)

    def _bare(self, span: Span) -> Span:
        text, _ = self._text(span)
        span = _trimmed(span, text)
        article = _ARTICLE.match(text)
        return Span(span.start + article.end(), span.end) if article and article.end() < len(span) else span

    def _tops(self, inside: Sequence[tuple[Span, int]]) -> list[_Top]:
        tops: list[_Top] = []
        for span in sorted({span for span, _ in inside}, key=lambda one: (one.start, -one.end)):
            if tops and tops[-1].span.contains(span):
                continue
            numbers = [number for other, number in inside if other == span]
            tops.append(_Top(span, tuple(self._entities[number] for number in sorted(set(numbers)))))
        return tops

    def _around(self, span: Span, near: Sequence[tuple[Span, int]]) -> tuple[Entity, ...]:
        """The smallest mention around a phrase: "Kell" or "Envoy" in "Envoy Ana Kell", at the end only of a body."""
        around = [
            (len(other), number)
            for other, number in near
            if other.contains(span) and (other.end <= span.end + 1 or self._entities[number].kind is ActorKind.PERSON)
        ]
        return (self._entities[min(around)[1]],) if around else ()

    def _states_of(self, entity: Entity) -> tuple[Entity, ...]:
        """The states that a group's phrase names ("Vardan and Oskelian diplomats"), else the entity itself."""
        if entity.kind is not ActorKind.GROUP:
            return (entity,)
        span = entity.mentions[0].span
        numbers = {number for other, number in self._near(span) if span.contains(other) and other != span}
        states = [self._entities[number] for number in sorted(numbers)]
        states = [one for one in states if one.kind is ActorKind.STATE]
        return tuple(states) if len(states) >= 2 else (entity,)


def _trimmed(span: Span, text: str) -> Span:
    left = len(text) - len(text.lstrip(_EDGES))
    right = len(text) - len(text.rstrip(_EDGES))
    return Span(span.start + left, span.end - right) if left + right < len(text) else span


def _heads(tops: Sequence[_Top], span: Span, text: str) -> tuple[Entity, ...]:
    """The tops that stand at the head of the phrase or are coordinated to it."""
    before = text[: tops[0].span.start - span.start]
    if _owned_or_governed(before):
        return _all(tops[:1]) if _SPEAKS_FOR.search(before) else ()
    own = text[: tops[0].span.end - span.start].lower()
    if own in ("his", "her", "its", "their") and len(tops) == 1:
        return _all(tops) if _OFFICE.fullmatch(text, tops[0].span.end - span.start) else ()
    kept = [tops[0]]
    for earlier, top in itertools.pairwise(tops):
        between = text[earlier.span.end - span.start : top.span.start - span.start]
        closes = top.any_is(ActorKind.PERSON) or (top is tops[-1] and top.span.end == span.end)
        titled = closes and _PREMODIFIERS.fullmatch(between)
        if _POSSESSIVE.match(between) or not between.strip() or titled:
            kept = [*kept[:-1], top]
        elif _JOINING.match(between):
            kept.append(top)
        elif _PREPOSITION.match(between):
            continue
        elif "," in between and kept == [earlier]:
            kept.append(top)
        else:
            break
    after = text[kept[-1].span.end - span.start :] if kept else ""
    owned = _POSSESSIVE.match(after) if len(kept) == 1 else None
    if owned and len(after.split()) > 1:
        speaks = _OFFICE.fullmatch(after, owned.end()) or (
            kept[0].any_is(ActorKind.STATE) and _GOVERNMENT.fullmatch(after, owned.end())
        )
        return _all(kept) if speaks else ()
    kept = list(_without_apposition(kept, span, text))
    if len(kept) == 1 and _is_adjective(kept[0], span, text):
        return ()
    return _all(kept)


def _is_adjective(top: _Top, span: Span, text: str) -> bool:
    """Whether a state is only told by the adjective of a noun that is no mention: "Vardan television"."""
    told = text[top.span.start - span.start : top.span.end - span.start]
    after = text[top.span.end - span.start :].strip()
    if not top.any_is(ActorKind.STATE) or not after or not after[0].islower():
        return False
    words = [plain(word) for word in split(told)]
    found = names().at(words, 0)
    return found is not None and found[0] == len(words) and found[1].sort == "adjective"


def _clause(text: str) -> Span | None:
    """Where a phrase's relative clause stands, if it has one after its first word."""
    opening = _CLAUSE.search(text)
    if opening is None or opening.start() == 0:
        return None
    closing = _CLAUSE_ENDS.search(text, opening.end())
    return Span(opening.start(), closing.start() if closing else len(text))


def _within(span: Span, whole: Span) -> Span:
    return Span(span.start - whole.start, span.end - whole.start)


def _owned_or_governed(before: str) -> bool:
    """Whether words before the first mention make it part of something else ("sources in ...")."""
    words = before.split()
    return len(words) >= 2 and _PREPOSITION.match(words[-1] if words[-1].lower() != "the" else words[-2]) is not None


def _without_apposition(tops: Sequence[_Top], span: Span, text: str) -> Sequence[_Top]:
    """Of "the envoys, Ana Kell and Mira Tosk" the persons; of "the envoy, Ana Kell" one."""
    if len(tops) < 2:
        return tops
    first, rest = tops[0], tops[1:]
    between = text[first.span.end - span.start : rest[0].span.start - span.start].strip()
    if between.startswith(","):
        people = all(top.any_is(ActorKind.PERSON) for top in rest)
        if people and not first.any_is(ActorKind.PERSON) and (first.any_is(ActorKind.GROUP) or len(rest) == 1):
            return rest
        if len(rest) == 1 and "and" not in between.split():
            return tops[:1]
    return tops


def _all(tops: Sequence[_Top]) -> tuple[Entity, ...]:
    return tuple(entity for top in tops for entity in top.entities)


def resolve(span: Span, marks: Annotation, parse: Parse) -> tuple[str, ...]:
    """The ids of the entities that a source phrase denotes; empty where nobody can be told.

    A mention that covers the whole phrase decides. Otherwise the head of the phrase does, with what is coordinated
    to it; owners ("Varda's"), prepositional objects and the first half of an apposition do not speak. For many
    phrases of one report build a `Resolver` once.
    """
    return Resolver(marks, parse).of(span)


__all__ = ["Resolver", "resolve"]
