"""How sure an event's type and its modality are: shares of right ones among those found on our own sentences.

Counted with `benchmarks.modality` over both halves (2026-11-27, 488 events found), a right and a wrong one added to
each count so that nothing is certain. Sentences of a report are longer than those: read the figures as an order, and as
an upper bound.
"""

from dataclasses import dataclass
from typing import Self

from onrecord.model import Modality

#: Right and wrong types by what tells the event.
_BY_VERB, _BY_NOUN, _INFERRED = (426, 25), (27, 1), (7, 2)
#: Right and wrong modalities by the modality found.
_MODALITIES = {
    Modality.ACTUAL: (263, 19),
    Modality.ALLEGED: (24, 0),
    Modality.CONDITIONAL: (32, 1),
    Modality.DEMANDED: (37, 0),
    Modality.DENIED: (36, 3),
    Modality.PLANNED: (70, 3),
}


@dataclass(frozen=True, slots=True)
class Confidence:
    """The confidence of an event's two decisions, each 0..1, and of both together."""

    type: float
    modality: float
    both: float

    @classmethod
    def of(cls, modality: Modality, *, by_verb: bool, inferred: bool, chance: float | None = None) -> Self:
        """The confidence of an event.

        Args:
            modality: the one found.
            by_verb: whether a verb tells it, not a noun.
            inferred: whether a party was taken from the words around.
            chance: of the type, where the network's event head alone tells it.

        >>> Confidence.of(Modality.PLANNED, by_verb=True, inferred=False)
        Confidence(type=0.94, modality=0.95, both=0.89)
        """
        kind = _share(_INFERRED if inferred else _BY_VERB if by_verb else _BY_NOUN)
        kind = kind if chance is None else min(kind, round(chance, 2))
        told = _share(_MODALITIES[modality])
        return cls(kind, told, round(kind * told, 2))


def _share(counted: tuple[int, int]) -> float:
    right, wrong = counted
    return round((right + 1) / (right + wrong + 2), 2)
