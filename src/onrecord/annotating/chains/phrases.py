"""Noun phrases and pronouns of a parse: what may be a mention of a person, an organisation or a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, TAG

from onrecord.annotating.gazetteer import cities
from onrecord.annotating.parse import Parse, ParsedBlock
from onrecord.model import ActorKind, Annotation, Place, Span

_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS"))
_PRONOUNS: Final = frozenset(("PRP", "PRP$"))
_ARGUMENTS: Final = frozenset("nsubj nsubjpass dobj pobj attr conj dative poss appos ROOT".split())
#: Words that stand for a noun they do not have: "the poor", "all of them", "three were".
_HEADLESS: Final = frozenset(("DT", "CD", "JJ", "JJS"))
_PREMODIFYING: Final = frozenset(("compound", "nmod", "amod"))
#: What belongs to a noun phrase, on either side of its head.
_BEFORE: Final = frozenset("det predet amod compound poss nummod nmod quantmod npadvmod neg".split())
_AFTER: Final = frozenset("prep relcl acl nummod npadvmod case amod nmod compound advmod det".split())
#: Prepositions by which a name goes on: "the University of Varda".
_IN_NAMES: Final = frozenset(("of",))
_NO_NAMES: Final = frozenset(("", "DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"))
_PLACES: Final = frozenset(("GPE", "LOC", "FAC"))
_EDGES: Final = frozenset(",.;:!?-–—\"'“”‘’([`/")
#: Tags of what stands between two phrases of one name.
_BETWEEN: Final = frozenset(("IN", "TO", "CC", ",", ":", "POS"))
_CLOSERS: Final = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class Words:
    """A block's tokens, as lists; `marked` has the product's own mention at its head word: entity, kind and form."""

    parsed: ParsedBlock
    text: list[str]
    lower: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    lemma: list[str]
    label: list[str]
    begins: list[bool]
    sentence: list[int]
    quoted: list[bool]
    marked: dict[int, tuple[str, str, str]]
    tops: dict[int, int]
    vectors: Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch that may be a mention: tokens first..last of a block with its head word."""

    block: int
    first: int
    last: int
    head: int
    span: Span
    inside: bool


def words_of(parse: Parse, marks: Annotation) -> list[Words]:
    """The blocks' tokens, with the product's mentions at their heads."""
    found, sentence = [], 0
    for parsed in parse.blocks:
        one = _words(parsed, sentence)
        found.append(one)
        sentence = one.sentence[-1] + 1 if one.sentence else sentence
    starts = [parsed.start for parsed in parse.blocks]
    told = [(m.span, entity.id, entity.kind.value, m.form) for entity in marks.entities for m in entity.mentions]
    states = {one.country: one.id for one in marks.entities if one.kind is ActorKind.STATE and one.country}
    told += [(one.span, _place(one.place, states), "place", "name") for one in marks.places]
    for span, entity, kind, form in told:
        at = bisect_right(starts, span.start) - 1
        if at < 0:
            continue
        words = found[at]
        tokens = words.parsed.doc.char_span(span.start - starts[at], span.end - starts[at], alignment_mode="expand")
        if tokens is None or not len(tokens):
            continue
        low, high = tokens.start, tokens.end - 1
        head = next((n for n in range(low, high + 1) if not low <= words.head[n] <= high or words.head[n] == n), high)
        if head not in words.marked:
            words.marked[head] = (entity, kind, form)
            words.tops[high] = low
    return found


def _place(place: Place, states: Mapping[str, str]) -> str:
    """A whole country is the report's entity for that state, where it has one."""
    whole = states.get(place.country or "") if place.lat is None else None
    return whole or f"place:{place.name}"


def _words(parsed: ParsedBlock, base: int) -> Words:
    doc, strings = parsed.doc, parsed.doc.vocab.strings
    read: Any = doc.to_array([TAG, DEP, LEMMA, ENT_TYPE, ENT_IOB])
    tags, deps, lemmas, labels, iobs = read.T.tolist()
    heads = doc.to_array([HEAD]).astype(np.int64).reshape(-1).tolist()
    text = [token.text for token in doc]
    sentence, quoted, inside = [], [], False
    number = base - 1
    opens = {sent.start for sent in doc.sents}
    for n, word in enumerate(text):
        number += n in opens
        sentence.append(number)
        if word in ('"', "“", "”", "``", "''", "«", "»"):
            inside = word in ("“", "«") or (word == '"' and not inside)
        quoted.append(inside)
    return Words(
        parsed, text, [word.lower() for word in text], [strings[one] for one in tags], [strings[one] for one in deps],
        [n + step for n, step in enumerate(heads)], [strings[one].lower() for one in lemmas],
        [strings[one] for one in labels], [iob == 3 for iob in iobs], sentence, quoted, {}, {}, doc.tensor,
    )  # fmt: skip


def phrases_of(block: int, words: Words) -> Iterator[Phrase]:
    """The phrases of a block, by head word."""
    children: dict[int, list[int]] = {}
    for n, head in enumerate(words.head):
        if head != n:
            children.setdefault(head, []).append(n)
    lows, highs = _edges(words)
    named = _unreached(words)
    for n, tag in enumerate(words.tag):
        if n in named:
            yield _phrase(block, words, named[n], _ended(words, named[n], n, n), n, inside=False)
            continue
        if tag in _PRONOUNS:
            yield _phrase(block, words, n, n, n, inside=False)
            continue
        if (
            (tag in _NOUNS or words.label[n] or n in words.marked)
            and words.dep[n] in _PREMODIFYING
            and words.head[n] > n
        ):
            first = _run(words, n, lows[n])
            if first is not None:
                yield _phrase(block, words, first, n, n, inside=True)
        elif (
            tag in _NOUNS
            or n in words.marked
            or ((tag in _HEADLESS or words.label[n] or tag == "FW") and words.dep[n] in _ARGUMENTS)
            or words.lower[n] in ("here", "there")
        ):
            first, last = _around(words, n, children.get(n, ()), lows, highs)
            yield _phrase(block, words, first, last, n, inside=False)


def _unreached(words: Words) -> dict[int, int]:
    """Names of the network that a wrong parse hangs on a word behind them, first word by last: none is in a phrase.

    "of the United States. ANA KELL" as one sentence, "The Charter of the United Nations sends".
    """
    found: dict[int, int] = {}
    first = 0
    for n, label in enumerate(words.label):
        if n == 0 or words.begins[n] or label != words.label[n - 1]:
            first = n
        last = n + 1 == len(words.label) or words.label[n + 1] != label or words.begins[n + 1]
        if not last or label in _NO_NAMES or not words.tag[n].startswith("NNP") or n in words.marked:
            continue
        outer = words.head[n]
        if words.dep[n] in _PREMODIFYING and outer > n + 1 and words.tag[n + 1][:2] in (".", "VB", "MD", ",", ":"):
            found[n] = first
    return found


def _phrase(block: int, words: Words, first: int, last: int, head: int, *, inside: bool) -> Phrase:
    start = words.parsed.start + words.parsed.doc[first].idx
    end = words.parsed.start + words.parsed.doc[last].idx + len(words.text[last])
    return Phrase(block, first, last, head, Span(start, end), inside)


def _edges(words: Words) -> tuple[list[int], list[int]]:
    """The first and the last word of what hangs on each word."""
    lows, highs = list(range(len(words.head))), list(range(len(words.head)))
    for token in words.parsed.doc:
        lows[token.i], highs[token.i] = token.left_edge.i, token.right_edge.i
    return lows, highs


def _run(words: Words, last: int, low: int) -> int | None:
    """Where the name or noun before a noun begins that ends at `last`; None where the word is part of another's name.

    "San Francisco" in "San Francisco Bay", "police" in "police officer"; not "Ana" in "Ana Kell".
    """
    own = words.tops.get(last)
    if own is not None:
        return own
    label, after = words.label[last], last + 1
    proper = words.tag[last].startswith("NNP")
    same = label and words.label[after] == label and not words.begins[after]
    joined = same or (proper and not label and words.tag[after].startswith("NNP"))
    first = last
    while first > low and words.dep[first - 1] in _PREMODIFYING and words.tag[first - 1] in _NOUNS:
        first -= 1
    if joined:
        if not proper or label == "PERSON":
            return None
        while first <= last and not cities(" ".join(words.text[first : last + 1])):
            first += 1
        return first if first <= last else None
    while label and first > 0 and words.label[first - 1] == label and not words.begins[first]:
        first -= 1
    return first


def _around(words: Words, head: int, children: Sequence[int], lows: list[int], highs: list[int]) -> tuple[int, int]:
    """The whole phrase of a head word: determiners, modifiers, prepositional phrases and clauses about it."""
    first = last = head
    label = words.label[head] if words.label[head] not in _NO_NAMES else ""
    proper = words.tag[head].startswith("NNP")
    for child in children:
        dep = words.dep[child]
        if child < head and dep in _BEFORE:
            first = min(first, lows[child])
        elif child > head and dep in _AFTER:
            named = bool(label) and words.label[child] == label
            if proper and not named and (dep == "nummod" or words.text[lows[child] - 1] == "("):
                continue
            if dep == "prep" and proper and words.lower[child] not in _IN_NAMES and not named:
                continue
            last = max(last, highs[child])
    first = min(first, words.tops.get(head, first))
    # not "the Council of" before "the Islands": both are phrases
    while label and first > 0 and words.label[first - 1] == label and not words.begins[first]:
        if words.tag[first - 1] in _BETWEEN:
            break
        first -= 1
    while label and last + 1 < len(words.text) and words.label[last + 1] == label and not words.begins[last + 1]:
        last += 1
    first, last = _trimmed(words, first, last, head)
    return first, _ended(words, first, last, head)


def _trimmed(words: Words, first: int, last: int, head: int) -> tuple[int, int]:
    while first < head and (words.text[first] in _EDGES or words.text[first] in ")]"):
        first += 1
    while last > head and (
        words.text[last] in _EDGES
        or (words.text[last] in _CLOSERS and _CLOSERS[words.text[last]] not in words.text[first:last])
    ):
        last -= 1
    return first, last


def _ended(words: Words, first: int, last: int, head: int) -> int:
    """The last word with what the parse leaves out: "Kell's", "(born 1978)", "Kelm, North Varda", "Kell, Jr."."""
    text, tag, size = words.text, words.tag, len(words.text)
    if last + 1 < size and tag[last + 1] == "POS":
        return last + 1
    if last + 1 < size and text[last + 1] in ")]" and _CLOSERS[text[last + 1]] in text[first : last + 1]:
        return last + 1
    if not tag[head].startswith("NNP") or last != head:
        return last
    if last + 2 < size and text[last + 1] == "the" and text[last + 2][0].isupper() and tag[last + 2] in ("JJ", "NNP"):
        return (
            last + 2 if words.label[head] == "PERSON" and last + 3 < size and not text[last + 3][0].isupper() else last
        )
    if last + 2 < size and text[last + 1] == "," and words.lower[last + 2].rstrip(".") in ("jr", "sr"):
        return last + 2
    at = last
    if words.marked.get(head, ("", ""))[1] == "state":
        return last
    while words.label[head] in _PLACES and at + 2 < size and text[at + 1] == "," and words.label[at + 2] in _PLACES:
        if words.dep[at + 2] == "conj":
            break
        at += 2
        while at + 1 < size and words.label[at + 1] in _PLACES and not words.begins[at + 1]:
            at += 1
        if at + 1 < size and (words.lower[at + 1] in ("and", "or") or words.lower[at + 1 : at + 3] == [",", "and"]):
            return last
    return at


__all__ = ["Phrase", "Words", "phrases_of", "words_of"]
