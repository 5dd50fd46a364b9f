"""A smaller network that says the same: fewer heads and inner neurons in each layer, the others fitted anew.

Layer by layer, from below: which heads and neurons to leave out is decided by what leaving one out costs the layer's
output (Hassibi and Stork 1993, "optimal brain surgeon", for one linear layer; a head is a group of inputs), and the
output weights of the others are fitted by least squares to what the whole network gives there, on 400 windows of
training texts. `training.attribution.slimming` learns on from there.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotating.attribution.words import WordReader
from training.attribution.__main__ import training_articles
from training.attribution.batching import Batch, Window, batch, windows
from training.attribution.corpus import examples
from training.attribution.encoder import HEAD_WIDTH, LAYERS, WIDTH, Layer, Network
from training.attribution.naming import plain_articles

_LOG = logging.getLogger("training.attribution.pruning")
WINDOWS = 400
ARTICLES = 70
_DAMPING = 1e-3
"""Ridge of the least squares, as a share of the mean squared input; it pulls to the weights as they were."""


@dataclass(slots=True)
class _Sums:
    """Normal equations of a linear layer's weights and bias: inputs and a one against what is wanted."""

    gram: Tensor
    wanted: Tensor

    @classmethod
    def empty(cls, inputs: int) -> _Sums:
        return cls(torch.zeros(inputs + 1, inputs + 1).double(), torch.zeros(inputs + 1, WIDTH).double())

    def add(self, given: Tensor, wanted: Tensor) -> None:
        given = torch.cat([given.reshape(-1, given.shape[-1]), torch.ones(given.shape[1], 1)], 1).double()
        self.gram += given.T @ given
        self.wanted += given.T @ wanted.reshape(-1, WIDTH).double()

    def fitted(self, before: Tensor, kept: Tensor) -> Tensor:
        """Weights of the kept inputs and the one, inputs x width."""
        ridge = _DAMPING * self.gram.diagonal().mean()
        gram = self.gram + ridge * torch.eye(len(self.gram)).double()
        return torch.linalg.solve(gram[kept][:, kept], self.wanted[kept] + ridge * before[kept])


def training_windows(bench: Path, reader: WordReader) -> list[Window]:
    """Some windows of PolNeAR train and of the plain news, chosen by a fixed seed."""
    rng = random.Random(3)
    attributed, plain = training_articles(bench / "attribution"), plain_articles(bench)
    rng.shuffle(attributed)
    rng.shuffle(plain)
    every = [w for a in attributed[:ARTICLES] + plain[:ARTICLES] for w in windows(list(examples(a, reader)))]
    rng.shuffle(every)
    return every[:WINDOWS]


@torch.no_grad()
def pruned(network: Network, heads: int, inner: int, chosen: Sequence[Window], reader: WordReader) -> Network:
    """A network of so many heads and inner neurons a layer that says what the whole one says of some windows."""
    small = Network(heads=heads, inner=inner)
    small.load_state_dict({n: w for n, w in network.state_dict().items() if not n.startswith("layers.")}, strict=False)
    small.eval()
    whole = [_tables(network, batch([window], reader.start_piece, reader.end_piece)) for window in chosen]
    here = list(whole)
    for number in range(LAYERS):
        old, new = network.layers[number], small.layers[number]
        new.mixed_norm.load_state_dict(old.mixed_norm.state_dict())
        new.narrow_norm.load_state_dict(old.narrow_norm.state_dict())
        gathered = [old.attend(one, None) for one in here]
        whole = [one + old.mixed(old.attend(one, None)) for one in whole]
        kept = _copied_heads(old, new, _summed(gathered, [w - h for w, h in zip(whole, here, strict=True)]))
        here = [new.mixed_norm(h + new.mixed(g[..., kept])) for h, g in zip(here, gathered, strict=True)]
        whole = [old.mixed_norm(one) for one in whole]
        gathered = [functional.gelu(old.wide(one)) for one in here]
        whole = [one + old.narrow(functional.gelu(old.wide(one))) for one in whole]
        kept = _copied_neurons(old, new, _summed(gathered, [w - h for w, h in zip(whole, here, strict=True)]))
        here = [new.narrow_norm(h + new.narrow(g[..., kept])) for h, g in zip(here, gathered, strict=True)]
        whole = [old.narrow_norm(one) for one in whole]
        apart = torch.cat([(a - b).flatten() for a, b in zip(here, whole, strict=True)]).norm()
        _LOG.info("layer %d: %.3f off", number, apart / torch.cat([one.flatten() for one in whole]).norm())
    return small


def _tables(network: Network, made: Batch) -> Tensor:
    positions = network.position_table(torch.arange(made.pieces.shape[1]))
    out: Tensor = network.table_norm(network.word_table(made.pieces) + positions + network.surface_table(made.surfaces))
    return out


def _summed(given: Sequence[Tensor], wanted: Sequence[Tensor]) -> _Sums:
    sums = _Sums.empty(given[0].shape[-1])
    for one, other in zip(given, wanted, strict=True):
        sums.add(one, other)
    return sums


def _costs(before: Tensor, sums: _Sums, kept: Tensor, size: int) -> Tensor:
    """What leaving out each group of `size` kept inputs costs, the others fitted anew; the last input is the one."""
    gram = sums.gram + _DAMPING * sums.gram.diagonal().mean() * torch.eye(len(sums.gram)).double()
    inverse = torch.linalg.inv(gram[kept][:, kept])
    weights = sums.fitted(before, kept)
    costs = []
    for first in range(0, len(kept) - 1, size):
        group = slice(first, first + size)
        costs.append((weights[group] * torch.linalg.solve(inverse[group, group], weights[group])).sum())
    return torch.stack(costs)


def _copied_heads(old: Layer, new: Layer, sums: _Sums) -> Tensor:
    """Copy the heads that are worth most, one by one the cheapest left out; what they gather, as column numbers."""
    before = _with_bias(old.mixed)
    kept = torch.arange(len(before))
    while len(kept) > len(new.query.bias) + 1:
        cheapest = int(_costs(before, sums, kept, HEAD_WIDTH).argmin()) * HEAD_WIDTH
        kept = torch.cat([kept[:cheapest], kept[cheapest + HEAD_WIDTH :]])
    _put(new.mixed, sums.fitted(before, kept))
    for theirs, ours in ((old.query, new.query), (old.key, new.key), (old.value, new.value)):
        ours.weight.copy_(theirs.weight[kept[:-1]])
        ours.bias.copy_(theirs.bias[kept[:-1]])
    return kept[:-1]


def _copied_neurons(old: Layer, new: Layer, sums: _Sums) -> Tensor:
    before, every = _with_bias(old.narrow), torch.arange(old.narrow.in_features + 1)
    inverse = torch.linalg.inv(sums.gram + _DAMPING * sums.gram.diagonal().mean() * torch.eye(len(every)).double())
    costs = (before[:-1] ** 2).sum(1) / inverse.diagonal()[:-1]
    chosen = costs.argsort(descending=True)[: new.narrow.in_features].sort().values
    _put(new.narrow, sums.fitted(before, torch.cat([chosen, every[-1:]])))
    new.wide.weight.copy_(old.wide.weight[chosen])
    new.wide.bias.copy_(old.wide.bias[chosen])
    return chosen


def _with_bias(linear: nn.Linear) -> Tensor:
    return torch.cat([linear.weight.T, linear.bias[None]], 0).double()


def _put(linear: nn.Linear, fitted: Tensor) -> None:
    linear.weight.copy_(fitted[:-1].T.float())
    linear.bias.copy_(fitted[-1].float())
