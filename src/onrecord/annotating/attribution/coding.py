"""Which words tell an event, of which type and modality, and whom they point to: what the event head says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.annotating.attribution.decoding import Scores, softmax
from onrecord.annotating.attribution.linking import pointing
from onrecord.model import EventType, Modality

Span = tuple[int, int]

TYPES: Final = tuple(sorted(EventType))
"""PLOVER's types; column 0 of the scores is "no event", the others follow this order."""
MODALITIES: Final = tuple(sorted(Modality))
"""The modalities, in the order of the scores' columns."""
SIDES: Final = ("source", "target")
"""Whom an event's word points to."""
LEAST: Final = 0.05
"""A word whose chance to tell an event is smaller is left out."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What the network says of a word that may tell an event.

    Attributes:
        start: the code point where the word begins.
        chance: that it tells an event of any type, 0..1.
        type: the likeliest type.
        share: the chance of that type, given that it tells an event.
        modality: the likeliest modality, with its chance.
        source: where the likeliest word for who does it begins, with its chance; None where "nobody named" is likelier.
        target: the same for whom it is done to.
    """

    start: int
    chance: float
    type: EventType
    share: float
    modality: tuple[Modality, float]
    source: tuple[int, float] | None
    target: tuple[int, float] | None


@dataclass(frozen=True, slots=True)
class EventScores:
    """Scores of one stretch.

    Attributes:
        types: words x (1 + types).
        modalities: words x modalities.
        deeds: words x sides x dimensions, of a word as what tells an event.
        parties: words x sides x dimensions, of a word as a party.
    """

    types: Scores
    modalities: Scores
    deeds: Scores
    parties: Scores


@dataclass(frozen=True, slots=True)
class Sideways:
    """What training found of the links to parties.

    Attributes:
        unnamed: sides x dimensions, the answer that stands for "nobody is named".
        aside: sides x (2 x `linking.FARTHEST` + 1), what being so many words before or after adds to an answer.
    """

    unnamed: Scores
    aside: Scores


def find_hints(words: Sequence[Span], scores: EventScores, links: Sideways) -> Iterator[Hint]:
    """The words of a stretch that may tell an event, in order.

    Args:
        words: half-open spans of code points.
        scores: of these words.
        links: what training found.
    """
    likely = softmax(scores.types)
    places = np.flatnonzero(likely[:, 0] <= 1 - LEAST).astype(np.int64)
    if not len(places):
        return
    kinds = likely[places, 1:]
    how = softmax(scores.modalities[places])
    sides = [
        pointing(scores.deeds[:, side], scores.parties[:, side], links.unnamed[side], links.aside[side], places)
        for side in range(len(SIDES))
    ]
    for number, place in enumerate(places.tolist()):
        kind, mode = int(kinds[number].argmax()), int(how[number].argmax())
        chance = float(kinds[number].sum())
        source, target = (_party(words, side[number]) for side in sides)
        yield Hint(
            words[place][0],
            chance,
            TYPES[kind],
            float(kinds[number, kind]) / chance,
            (MODALITIES[mode], float(how[number, mode])),
            source,
            target,
        )


def _party(words: Sequence[Span], likely: Scores) -> tuple[int, float] | None:
    best = int(likely.argmax())
    return None if best == len(words) else (words[best][0], float(likely[best]))
