"""Make the trained network smaller and faster, and teach it on from larger ones: the last stage.

    python -m training.attribution.slimming ../shared/bench WHOLE.pt KEPT src/onrecord/models/attribution \
        [--events MORE.pt ...] [--small SMALL.pt] [--first-part-only]

WHOLE.pt are the weights of the stage before (`last.pt` of `training.attribution.with_events`). Of its 12 heads and
1,536 inner neurons a layer HEADS_KEPT and INNER_KEPT stay (`training.attribution.pruning`). The small network then
learns what the whole one says of labels, links and names of all the training texts (Hinton et al. 2015: the chances,
not only the best answer), what the networks of --events say of events (epochs of that stage, before it goes back to
what it started from: they may have unlearnt attributions), and what coders marked. So events need not be learnt at the
price of attributions: these are held by all texts, not by the attributed ones alone. In the second part events are
taught by coders alone. KEPT gets `first.pt` and `last.pt`, which ships. With --small, weights of an earlier run of this
stage, nothing is pruned: these learn on, for AGAIN instead of the first part, as after more texts were coded. With
--first-part-only `first.pt` ships: where small weights have had their second part, another one brings events little
more and costs attributions.

What the teachers say is kept in memory (some 4 GB); windows are cut and names exchanged once. 2,454 and 667 steps, 95
minutes on one core of an AMD EPYC; AGAIN has 1,738.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotating.attribution.words import WordReader
from training.attribution.__main__ import training_articles
from training.attribution.augmenting import augment
from training.attribution.batching import Batch, Window, batch, windows
from training.attribution.coding import coded_articles
from training.attribution.corpus import UNKNOWN, Article, Example, examples, read_own
from training.attribution.encoder import Network
from training.attribution.fitting import (
    Recipe,
    attribution_loss,
    batches_of,
    distances,
    event_loss,
    fit_batches,
    links,
)
from training.attribution.naming import halves, plain_articles, renamed, with_names
from training.attribution.pruning import pruned, training_windows
from training.attribution.setting import Setting, stage_arguments
from training.attribution.with_events import all_figures

_LOG = logging.getLogger("training.attribution.slimming")
HEADS_KEPT, INNER_KEPT = 6, 768
PLAIN = 250
"""Plain articles that are learnt again in the second part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the stage: its recipe and the weights of the loss.

    Attributes:
        taught: labels, links and names, as the whole network says them; the states of words, as a share of their
            variance, weigh STATES.
        taught_events: as the networks that teach events say them, where no coder has read.
        gold_attributions: as annotators marked them.
        gold_events: as coders marked them.
    """

    recipe: Recipe
    taught: float
    taught_events: float
    gold_attributions: float
    gold_events: float


STATES: Final = 0.3
FIRST: Final = Part(
    Recipe(
        epochs=3,
        rate=2.5e-4,
        attribution_rate=2.5e-4,
        head_rate=5e-4,
        score_rate=2e-4,
        layer_decay=0.95,
        warmup=0.05,
        averaging=0.995,
        seed=11,
        threads=1,
    ),
    taught=1.0,
    taught_events=2.0,
    gold_attributions=0.25,
    gold_events=2.0,
)
AGAIN: Final = replace(
    FIRST, recipe=replace(FIRST.recipe, epochs=2, rate=1.6e-4, attribution_rate=1.6e-4, head_rate=3e-4, seed=13)
)
SECOND: Final = Part(
    replace(FIRST.recipe, epochs=1, rate=1.2e-4, attribution_rate=1.5e-4, head_rate=2e-4, seed=12),
    taught=2.0,
    taught_events=0.0,
    gold_attributions=0.5,
    gold_events=2.0,
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the teachers say of the words of one stretch: log-chances, or dimensions of links.

    `events` has types, modalities, askers and answers of each network that teaches events.
    """

    states: Tensor
    tags: Tensor
    askers: Tensor
    answers: Tensor
    names: Tensor
    events: tuple[tuple[Tensor, Tensor, Tensor, Tensor], ...]


class Teachers:
    """Networks whose answers are kept.

    Args:
        whole: teaches states, labels, links and names.
        coders: teach events.
    """

    def __init__(self, whole: Network, coders: Sequence[Network]) -> None:
        self._whole, self.coders = whole, coders
        self._told: dict[int, Lesson] = {}

    @torch.no_grad()
    def lessons(self, chosen: Sequence[Window], made: Batch) -> list[Lesson]:
        """One for each stretch of a batch. A window is known by its object: keep them."""
        if id(chosen[0][0]) not in self._told:
            self._tell([stretch for window in chosen for stretch in window], made)
        return [self._told[id(stretch)] for window in chosen for stretch in window]

    def _tell(self, stretches: Sequence[Example], made: Batch) -> None:
        words = _words(self._whole, made)
        tags, askers, answers = self._whole.heads(words)
        names = self._whole.name_head(words).log_softmax(-1)
        events = []
        for coder in self.coders:
            seen = _words(coder, made)
            kinds, how = coder.type_head(seen).log_softmax(-1), coder.modality_head(seen).log_softmax(-1)
            events.append((kinds, how, *coder.parties(seen)))
        for number, one in enumerate(stretches):
            count = len(one.stretch.words)

            def part(told: Tensor, number: int = number, count: int = count) -> Tensor:
                return told[number, :count].half()

            self._told[id(one)] = Lesson(
                *map(part, (words, tags.log_softmax(-1), askers, answers, names)),
                tuple((part(a), part(b), part(c), part(d)) for a, b, c, d in events),
            )


def _words(network: Network, made: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        hidden = network.encode(made.pieces, made.surfaces, made.mask)
    return hidden.reshape(-1, hidden.shape[-1]).float()[made.places]


def _padded(parts: Sequence[Tensor]) -> Tensor:
    return nn.utils.rnn.pad_sequence([one.float() for one in parts], batch_first=True)


def _apart(said: Tensor, taught: Tensor) -> Tensor:
    """Divergence of what is said (log-chances) from what was taught, a row."""
    return (taught.exp() * (taught - said)).sum(-1)


def taught_loss(network: Network, made: Batch, words: Tensor, told: list[Lesson], part: Part) -> Tensor:
    """How far the network is from the whole one; means over words."""
    present = made.present
    shown = functional.dropout(words, network.dropout, network.training)
    states = _padded([one.states for one in told])
    total = STATES * functional.mse_loss(words[present], states[present]) / states[present].var()
    taught = _padded([one.tags for one in told])
    tags, askers, answers = network.heads(words)
    total = total + part.taught * _apart(tags.log_softmax(-1), taught)[present].mean()
    names = _padded([one.names for one in told])
    total = total + _apart(network.name_head(shown).log_softmax(-1), names)[present].mean()
    asks = present & (taught.argmax(-1) > 0)
    if asks.any():
        said = _links_of(network.nobody, network.distance, askers, answers, present)
        wanted = _links_of(
            network.nobody.detach(),
            network.distance.detach(),
            _padded([one.askers for one in told]),
            _padded([one.answers for one in told]),
            present,
        )
        total = total + 0.5 * part.taught * _apart(said, wanted).mean(1)[asks].mean()
    return total


def _links_of(nobody: Tensor, distance: Tensor, askers: Tensor, answers: Tensor, present: Tensor) -> Tensor:
    scores = torch.einsum("swrd,svrd->srwv", askers, answers) + distance[:, distances(present.shape[1])]
    scores = scores.masked_fill(~present[:, None, None, :], -1e4)
    return torch.cat([scores, torch.einsum("swrd,rd->srw", askers, nobody)[..., None]], -1).log_softmax(-1)


def _events_apart(
    network: Network, coders: Sequence[Network], made: Batch, words: Tensor, told: list[Lesson]
) -> Tensor:
    """How far from the mean of the coders' chances, where no coder has read the text."""
    unread = made.present & (made.types == UNKNOWN)
    if not unread.any():
        return words.new_zeros(())
    shown = functional.dropout(words, network.dropout, network.training)
    parts = [[_padded([one.events[n][k] for one in told]) for k in range(4)] for n in range(len(coders))]
    kinds = torch.stack([one[0] for one in parts]).exp().mean(0).clamp_min(1e-7).log()
    total = _apart(network.type_head(shown).log_softmax(-1), kinds)[unread].mean()
    tells = unread & (kinds[..., 0] < -0.7)  # likelier than not that it tells an event
    if not tells.any():
        return total
    how = torch.stack([one[1] for one in parts]).exp().mean(0).clamp_min(1e-7).log()
    total = total + 0.1 * _apart(network.modality_head(shown).log_softmax(-1), how)[tells].mean()
    wanted = torch.stack(
        [links(coder, one[2], one[3], made.present).exp() for coder, one in zip(coders, parts, strict=True)]
    )
    said = links(network, *network.parties(shown), made.present)
    return total + 0.1 * _apart(said, wanted.mean(0).clamp_min(1e-7).log()).mean(1)[tells].mean()


def slimming_loss(
    network: Network, teachers: Teachers, chosen: Sequence[Window], reader: WordReader, part: Part
) -> Tensor:
    """What teachers, coders and annotators say together."""
    made = batch(chosen, reader.start_piece, reader.end_piece)
    told = teachers.lessons(chosen, made)
    words = _words(network, made)
    total = taught_loss(network, made, words, told, part)
    if teachers.coders:
        total = total + part.taught_events * _events_apart(network, teachers.coders, made, words, told)
    if (made.types != UNKNOWN).any():
        total = total + part.gold_events * event_loss(network, made, words)
    marked = made.labels[:, 0] != UNKNOWN
    if marked.any():
        total = total + part.gold_attributions * attribution_loss(network, made, words, marked, 1.0)
    return total


def texts(bench: Path) -> tuple[list[Article], list[Article], list[Article], list[Article]]:
    """What the first part learns from, and the second; coded texts and named ones that are held out."""
    own = read_own(Path(__file__).parent / "own.txt")
    coded, coded_held = coded_articles(bench)
    split = list(halves(plain_articles(bench)))
    taken = {article.id for article in (*coded, *coded_held)}
    plain = [article for article, out in split if not out and article.id not in taken]
    attributed = training_articles(bench / "attribution")
    first = with_names([*coded, *attributed, *own, *plain])
    second = [*first[: len(coded) + len(attributed) + len(own)], *random.Random(4).sample(first[-len(plain) :], PLAIN)]
    return first, second, coded_held, with_names([article for article, out in split if out])


def main(arguments: Sequence[str] | None = None) -> None:
    """Prune, teach, keep."""
    parser = stage_arguments(__doc__, FIRST.recipe.threads)
    parser.add_argument("--events", type=Path, nargs="+", help="weights that teach events; those of START if not given")
    parser.add_argument("--small", type=Path, help="weights of this stage that learn on")
    parser.add_argument("--first-part-only", action="store_true", help="ship what the first part gives")
    told = parser.parse_args(arguments)
    setting = Setting.of(told)
    first_kept, last_kept = setting.kept / "first.pt", setting.kept / "last.pt"
    ships = first_kept if told.first_part_only else last_kept
    if not ships.exists():
        whole = Network.of(torch.load(told.start))
        first, second, held, named_held = texts(setting.bench)
        report = setting.report(_LOG, lambda average: all_figures(average, named_held, held, setting.reader))

        def taught(network: Network, articles: Sequence[Article], coders: Sequence[Network], part: Part) -> Network:
            part = replace(part, recipe=replace(part.recipe, threads=told.threads))
            return _taught(network, articles, Teachers(whole, coders), part, setting.reader, report)

        if first_kept.exists():
            network = Network.of(torch.load(first_kept))
        else:
            coders = [Network.of(torch.load(path)) for path in told.events or ()] or [whole]
            if told.small is None:
                cut = training_windows(setting.bench, setting.reader)
                network = pruned(whole, HEADS_KEPT, INNER_KEPT, cut, setting.reader)
                network = taught(network, first, coders, FIRST)
            else:
                network = taught(Network.of(torch.load(told.small)), first, coders, AGAIN)
            torch.save(network.state_dict(), first_kept)
        if not told.first_part_only:
            network = taught(network, second, (), SECOND)
            torch.save(network.state_dict(), last_kept)
    setting.finish(Network.of(torch.load(ships)))


def _taught(
    network: Network,
    articles: Sequence[Article],
    teachers: Teachers,
    part: Part,
    reader: WordReader,
    report: Callable[[Network, int], None],
) -> Network:
    """The network after one part; windows are cut, and names exchanged, once."""
    rng = random.Random(part.recipe.seed)
    cut = [w for one in articles for w in windows(list(examples(renamed(augment(one, rng), rng), reader)), rng)]
    return fit_batches(
        network,
        lambda rng: batches_of(cut, rng, part.recipe.windows_a_batch),
        lambda chosen: slimming_loss(network, teachers, chosen, reader, part),
        part.recipe,
        report,
    )


if __name__ == "__main__":
    main()
