"""The network's output on whole articles, through the same decoding as at run time."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.annotating.attribution.assembling import Assembler, Attribution, Reading
from onrecord.annotating.attribution.decoding import Transitions
from onrecord.annotating.attribution.linking import Pointers
from onrecord.annotating.attribution.words import Stretch, WordReader
from training.attribution.batching import batch, windows
from training.attribution.corpus import Article, examples
from training.attribution.encoder import Network


@torch.no_grad()
def readings(network: Network, article: Article, reader: WordReader) -> tuple[list[Stretch], list[Reading]]:
    """What the network says of each stretch of an article."""
    nobody = network.nobody.float().numpy()
    stretches, read = [], []
    for window in windows(list(examples(article, reader))):
        made = batch([window], reader.start_piece, reader.end_piece)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = network.encode(made.pieces, made.surfaces, made.mask)
        tags, askers, answers = network.heads(hidden.reshape(-1, hidden.shape[-1]).float()[made.places])
        for number, one in enumerate(window):
            count = len(one.stretch.words)
            links = [found[number, :count].transpose(0, 1).numpy() for found in (askers, answers)]
            stretches.append(one.stretch)
            read.append(Reading(tags[number, :count].numpy(), Pointers(links[0], links[1], nobody)))
    return stretches, read


def predict(network: Network, articles: Sequence[Article], reader: WordReader) -> dict[str, dict[str, Any]]:
    """Articles in the scorer's form."""
    between, first = network.between.detach().float().numpy(), network.first.detach().float().numpy()
    assembler = Assembler(Transitions.constrained(between, first), (1.0, 0.0))
    return {
        article.id: row(article, assembler(article.text, *readings(network, article, reader))) for article in articles
    }


def row(article: Article, found: Sequence[Attribution]) -> dict[str, Any]:
    """One article in the scorer's form."""
    attributions = [{"source": one.source, "cue": one.cue, "content": one.content} for one in found]
    return {"id": article.id, "text": article.text, "attributions": attributions}


def judge(scorer: Path, gold: Sequence[Article], predicted: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The scorer's headline figures."""
    spec = importlib.util.spec_from_file_location("score_attribution", scorer)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(scorer)
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_attribution"] = module
    spec.loader.exec_module(module)
    articles = {
        one.id: {
            "id": one.id,
            "text": one.text,
            "attributions": [
                {"source": list(a.source), "cue": list(a.cue), "content": list(a.content)} for a in one.attributions
            ],
        }
        for one in gold
    }
    result = module.score(articles, predicted)
    figures = {name: float(np.round(value, 4)) for name, value in module.headline(result).items()}
    for kind in ("direct", "indirect"):
        figures[f"combined F1 {kind}"] = round(result[kind]["combined"]["f1"], 4)
    for role in ("content", "source", "cue"):
        figures[f"span F1 {role}"] = round(result["span"][role]["f1"], 4)
    return figures
