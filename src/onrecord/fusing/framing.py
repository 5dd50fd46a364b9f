"""How a speaker describes a thing in quoted words: framing, which is wording and never a contradiction."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.fusing.scene import Scene, Token, concept_of
from onrecord.fusing.words import lexicon, words
from onrecord.model import Span, Statement

#: A description has at most this many words; longer ones are speech about more than one thing.
LONGEST_WORDS = 12
#: Words between the thing described and the word that leads to its description ("talks in Kelm with Varda were").
_BETWEEN = 5


@dataclass(frozen=True, slots=True)
class Framing:
    """A description: the concept of what is described, the words it is described with, and where."""

    object: str
    words: tuple[str, ...]
    span: Span


def framing_of(scene: Scene, statement: Statement) -> Framing | None:
    """The description that a statement gives, if it gives one: "called the talks 'open and useful'"."""
    return scene.kept("framing", statement, lambda: _framing_of(scene, statement))


def _framing_of(scene: Scene, statement: Statement) -> Framing | None:
    cue = {word for span in statement.cue for word in words(scene.text(statement.report, span))}
    describing = bool(cue & lexicon("describing"))
    for span in statement.content:
        inside = scene.tokens(statement.report, (span,))
        if inside and inside[0].quoted:
            inside = (*_between_cue_and(scene, statement, span), *inside)
        found = _described(inside, describing)
        if found is not None:
            return found
    return None


def same_object(a: Framing | None, b: Framing | None) -> bool:
    """Whether two descriptions are of one thing."""
    return a is not None and b is not None and a.object == b.object


def sentence_of(scene: Scene, statement: Statement) -> Span | None:
    """The sentence in which a statement's first words of content stand."""
    marks = scene.annotations.get(statement.report)
    if marks is None or not statement.content:
        return None
    at = bisect_right([span.start for span in marks.sentences], statement.content[0].start) - 1
    return marks.sentences[at] if at >= 0 else None


def _between_cue_and(scene: Scene, statement: Statement, content: Span) -> Sequence[Token]:
    """The words of the sentence from the cue to the content: "described [the talks as] 'open'"."""
    ends = [span.end for span in statement.cue if span.end <= content.start]
    sentence = sentence_of(scene, statement)
    if not ends or sentence is None or max(ends) < sentence.start:
        return ()
    return scene.tokens(statement.report, (Span(max(ends), content.start),))


def _described(told: Sequence[Token], describing: bool) -> Framing | None:
    for at, thing in enumerate(told):
        if thing.quoted or thing.concept not in things_described():
            continue
        description = _description(told[at + 1 :], describing)
        if description:
            span = Span(description[0].span.start, description[-1].span.end)
            return Framing(thing.concept, tuple(token.form for token in description), span)
    return None


def _description(after: Sequence[Token], describing: bool) -> Sequence[Token]:
    """The words that describe what stands before them, empty where they do not.

    Quoted words after "were" or "as", or at once after the thing when the cue is one of describing; unquoted
    ones only after "as" with such a cue. What would or might be is not described.
    """
    for at, token in enumerate(after[: _BETWEEN + 1]):
        if token.quoted:
            return _quoted(after[at:]) if at == 0 and describing else ()
        if token.form in lexicon("unreal"):
            return ()
        if token.form == "as" or token.form in lexicon("copulas"):
            rest = after[at + 1 :]
            opened = rest[1:] if rest and not rest[0].quoted and rest[0].form in lexicon("articles") else rest
            quoted = _quoted(opened)
            if quoted or token.form != "as" or not describing:
                return quoted
            return _short(rest)
    return ()


def _quoted(rest: Sequence[Token]) -> Sequence[Token]:
    kept = list(_while_quoted(rest))
    return _short(kept)


def _while_quoted(rest: Sequence[Token]) -> Iterator[Token]:
    for token in rest:
        if not token.quoted:
            return
        yield token


def _short(rest: Sequence[Token]) -> Sequence[Token]:
    return rest if any(token.weight for token in rest) and len(rest) <= LONGEST_WORDS else ()


@cache
def things_described() -> frozenset[str]:
    """Concepts of the nouns that descriptions are compared by."""
    return frozenset(concept_of(word) for word in lexicon("described"))
