"""Give a trained attribution network a name head: the third stage.

    python -m training.attribution.with_names ../shared/bench START.pt KEPT src/onrecord/models/attribution

START.pt are the weights to go on from (`training.attribution.reopening`, or `--weights` of `training.attribution`).
PolNeAR with attributions and names, and plain news with names only, together; every epoch's averaged weights are kept
in the folder KEPT as `epoch-N.pt`, with its figures in the log; the last ones ship, and are not fitted again where they
are there. Names are told by spaCy's small model.
2,157 steps: 55 minutes on one core of an AMD EPYC.
"""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from onrecord.annotating.attribution.words import WordReader
from training.attribution.__main__ import training_articles
from training.attribution.batching import batch, windows
from training.attribution.corpus import UNKNOWN, Article, examples, read_own
from training.attribution.encoder import Network
from training.attribution.fitting import Recipe, fit
from training.attribution.naming import halves, plain_articles, with_names
from training.attribution.setting import Setting, stage_arguments

_LOG = logging.getLogger("training.attribution.with_names")
RECIPE = Recipe(epochs=3, rate=8e-5, attribution_rate=3e-4, score_rate=5e-4, pointer_weight=1.0, warmup=0.04, seed=5)


@torch.no_grad()
def name_figures(network: Network, articles: Sequence[Article], reader: WordReader) -> dict[str, float]:
    """Agreement with the teacher on words: f1 of words of names with their kind, and of being one of the six kinds."""
    right = told = gold = 0
    for article in articles:
        for window in windows(list(examples(article, reader))):
            made = batch([window], reader.start_piece, reader.end_piece)
            with torch.autocast("cpu", torch.bfloat16):
                hidden = network.encode(made.pieces, made.surfaces, made.mask)
            best = network.name_head(hidden.reshape(-1, hidden.shape[-1]).float()[made.places]).argmax(-1)
            known = made.names != UNKNOWN
            right += int(((best == made.names) & known & (best > 0)).sum())
            told += int(((best > 0) & known).sum())
            gold += int((made.names > 0).sum())
    return {"names f1": float(np.round(2 * right / max(1, told + gold), 4))}


def named_articles(bench: Path) -> tuple[list[Article], list[Article]]:
    """The articles to learn from, in an order that is fixed, and the plain ones that are held out."""
    corpus = bench / "attribution"
    own = read_own(Path(__file__).parent / "own.txt")
    attributed = training_articles(corpus)
    plain = plain_articles(bench)
    named = with_names([*attributed, *own, *plain])
    split = list(halves(named[len(attributed) + len(own) :]))
    learnt = [*named[: len(attributed)], *3 * named[len(attributed) : len(attributed) + len(own)]]
    learnt += [article for article, out in split if not out]
    random.Random(0).shuffle(learnt)
    return learnt, [article for article, out in split if out]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and keep."""
    told = stage_arguments(__doc__, RECIPE.threads).parse_args(arguments)
    setting = Setting.of(told)
    last = setting.kept / f"epoch-{math.ceil(RECIPE.epochs)}.pt"
    if not last.exists():
        network = Network.of(torch.load(told.start), whole=False)
        learnt, held = named_articles(setting.bench)
        say = setting.report(_LOG, lambda average: name_figures(average, held, setting.reader))

        def report(average: Network, epoch: int) -> None:
            torch.save(average.state_dict(), setting.kept / f"epoch-{epoch}.pt")
            say(average, epoch)

        fit(network, learnt, setting.reader, replace(RECIPE, threads=told.threads), report)
    setting.finish(Network.of(torch.load(last)))


if __name__ == "__main__":
    main()
