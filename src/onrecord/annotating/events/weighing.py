"""A linear model over cues: how likely each root type is for two given parties. Trained by `training.roots`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from onrecord.model import EventType

#: What the lexicon's own choice adds to the model's probability. By three-fold cross-validation over two thirds of
#: PLV_train (2026-11-22): macro f1 of the lexicon alone .765, of the model alone .747, of both .803 (.1 .779, .4 .796).
LEXICON_BONUS = 0.2
#: Where no frame of the lexicon fits, a type less likely than this is no type.
UNSURE = 0.35
#: The length that a row of cues is scaled to.
SCALE = 3.0
_FOLDER, _FILE = "onrecord.models", "roots/weights.json"


@dataclass(frozen=True, slots=True)
class RootModel:
    """Weights of each cue for each type.

    Attributes:
        types: in the order of the weights' columns; CONCEDE stands for CONCEDE and RETREAT, which PLV has as one.
        rows: index of each cue's row of `weights`; the last row is what is added whatever the cues.
        weights: float array of cues + 1 by types.
    """

    types: tuple[EventType, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]

    def probabilities(self, cues: Iterable[str]) -> dict[EventType, float]:
        """How likely each type is, summing to 1."""
        at = sorted({self.rows[cue] for cue in cues if cue in self.rows})
        scores = self.weights[-1].astype(np.float64)
        if at:
            scores = scores + self.weights[at].astype(np.float64).sum(axis=0) * (SCALE / np.sqrt(len(at)))
        powers = np.exp(scores - scores.max())
        return {kind: float(share) for kind, share in zip(self.types, powers / powers.sum(), strict=True)}


@cache
def root_model() -> RootModel:
    """The model that ships, read once a process."""
    stored = json.loads(resources.files(_FOLDER).joinpath(_FILE).read_text(encoding="utf-8"))
    types, names = tuple(map(EventType, stored["types"])), list(stored["cues"])
    rows = np.array([*stored["cues"].values(), stored["always"]], np.float32)
    weights = rows * float(stored["unit"])
    return RootModel(types, MappingProxyType({name: at for at, name in enumerate(names)}), weights)
