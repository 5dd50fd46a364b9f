"""Train the attribution tagger and write the folder that ships.

    python -m training.attribution ../shared/bench/attribution src/onrecord/models/attribution

The first argument is a folder with `train.jsonl`, `dev.jsonl`, `multi.jsonl` and `score_attribution.py`. Two stages:
PolNeAR alone, then PolNeAR and our own world-news paragraphs (`own.txt`, three times). Seeds are fixed; floating
point sums depend on the number of threads, so another machine gives weights of like quality, not the same bytes.
About 1,700 steps of 16 windows: an hour on two cores of an AMD EPYC with avx512_bf16.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from onrecord.annotating.attribution.decoding import LABELS
from onrecord.annotating.attribution.linking import CONTENT_CUE, FARTHEST
from onrecord.annotating.attribution.words import WordReader
from training.attribution.corpus import Article, read_jsonl, read_own
from training.attribution.encoder import Network, base_folder
from training.attribution.fitting import Recipe, fit
from training.attribution.judging import calibration_rows, judge, load_scorer, predict
from training.attribution.packaging import calibrate, calibration_error, sums, write

_LOG = logging.getLogger("training.attribution")
FIRST = Recipe(epochs=4, stop_after=2, rate=1.5e-4, pointer_weight=0.3, seed=1)
SECOND = Recipe(epochs=2.2, rate=1e-4, pointer_weight=1.0, seed=2)
OTHER_ANNOTATORS = 32
"""How many further annotators' versions of articles of train are taken from `multi`."""


def training_articles(folder: Path) -> list[Article]:
    """Train, and a sample of the other annotators' versions of the same articles; nothing of dev."""
    train = read_jsonl(folder / "train.jsonl")
    held_out = {article.id for article in read_jsonl(folder / "dev.jsonl")}
    known = {(article.id, article.attributions) for article in train}
    others = [
        article
        for article in read_jsonl(folder / "multi.jsonl")
        if article.id not in held_out and (article.id, article.attributions) not in known
    ]
    random.Random(0).shuffle(others)
    return train + others[:OTHER_ANNOTATORS]


@torch.no_grad()
def tune(network: Network) -> None:
    """Tilt two scores as measured on PolNeAR dev (2026-11-22).

    "No label" 0.2 up: alpha 0.8005 to 0.8059, combined f1 0.7389 to 0.7400; 0.4 and -0.2 are worse. A cue each word
    further from its content 0.2 down: combined f1 0.7409; the same for sources is worse (0.7288).
    """
    network.tag_head.bias[LABELS.index("O")] += 0.2
    words_apart = (torch.arange(2 * FARTHEST + 1) - FARTHEST).abs()
    network.distance[CONTENT_CUE] -= 0.2 * words_apart


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, judge, calibrate, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--weights", type=Path, help="where to keep the unquantised weights, and to take them from")
    told = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    reader = WordReader(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    dev, scorer = read_jsonl(told.corpus / "dev.jsonl"), load_scorer(told.corpus / "score_attribution.py")
    if told.weights and told.weights.exists():
        network = Network()
        network.load_state_dict(torch.load(told.weights))
    else:
        network = _train(told.corpus, dev, reader, scorer)
        if told.weights:
            torch.save(network.state_dict(), told.weights)
    network.eval()
    tune(network)
    finish(network, dev, reader, scorer, told.output)


def finish(network: Network, dev: Sequence[Article], reader: WordReader, scorer: object, output: Path) -> None:
    """Calibrate, and write the folder that ships."""
    rows = calibration_rows(network, dev, reader, scorer)
    calibration = calibrate(rows)
    # What it is worth on articles it was not fitted on: two halves, crosswise.
    halves = (rows[: len(rows) // 2], rows[len(rows) // 2 :])
    crossed = [calibration_error(other, calibrate(one)) for one, other in (halves, halves[::-1])]
    _LOG.info("calibration %s, expected error %.3f and %.3f", calibration, *crossed)
    write(network, output, calibration)
    _LOG.info("%s", json.dumps(sums(output), indent=1))


def _train(corpus: Path, dev: Sequence[Article], reader: WordReader, scorer: object) -> Network:
    def report(network: Network, epoch: int) -> None:
        _LOG.info("epoch %d %s", epoch, json.dumps(judge(scorer, dev, predict(network, dev, reader))))

    articles = training_articles(corpus)
    own = read_own(Path(__file__).parent / "own.txt")
    network = Network()
    network.load_base()
    network = fit(network, articles, reader, FIRST, report)
    return fit(network, articles + 3 * own, reader, SECOND, report)


if __name__ == "__main__":
    main()
