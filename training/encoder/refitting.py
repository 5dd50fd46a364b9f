"""The last stage: heads fitted to the states that the int8 encoder gives, so that they know its rounding.

The encoder stays as it is; its states are made once, by ONNX Runtime, and heads cost next to nothing beside it.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.encoder.batching import Batch
from training.encoder.examples import Example, examples, read_rows, windows
from training.encoder.fitting import EventRow, dev_names, event_rows, held_out
from training.encoder.losses import WEIGHTS, attribution_loss, grammar_losses, mention_losses, pooled
from training.encoder.network import SharedNetwork
from training.encoder.running.encoder import SharedEncoder
from training.encoder.running.reader import TokenReader

_LOG = logging.getLogger(__name__)
States = NDArray[np.float16]
WORDS_A_BATCH = 4000
_ENCODER = ("word_table", "position_table", "surface_table", "table_norm", "layers.")
_ATTRIBUTION = ("tag_head", "asker_head", "answer_head", "nobody", "distance", "between", "first")


@dataclass(frozen=True, slots=True)
class Stated:
    """A stretch with the states of its words."""

    example: Example
    states: States


@dataclass(frozen=True, slots=True)
class Refit:
    """What the stage is made of."""

    source: str = "polnear0"
    plain: bool = True
    passes: int = 2
    gum_passes: int = 4
    event_passes: int = 12
    rate: float = 1e-3
    attribution_rate: float = 0.0
    noise: float = 0.1
    averaging: float = 0.99
    seed: int = 3


def stated(encoder: SharedEncoder, rows: Iterable[dict[str, Any]], reader: TokenReader) -> list[list[Stated]]:
    """The stretches of each row with their states."""
    made = []
    for row in rows:
        found = []
        for window in windows(examples(row, reader)):
            states = encoder.window([one.stretch for one in window])[0]
            low = 0
            for one in window:
                count = len(one.stretch.words)
                found.append(Stated(one, states[low : low + count].astype(np.float16)))
                low += count
        made.append(found)
    return made


def as_batch(chosen: Sequence[Stated], noise: float) -> tuple[Batch, Tensor]:
    """Some stretches as a batch without pieces, and the states of their words."""
    longest = max(len(one.states) for one in chosen)
    words = torch.zeros((len(chosen), longest, chosen[0].states.shape[1]))
    present = torch.zeros((len(chosen), longest), dtype=torch.bool)
    for number, one in enumerate(chosen):
        words[number, : len(one.states)] = torch.from_numpy(one.states.astype(np.float32))
        present[number, : len(one.states)] = True
    none = torch.zeros(0)
    return Batch(none, none, None, none, present, tuple(one.example for one in chosen)), functional.dropout(
        words, noise
    )


def _batches(every: Sequence[Stated], rng: random.Random) -> list[list[Stated]]:
    """Stretches of like length together, about WORDS_A_BATCH words a batch."""
    ordered = sorted(every, key=lambda one: len(one.states) + rng.random() * 8)
    batches: list[list[Stated]] = [[]]
    for one in ordered:
        if batches[-1] and (len(batches[-1]) + 1) * len(one.states) > WORDS_A_BATCH:
            batches.append([])
        batches[-1].append(one)
    return [one for one in batches if one]


def event_loss(network: SharedNetwork, rows: Sequence[tuple[EventRow, States]], noise: float) -> Tensor:
    """The loss of root types on some PLV rows."""
    _, words = as_batch([Stated(row.example, states) for row, states in rows], noise)
    whole = [list(range(len(row.example.stretch.words))) for row, _ in rows]
    parts = [pooled(words, places) for places in ([r.source for r, _ in rows], [r.target for r, _ in rows], whole)]
    gold = torch.tensor([row.root for row, _ in rows])
    return functional.cross_entropy(network.events(*parts), gold, label_smoothing=0.1)


def refit(
    network: SharedNetwork, encoder: SharedEncoder, folder: Path, reader: TokenReader, recipe: Refit, tags: list[str]
) -> SharedNetwork:
    """Fit the heads; the network's encoder must be the one behind `encoder`."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    rows = read_rows(folder / f"{recipe.source}.jsonl")
    polnear = [one for text in stated(encoder, rows, reader) for one in text]
    plain = (
        [one for text in stated(encoder, read_rows(folder / "plain.jsonl"), reader) for one in text]
        if recipe.plain
        else []
    )
    dev = dev_names(folder)
    gum_rows = [row for row in read_rows(folder / "gum.jsonl") if row["id"] not in dev]
    for row in gum_rows:
        row["tag_numbers"] = {tag: number for number, tag in enumerate(tags)}
    gum = stated(encoder, gum_rows, reader)
    told = event_rows([row for row in read_rows(folder / "plv.jsonl") if not held_out(row)], reader)
    events = [(row, encoder.window([row.example.stretch])[0].astype(np.float16)) for row in told]
    _LOG.info("states of %d, %d, %d stretches", len(polnear), len(plain), sum(map(len, gum)))
    work: list[tuple[str, Any]] = []
    for _ in range(recipe.passes):
        work += [("polnear", one) for one in _batches(polnear, rng)] + [("plain", one) for one in _batches(plain, rng)]
    for _ in range(recipe.gum_passes):
        rng.shuffle(gum)
        work += [("gum", [one for text in gum[at : at + 2] for one in text]) for at in range(0, len(gum), 2)]
    for _ in range(recipe.event_passes):
        rng.shuffle(events)
        work += [("events", events[at : at + 48]) for at in range(0, len(events), 48)]
    rng.shuffle(work)
    return _fit(network, work, recipe, tags)


def _fit(network: SharedNetwork, work: Sequence[tuple[str, Any]], recipe: Refit, tags: list[str]) -> SharedNetwork:
    groups = []
    for name, parameter in network.named_parameters():
        parameter.requires_grad = not name.startswith(_ENCODER)
        rate = recipe.attribution_rate if name.startswith(_ATTRIBUTION) else recipe.rate
        if parameter.requires_grad and rate:
            groups.append({"params": [parameter], "lr": rate, "weight_decay": 0.01 if parameter.ndim > 1 else 0.0})
        else:
            parameter.requires_grad = False
    chosen = [parameter for group in groups for parameter in group["params"]]  # type: ignore[union-attr]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / 30, max(0.02, 1 - n / len(work))))
    means = [parameter.detach().clone() for parameter in chosen]
    network.train()
    sums, seen = dict[str, float](), dict[str, int]()
    for done, (kind, some) in enumerate(work, start=1):
        found = _losses(network, kind, some, recipe, tags)
        torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum().backward()
        nn.utils.clip_grad_norm_(chosen, 2.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        with torch.no_grad():
            for mean, parameter in zip(means, chosen, strict=True):
                mean.lerp_(parameter, 1 - min(recipe.averaging, done / (done + 10)))
        for name, value in found.items():
            sums[name], seen[name] = sums.get(name, 0.0) + float(value.detach()), seen.get(name, 0) + 1
        if done % 100 == 0:
            _LOG.info(
                "refit %d of %d %s", done, len(work), " ".join(f"{n} {sums[n] / seen[n]:.3f}" for n in sorted(sums))
            )
            sums, seen = {}, {}
    with torch.no_grad():
        for mean, parameter in zip(means, chosen, strict=True):
            parameter.copy_(mean)
    return network.eval()


def _losses(network: SharedNetwork, kind: str, some: Any, recipe: Refit, tags: list[str]) -> dict[str, Tensor]:
    if kind == "events":
        return {"events": event_loss(network, some, recipe.noise)}
    made, words = as_batch(some, recipe.noise)
    found = grammar_losses(network, made, words)
    if kind == "polnear" and recipe.attribution_rate:
        found["attribution"] = attribution_loss(network, made, words)
    if kind == "gum":
        found |= mention_losses(network, made, words, tags)
    return found
