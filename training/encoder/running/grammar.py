"""From the network's scores to grammar: heads, relations, tags, names and sentences of words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.products import product
from training.encoder.running.encoder import Encoded

Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]
_IMPOSSIBLE: Final = np.float32(-1e4)
ROOT: Final = "ROOT"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Numbers into the inventories of `settings.grammar`, a row a word; a root is its own head."""

    heads: Numbers
    relations: Numbers
    tags: Numbers
    parts: Numbers
    names: Numbers


def read_grammar(encoded: Encoded) -> Grammar:
    """The grammar of all words of a report."""
    tables = encoded.settings.grammar
    count = len(encoded.words)
    scores = encoded.part("word_head")
    edges = np.cumsum([0, len(tables.tags), len(tables.parts), len(tables.names)])
    tags, parts, names = (
        scores[:, start:end].argmax(1) if count else np.zeros(0, np.int64) for start, end in pairwise(edges)
    )
    begins = scores[:, edges[3] + 1] > scores[:, edges[3]]
    for start, end in encoded.bounds:
        begins[start:end][:1] = True
    starts = np.flatnonzero(begins)
    heads = np.arange(count)
    for start, end in pairwise([*starts.tolist(), count] if count else []):
        heads[start:end] = start + _tree(_arc_scores(encoded.arcs[start:end], tables.distance))
    return Grammar(heads, _relations(encoded, heads), tags, parts, _closed(names))


def _arc_scores(arcs: Scores, distance: Scores) -> Scores:
    """Scores of each word's head in one sentence; the diagonal is the score of being the root."""
    width = (arcs.shape[1] - 2) // 2
    scores = product(arcs[:, :width], arcs[:, width : 2 * width].T)
    scores += arcs[:, 2 * width]
    places = np.arange(len(arcs))
    farthest = (len(distance) - 1) // 2
    scores += distance[np.clip(places - places[:, None], -farthest, farthest) + farthest]
    np.fill_diagonal(scores, arcs[:, 2 * width + 1])
    return scores


def _tree(scores: Scores) -> Numbers:
    """The heads of one sentence: the best head of each word, made a tree with one root.

    >>> _tree(np.array([[0, 5], [4, 9]], np.float32)).tolist()
    [1, 1]
    """
    places = np.arange(len(scores))
    heads = scores.argmax(1)
    roots = np.flatnonzero(heads == places)
    if len(roots) != 1:
        chances = scores.diagonal()
        others = scores + np.where(places[:, None] == places, _IMPOSSIBLE, np.float32(0))
        gain = chances - others.max(1)
        root = int(gain.argmax())
        heads = others.argmax(1)
        heads[root] = root
    else:
        root = int(roots[0])
    return _without_cycles(scores, heads, root)


def _without_cycles(scores: Scores, heads: Numbers, root: int) -> Numbers:
    """Break each cycle where it costs least, by a head that leads to the root."""
    while True:
        above = heads
        for _ in range(max(1, len(heads).bit_length())):
            above = above[above]
        reached = above == root
        if reached.all():
            return heads
        lost = np.flatnonzero(~reached)
        outside = np.flatnonzero(reached)
        # Words on a cycle come back to themselves; others only hang below one.
        cycle = [int(word) for word in lost if _returns(heads, int(word))]
        gains = scores[np.ix_(cycle, outside)] - scores[cycle, heads[cycle]][:, None]
        best = int(gains.argmax())
        heads = heads.copy()
        heads[cycle[best // len(outside)]] = outside[best % len(outside)]


def _returns(heads: Numbers, word: int) -> bool:
    place = int(heads[word])
    for _ in range(len(heads)):
        if place == word:
            return True
        place = int(heads[place])
    return False


def _relations(encoded: Encoded, heads: Numbers) -> Numbers:
    tables = encoded.settings.grammar
    root = tables.relations.index(ROOT)
    hidden = encoded.part("relation_dependent") + encoded.part("relation_governor")[heads]
    scores = product(np.maximum(hidden, 0), tables.relation_weight.T) + tables.relation_bias
    scores[:, root] = _IMPOSSIBLE
    found: Numbers = scores.argmax(1) if len(scores) else np.zeros(0, np.int64)
    found[heads == np.arange(len(heads))] = root
    return found


def _closed(names: Numbers) -> Numbers:
    """Inside labels (even numbers) that follow no label of their kind become begin labels."""
    before = np.concatenate([[0], names[:-1]])
    inside = (names > 0) & (names % 2 == 0)
    follows = (before == names) | (before == names - 1)
    return np.where(inside & ~follows, names - 1, names)
