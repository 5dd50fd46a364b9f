"""The network's output on whole articles, through the same decoding as at run time."""

from __future__ import annotations

import importlib.util
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.annotating.attribution.assembling import Assembler, Attribution, Reading
from onrecord.annotating.attribution.coding import EventScores
from onrecord.annotating.attribution.decoding import Transitions
from onrecord.annotating.attribution.linking import Pointers
from onrecord.annotating.attribution.words import Stretch, WordReader
from training.attribution.batching import batch, windows
from training.attribution.corpus import Article, Marked, examples
from training.attribution.encoder import Network


@torch.no_grad()
def readings(network: Network, article: Article, reader: WordReader) -> tuple[list[Stretch], list[Reading]]:
    """What the network says of each stretch of an article."""
    nobody, distance = network.nobody.float().numpy(), network.distance.float().numpy()
    stretches, read = [], []
    for window in windows(list(examples(article, reader))):
        made = batch([window], reader.start_piece, reader.end_piece)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = network.encode(made.pieces, made.surfaces, made.mask)
        words = hidden.reshape(-1, hidden.shape[-1]).float()[made.places]
        (tags, askers, answers), names = network.heads(words), network.name_head(words)
        events = (network.type_head(words), network.modality_head(words), *network.parties(words))
        for number, one in enumerate(window):
            count = len(one.stretch.words)
            links = [found[number, :count].transpose(0, 1).numpy() for found in (askers, answers)]
            stretches.append(one.stretch)
            pointers = Pointers(links[0], links[1], nobody, distance)
            told = EventScores(*(scores[number, :count].numpy() for scores in events))
            read.append(Reading(tags[number, :count].numpy(), pointers, names[number, :count].numpy(), told))
    return stretches, read


def predict(network: Network, articles: Sequence[Article], reader: WordReader) -> dict[str, dict[str, Any]]:
    """Articles in the scorer's form."""
    assembler = _assembler(network)
    return {
        article.id: row(article, assembler(article.text, *readings(network, article, reader))) for article in articles
    }


def _assembler(network: Network) -> Assembler:
    between, first = network.between.detach().float().numpy(), network.first.detach().float().numpy()
    return Assembler(Transitions.constrained(between, first), (1.0, 0.0))


def row(article: Article, found: Sequence[Attribution | Marked]) -> dict[str, Any]:
    """One article in the scorer's form."""
    attributions = [{"source": one.source, "cue": one.cue, "content": one.content} for one in found]
    return {"id": article.id, "text": article.text, "attributions": attributions}


def calibration_rows(
    network: Network, articles: Sequence[Article], reader: WordReader, scorer: Any
) -> list[tuple[float, bool]]:
    """For every predicted attribution its mean log-odds, and whether it is right."""
    # Slope 1 and intercept 0: the confidence is the probability itself.
    rows = []
    assembler = _assembler(network)
    for article in articles:
        found = assembler(article.text, *readings(network, article, reader))
        right = _right(article, scorer, row(article, found))
        rows += [(_logit(one.confidence), told) for one, told in zip(found, right, strict=True)]
    return rows


def _logit(probability: float) -> float:
    inside = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))


def _right(gold: Article, scorer: Any, predicted: dict[str, Any]) -> list[bool]:
    """For each predicted attribution of an article, whether it counts as right in the scorer's combined measure."""
    _, told, found = scorer.load_pair(row(gold, gold.attributions), predicted)
    right = [False] * len(found)
    for g, p, overlap in scorer.match(told, found):
        right[p] = overlap >= scorer.PARTIAL and scorer.source_right(told[g], found[p])
    return right


def load_scorer(path: Path) -> Any:
    """The scorer's module."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_attribution"] = module
    spec.loader.exec_module(module)
    return module


def judge(scorer: Any, gold: Sequence[Article], predicted: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The scorer's headline figures."""
    result = scorer.score({one.id: row(one, one.attributions) for one in gold}, predicted)
    figures = {name: float(np.round(value, 4)) for name, value in scorer.headline(result).items()}
    for kind in ("direct", "indirect"):
        figures[f"combined F1 {kind}"] = round(result[kind]["combined"]["f1"], 4)
    for role in ("content", "source", "cue"):
        figures[f"span F1 {role}"] = round(result["span"][role]["f1"], 4)
    return figures
