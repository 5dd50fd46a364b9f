"""From a parse and its marks to chains: all words of a report for one person, organisation or place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from onrecord.annotating.chains.kinds import KINDS, cues, form_of
from onrecord.annotating.chains.model import ChainModel, chain_model
from onrecord.annotating.chains.pairs import Mention, Pairs, mention_of
from onrecord.annotating.chains.phrases import Phrase, Words, phrases_of, words_of
from onrecord.annotating.parse import Parse
from onrecord.model import ActorKind, Annotation, Chain, ChainKind, Link, LinkForm

#: A phrase less likely than this to be a person, an organisation or a place is not looked at again.
LEAST: Final = 0.15
#: A chain whose phrases are on average less likely than this to be such is none.
CHAIN_LEAST: Final = 0.5

_MODEL_KINDS: Final = {
    "person": ChainKind.PERSON, "organization": ChainKind.ORGANISATION, "place": ChainKind.PLACE,
}  # fmt: skip


def find_chains(parse: Parse, marks: Annotation, model: ChainModel | None = None) -> tuple[Chain, ...]:
    """The chains of a report, in order of their first phrases; one of a single phrase is one too.

    Wider than `Annotation.entities`: any noun phrase that is likely a person, an organisation or a place takes part,
    and each mention is the whole phrase. What the report's entities say is a sign among others. It takes 87 ms of CPU
    for 1,000 words (GUM dev, 2026-11-27), too much for every report, so no stage calls it: `Book.mentions` does.
    """
    model = model or chain_model()
    mentions = [one for one in weighed(parse, marks, model) if 1.0 - one.chances[0] > LEAST]
    chains: dict[int, list[Mention]] = defaultdict(list)
    for mention, chain in zip(mentions, model.link(Pairs(mentions)).tolist(), strict=True):
        chains[chain].append(mention)
    states = {one.id for one in marks.entities if one.kind is ActorKind.STATE}
    found = [chain for members in chains.values() for chain in _chains(members)]
    found = [replace(one, kind=ChainKind.STATE) if one.known in states else one for one in found]
    return tuple(sorted(found, key=lambda chain: (chain.links[0].span.start, chain.links[0].span.end)))


def weighed(parse: Parse, marks: Annotation, model: ChainModel) -> list[Mention]:
    """All phrases of a report with the chances of their kinds, in text order."""
    told = phrases(words_of(parse, marks))
    if not told:
        return []
    vectors = np.stack([words.vectors[phrase.head] for words, phrase in told]).astype(np.float32)
    chances = model.chances([list(cues(words, phrase)) for words, phrase in told], vectors)
    return [mention_of(words, phrase, row) for (words, phrase), row in zip(told, chances.tolist(), strict=True)]


def phrases(blocks: Sequence[Words]) -> list[tuple[Words, Phrase]]:
    """All phrases of a report's blocks."""
    return [(words, phrase) for number, words in enumerate(blocks) for phrase in phrases_of(number, words)]


def _chains(members: Sequence[Mention]) -> list[Chain]:
    """The chain of some mentions; where they are likely no actors or places, those that are alone so."""
    if float(np.mean([1.0 - one.chances[0] for one in members])) < CHAIN_LEAST:
        return [_chain([one]) for one in members if one.chances[0] < CHAIN_LEAST] if len(members) > 1 else []
    return [_chain(members)]


def _chain(members: Sequence[Mention]) -> Chain:
    """The chain with the kind that its members, names above all, are likeliest to be."""
    logs = np.log(np.array([one.chances for one in members]) + 1e-3)
    weights = np.array([3.0 if one.form == "name" else 1.0 for one in members])
    kind = int((logs * weights[:, None]).sum(0)[1:].argmax()) + 1
    links = tuple(
        Link(one.phrase.span, LinkForm(one.form), _MODEL_KINDS[KINDS[one.kind]], one.actor or None) for one in members
    )
    return Chain(_MODEL_KINDS[KINDS[kind]], links, _known(links))


def _known(links: Sequence[Link]) -> str | None:
    """What most links are in the record; a name counts as three others, of two that are even the first in the text."""
    told = Counter[str]()
    for link in links:
        if link.known is not None:
            told[link.known] += 3 if link.form is LinkForm.NAME else 1
    return max(told, key=told.__getitem__, default=None)


__all__ = ["find_chains", "form_of", "phrases", "weighed"]
