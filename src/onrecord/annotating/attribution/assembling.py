"""From the network's readings of a whole report to its attributions."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onrecord.annotating.attribution.coding import EventScores
from onrecord.annotating.attribution.decoding import LabelledSpan, Scores, Transitions, best_labels, spans
from onrecord.annotating.attribution.linking import Linked, Pointers, link
from onrecord.annotating.attribution.words import QUOTATION_MARKS, Stretch

Span = tuple[int, int]
_DASHES: Final = frozenset("-–—―")
_SEPARATORS: Final = frozenset(",;")
_LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said, written, held or wanted what.

    All spans are half-open ranges of code points of the text, in order of place. `source` and `cue` are empty
    where none is told; `content` has several spans where a quotation is split. `confidence` is the estimated
    chance that a human annotator marks the same content (by half of it) with the same source.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of one stretch: scores of labels (words x labels), links among its words, names, events.

    `names` is words x (1 + kinds of `naming.KINDS`).
    """

    emission: Scores
    pointers: Pointers
    names: Scores
    events: EventScores


@dataclass(frozen=True, slots=True)
class Assembler:
    """How readings become attributions: learnt transitions, and the calibration of confidences.

    `calibration` is (slope, intercept) of the logistic map from an attribution's mean log-odds to the chance
    that it is right.
    """

    transitions: Transitions
    calibration: tuple[float, float]

    def __call__(self, text: str, stretches: Sequence[Stretch], readings: Sequence[Reading]) -> tuple[Attribution, ...]:
        """The attributions of a report, in order of the first span of each."""
        labels = best_labels([reading.emission for reading in readings], self.transitions)
        found: list[Attribution] = []
        previous: list[Attribution] = []
        for stretch, reading, chosen in zip(stretches, readings, labels, strict=True):
            here = list(self._stretch(text, stretch, link(spans(chosen, reading.emission), reading.pointers)))
            if previous and here and _signs(text, previous[-1], here[0]):
                here[0] = replace(here[0], content=previous.pop().content)
            elif previous and here and _continues(text, stretch, previous[-1], here[0]):
                last = previous.pop()
                continued = replace(last, content=last.content + here[0].content)
                # A quotation may run over several paragraphs: what follows may continue this attribution again.
                here = [continued, *here[1:]]
            found += previous
            previous = here
        return tuple(sorted((one for one in [*found, *previous] if one.content), key=_place_of))

    def _stretch(self, text: str, stretch: Stretch, linked: Sequence[Linked]) -> Iterator[Attribution]:
        slope, intercept = self.calibration
        for one in linked:
            yield Attribution(
                source=_place(stretch, (one.source,)),
                cue=_place(stretch, (one.cue,)),
                content=_place(stretch, [_trimmed(text, stretch, part) for part in one.contents]),
                confidence=round(1 / (1 + math.exp(-(slope * log_odds(one) + intercept))), 4),
            )


def _continues(text: str, stretch: Stretch, before: Attribution, first: Attribution) -> bool:
    """Whether a paragraph's first content belongs to the last cue of the paragraph before.

    That is so for 121 of 129 contents of PolNeAR train whose cue stands in an earlier paragraph; 102 of them open
    with a quotation mark, most others follow a colon.
    """
    if first.cue or first.source or not before.cue or not first.content or first.content[0][0] != stretch.words[0][0]:
        return False
    opening = text[first.content[0][0]]
    last = max(end for _, end in (*before.content, *before.cue, *before.source))
    return opening in QUOTATION_MARKS or text[last - 1] == ":" or text[last : last + 1] == ":"


def _signs(text: str, before: Attribution, first: Attribution) -> bool:
    """Whether a paragraph is the signature under a quotation: "— Lena Ost, teacher"."""
    return not (before.cue or before.source or first.content) and text[first.cue[0][0]] in _DASHES


def log_odds(linked: Linked) -> float:
    """Mean log-odds of an attribution's spans: what its confidence is calibrated from.

    >>> span = LabelledSpan("content", 0, 3, 0.5)
    >>> log_odds(Linked(None, None, (span,)))
    0.0
    """
    present = [part for part in (linked.source, linked.cue, *linked.contents) if part is not None]
    mean = sum(part.probability for part in present) / len(present)
    mean = min(max(mean, _LEAST), 1 - _LEAST)
    return math.log(mean / (1 - mean))


def _trimmed(text: str, stretch: Stretch, part: LabelledSpan) -> LabelledSpan:
    """Without the comma that only parts a content from what stands before it."""
    if part.end - part.start > 1 and text[stretch.words[part.start][0]] in _SEPARATORS:
        return replace(part, start=part.start + 1)
    return part


def _place(stretch: Stretch, parts: Sequence[LabelledSpan | None]) -> tuple[Span, ...]:
    return tuple((stretch.words[part.start][0], stretch.words[part.end - 1][1]) for part in parts if part is not None)


def _place_of(one: Attribution) -> Span:
    return min(one.source + one.cue + one.content)
