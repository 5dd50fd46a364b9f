"""Statements that grammar alone shows, where the tagger saw nothing: "Kell welcomed the truce and invited them"."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter

from spacy.tokens import Token

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
    if not parse.blocks:
        return
    ordered = sorted(taken, key=attrgetter("start"))
    starts = [span.start for span in ordered]
    strings = parse.blocks[0].doc.vocab.strings
    known = frozenset(int(strings[lemma]) for lemma in _verbs())
    for parsed in parse.blocks:
        # The words themselves are slow to go through.
        places = [at for at, lemma in enumerate(parsed.doc.to_array("LEMMA").tolist()) if lemma in known]
        if not places:
            continue
        first = bisect_left(starts, parsed.start)
        near = ordered[first : bisect_left(starts, parsed.start + len(parsed.text))]
        for at in places:
            made = _added(parsed, parsed.doc[at], near)
            if made is not None:
                yield made


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
