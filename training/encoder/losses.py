"""The losses of the heads on one batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from onrecord.annotating.attribution.linking import FARTHEST
from training.attribution.corpus import NOBODY, NOT_ASKED
from training.attribution.encoder import crf_loss
from training.encoder.batching import Batch, padded, padded_targets, pairing
from training.encoder.examples import UNKNOWN
from training.encoder.network import SharedNetwork

_IMPOSSIBLE = -1e4
WEIGHTS = {
    "attribution": 1.0, "arcs": 0.7, "relations": 0.4, "tags": 0.4, "parts": 0.1, "names": 0.5, "begins": 0.2,
    "mentions": 1.0, "edges": 0.4, "coreference": 0.6, "events": 0.5,
}  # fmt: skip


def states(network: SharedNetwork, made: Batch) -> Tensor:
    """The states of the words, stretches x words x width."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = network.encode(made.pieces, made.surfaces, made.mask)
    return hidden.reshape(-1, hidden.shape[-1]).float()[made.places]


def distances(words: int) -> Tensor:
    """Words x words: the column of the distance table for an asker (row) and an answer (column)."""
    places = torch.arange(words)
    return (places - places[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST


def attribution_loss(network: SharedNetwork, made: Batch, words: Tensor) -> Tensor:
    """Token cross-entropy, CRF likelihood and pointer loss."""
    count = made.present.shape[1]
    labels = padded([one.labels for one in made.examples], count, 0)
    targets = padded_targets(made.examples, count)
    tags, askers, answers = network.heads(words)
    present = made.present
    plain = functional.cross_entropy(tags[present], labels[present], label_smoothing=0.02)
    chained = crf_loss(tags, labels, present, network.between, network.first) / present.sum()
    scores = torch.einsum("swrd,svrd->srwv", askers, answers) + network.distance[:, distances(count)]
    scores = scores.masked_fill(~present[:, None, None, :], _IMPOSSIBLE)
    none = torch.einsum("swrd,rd->srw", askers, network.nobody)[..., None]
    start, end = targets[..., 0, None], targets[..., 1, None]
    columns = torch.arange(count + 1)
    right = (columns >= start) & (columns < end)
    right[..., -1] = start[..., 0] == NOBODY
    likely = torch.cat([scores, none], -1).log_softmax(-1).masked_fill(~right, _IMPOSSIBLE)
    return plain + chained - torch.logsumexp(likely, -1)[targets[..., 0] != NOT_ASKED].mean()


def grammar_losses(network: SharedNetwork, made: Batch, words: Tensor) -> dict[str, Tensor]:
    """Arcs within the teacher's sentences, relations to its heads, and the labels of words."""
    count = made.present.shape[1]
    found: dict[str, Tensor] = {}
    scored = network.word_head(functional.dropout(words, network.dropout, network.training)).split(network.sizes, -1)
    for name, scores in zip(("tags", "parts", "names", "begins"), scored, strict=True):
        gold = padded([getattr(one.grammar, name) for one in made.examples], count)
        found[name] = functional.cross_entropy(scores.transpose(1, 2), gold, ignore_index=UNKNOWN)
    heads = padded([one.grammar.heads for one in made.examples], count)
    sentences = padded([one.grammar.sentences for one in made.examples], count, -1)
    together = sentences[:, :, None] == sentences[:, None, :]
    arcs = network.arcs(words).masked_fill(~together, _IMPOSSIBLE)
    found["arcs"] = functional.cross_entropy(arcs.transpose(1, 2), heads, ignore_index=UNKNOWN)
    related = network.relations(words, heads.clamp(min=0))
    gold = padded([one.grammar.relations for one in made.examples], count).masked_fill(heads == UNKNOWN, UNKNOWN)
    found["relations"] = functional.cross_entropy(related.transpose(1, 2), gold, ignore_index=UNKNOWN)
    return found


def mention_losses(network: SharedNetwork, made: Batch, words: Tensor, tags: list[str]) -> dict[str, Tensor]:
    """Mentions by head word, their edges, and their antecedents within each text of the batch."""
    count = made.present.shape[1]
    labels = torch.zeros((len(made.examples), count), dtype=torch.long).masked_fill(~made.present, UNKNOWN)
    rows, heads, firsts, lasts = [], [], [], []
    for row, one in enumerate(made.examples):
        for mention in one.mentions or ():
            labels[row, mention.head] = mention.label
            rows.append(row)
            heads.append(mention.head)
            firsts.append(mention.first)
            lasts.append(mention.last)
    found = {
        "mentions": functional.cross_entropy(network.mention_head(words).transpose(1, 2), labels, ignore_index=UNKNOWN)
    }
    if not rows:
        return found
    edges = network.edges(words).masked_fill(~made.present[:, None, None, :], _IMPOSSIBLE)
    asked = edges[torch.tensor(rows), :, torch.tensor(heads)]
    found["edges"] = functional.cross_entropy(asked[:, 0], torch.tensor(firsts)) + functional.cross_entropy(
        asked[:, 1], torch.tensor(lasts)
    )
    texts: dict[str, list[tuple[int, object]]] = {}
    for row, one in enumerate(made.examples):
        texts.setdefault(one.text, []).append((row, one))
    total, mentions = words.new_zeros(()), 0
    for parts in texts.values():
        where, pairs, alone, right = pairing(parts, tags)  # type: ignore[arg-type]
        if not len(where):
            continue
        here = functional.dropout(words[where[:, 0], where[:, 1]], network.dropout, network.training)
        scores = network.antecedents(here, pairs, alone)
        allowed = torch.ones_like(scores, dtype=torch.bool).tril(-1)
        allowed[:, -1] = True
        likely = scores.masked_fill(~allowed, _IMPOSSIBLE).log_softmax(-1).masked_fill(~right, _IMPOSSIBLE)
        total = total - torch.logsumexp(likely, -1).sum()
        mentions += len(where)
    found["coreference"] = total / max(1, mentions)
    return found


def pooled(words: Tensor, chosen: list[list[int]]) -> Tensor:
    """Mean state of some words of each stretch."""
    weights = torch.zeros(words.shape[:2])
    for row, places in enumerate(chosen):
        weights[row, places] = 1 / len(places)
    return torch.einsum("sw,swd->sd", weights, words)
