"""Mentions of persons, organisations and places, and which of them name the same one.

A mention is found by its head word; two pointers give its first and last word. Each mention is scored against those
before it, within and across windows: by the two states, and by what `pairing` counts of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.products import product
from training.encoder.running.encoder import Encoded
from training.encoder.running.grammar import Grammar
from training.encoder.running.pairing import Named, pair_features

Scores = NDArray[np.float32]
_PLURAL: Final = ("NNS", "NNPS")
_FORMS: Final = ("named", "nominal", "pronoun")
_KINDS: Final = ("person", "organization", "place")
_WORDS: Final = 40
"""Words of a mention that are compared: the rest are clauses."""
FARTHEST_BACK: Final = 400
"""Mentions back in which an antecedent is looked for: cost stays linear in the report's length."""


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention; `head`, `first` and `last` are numbers of words of the report, `start` and `end` code points.

    `kind` is person, organization or place; `form` named, nominal or pronoun; `probability` that its head is one.
    """

    head: int
    first: int
    last: int
    start: int
    end: int
    kind: str
    form: str
    probability: float


def find_mentions(encoded: Encoded, bias: float = 0.0) -> tuple[FoundMention, ...]:
    """The mentions of a report, in order of place; nested ones after what holds them.

    Args:
        encoded: the network's output.
        bias: added to the score of being no mention.
    """
    if not encoded.words:
        return ()
    scores = encoded.part("mention_head").copy()
    scores[:, 0] += bias
    labels = scores.argmax(1)
    found = []
    edges = encoded.part("edge_head").reshape(len(scores), 4, -1)
    for start, end in encoded.bounds:
        heads = np.flatnonzero(labels[start:end])
        if not len(heads):
            continue
        firsts, lasts = _edges(edges[start:end], heads, encoded.settings.coreference.edge_distance)
        raised = np.exp(scores[start:end][heads] - scores[start:end][heads].max(1, keepdims=True))
        chances = (raised / raised.sum(1, keepdims=True))[np.arange(len(heads)), labels[start:end][heads]]
        for head, first, last, chance in zip(heads.tolist(), firsts, lasts, chances.tolist(), strict=True):
            kind, form = divmod(int(labels[start + head]) - 1, len(_FORMS))
            span = (encoded.words[start + first][0], encoded.words[start + last][1])
            places = (start + head, start + first, start + last)
            found.append(FoundMention(*places, *span, _KINDS[kind], _FORMS[form], round(chance, 4)))
    return tuple(sorted(found, key=lambda one: (one.start, -one.end, one.head)))


def _edges(parts: Scores, heads: NDArray[np.int64], distance: Scores) -> tuple[list[int], list[int]]:
    """The first and last words of the mentions with these heads: neither lies beyond the head."""
    count, width = len(parts), parts.shape[2]
    farthest = (distance.shape[1] - 1) // 2
    apart = np.arange(count) - heads[:, None]
    column = np.clip(apart, -farthest, farthest) + farthest
    sides = []
    for side, beyond in ((0, apart > 0), (1, apart < 0)):
        scores = product(parts[heads, side], parts[:, 2 + side].T) * np.float32(width**-0.5) + distance[side][column]
        scores[beyond] = -1e4
        sides.append(scores.argmax(1).tolist())
    return sides[0], sides[1]


def antecedents(encoded: Encoded, mentions: Sequence[FoundMention], grammar: Grammar, text: str) -> Scores:
    """Scores of each mention's antecedents: mentions x (mentions + 1), the last column is "none before".

    Only the lower triangle and the last column mean something; the rest is very low. Beyond FARTHEST_BACK mentions
    nothing is scored.
    """
    count = len(mentions)
    tables = encoded.settings.coreference
    scores = np.full((count, count + 1), -1e4, np.float32)
    heads = [one.head for one in mentions]
    later, earlier = encoded.part("later_head")[heads], encoded.part("earlier_head")[heads]
    named = _named(encoded, mentions, grammar, text)
    states = encoded.states[heads]
    for start in range(0, count, FARTHEST_BACK):
        low, high = max(0, start - FARTHEST_BACK), min(count, start + FARTHEST_BACK)
        pairs, alone = pair_features(named[low:high])
        rows = slice(start - low, high - low)
        here = product(later[start:high], earlier[low:high].T) * np.float32(later.shape[1] ** -0.5)
        flat = pairs[rows].reshape(-1, pairs.shape[2])
        inner = np.maximum(product(flat, tables.pair_inner_weight.T) + tables.pair_inner_bias, 0)
        counted = product(inner, tables.pair_outer_weight[:, None]).reshape(here.shape)
        here = here + counted + tables.pair_outer_bias
        below = np.arange(low, high) < np.arange(start, high)[:, None]
        scores[start:high, low:high] = np.where(below, here, -1e4)
        both = np.concatenate([states[start:high], alone[rows]], 1)
        scores[start:high, count] = product(both, tables.new_weight[:, None])[:, 0] + tables.new_bias
    return scores


def clusters(scores: Scores) -> list[int]:
    """For each mention the number of its cluster: the cluster of its best antecedent, or a new one.

    >>> clusters(np.array([[-9, -9, 1], [2, -9, 1]], np.float32))
    [0, 0]
    """
    found: list[int] = []
    fresh = 0
    for row in scores:
        best = int(row.argmax())
        if best == len(scores):
            found.append(fresh)
            fresh += 1
        else:
            found.append(found[best])
    return found


def _named(encoded: Encoded, mentions: Sequence[FoundMention], grammar: Grammar, text: str) -> list[Named]:
    tags = encoded.settings.grammar.tags
    ends = np.array([end for _, end in encoded.paragraphs])
    sentences = _sentence_numbers(grammar)
    made = []
    for one in mentions:
        spans = encoded.words[one.first : one.last + 1][:_WORDS]
        words = tuple(text[start:end].lower() for start, end in spans)
        made.append(
            Named(
                words=words,
                head=min(one.head - one.first, len(words) - 1),
                form=_FORMS.index(one.form),
                kind=_KINDS.index(one.kind),
                plural=tags[int(grammar.tags[one.head])] in _PLURAL,
                start=spans[0][0],
                end=spans[-1][1],
                sentence=int(sentences[one.head]),
                paragraph=int(np.searchsorted(ends, one.head, side="right")),
            )
        )
    return made


def _sentence_numbers(grammar: Grammar) -> NDArray[np.int64]:
    """The number of each word's sentence: that of its root, in order."""
    above = grammar.heads
    for _ in range(max(1, len(above).bit_length())):
        above = above[above]
    return np.unique(above, return_inverse=True)[1] if len(above) else above
