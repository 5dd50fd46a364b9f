"""Documents with gold mentions: each phrase of ours with its cues, the head's vector, its gold kind and entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks.coreference import head_of
from benchmarks.gum import GoldMention, GumDocument

from onrecord.annotating.chains.finding import phrases
from onrecord.annotating.chains.kinds import KINDS, cues
from onrecord.annotating.chains.model import Floats
from onrecord.annotating.chains.phrases import Phrase, Words, words_of
from onrecord.annotating.parse import Parse
from onrecord.model import Annotation


@dataclass(frozen=True, slots=True)
class Told:
    """The phrases of a document: `kinds` are numbers of KINDS; `entities` are empty for what is no gold mention."""

    document: GumDocument
    phrases: tuple[tuple[Words, Phrase], ...]
    cues: tuple[tuple[str, ...], ...]
    vectors: Floats
    kinds: tuple[int, ...]
    entities: tuple[str, ...]


def told(document: GumDocument, parse: Parse, marks: Annotation) -> Told:
    """The phrases of a document beside its gold mentions: the one of the same span, else of the same head word."""
    found = tuple(phrases(words_of(parse, marks)))
    same = {(one.start, one.end): one for one in document.mentions}
    by_head: dict[tuple[int, int], list[GoldMention]] = {}
    for mention in document.mentions:
        by_head.setdefault(mention.head, []).append(mention)
    gold: list[GoldMention | None] = []
    for _, phrase in found:
        start, end = phrase.span.start, phrase.span.end
        others: Sequence[GoldMention] = by_head.get(head_of(document, (start, end)), ())
        near = min(others, key=lambda one: abs(one.start - start) + abs(one.end - end), default=None)
        gold.append(same.get((start, end), near))
    return Told(
        document,
        found,
        tuple(tuple(cues(words, phrase)) for words, phrase in found),
        np.stack([words.vectors[phrase.head] for words, phrase in found]).astype(np.float32),
        tuple(KINDS.index(one.kind) if one is not None else 0 for one in gold),
        tuple(one.entity if one is not None else "" for one in gold),
    )


__all__ = ["Told", "told"]
