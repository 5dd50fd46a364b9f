"""The weights of chains: what kind a phrase is, and how likely each earlier mention is its antecedent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.chains.kinds import KINDS
from onrecord.annotating.chains.pairs import CLASSES, COARSE, SIGNS, Ints, Pairs
from onrecord.errors import NotInstalled

Floats = NDArray[np.float32]

#: What the standardised vectors of spaCy are scaled by, so that 96 of them weigh about as much as the cues.
VECTOR_SCALE: Final = 0.3
UNIT: Final = 0.01
"""What a stored whole number stands for."""
#: What is taken off the score of "none", as a link left out costs more than a wrong one: between the two best of
#: 0, 0.5, 1, 1.5 and 2 on 13 training documents left out of the fitting (CoNLL mean .61, .640, .644, .63, .60;
#: 2026-11-27).
BOLDNESS: Final = 0.75
_WIDTH: Final = sum(size for _, size in SIGNS)
_STARTS: Final = np.cumsum([0, *(size for _, size in SIGNS)])[:-1].astype(np.int32)
_FINE: Final = CLASSES * CLASSES * _WIDTH
#: Weights of pairs: by how both name (ten ways each), and by how both name in three ways each.
PAIR_WEIGHTS: Final = _FINE + 9 * _WIDTH
_FOLDER, _FILE = "onrecord.models", "chains/weights.json"


def columns(pairs: Pairs, at: int, of: Ints) -> Ints:
    """The weights that count for a mention and each candidate: candidates x (2 x signs)."""
    signs = pairs.signs(at, of) + _STARTS
    fine = pairs.sort[at] * CLASSES + pairs.sort[of]
    coarse = COARSE[pairs.sort[at]] * 3 + COARSE[pairs.sort[of]]
    both = (fine[:, None] * _WIDTH + signs, _FINE + coarse[:, None] * _WIDTH + signs)
    return np.concatenate(both, 1).astype(np.int32)


@dataclass(frozen=True, slots=True)
class ChainModel:
    """Linear weights.

    Attributes:
        cues: row of each cue in `kinds`.
        kinds: cues + 1 x KINDS; the last row stands for cues that training had not seen.
        vectors: dimensions + 1 x KINDS, for the standardised vector of the head word and 1.
        mean, spread: by which vectors are standardised.
        pairs: one weight for each of `PAIR_WEIGHTS`.
        news: weights of the cues that a mention is the first of its chain.
    """

    cues: Mapping[str, int]
    kinds: Floats
    vectors: Floats
    mean: Floats
    spread: Floats
    pairs: Floats
    news: Mapping[str, float]

    def chances(self, told: Sequence[Sequence[str]], vectors: Floats) -> Floats:
        """How likely each of KINDS is for some phrases, from their cues and the vectors of their heads."""
        scores = standardised(vectors, self.mean, self.spread) @ self.vectors
        for at, one in enumerate(told):
            scores[at] += self.kinds[[self.cues[cue] for cue in one if cue in self.cues]].sum(0)
        powers = np.exp(scores - scores.max(1, keepdims=True))
        shares: Floats = powers / powers.sum(1, keepdims=True)
        return shares

    def link(self, pairs: Pairs) -> Ints:
        """Grow the chains; the number of each mention's chain.

        A mention goes to the earlier chain whose members together are the likeliest, if that is likelier than none:
        training counts every right antecedent.
        """
        for at in range(len(pairs.mentions)):
            of, told = pairs.apart(at, pairs.candidates(at)), pairs.news(at)
            if not len(of):
                continue
            none = sum(self.news.get(cue, 0.0) for cue in told) - BOLDNESS
            scores = self.pairs[columns(pairs, at, of)].sum(1)
            top = max(float(scores.max()), none)
            shares = np.bincount(pairs.chain[of], np.exp(scores - top))
            best = int(shares.argmax())
            if shares[best] > np.exp(none - top):
                pairs.join(at, best)
        return pairs.chain


def standardised(vectors: Floats, mean: Floats, spread: Floats) -> Floats:
    """Vectors of one scale, with a column of ones."""
    scaled = (vectors - mean) / spread * VECTOR_SCALE
    return np.concatenate([scaled, np.ones((len(vectors), 1), np.float32)], 1).astype(np.float32)


def stored(model: ChainModel) -> dict[str, Any]:
    """The weights as JSON: whole numbers of UNIT, small ones left out."""

    def whole(rows: Floats) -> Any:
        return np.rint(rows / UNIT).astype(int).tolist()

    pairs = {str(at): weight for at, weight in enumerate(whole(model.pairs)) if abs(weight) >= 3}
    kinds = {cue: row for cue, at in sorted(model.cues.items()) if max(map(abs, row := whole(model.kinds[at]))) >= 8}
    news = {cue: round(weight / UNIT) for cue, weight in sorted(model.news.items())}
    rounded = {name: np.round(rows, 4).tolist() for name, rows in (("mean", model.mean), ("spread", model.spread))}
    return {
        "kinds": list(KINDS), "signs": [list(sign) for sign in SIGNS], "unit": UNIT, "cues": kinds,
        "vectors": whole(model.vectors), **rounded, "news": {cue: weight for cue, weight in news.items() if weight},
        "pairs": pairs,
    }  # fmt: skip


def read(told: Mapping[str, Any]) -> ChainModel:
    """The weights of what `stored` gave.

    Raises:
        NotInstalled: they are of other signs or kinds than this version's.
    """
    if told["kinds"] != list(KINDS) or told["signs"] != [list(sign) for sign in SIGNS]:
        raise NotInstalled(
            f"models/{_FILE} has signs {told['signs']!r}, this version needs {[list(sign) for sign in SIGNS]!r}: "
            "reinstall onrecord, or fit them anew with `python -m training.chains`"
        )
    unit = float(told["unit"])
    pairs = np.zeros(PAIR_WEIGHTS, np.float32)
    pairs[[int(at) for at in told["pairs"]]] = [weight * unit for weight in told["pairs"].values()]
    return ChainModel(
        cues={cue: at for at, cue in enumerate(told["cues"])},
        kinds=np.array([*told["cues"].values(), [0] * len(KINDS)], np.float32) * unit,
        vectors=np.array(told["vectors"], np.float32) * unit,
        mean=np.array(told["mean"], np.float32),
        spread=np.array(told["spread"], np.float32),
        pairs=pairs,
        news={cue: weight * unit for cue, weight in told["news"].items()},
    )


@cache
def chain_model() -> ChainModel:
    """The model that ships, read once a process."""
    return read(json.loads(resources.files(_FOLDER).joinpath(_FILE).read_text(encoding="utf-8")))


__all__ = ["PAIR_WEIGHTS", "UNIT", "ChainModel", "Floats", "chain_model", "columns", "read", "standardised", "stored"]
