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

from onrecord.annotating.attribution.decoding import LabelledSpan, Role, Scores, softmax

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
    probabilities = [_probabilities(pointers, relation) for relation in range(RELATIONS)]
    chosen: dict[int, list[LabelledSpan]] = {number: [] for number in range(len(cues))}
    for content in contents:
        number = _best(probabilities[CONTENT_CUE], (content,), cues, none=False)
        chosen.setdefault(-1 - content.start if number is None else number, []).append(content)
    linked = []
    for number, told in chosen.items():
        cue = cues[number] if number >= 0 else None
        source = _source(probabilities, told, cue, sources)
        linked.append(Linked(source, cue, tuple(told)))
    return tuple(sorted(linked, key=_place))


def _place(one: Linked) -> int:
    return one.cue.start if one.cue is not None else one.contents[0].start


def _source(
    probabilities: Sequence[Scores],
    contents: Sequence[LabelledSpan],
    cue: LabelledSpan | None,
    sources: Sequence[LabelledSpan],
) -> LabelledSpan | None:
    if cue is not None:
        number = _best(probabilities[CUE_SOURCE], (cue,), sources, none=True)
    else:
        number = _best(probabilities[CONTENT_SOURCE], contents, sources, none=True)
    return None if number is None else sources[number]


def _probabilities(pointers: Pointers, relation: int) -> Scores:
    """Words x (words + 1): who points where; the last column is nobody."""
    answers = np.concatenate([pointers.answers[relation], pointers.nobody[relation][None]])
    scores = np.asarray(pointers.askers[relation] @ answers.T, np.float32)
    places = np.arange(len(scores))
    apart = np.clip(places - places[:, None], -FARTHEST, FARTHEST) + FARTHEST
    scores[:, :-1] += pointers.distance[relation][apart]
    return softmax(scores)


def _best(
    probability: Scores, asking: Sequence[LabelledSpan], answering: Sequence[LabelledSpan], *, none: bool
) -> int | None:
    """The number of the answering span most pointed at, or None."""
    rows = np.concatenate([probability[span.start : span.end] for span in asking])
    totals = [float(np.log(rows[:, span.start : span.end].sum(1) + _LEAST).mean()) for span in answering]
    if not totals:
        return None
    best = int(np.argmax(totals))
    if none and float(np.log(rows[:, -1] + _LEAST).mean()) > totals[best]:
        return None
    return best
