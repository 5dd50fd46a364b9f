"""Fit the name head alone to an encoder that was averaged after it was fitted.

    python -m training.attribution.refitting ../shared/bench MEAN.pt OUT.pt

The states of the words of the training articles are made once; the head is a linear layer on them.
"""

from __future__ import annotations

import argparse
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from onrecord.annotating.attribution.words import WordReader
from training.attribution.batching import batch, windows
from training.attribution.corpus import UNKNOWN, Article, examples
from training.attribution.encoder import Network, base_folder
from training.attribution.naming import renamed
from training.attribution.with_names import name_figures, named_articles

_LOG = logging.getLogger("training.attribution.refitting")
WINDOWS = 4500
PASSES = 8
WORDS_A_BATCH = 2048


@torch.no_grad()
def word_states(network: Network, articles: Sequence[Article], reader: WordReader) -> tuple[Tensor, Tensor]:
    """States (words x width) and kinds of names (words) of at most WINDOWS windows, names exchanged as in training."""
    rng = random.Random(7)
    states, kinds, seen = [], [], 0
    for article in articles:
        for window in windows(list(examples(renamed(article, rng), reader)), rng):
            made = batch([window], reader.start_piece, reader.end_piece)
            with torch.autocast("cpu", torch.bfloat16):
                hidden = network.encode(made.pieces, made.surfaces, made.mask)
            told = made.names != UNKNOWN
            states.append(hidden.reshape(-1, hidden.shape[-1]).half()[made.places[told]])
            kinds.append(made.names[told])
            seen += 1
        if seen >= WINDOWS:
            break
    return torch.cat(states), torch.cat(kinds)


def refit(network: Network, states: Tensor, kinds: Tensor) -> None:
    """Fit the name head to given states."""
    torch.manual_seed(7)
    head = network.name_head
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.01)
    steps = PASSES * (len(states) // WORDS_A_BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for _ in range(PASSES):
        order = torch.randperm(len(states))
        for start in range(0, len(order) - WORDS_A_BATCH, WORDS_A_BATCH):
            chosen = order[start : start + WORDS_A_BATCH]
            given = functional.dropout(states[chosen].float(), 0.1)
            loss = functional.cross_entropy(head(given), kinds[chosen], label_smoothing=0.02)
            loss.backward()
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()


def main(arguments: Sequence[str] | None = None) -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("output", type=Path)
    told = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    reader = WordReader(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    network = Network()
    network.load_state_dict(torch.load(told.weights))
    network.eval()
    learnt, held = named_articles(told.bench)
    _LOG.info("before %s", name_figures(network, held, reader))
    states, kinds = word_states(network, learnt, reader)
    _LOG.info("%d words", len(states))
    refit(network, states, kinds)
    _LOG.info("after %s", name_figures(network, held, reader))
    torch.save(network.state_dict(), told.output)


if __name__ == "__main__":
    main()
