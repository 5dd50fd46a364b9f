"""From labelled spans to attributions: which cue tells a content, and which source a cue.

The network scores three relations between words: a content's cue, a content's source and a cue's source
(or none). Spans are linked by the mean, over the words of the asking span, of the log-probability that it
points into the answering span.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.attribution.decoding import LabelledSpan, Role, Scores, softmax
from onrecord.annotating.products import product

CONTENT_CUE, CONTENT_SOURCE, CUE_SOURCE = range(3)
RELATIONS: Final = 3
FARTHEST: Final = 64
"""Words apart from which on distance no longer counts."""
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Pointers:
    """What the network says of the links among the words of one stretch.

    `askers` and `answers` are relations x words x dimensions; `nobody` is relations x dimensions, the answer
    that stands for "none"; `distance` is relations x (2 x FARTHEST + 1), what being so many words before or after
    the asker adds to an answer.
    """

    askers: Scores
    answers: Scores
    nobody: Scores
    distance: Scores


@dataclass(frozen=True, slots=True)
class Linked:
    """One attribution as labelled spans of one stretch."""

    source: LabelledSpan | None
    cue: LabelledSpan | None
    contents: tuple[LabelledSpan, ...]


def link(found: Sequence[LabelledSpan], pointers: Pointers) -> tuple[Linked, ...]:
    """Link the spans of one stretch, in order of place.

    A cue that no content points to comes without contents ("The ministry declared:", when the quotation is the next
    paragraph). A source without either is left out.
    """
    of_role: dict[Role, list[LabelledSpan]] = {"content": [], "source": [], "cue": []}
    for span in found:
        of_role[span.role].append(span)
    contents, sources, cues = of_role["content"], of_role["source"], of_role["cue"]
    if not contents and not cues:
        return ()
    chosen: dict[int, list[LabelledSpan]] = {number: [] for number in range(len(cues))}
    for content in contents:
        number: int | None = 0 if cues else None
        if len(cues) > 1:
            number = _best(_pointing(pointers, CONTENT_CUE, (content,)), cues, none=False)
        chosen.setdefault(-1 - content.start if number is None else number, []).append(content)
    linked = []
    for number, told in chosen.items():
        cue = cues[number] if number >= 0 else None
        source = None
        if sources:
            relation, asking = (CONTENT_SOURCE, told) if cue is None else (CUE_SOURCE, [cue])
            answer = _best(_pointing(pointers, relation, asking), sources, none=True)
            source = None if answer is None else sources[answer]
        linked.append(Linked(source, cue, tuple(told)))
    return tuple(sorted(linked, key=_place))


def _place(one: Linked) -> int:
    return one.cue.start if one.cue is not None else one.contents[0].start


def _pointing(pointers: Pointers, relation: int, asking: Sequence[LabelledSpan]) -> Scores:
    """Probabilities of where the words of some spans point: asking words x (words + 1); the last is nobody."""
    places = np.concatenate([np.arange(span.start, span.end) for span in asking])
    return pointing(
        pointers.askers[relation],
        pointers.answers[relation],
        pointers.nobody[relation],
        pointers.distance[relation],
        places,
    )


def pointing(askers: Scores, answers: Scores, nobody: Scores, distance: Scores, places: NDArray[np.int64]) -> Scores:
    """Probabilities of where some words point: asking words x (words + 1); the last is nobody.

    Args:
        askers: words x dimensions.
        answers: words x dimensions.
        nobody: the answer that stands for "none".
        distance: 2 x FARTHEST + 1, what being so many words before or after the asker adds to an answer.
        places: of the words that ask.
    """
    asking = askers[places]
    scores = np.empty((len(places), len(answers) + 1), np.float32)
    apart = np.arange(FARTHEST, len(answers) + FARTHEST) - places[:, None]
    scores[:, :-1] = product(asking, np.ascontiguousarray(answers).T) + distance.take(apart, mode="clip")
    scores[:, -1] = asking @ nobody
    return softmax(scores)


def _best(pointing: Scores, answering: Sequence[LabelledSpan], *, none: bool) -> int | None:
    """The number of the answering span most pointed at, or None; there must be one."""
    within = np.array([pointing[:, span.start : span.end].sum(1) for span in answering])
    totals = np.log(within + _LEAST).sum(1)
    best = int(totals.argmax())
    if none and float(np.log(pointing[:, -1] + _LEAST).sum()) > totals[best]:
        return None
    return best
