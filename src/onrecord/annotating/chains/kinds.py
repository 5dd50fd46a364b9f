"""What kind of thing a phrase is, told by its words, its place in the sentence, the network's names and our actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from onrecord.annotating.actors.lexicon import given_names, offices
from onrecord.annotating.chains.phrases import Phrase, Words
from onrecord.annotating.folding import fold
from onrecord.annotating.gazetteer import is_city

#: In the order of the weights; the first is anything else.
KINDS: Final = ("other", "person", "organization", "place")
_WORD_LISTS: Final = (
    "group_nouns", "government_nouns", "state_nouns", "organisation_nouns", "organisation_heads", "place_heads",
    "thing_heads",
)  # fmt: skip
_SHAPE: Final = (re.compile(r"[A-Z]+"), re.compile(r"[a-z]+"), re.compile(r"\d+"))


def form_of(words: Words, head: int) -> str:
    """How a phrase names: "name", "pronoun" or "noun"."""
    tag = words.tag[head]
    return "name" if tag.startswith("NNP") else "pronoun" if tag.startswith("PRP") else "noun"


def cues(words: Words, phrase: Phrase) -> Iterator[str]:
    """What may tell the kind of a phrase; each cue is a column of the weights."""
    n, form = phrase.head, form_of(words, phrase.head)
    lemma, lower, label = words.lemma[n], words.lower[n], words.label[n]
    marked = words.marked.get(n)
    yield f"f:{form}"
    yield f"w:{lower}"
    if form == "pronoun":
        yield from _of_pronouns(words, n, lower, marked)
        return
    yield f"l:{lemma}"
    yield f"t:{words.tag[n]}"
    yield f"s:{lower[-3:]}"
    yield f"s4:{lower[-4:]}"
    yield f"e:{label}:{form}:{phrase.inside}"
    yield f"m:{marked[1:] if marked else ''}:{form}"
    yield f"em:{label}:{marked[1] if marked else ''}:{phrase.inside}"
    yield f"d:{words.dep[n]}:{form}:{phrase.inside}"
    yield f"inside:{phrase.inside}"
    yield f"n:{min(phrase.last - phrase.first, 6)}:{form}"
    yield f"1:{words.lower[phrase.first]}"
    if form == "name":
        yield f"shape:{_shape(words.text[n])}"
        if n > phrase.first:
            yield f"b:{words.lower[n - 1]}"
        yield f"name1:{words.lower[phrase.first]}"
    elif n > phrase.first:
        yield f"b:{words.lemma[n - 1]}"
        yield f"bt:{words.tag[n - 1]}:{words.label[n - 1]}"
    yield from _around(words, phrase)
    yield from _known(words, phrase, form)


def _of_pronouns(words: Words, n: int, lower: str, marked: tuple[str, str, str] | None) -> Iterator[str]:
    top = words.head[n]
    yield f"pm:{lower}:{marked[1] if marked else ''}"
    yield f"pd:{lower}:{words.dep[n]}"
    yield f"pg:{lower}:{words.lemma[top]}"
    yield f"pq:{lower}:{words.quoted[n]}"
    if lower in ("they", "them", "their", "it", "its"):
        yield f"pv:{words.dep[n]}:{words.lemma[top]}"


def _around(words: Words, phrase: Phrase) -> Iterator[str]:
    n, top = phrase.head, words.head[phrase.head]
    dep = words.dep[n]
    if dep == "pobj":
        yield f"p:{words.lower[top]}"
        above = words.head[top]
        yield f"pa:{words.lower[top]}:{words.lemma[above]}"
    elif top != n:
        yield f"g:{dep}:{words.lemma[top]}"
    if phrase.inside:
        yield f"in:{words.lemma[top]}"
        yield f"ine:{words.label[top]}:{words.label[n]}"
    after = phrase.last + 1
    yield f"a:{words.lower[after] if after < len(words.text) else ''}"
    yield f"z:{words.lower[phrase.first - 1] if phrase.first else ''}"
    if n < phrase.last:
        yield f"post:{words.lower[n + 1]}"


def _known(words: Words, phrase: Phrase, form: str) -> Iterator[str]:
    n = phrase.head
    told = offices()
    lemma = words.lemma[n]
    for name in _WORD_LISTS:
        if lemma in told.words[name] or words.lower[n] in told.words[name]:
            yield f"list:{name}:{form}"
    if lemma in told.calls:
        yield f"office:{form}"
    if form == "name":
        core = range(phrase.first, n + 1)
        genders = given_names()[0]
        if any(fold(words.text[one]) in genders for one in core):
            yield "given"
            if fold(words.text[phrase.first]) in genders:
                yield "given-first"
        start = phrase.first + (words.lower[phrase.first] == "the")
        if is_city(" ".join(words.text[start : n + 1])):
            yield f"city:{phrase.inside}"
        if any(words.lower[one].rstrip(".") in told.honorifics for one in core):
            yield "honorific"
        yield from (f"any:{words.lower[one]}" for one in core if one != n)


def _shape(word: str) -> str:
    for pattern, sign in zip(_SHAPE, "Xx9", strict=True):
        word = pattern.sub(sign, word)
    return word[:6]


__all__ = ["KINDS", "cues", "form_of"]
