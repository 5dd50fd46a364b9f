"""How a speaker describes a thing in quoted words: framing, which is wording and never a contradiction."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from onrecord.fusing.scene import Scene, Token, concept_of
from onrecord.fusing.words import lexicon, words
from onrecord.model import Span, Statement, StatementKind

#: A description has at most this many words between quotation marks; longer ones are speech about more than one thing.
LONGEST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Framing:
    """A description: what is described (concepts of nouns) and the words it is described with."""

    objects: frozenset[str]
    words: tuple[str, ...]
    span: Span


def framing_of(scene: Scene, statement: Statement) -> Framing | None:
    """The description that a statement is, if it is one: "called the talks 'open and useful'"."""
    sentence = sentence_of(scene, statement)
    if sentence is None or not statement.content:
        return None
    told = scene.tokens(statement.report, (sentence,))
    cue = {word for span in statement.cue for word in words(scene.text(statement.report, span))}
    inside = scene.tokens(statement.report, statement.content)
    described = [t for t in inside if t.quoted and t.weight] or [t for t in inside if t.weight]
    quoted = [t for t in inside if t.quoted]
    describing = bool(cue & lexicon("describing"))
    if not (describing or (statement.kind is StatementKind.MIXED and _is_called(inside))):
        return None
    if not described or len(quoted or described) > LONGEST_WORDS:
        return None
    objects = _objects(told, described, statement.cue)
    if not objects:
        return None
    first, last = (quoted or described)[0], (quoted or described)[-1]
    return Framing(objects, tuple(t.form for t in described), Span(first.span.start, last.span.end))


def same_object(a: Framing | None, b: Framing | None) -> bool:
    """Whether two descriptions are of one thing."""
    return a is not None and b is not None and bool(a.objects & b.objects)


def sentence_of(scene: Scene, statement: Statement) -> Span | None:
    """The sentence in which a statement's first words of content stand."""
    marks = scene.annotations.get(statement.report)
    if marks is None or not statement.content:
        return None
    at = bisect_right([span.start for span in marks.sentences], statement.content[0].start) - 1
    return marks.sentences[at] if at >= 0 else None


def _is_called(inside: Sequence[Token]) -> bool:
    """Whether the content says that something is or was in quoted words: `the talks were "open"`."""
    for before, quoted in pairwise(inside):
        if quoted.quoted and not before.quoted:
            return before.form in lexicon("copulas")
    return False


def _objects(told: Sequence[Token], described: Sequence[Token], cues: Sequence[Span]) -> frozenset[str]:
    """Concepts between the cue, or the start of the content, and the description: the thing described."""
    start = max((span.end for span in cues), default=told[0].span.start if told else 0)
    end = described[0].span.start
    if start >= end:
        return frozenset()
    between = [t for t in told if start <= t.span.start < end and not t.quoted and not t.concept.startswith("@")]
    found = {t.concept for t in between if t.weight and t.form not in lexicon("describing")}
    return frozenset(found & things_described())


@cache
def things_described() -> frozenset[str]:
    """Concepts of the nouns that descriptions are compared by."""
    return frozenset(concept_of(word) for word in lexicon("described"))
