"""From a parse and its marks to chains: all words of a report for one person, organisation or place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from onrecord.annotating.chains.kinds import KINDS, cues, form_of
from onrecord.annotating.chains.model import ChainModel, chain_model
from onrecord.annotating.chains.pairs import Mention, Pairs, mention_of
from onrecord.annotating.chains.phrases import Phrase, Words, phrases_of, words_of
from onrecord.annotating.parse import Parse
from onrecord.model import Annotation, Span

#: A phrase less likely than this to be a person, an organisation or a place is not looked at again.
LEAST: Final = 0.15
#: A chain whose phrases are on average less likely than this to be such is none.
CHAIN_LEAST: Final = 0.5

Form = Literal["name", "noun", "pronoun"]
Kind = Literal["person", "organization", "place"]


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase of a chain: its whole span with what hangs on its head, how it names, and what kind it is by itself."""

    span: Span
    form: Form
    kind: Kind


@dataclass(frozen=True, slots=True)
class Chain:
    """The phrases of a report that are one person, organisation or place, in text order."""

    kind: Kind
    links: tuple[Link, ...]


def find_chains(parse: Parse, marks: Annotation, model: ChainModel | None = None) -> tuple[Chain, ...]:
    """The chains of a report, in order of their first phrases; one of a single phrase is one too.

    Wider than `Annotation.entities`: any noun phrase that is likely a person, an organisation or a place takes part,
    and each mention is the whole phrase. What the report's entities say is a sign among others. It takes 87 ms of CPU
    for 1,000 words (GUM dev, 2026-11-27), too much for every report, so no stage calls it.
    """
    model = model or chain_model()
    mentions = [one for one in weighed(parse, marks, model) if 1.0 - one.chances[0] > LEAST]
    chains: dict[int, list[Mention]] = defaultdict(list)
    for mention, chain in zip(mentions, model.link(Pairs(mentions)).tolist(), strict=True):
        chains[chain].append(mention)
    found = [chain for members in chains.values() for chain in _chains(members)]
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
    links = tuple(Link(one.phrase.span, _form(one), _kind(one.kind)) for one in members)
    return Chain(_kind(kind), links)


def _form(one: Mention) -> Form:
    return "name" if one.form == "name" else "pronoun" if one.form == "pronoun" else "noun"


def _kind(number: int) -> Kind:
    return "person" if KINDS[number] == "person" else "organization" if KINDS[number] == "organization" else "place"


__all__ = ["Chain", "Link", "find_chains", "form_of", "phrases", "weighed"]
