"""What of the tagger's attributions is no statement: bare pronouns, questions of reporters, cues that say nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Act, Span, StatementKind

#: Confidence below which an attribution is left out. On PolNeAR dev f1 is the same without those (0.741) and
#: precision a point higher, 2026-11-27.
LEAST_CONFIDENCE = 0.35
#: Confidence that a cue without any source must have to stay. On PolNeAR dev three in ten of them are right, whatever
#: their confidence.
LEAST_UNSOURCED = 0.45
_ENDS = frozenset(".!?,…-–—;:")
#: Words that are no content alone.
_EMPTY = frozenset(
    "it its this that these those they them he him she her which who whom what as so the a an by to of and or but not "
    "there here such one ones you i we us".split()
)
_WORD = re.compile(r"\w+(?:[’']\w+)?")
#: Lemmas of a reporter's question: "Asked about the talks, she said ...".
_ASKED = frozenset("ask press question query quiz".split())
#: Lemmas that report without anybody who reports: "it was reported", "allegations that".
_REPORTED = frozenset(
    "say report allege claim rumour rumor announce accuse declare confirm describe reportedly allegedly "
    "allegation accusation reports".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as sifting sees it: its words' lemmas, what act it is, and how its content stands."""

    lemmas: tuple[str, ...]
    act: Act
    kind: StatementKind


def told_content(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """The content without spans of nothing but pronouns, articles and the like."""
    kept = (
        span
        for span in content
        if any(word.lower() not in _EMPTY for word in _WORD.findall(text, span.start, span.end))
    )
    return tuple(kept)


def is_sentence(text: str, content: Sequence[Span]) -> bool:
    """Whether a quotation without a speaker ends as a sentence does; one that does not is a heading.

    >>> text = "‘We saw nothing’"
    >>> is_sentence(text, (Span(0, len(text)),)), is_sentence("“We saw it.”", (Span(0, 12),))
    (False, True)
    """
    words = content[-1].of(text).rstrip("”\"’'»` ")
    return words[-1:] in _ENDS


def asks(lemmas: Sequence[str]) -> bool:
    """Whether a cue is a question: without a source of its own it is the reporters' ("Asked about the talks, ...")."""
    return not _ASKED.isdisjoint(lemmas)


def is_statement(cue: Cue, confidence: float, *, sourced: bool) -> bool:
    """Whether an attribution with a cue is worth keeping.

    Args:
        cue: its cue.
        confidence: the tagger's.
        sourced: whether its source is told or could be found.
    """
    if confidence < LEAST_CONFIDENCE:
        return False
    if sourced or cue.kind is not StatementKind.INDIRECT:
        return sourced or not asks(cue.lemmas)
    if confidence < LEAST_UNSOURCED or asks(cue.lemmas):
        return False
    return cue.act is Act.BELIEF or bool(_REPORTED.intersection(cue.lemmas))


__all__ = ["LEAST_CONFIDENCE", "LEAST_UNSOURCED", "Cue", "asks", "is_sentence", "is_statement", "told_content"]
