"""The training loop over batches of several kinds."""

from __future__ import annotations

import copy
import logging
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.attribution.encoder import LAYERS
from training.encoder.batching import batch
from training.encoder.examples import Example, Window, examples, read_rows, windows
from training.encoder.losses import (
    WEIGHTS,
    attribution_loss,
    grammar_losses,
    mention_losses,
    pooled,
    states,
)
from training.encoder.network import ROOTS, SharedNetwork
from training.encoder.running.reader import TokenReader

_LOG = logging.getLogger(__name__)
_SCORES = frozenset({"between", "first", "distance", "arc_distance", "edge_distance"})
_ONE_A_TEXT = 1
EVENT_ROWS_A_BATCH = 48


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run is made of. `rounds` are the PolNeAR variants in order; the other sources are spread over them."""

    rounds: tuple[str, ...] = ("polnear0", "polnear1", "polnear2")
    gum_passes: int = 2
    event_passes: int = 5
    plain_shares: int = 2
    windows_a_batch: int = 16
    rate: float = 1.2e-4
    head_rate: float = 1e-3
    score_rate: float = 5e-3
    layer_decay: float = 0.9
    warmup: float = 0.05
    averaging: float = 0.995
    steps: int = 1700
    seed: int = 1
    threads: int = 2


@dataclass(frozen=True, slots=True)
class EventRow:
    """A PLV row: its stretch, the words of source and target, the number of its root type."""

    example: Example
    source: list[int]
    target: list[int]
    root: int


def event_rows(rows: Sequence[dict[str, Any]], reader: TokenReader) -> list[EventRow]:
    """The rows that fit one stretch."""
    made = []
    for row in rows:
        found = examples(row, reader)
        words = found[0].stretch.words
        source, target = (
            [n for n, (a, b) in enumerate(words) if any(a < end and start < b for start, end in row[f"{party}_spans"])]
            for party in ("source", "target")
        )
        if source and target:
            made.append(EventRow(found[0], source, target, ROOTS.index(row["gold_root"])))
    return made


def held_out(row: dict[str, Any]) -> bool:
    """A third of the sentences of PLV train is held out."""
    return int(row["sentence_id"]) % 3 == 0


class Batches:
    """The batches of a run, in an order fixed by the seed; the silver files are read when they are needed."""

    def __init__(self, folder: Path, reader: TokenReader, recipe: Recipe, tags: Sequence[str]) -> None:
        self._folder, self._reader, self._recipe = folder, reader, recipe
        self._numbers = {tag: number for number, tag in enumerate(tags)}
        self._rng = random.Random(recipe.seed)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for number, source in enumerate(self._recipe.rounds):
            made = [("polnear", one) for one in self._grouped(source)]
            made += [("gum", one) for _ in range(self._recipe.gum_passes) for one in self._texts()]
            made += [("events", one) for _ in range(self._recipe.event_passes) for one in self._events()]
            if 0 < number <= self._recipe.plain_shares:
                made += [("plain", one) for one in self._grouped("plain", number - 1)]
            self._rng.shuffle(made)
            yield from made

    def _grouped(self, source: str, share: int | None = None) -> list[tuple[Window, ...]]:
        size = self._recipe.windows_a_batch
        rows = read_rows(self._folder / f"{source}.jsonl")
        if share is not None:
            rows = rows[share :: self._recipe.plain_shares]
        made = [window for row in rows for window in windows(examples(row, self._reader), self._rng)]
        self._rng.shuffle(made)
        batches = []
        for start in range(0, len(made), 16 * size):
            pool = sorted(made[start : start + 16 * size], key=lambda w: sum(len(one.stretch.pieces) + 1 for one in w))
            batches += [tuple(pool[at : at + size]) for at in range(0, len(pool), size)]
        return batches

    def _texts(self) -> list[tuple[Window, ...]]:
        dev = dev_names(self._folder)
        made, batches = [], []
        for row in read_rows(self._folder / "gum.jsonl"):
            if row["id"] not in dev:
                row["tag_numbers"] = self._numbers
                made.append(windows(examples(row, self._reader), self._rng))
        self._rng.shuffle(made)
        current: list[Window] = []
        for text in made:
            current += text
            if len(current) >= 12:
                batches.append(tuple(current[:24]))
                current = []
        return batches + ([tuple(current)] if current else [])

    def _events(self) -> list[list[EventRow]]:
        rows = [row for row in read_rows(self._folder / "plv.jsonl") if not held_out(row)]
        made = event_rows(rows, self._reader)
        self._rng.shuffle(made)
        return [made[at : at + EVENT_ROWS_A_BATCH] for at in range(0, len(made), EVENT_ROWS_A_BATCH)]


def dev_names(folder: Path) -> frozenset[str]:
    """The held-out documents of GUM."""
    return frozenset((folder / "gum_dev.txt").read_text(encoding="utf-8").split())


def losses(network: SharedNetwork, kind: str, chosen: Any, reader: TokenReader, tags: list[str]) -> dict[str, Tensor]:
    """The losses of one batch by name."""
    if kind == "events":
        made = batch([(one.example,) for one in chosen], reader.start_piece, reader.end_piece)
        words = states(network, made)
        whole = [list(range(len(one.example.stretch.words))) for one in chosen]
        parts = [pooled(words, places) for places in ([o.source for o in chosen], [o.target for o in chosen], whole)]
        gold = torch.tensor([one.root for one in chosen])
        found = {"events": functional.cross_entropy(network.events(*parts), gold, label_smoothing=0.1)}
        return found | {name: 0.5 * value for name, value in grammar_losses(network, made, words).items()}
    made = batch(chosen, reader.start_piece, reader.end_piece)
    words = states(network, made)
    found = grammar_losses(network, made, words)
    if kind == "polnear":
        found["attribution"] = attribution_loss(network, made, words)
    if kind == "gum":
        found |= mention_losses(network, made, words, tags)
    return found


def groups(network: SharedNetwork, recipe: Recipe) -> list[dict[str, object]]:
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
        elif "table" in name:
            rate = recipe.rate * recipe.layer_decay**LAYERS
        elif name.startswith(("tag_head", "asker", "answer", "nobody")):
            rate = recipe.head_rate / 3
        else:
            rate = recipe.head_rate
        plain = parameter.ndim < 2 or "norm" in name or name in _SCORES or name == "nobody"
        made.append({"params": [parameter], "lr": rate, "weight_decay": 0.0 if plain else 0.01})
    return made


def fit(
    network: SharedNetwork,
    batches: Batches,
    reader: TokenReader,
    recipe: Recipe,
    tags: list[str],
    keep: Callable[[SharedNetwork, int], None],
) -> SharedNetwork:
    """Train; returns the averaged network. `keep` gets it now and then, with the number of steps done."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    optimizer = torch.optim.AdamW(groups(network, recipe), betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _shape(recipe.steps, recipe.warmup))
    average = copy.deepcopy(network).eval()
    began, sums, seen = time.monotonic(), dict[str, float](), dict[str, int]()
    network.train()
    for done, (kind, chosen) in enumerate(batches, start=1):
        if done > recipe.steps:
            break
        found = losses(network, kind, chosen, reader, tags)
        torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum().backward()
        nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        _average(average, network, min(recipe.averaging, done / (done + 10)))
        for name, value in found.items():
            sums[name] = sums.get(name, 0.0) + float(value.detach())
            seen[name] = seen.get(name, 0) + 1
        if done % 20 == 0:
            told = " ".join(f"{name} {sums[name] / seen[name]:.3f}" for name in sorted(sums))
            _LOG.info("step %d %.0f s %s", done, time.monotonic() - began, told)
            sums, seen = {}, {}
        if done % 100 == 0:
            keep(average, done)
    return average


def _shape(steps: int, warmup: float) -> Callable[[int], float]:
    first = max(1, math.ceil(steps * warmup))
    return lambda step: min((step + 1) / first, max(0.02, (steps - step) / max(1, steps - first)))


@torch.no_grad()
def _average(average: nn.Module, network: nn.Module, keep: float) -> None:
    for mean, current in zip(average.parameters(), network.parameters(), strict=True):
        if current.requires_grad:
            mean.lerp_(current, 1 - keep)
