"""Fit the model of root types over cues, and say how well it does on sentences that it has not seen.

    python -m training.roots ../shared/bench/events/PLV_train.jsonl [--write]

A third of the sentences (by the hash of their id) is held out and only scored; `--write` then fits on all of them and
writes src/onrecord/models/roots/weights.json.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks._rows import Row, read_rows
from benchmarks.plover import parties_of
from numpy.typing import NDArray

from onrecord.annotating.events.cues import cues
from onrecord.annotating.events.typing import candidates_between
from onrecord.annotating.events.weighing import LEXICON_BONUS, SCALE, RootModel
from onrecord.model import EventType

OUT = Path(__file__).resolve().parents[2] / "src" / "onrecord" / "models" / "roots" / "weights.json"
#: Chosen by cross-validation over the sentences that are not held out (2026-11-22).
_SEEN_LEAST, _STEPS, _PULL, _RATE = 2, 60, 1e-3, 0.05
_YIELD = {"YIELD": "CONCEDE", "RETREAT": "CONCEDE"}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence's two parties: the gold type, what the lexicon chose, and the cues."""

    sentence: str
    gold: str
    lexicon: str | None
    cues: frozenset[str]


def example(row: Row) -> Example:
    """One row of PLV."""
    parsed, source, target = parties_of(row)
    found = candidates_between(parsed, source, target)
    told = cues(parsed, source, target, [(c.kind.value, c.lemma, c.score) for c in found])
    chosen = found[0].kind.value if found else None
    gold: str = row["gold_root"]
    found_type = None if chosen is None else _YIELD.get(chosen, chosen)
    return Example(row["sentence_id"], _YIELD.get(gold, gold), found_type, told)


def held_out(one: Example) -> bool:
    """Whether the example is scored only."""
    return int(hashlib.sha256(one.sentence.encode()).hexdigest(), 16) % 3 == 0


def fit(examples: Sequence[Example]) -> RootModel:
    """Softmax regression with a small pull to zero, by Adam on all examples at once; rare types weigh more."""
    types = sorted({one.gold for one in examples})
    counted = Counter(cue for one in examples for cue in one.cues)
    rows = {cue: at for at, cue in enumerate(sorted(c for c, n in counted.items() if n >= _SEEN_LEAST))}
    shown = np.zeros((len(examples), len(rows) + 1), np.float32)
    for at, one in enumerate(examples):
        known = [rows[cue] for cue in sorted(one.cues) if cue in rows]
        shown[at, known] = SCALE / np.sqrt(max(len(known), 1))
    shown[:, -1] = 1.0
    gold = np.array([types.index(one.gold) for one in examples])
    wanted = np.eye(len(types), dtype=np.float32)[gold]
    often = np.bincount(gold, minlength=len(types))
    weigh = np.sqrt(len(gold) / len(types) / np.maximum(often, 1))[gold][:, None].astype(np.float32)
    return RootModel(tuple(map(EventType, types)), rows, _descend(shown, wanted, weigh))


def _descend(
    shown: NDArray[np.float32], wanted: NDArray[np.float32], weigh: NDArray[np.float32]
) -> NDArray[np.float32]:
    weights = np.zeros((shown.shape[1], wanted.shape[1]), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = shown @ weights
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        slope = shown.T @ ((shares - wanted) * weigh) / len(shown)
        slope[:-1] += _PULL * weights[:-1]
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope * slope
        weights -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def chosen(model: RootModel, one: Example) -> str:
    """The type that the model and the lexicon give together."""
    shares = model.probabilities(one.cues)
    if one.lexicon is not None:
        shares[EventType(one.lexicon)] += LEXICON_BONUS
    return max(shares, key=lambda kind: (shares[kind], kind.value)).value


def macro_f1(gold: Sequence[str], found: Sequence[str | None]) -> float:
    """The mean over the gold's types of their f1."""
    shares = []
    for kind in sorted(set(gold)):
        both = sum(a == kind == b for a, b in zip(gold, found, strict=True))
        shares.append(2 * both / (sum(a == kind for a in gold) + sum(b == kind for b in found)))
    return sum(shares) / len(shares)


def write(model: RootModel, path: Path) -> None:
    """Write the weights as small whole numbers with one unit; the file is the same for the same model."""
    unit = float(np.abs(model.weights).max()) / 127
    rows = np.round(model.weights / unit).astype(np.int8).tolist()
    stored = {
        "types": [kind.value for kind in model.types],
        "unit": unit,
        "always": rows[-1],
        "cues": dict(zip(model.rows, rows[:-1], strict=True)),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """Read, fit on two thirds, score the third, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, metavar="PLV_train.jsonl")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    examples = [example(row) for row in read_rows(args.rows)]
    seen, unseen = [e for e in examples if not held_out(e)], [e for e in examples if held_out(e)]
    model, gold = fit(seen), [e.gold for e in unseen]
    sys.stdout.write(f"held out {len(unseen)}: lexicon {macro_f1(gold, [e.lexicon for e in unseen]):.3f}")
    sys.stdout.write(f", with the model {macro_f1(gold, [chosen(model, e) for e in unseen]):.3f}\n")
    if args.write:
        write(fit(examples), OUT)


if __name__ == "__main__":
    main()
