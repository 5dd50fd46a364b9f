"""Rows of the silver files as labelled stretches, and windows of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.attribution.words import PIECES_A_WINDOW, Stretch, pack, split_long
from training.attribution.corpus import Article, Marked, label
from training.encoder.running.reader import TokenReader

Numbers = NDArray[np.int64]
UNKNOWN = -100
"""A label that is not asked for: the loss leaves it out."""
FORMS = ("named", "nominal", "pronoun")
KINDS = ("person", "organization", "place")
MENTION_LABELS = ("none", *(f"{kind}-{form}" for kind in KINDS for form in FORMS))


@dataclass(frozen=True, slots=True)
class Grammar:
    """The teacher's labels of a stretch's words; `heads` and `sentences` are numbers within the stretch."""

    heads: Numbers
    relations: Numbers
    tags: Numbers
    parts: Numbers
    names: Numbers
    begins: Numbers
    sentences: Numbers


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention within a stretch: numbers of its head word, first and last word; label; entity."""

    head: int
    first: int
    last: int
    label: int
    entity: str


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch with what is known of it. `labels` and `targets` are of attribution, `mentions` of GUM."""

    stretch: Stretch
    grammar: Grammar
    labels: Numbers | None = None
    targets: Numbers | None = None
    mentions: tuple[Mention, ...] | None = None
    text: str = ""


Window = tuple[Example, ...]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a silver file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [json.loads(line) for line in lines]


def article_of(row: dict[str, Any]) -> Article:
    """The row's text and attributions."""
    told = tuple(
        Marked(*(tuple((a, b) for a, b in one[role] or ()) for role in ("source", "cue", "content")))
        for one in row.get("attributions", ())
    )
    return Article(row["id"], row["text"], told)


def grammar_of(block: dict[str, Any], low: int, high: int) -> Grammar:
    """The labels of the words low to high (half-open) of a block; a head outside becomes unknown."""
    heads = np.array(block["heads"][low:high], np.int64) - low
    heads[(heads < 0) | (heads >= high - low)] = UNKNOWN
    begins = np.array(block["begins"][low:high], np.int64)
    sentences = np.cumsum(begins)
    parts = {name: np.array(block[name][low:high], np.int64) for name in ("relations", "tags", "parts", "names")}
    return Grammar(heads=heads, begins=begins, sentences=sentences, **parts)


def stretches(text: str, words: Sequence[Sequence[int]], reader: TokenReader) -> Iterator[tuple[int, int, Stretch]]:
    """The stretches of one paragraph given as words, with the numbers of their words."""
    whole = reader.of_words(text, [(start, end) for start, end in words])
    low = 0
    limit = PIECES_A_WINDOW - 2
    for part in [whole] if len(whole.pieces) <= limit else split_long(text, whole, limit):
        yield low, low + len(part.words), part
        low += len(part.words)


def examples(row: dict[str, Any], reader: TokenReader) -> list[Example]:
    """The labelled stretches of a row."""
    text = row["text"]
    article = article_of(row) if "attributions" in row else None
    gold = {(start, end): (number, tag) for number, (start, end, tag, _) in enumerate(row.get("gold_words", ()))}
    made = []
    for block in row["blocks"]:
        for low, high, stretch in stretches(text, block["words"], reader):
            grammar = grammar_of(block, low, high)
            labels = targets = mentions = None
            if article is not None:
                start, end = stretch.words[0][0], stretch.words[-1][1]
                near = [
                    one
                    for one in article.attributions
                    if any(
                        start <= a < end or a < start < b
                        for spans in (one.source, one.cue, one.content)
                        for a, b in spans
                    )
                ]
                named = label(stretch, near)
                labels, targets = named.labels, named.targets
            if "mentions" in row:
                mentions = tuple(_mentions(stretch, row["mentions"]))
                _gold_tags(grammar, stretch, gold, row["tag_numbers"])
            made.append(Example(stretch, grammar, labels, targets, mentions, text))
    return made


def _gold_tags(
    grammar: Grammar, stretch: Stretch, gold: dict[tuple[int, int], tuple[int, str]], numbers: dict[str, int]
) -> None:
    """Replace the teacher's tags by the corpus's where a word is one of its words."""
    for place, span in enumerate(stretch.words):
        if span in gold and gold[span][1] in numbers:
            grammar.tags[place] = numbers[gold[span][1]]


def _mentions(stretch: Stretch, told: Sequence[Sequence[Any]]) -> Iterator[Mention]:
    starts = {start: number for number, (start, _) in enumerate(stretch.words)}
    ends = {end: number for number, (_, end) in enumerate(stretch.words)}
    begin, close = stretch.words[0][0], stretch.words[-1][1]
    taken: set[int] = set()
    for start, end, kind, entity, head_start, _, form, _ in told:
        if not begin <= start < close:
            continue
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or last < first:
            continue
        head = max((n for n in range(first, last + 1) if stretch.words[n][0] <= head_start), default=first)
        if head in taken:
            continue
        taken.add(head)
        yield Mention(head, first, last, MENTION_LABELS.index(f"{kind}-{form}"), entity)


def windows(made: Sequence[Example], rng: random.Random | None = None) -> list[Window]:
    """Pack the stretches of a text; with `rng` the first window is cut at random, so that contexts differ."""
    first = None if rng is None else rng.randint(PIECES_A_WINDOW // 4, PIECES_A_WINDOW)
    ranges = pack((len(one.stretch.pieces) for one in made), PIECES_A_WINDOW, first)
    return [tuple(made[start:end]) for start, end in ranges]
