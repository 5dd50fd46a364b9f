"""The training loop: AdamW with layerwise decay, exponential moving average, bfloat16 where it helps."""

from __future__ import annotations

import copy
import logging
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotating.attribution.linking import FARTHEST
from onrecord.annotating.attribution.words import WordReader
from training.attribution.augmenting import augment
from training.attribution.batching import Batch, Window, batch, pointer_masks, windows
from training.attribution.corpus import UNKNOWN, Article, examples
from training.attribution.encoder import LAYERS, Network, crf_loss
from training.attribution.naming import renamed

_LOG = logging.getLogger(__name__)
_SCORES = frozenset({"between", "first", "distance", "aside"})


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made of. `stop_after` ends it early, in the middle of the falling learning rate."""

    epochs: float = 4
    stop_after: int | None = None
    windows_a_batch: int = 16
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    score_rate: float = 5e-3
    layer_decay: float = 0.9
    warmup: float = 0.06
    averaging: float = 0.995
    pointer_weight: float = 1.0
    name_weight: float = 1.0
    event_weight: float = 2.0
    attribution_rate: float = 1e-3
    seed: int = 1
    threads: int = 2


def loss(network: Network, made: Batch, recipe: Recipe) -> Tensor:
    """Token cross-entropy, CRF likelihood and pointer loss of attributions, those of names and events; word means."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = network.encode(made.pieces, made.surfaces, made.mask)
    words = hidden.reshape(-1, hidden.shape[-1]).float()[made.places]
    named = network.name_head(functional.dropout(words, network.dropout, network.training))
    told = made.labels[:, 0] != UNKNOWN
    total = words.new_zeros(())
    if (made.names != UNKNOWN).any():
        total = total + recipe.name_weight * functional.cross_entropy(
            named.transpose(1, 2), made.names, ignore_index=UNKNOWN, label_smoothing=0.02
        )
    if (made.types != UNKNOWN).any():
        total = total + recipe.event_weight * event_loss(network, made, words)
    if told.any():
        total = total + attribution_loss(network, made, words, told, recipe.pointer_weight)
    return total


def event_loss(network: Network, made: Batch, words: Tensor) -> Tensor:
    """Cross-entropy of the type of each word that a coder has read, and of the modality and sides of each event."""
    shown = functional.dropout(words, network.dropout, network.training)
    told = functional.cross_entropy(
        network.type_head(shown).transpose(1, 2), made.types, ignore_index=UNKNOWN, label_smoothing=0.02
    )
    if not (made.types > 0).any():
        return told
    how = functional.cross_entropy(
        network.modality_head(shown).transpose(1, 2), made.modalities, ignore_index=UNKNOWN, label_smoothing=0.02
    )
    asks, right = pointer_masks(made.sides)
    if not asks.any():
        return told + 0.2 * how
    askers, answers = network.parties(words)
    likely = links(network, askers, answers, made.present).masked_fill(~right, -1e4)
    return told + 0.2 * how - 0.2 * torch.logsumexp(likely, -1)[asks].mean()


def links(network: Network, askers: Tensor, answers: Tensor, present: Tensor) -> Tensor:
    """Log-probabilities of where each word's event has its sides: stretches x sides x words x (words + 1)."""
    scores = torch.einsum("swrd,svrd->srwv", askers, answers) + network.aside[:, distances(present.shape[1])]
    scores = scores.masked_fill(~present[:, None, None, :], -1e4)
    none = torch.einsum("swrd,rd->srw", askers, network.unnamed)[..., None]
    return torch.cat([scores, none], -1).log_softmax(-1)


def attribution_loss(network: Network, made: Batch, words: Tensor, told: Tensor, pointer_weight: float) -> Tensor:
    """The loss on the stretches that are `told`."""
    tags, askers, answers = network.heads(words[told])
    present, labels = made.present[told], made.labels[told]
    plain = functional.cross_entropy(tags[present], labels[present], label_smoothing=0.02)
    chained = crf_loss(tags, labels, present, network.between, network.first) / present.sum()
    asks, right = pointer_masks(made.targets[told])
    scores = torch.einsum("swrd,svrd->srwv", askers, answers) + network.distance[:, distances(present.shape[1])]
    scores = scores.masked_fill(~present[:, None, None, :], -1e4)
    none = torch.einsum("swrd,rd->srw", askers, network.nobody)[..., None]
    likely = torch.cat([scores, none], -1).log_softmax(-1).masked_fill(~right, -1e4)
    return plain + chained - pointer_weight * torch.logsumexp(likely, -1)[asks].mean()


def distances(words: int) -> Tensor:
    """Words x words: the column of the distance table for an asker (row) and an answer (column)."""
    places = torch.arange(words)
    return (places - places[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST


def groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    """Parameter groups: lower layers move less; the word table does not move; no decay of norms and biases."""
    made: list[dict[str, object]] = []
    for name, parameter in network.named_parameters():
        if name.startswith("word_table"):
            parameter.requires_grad = False
            continue
        if name in _SCORES:
            rate = recipe.score_rate
        elif name.startswith("layers."):
            rate = recipe.rate * recipe.layer_decay ** (LAYERS - 1 - int(name.split(".")[1]))
        elif name.startswith("surface_table"):
            rate = recipe.head_rate
        elif "table" in name:
            rate = recipe.rate * recipe.layer_decay**LAYERS
        elif name.startswith(("tag_head", "asker", "answer", "nobody")):
            rate = recipe.attribution_rate
        else:
            rate = recipe.head_rate
        plain = parameter.ndim < 2 or "norm" in name or name in _SCORES or name in ("nobody", "unnamed")
        made.append({"params": [parameter], "lr": rate, "weight_decay": 0.0 if plain else 0.01})
    return made


def fit(
    network: Network,
    articles: Sequence[Article],
    reader: WordReader,
    recipe: Recipe,
    after_epoch: Callable[[Network, int], None],
) -> Network:
    """Train; returns the averaged network. `after_epoch` gets it, and the epoch's number, after every epoch."""

    def batches(rng: random.Random) -> list[tuple[Window, ...]]:
        made: list[Window] = []
        for article in articles:
            made += windows(list(examples(renamed(augment(article, rng), rng), reader)), rng)
        return batches_of(made, rng, recipe.windows_a_batch)

    def loss_of(chosen: tuple[Window, ...]) -> Tensor:
        return loss(network, batch(chosen, reader.start_piece, reader.end_piece), recipe)

    return fit_batches(network, batches, loss_of, recipe, after_epoch)


def fit_batches(
    network: Network,
    batches: Callable[[random.Random], list[tuple[Window, ...]]],
    loss_of: Callable[[tuple[Window, ...]], Tensor],
    recipe: Recipe,
    after_epoch: Callable[[Network, int], None],
) -> Network:
    """Train on batches that are made anew for every epoch, with this loss; returns the averaged network."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    rng = random.Random(recipe.seed)
    optimizer = torch.optim.AdamW(groups(network, recipe), betas=(0.9, 0.98))
    average = copy.deepcopy(network).eval()
    steps = None
    done, began = 0, time.monotonic()
    schedule = None
    for epoch in range(recipe.stop_after or math.ceil(recipe.epochs)):
        chosen_now = batches(rng)
        if steps is None:
            steps = int(recipe.epochs * len(chosen_now))
            schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _shape(steps, recipe.warmup))
            _LOG.info("%d batches an epoch, %d steps", len(chosen_now), steps)
        network.train()
        for chosen in chosen_now:
            if done >= steps:
                break
            value = loss_of(chosen)
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            if schedule is not None:
                schedule.step()
            optimizer.zero_grad()
            done += 1
            _average(average, network, min(recipe.averaging, done / (done + 10)))
            if done % 20 == 0:
                _LOG.info("step %d loss %.4f %.0f s", done, value.item(), time.monotonic() - began)
        after_epoch(average, epoch + 1)
    return average


def _shape(steps: int, warmup: float) -> Callable[[int], float]:
    first = max(1, int(steps * warmup))
    return lambda step: min((step + 1) / first, max(0.02, (steps - step) / max(1, steps - first)))


def batches_of(made: list[Window], rng: random.Random, size: int) -> list[tuple[Window, ...]]:
    """Batches of so many windows, those of like length together: less padding."""
    rng.shuffle(made)
    pools = [made[start : start + 16 * size] for start in range(0, len(made), 16 * size)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda window: sum(len(one.stretch.pieces) + 1 for one in window))
        batches += [tuple(pool[start : start + size]) for start in range(0, len(pool), size)]
    rng.shuffle(batches)
    return batches


@torch.no_grad()
def _average(average: nn.Module, network: nn.Module, keep: float) -> None:
    for mean, current in zip(average.parameters(), network.parameters(), strict=True):
        if current.requires_grad:
            mean.lerp_(current, 1 - keep)
