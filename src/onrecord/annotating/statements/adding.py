"""Statements that grammar alone shows, where the tagger saw nothing: "Kell welcomed the truce and invited them"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.annotating.statements.sources import noun_phrase, subject_of
from onrecord.model import Span

#: Confidence of such a statement: what share of them is right on PolNeAR dev (see `added`).
ADDED_CONFIDENCE = 0.6
_OBJECTS = frozenset(("dobj", "iobj", "dative", "ccomp", "xcomp", "prep", "oprd", "acomp", "prt", "pobj", "pcomp"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
#: Relations of a verb that tells the report's own news, not what somebody says or what is supposed.
_TELLING = frozenset(("ROOT", "conj", "advcl", "relcl"))


@dataclass(frozen=True, slots=True)
class Added:
    """Spans of a statement found by grammar."""

    source: Span
    cue: Span
    content: Span


@cache
def _verbs() -> frozenset[str]:
    lines = (files("onrecord.annotating") / "lexicons" / "diplomacy.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def added(parse: Parse, taken: Sequence[Span]) -> Iterator[Added]:
    """The statements of verbs of diplomacy that stand outside all that is taken, subject and object told.

    Args:
        parse: of the report.
        taken: cues and contents found so far, and quotations.
    """
    ordered = sorted(taken)
    for parsed in parse.blocks:
        first = bisect_left(ordered, Span(parsed.start, parsed.start))
        end = parsed.start + len(parsed.text)
        near = ordered[first : bisect_left(ordered, Span(end, end))]
        for at in _places(parsed.doc):
            made = _added(parsed, parsed.doc[at], near)
            if made is not None:
                yield made


def _places(doc: Doc) -> list[int]:
    """Where the words with one of the lemmas stand; the words themselves are slow to go through."""
    strings = doc.vocab.strings
    known = np.array([strings[lemma] for lemma in sorted(_verbs())], np.uint64)
    return [int(at) for at in np.flatnonzero(np.isin(doc.to_array("LEMMA"), known))]


def _added(parsed: ParsedBlock, verb: Token, taken: Sequence[Span]) -> Added | None:
    if verb.pos_ != "VERB" or not (verb.tag_ in _FINITE or verb.tag_ in ("VBN", "VBG")) or not _tells(verb):
        return None
    subject = subject_of(verb)
    if subject is None or subject.pos_ not in ("PROPN", "NOUN", "PRON"):
        return None
    last = verb
    end = verb.i
    for child in verb.rights:
        if child.dep_ not in _OBJECTS:
            break
        end = child.right_edge.i
        if child.dep_ == "prt":
            last = child
    if end <= last.i:
        return None
    cue = Span(parsed.span(verb).start, parsed.span(last).end)
    content = parsed.span(parsed.doc[last.i + 1 : end + 1])
    source = noun_phrase(parsed, subject)
    if any(span.overlaps(one) for span in taken for one in (cue, content, source)):
        return None
    return Added(source, cue, content)


def _tells(verb: Token) -> bool:
    """Whether a verb is finite, affirmed by the report itself, and in the active voice."""
    children = list(verb.children)
    if any(child.dep_ in ("auxpass", "nsubjpass", "neg", "mark") for child in children):
        return False
    aux = [child for child in children if child.dep_ == "aux"]
    if verb.tag_ == "VBG" and not any(child.lemma_ == "be" for child in aux):
        return False
    if verb.tag_ == "VBN" and not any(child.lemma_ == "have" for child in aux):
        return False
    return not any(child.tag_ in ("MD", "TO") for child in aux) and verb.dep_ in _TELLING


__all__ = ["ADDED_CONFIDENCE", "Added", "added"]
