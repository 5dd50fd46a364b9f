"""Give a trained network an event head: the fourth stage.

    python -m training.attribution.with_events ../shared/bench START.pt KEPT src/onrecord/models/attribution

START.pt are the weights of the stage before (`epoch-3.pt` of `training.attribution.with_names`). Coded texts
are learnt with some attributed and named ones in between, until words that tell events are found. That unlearns some of
the attributions; half the way back to START.pt gives these back and loses most of the events; a gentler part from there
finds them again. A sixth of the way back, and the event heads learnt anew on states that stay as they are, and
attributions are what they were. KEPT gets the averaged weights of every epoch and, as `last.pt`, those that ship. About
2,700 steps, an hour on two cores of an AMD EPYC.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from onrecord.annotating.attribution.words import WordReader
from training.attribution.__main__ import training_articles
from training.attribution.batching import batch, pointer_masks, windows
from training.attribution.coding import coded_articles
from training.attribution.corpus import UNKNOWN, Article, examples, read_own
from training.attribution.encoder import Network
from training.attribution.fitting import Recipe, event_loss, fit, links
from training.attribution.naming import halves, plain_articles, with_names
from training.attribution.setting import Setting, stage_arguments
from training.attribution.with_names import name_figures

_LOG = logging.getLogger("training.attribution.with_events")
FIRST = Recipe(
    epochs=6,
    rate=1e-4,
    attribution_rate=2e-4,
    head_rate=6e-4,
    score_rate=5e-4,
    warmup=0.05,
    event_weight=4.0,
    averaging=0.99,
    seed=6,
)
SECOND = Recipe(
    epochs=1,
    rate=5e-5,
    attribution_rate=1e-4,
    head_rate=6e-4,
    score_rate=2e-4,
    warmup=0.08,
    event_weight=3.0,
    averaging=0.99,
    seed=9,
)
REPLAYED = 120
"""So many attributed articles, and half as many plain ones, are learnt again in every epoch of the first part."""
REPLAYED_LAST = 380
"""So many attributed articles are learnt again in the second part."""
CODED_TIMES = 2
HEAD_RATE, HEAD_EPOCHS = 1.5e-3, 6
_EVENT_HEADS = frozenset({"type_head", "modality_head", "deed_head", "party_head", "unnamed", "aside"})


def replayed(bench: Path) -> tuple[list[Article], list[Article], list[Article]]:
    """Articles to learn again in the first part, those of the second, and named ones that are held out."""
    own = read_own(Path(__file__).parent / "own.txt")
    attributed, split = training_articles(bench / "attribution"), list(halves(plain_articles(bench)))
    plain = [article for article, out in split if not out]
    for articles in (attributed, plain):
        random.Random(2).shuffle(articles)
    again = with_names([*attributed[:REPLAYED], *own, *plain[: REPLAYED // 2]])
    held = with_names([article for article, out in split if out])
    return again, [*attributed[:REPLAYED_LAST], *own, *own], held


@torch.no_grad()
def towards(network: Network, start: Path, share: float) -> None:
    """The mean of the weights and those that the stage started from; heads that are new keep theirs."""
    before, now = torch.load(start), network.state_dict()
    for name in now.keys() & before.keys():
        now[name].lerp_(before[name], share)


def fit_heads(network: Network, articles: Sequence[Article], reader: WordReader) -> None:
    """Learn the event heads anew on states that stay as they are: what attributions and names are read from."""
    network.eval()
    states = []
    for article in articles:
        for window in windows(list(examples(article, reader))):
            made = batch([window], reader.start_piece, reader.end_piece)
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                hidden = network.encode(made.pieces, made.surfaces, made.mask)
            states.append((made, hidden.reshape(-1, hidden.shape[-1]).float()[made.places]))
    parameters = [one for name, one in network.named_parameters() if name.split(".")[0] in _EVENT_HEADS]
    optimizer = torch.optim.AdamW(parameters, lr=HEAD_RATE, weight_decay=0.01)
    rng = random.Random(0)
    steps, done = HEAD_EPOCHS * len(states) / 4, 0
    network.train()
    for _ in range(HEAD_EPOCHS):
        rng.shuffle(states)
        for first in range(0, len(states), 4):
            loss = torch.stack([event_loss(network, made, words) for made, words in states[first : first + 4]]).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            done += 1
            for group in optimizer.param_groups:
                group["lr"] = HEAD_RATE * max(0.02, 1 - done / steps)
    network.eval()


@torch.no_grad()
def event_figures(network: Network, articles: Sequence[Article], reader: WordReader) -> dict[str, float]:
    """F1 of words that tell an event and of their types; shares of right modalities, sources and targets."""
    right = typed = told = gold = 0
    how, who = list[bool](), list[tuple[bool, bool]]()
    for article in articles:
        for window in windows(list(examples(article, reader))):
            made = batch([window], reader.start_piece, reader.end_piece)
            with torch.autocast("cpu", torch.bfloat16):
                hidden = network.encode(made.pieces, made.surfaces, made.mask)
            words = hidden.reshape(-1, hidden.shape[-1]).float()[made.places]
            best, known = network.type_head(words).argmax(-1), made.types != UNKNOWN
            tells, is_told = (best > 0) & known, made.types > 0
            right += int((tells & is_told).sum())
            typed += int(((best == made.types) & is_told).sum())
            told, gold = told + int(tells.sum()), gold + int(is_told.sum())
            if not is_told.any():
                continue
            how += (network.modality_head(words).argmax(-1) == made.modalities)[is_told].tolist()
            _, inside = pointer_masks(made.sides)
            chosen = links(network, *network.parties(words), made.present).argmax(-1, keepdim=True)
            hits = inside.gather(-1, chosen).squeeze(-1)
            who += [(bool(hits[s, 0, w]), bool(hits[s, 1, w])) for s, w in is_told.nonzero().tolist()]
    return {
        "trigger f1": 2 * right / max(1, told + gold),
        "typed f1": 2 * typed / max(1, told + gold),
        "typed precision": typed / max(1, told),
        "typed recall": typed / max(1, gold),
        "modality": sum(how) / max(1, len(how)),
        "source": sum(source for source, _ in who) / max(1, len(who)),
        "target": sum(target for _, target in who) / max(1, len(who)),
    }


def all_figures(
    network: Network, named: Sequence[Article], coded: Sequence[Article], reader: WordReader
) -> dict[str, float]:
    """Figures of names and of events on texts that are held out."""
    return name_figures(network, named, reader) | event_figures(network, coded, reader)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and keep."""
    told = stage_arguments(__doc__, FIRST.threads).parse_args(arguments)
    setting = Setting.of(told)
    last = setting.kept / "last.pt"
    if not last.exists():
        network = Network.of(torch.load(told.start), whole=False)
        coded, held = coded_articles(setting.bench)
        coded = with_names(coded)
        again, again_last, named_held = replayed(setting.bench)
        say = setting.report(_LOG, lambda average: all_figures(average, named_held, held, setting.reader))

        def report(average: Network, epoch: int) -> None:
            torch.save(average.state_dict(), setting.kept / f"epoch-{epoch}.pt")
            say(average, epoch)

        for recipe, learnt in ((FIRST, [*CODED_TIMES * coded, *again]), (SECOND, [*coded, *again_last])):
            random.Random(1).shuffle(learnt)
            network = fit(network, learnt, setting.reader, replace(recipe, threads=told.threads), report)
            towards(network, told.start, 0.5 if recipe is FIRST else 0.16)
        fit_heads(network, coded, setting.reader)
        torch.save(network.state_dict(), last)
    setting.finish(Network.of(torch.load(last)))


if __name__ == "__main__":
    main()
