"""Leave out inner neurons of each layer, and fit the others anew so that the layer says the same.

    python -m training.attribution.pruning ../shared/bench WEIGHTS.pt PRUNED.pt

Layer by layer, from below: which neurons to leave out is decided by what leaving one out costs the layer's output
(Hassibi and Stork 1993, "optimal brain surgeon", for one linear layer), and the output weights of the others are
fitted by least squares to what the whole network gives there, on 400 windows of training texts. A neuron that is left
out has output weights of zero; the export leaves such neurons out of the file. Of 1,536 neurons 1,280 stay: a sixth
of the layer's products less, PolNeAR dev as it was (docs/explanation/attribution-model.md).
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from onrecord.annotating.attribution.words import WordReader
from training.attribution.__main__ import training_articles
from training.attribution.batching import Window, batch, windows
from training.attribution.corpus import examples
from training.attribution.encoder import HEADS, INNER, WIDTH, Layer, Network, base_folder
from training.attribution.naming import plain_articles

_LOG = logging.getLogger("training.attribution.pruning")
KEPT = 1280
WINDOWS = 400
ARTICLES = 70
_DAMPING = 1e-3
"""Ridge of the least squares, as a share of the mean squared activation; it pulls to the weights as they were."""


@dataclass(slots=True)
class _Sums:
    """Normal equations of a layer's output weights and bias: inner activations and a one against what is wanted."""

    gram: Tensor
    wanted: Tensor

    @classmethod
    def empty(cls) -> _Sums:
        return cls(torch.zeros(INNER + 1, INNER + 1).double(), torch.zeros(INNER + 1, WIDTH).double())

    def add(self, inner: Tensor, wanted: Tensor) -> None:
        given = torch.cat([inner.reshape(-1, INNER), torch.ones(inner.shape[1], 1)], 1).double()
        self.gram += given.T @ given
        self.wanted += given.T @ wanted.reshape(-1, WIDTH).double()


def training_windows(bench: Path, reader: WordReader) -> list[Window]:
    """Some windows of PolNeAR train and of the plain news, chosen by a fixed seed."""
    rng = random.Random(3)
    attributed, plain = training_articles(bench / "attribution"), plain_articles(bench)
    rng.shuffle(attributed)
    rng.shuffle(plain)
    every = [w for a in attributed[:ARTICLES] + plain[:ARTICLES] for w in windows(list(examples(a, reader)))]
    rng.shuffle(every)
    return every[:WINDOWS]


def attended(layer: Layer, hidden: Tensor) -> Tensor:
    """The hidden states after a layer's attention and its norm."""
    batch_size, length, _ = hidden.shape

    def split(projected: Tensor) -> Tensor:
        return projected.view(batch_size, length, HEADS, WIDTH // HEADS).transpose(1, 2)

    seen = split(layer.query(hidden)) @ split(layer.key(hidden)).transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
    mixed = (seen.softmax(-1) @ split(layer.value(hidden))).transpose(1, 2).reshape(batch_size, length, WIDTH)
    out: Tensor = layer.mixed_norm(hidden + layer.mixed(mixed))
    return out


def _fit(layer: Layer, sums: _Sums) -> None:
    before = torch.cat([layer.narrow.weight.T, layer.narrow.bias[None]], 0).double()
    ridge = _DAMPING * sums.gram.diagonal().mean()
    gram = sums.gram + ridge * torch.eye(INNER + 1).double()
    costs = (before[:INNER] ** 2).sum(1) / torch.linalg.inv(gram).diagonal()[:INNER]
    kept = torch.cat([costs.argsort(descending=True)[:KEPT].sort().values, torch.tensor([INNER])])
    found = torch.linalg.solve(gram[kept][:, kept], sums.wanted[kept] + ridge * before[kept]).float()
    weight = torch.zeros_like(layer.narrow.weight)
    weight[:, kept[:-1]] = found[:-1].T
    layer.narrow.weight.copy_(weight)
    layer.narrow.bias.copy_(found[-1])


@torch.no_grad()
def prune(network: Network, chosen: Sequence[Window], reader: WordReader) -> None:
    """Prune the network in place."""
    whole = []
    for window in chosen:
        made = batch([window], reader.start_piece, reader.end_piece)
        positions = network.position_table(torch.arange(made.pieces.shape[1]))
        tables = network.word_table(made.pieces) + positions + network.surface_table(made.surfaces)
        whole.append(network.table_norm(tables))
    pruned = list(whole)
    for number, layer in enumerate(network.layers):
        sums, middles = _Sums.empty(), []
        for place, (ours, theirs) in enumerate(zip(pruned, whole, strict=True)):
            there = attended(layer, theirs)
            target = there + layer.narrow(functional.gelu(layer.wide(there)))
            here = attended(layer, ours)
            inner = functional.gelu(layer.wide(here))
            sums.add(inner, target - here)
            middles.append((here, inner))
            whole[place] = layer.narrow_norm(target)
        _fit(layer, sums)
        pruned = [layer.narrow_norm(here + layer.narrow(inner)) for here, inner in middles]
        apart = torch.cat([(a - b).flatten() for a, b in zip(pruned, whole, strict=True)]).norm()
        _LOG.info("layer %d: %.3f off", number, apart / torch.cat([one.flatten() for one in whole]).norm())


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, prune, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("output", type=Path)
    told = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    reader = WordReader(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    network = Network()
    network.load_state_dict(torch.load(told.weights))
    prune(network.eval(), training_windows(told.bench, reader), reader)
    torch.save(network.state_dict(), told.output)


if __name__ == "__main__":
    main()
