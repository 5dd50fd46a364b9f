"""How sure an event's type and its modality are: shares of right ones among those found in news that taught nothing.

Counted over 1,591 events found where coders had marked 2,565 (2026-11-27: `benchmarks.events`, parts "held" and
"later", and the texts of Reuters and PolNeAR that `training.attribution.coding` holds out), by how likely the event
head of the network takes the word for an event of that type. Where it takes it for another, a frame of the lexicon is
right one time in three. A right and a wrong one are added to each count, so that nothing is certain.

Counted on "later" and tried on the rest, the expected calibration error is 0.064, and the surer half is right 0.88 of
the time, the other half 0.50; the other way round 0.076, 0.82 and 0.49. Confidences counted on our own sentences had
0.135 and 0.163, and did not tell the halves apart.
"""

from dataclasses import dataclass
from typing import Final, Literal, Self

from onrecord.annotating.attribution import Hint
from onrecord.model import EventType, Modality

Teller = Literal["frame", "head", "words"]
"""What tells an event: a frame of the lexicon, the head alone, or words of promise and demand that have no frame."""
Counted = tuple[int, int]
"""How many were found, and how many of them were right."""

#: From a chance of the type on.
_BY_CHANCE: Final[dict[str, tuple[tuple[float, Counted], ...]]] = {
    "frame": (
        (0.9, (328, 310)),
        (0.8, (219, 193)),
        (0.6, (215, 170)),
        (0.4, (144, 101)),
        (0.2, (96, 65)),
        (0.0, (90, 44)),
    ),
    "head": ((0.9, (67, 61)), (0.8, (69, 56)), (0.7, (43, 29)), (0.6, (33, 19)), (0.0, (70, 32))),
}
_BY_WORDS: Final[Counted] = (86, 44)
_OTHER_TYPE: Final[Counted] = (120, 37)
_NO_EVENT: Final[Counted] = (11, 3)
#: By whether the head's likeliest modality is the one found, or is another.
_ACTUAL: Final = (883, 849), (47, 21)
_ALLEGED: Final = (15, 8), (13, 6)
_NOT_YET: Final = (137, 127), (25, 16)
_HOW_BY_WORDS: Final[Counted] = (44, 38)


@dataclass(frozen=True, slots=True)
class Confidence:
    """The confidence of an event's two decisions, each 0..1, and of both together."""

    type: float
    modality: float
    both: float

    @classmethod
    def of(cls, kind: EventType, modality: Modality, hint: Hint | None, *, by: Teller) -> Self:
        """The confidence of an event.

        Args:
            kind: its type.
            modality: the one found.
            hint: what the head says of its word.
            by: what tells it.

        >>> Confidence.of(EventType.AGREE, Modality.PLANNED, None, by="words")
        Confidence(type=0.51, modality=0.85, both=0.43)
        """
        sure, told = _share(_counted(kind, hint, by)), _share(_modality(modality, hint, by))
        return cls(sure, told, round(sure * told, 2))


def _counted(kind: EventType, hint: Hint | None, by: Teller) -> Counted:
    if by == "words":
        return _BY_WORDS
    if hint is None:
        return _NO_EVENT
    if hint.type is not kind:
        return _OTHER_TYPE
    chance = hint.chance * hint.share
    return next(counted for least, counted in _BY_CHANCE[by] if chance >= least)


def _modality(modality: Modality, hint: Hint | None, by: Teller) -> Counted:
    if by == "words":
        return _HOW_BY_WORDS
    counted = {Modality.ACTUAL: _ACTUAL, Modality.ALLEGED: _ALLEGED}.get(modality, _NOT_YET)
    return counted[0 if hint is not None and hint.modality[0] is modality else 1]


def _share(counted: Counted) -> float:
    found, right = counted
    return round((right + 1) / (found + 2), 2)
