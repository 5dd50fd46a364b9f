"""The shared encoder: the attribution network with heads for grammar, names, coreference and event types."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.attribution.encoder import WIDTH, Network
from training.encoder.examples import MENTION_LABELS
from training.encoder.running.pairing import ALONE_FEATURES, PAIR_FEATURES

ARC_WIDTH, RELATION_WIDTH, COREFERENCE_WIDTH, EDGE_WIDTH, PAIR_WIDTH, EVENT_WIDTH = 192, 128, 96, 48, 32, 192
ROOTS = (
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT"
).split()
FARTHEST_HEAD = 32


class SharedNetwork(Network):
    """Encoder and all heads. Sizes of the label heads come with the teacher's inventories."""

    def __init__(self, tags: int, parts: int, names: int, relations: int, dropout: float = 0.1) -> None:
        super().__init__(dropout)
        self.sizes = (tags, parts, names, 2)
        self.word_head = nn.Linear(WIDTH, sum(self.sizes))
        self.dependent_head = nn.Linear(WIDTH, ARC_WIDTH)
        self.governor_head = nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_product = nn.Linear(ARC_WIDTH, ARC_WIDTH)
        self.governor_bias = nn.Linear(ARC_WIDTH, 1)
        self.root_score = nn.Linear(ARC_WIDTH, 1)
        self.arc_distance = nn.Parameter(-0.05 * (torch.arange(2 * FARTHEST_HEAD + 1) - FARTHEST_HEAD).abs().float())
        self.relation_dependent = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation_governor = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation_head = nn.Linear(RELATION_WIDTH, relations)
        self.mention_head = nn.Linear(WIDTH, len(MENTION_LABELS))
        self.edge_head = nn.Linear(WIDTH, 4 * EDGE_WIDTH)
        self.edge_distance = nn.Parameter(torch.zeros(2, 2 * FARTHEST_HEAD + 1))
        self.later_head = nn.Linear(WIDTH, COREFERENCE_WIDTH)
        self.earlier_head = nn.Linear(WIDTH, COREFERENCE_WIDTH)
        self.new_score = nn.Linear(WIDTH + ALONE_FEATURES, 1)
        self.pair_inner = nn.Linear(PAIR_FEATURES, PAIR_WIDTH)
        self.pair_outer = nn.Linear(PAIR_WIDTH, 1)
        self.event_inner = nn.Linear(3 * WIDTH, EVENT_WIDTH)
        self.event_outer = nn.Linear(EVENT_WIDTH, len(ROOTS))

    def arcs(self, words: Tensor) -> Tensor:
        """Scores of each word's head, ... x words x words; the diagonal is the score of being a root."""
        dependents = functional.gelu(self.dependent_head(words))
        governors = functional.gelu(self.governor_head(words))
        scores = self.arc_product(dependents) @ governors.transpose(-1, -2)
        scores = scores + self.governor_bias(governors).transpose(-1, -2)
        scores = scores + self.arc_distance[_apart(words.shape[-2])]
        diagonal = torch.eye(words.shape[-2], dtype=torch.bool)
        return torch.where(diagonal, self.root_score(dependents), scores)

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of relations of each word (stretches x words x width) to a given head."""
        governors = self.relation_governor(words)
        chosen = governors.gather(1, heads[..., None].expand(-1, -1, governors.shape[-1]))
        out: Tensor = self.relation_head(functional.relu(self.relation_dependent(words) + chosen))
        return out

    def edges(self, words: Tensor) -> Tensor:
        """Scores of the first and the last word of the mention that each word heads: ... x 2 x words x words."""
        shape = (*words.shape[:-1], 4, EDGE_WIDTH)
        parts = self.edge_head(words).view(shape).transpose(-2, -3)
        scores = parts[..., 0:2, :, :] @ parts[..., 2:4, :, :].transpose(-1, -2) * EDGE_WIDTH**-0.5
        return scores + self.edge_distance[:, _apart(words.shape[-2])]

    def antecedents(self, states: Tensor, pairs: Tensor, alone: Tensor) -> Tensor:
        """Scores of each mention's antecedents, mentions x (mentions + 1); the last is: a new entity."""
        scores = self.later_head(states) @ self.earlier_head(states).T * COREFERENCE_WIDTH**-0.5
        scores = scores + self.pair_outer(functional.relu(self.pair_inner(pairs))).squeeze(-1)
        return torch.cat([scores, self.new_score(torch.cat([states, alone], -1))], -1)

    def events(self, source: Tensor, target: Tensor, sentence: Tensor) -> Tensor:
        """Scores of root types from the mean states of two parties and of their sentence."""
        inner = functional.gelu(self.event_inner(torch.cat([source, target, sentence], -1)))
        inner = functional.dropout(inner, 2 * self.dropout, self.training)
        out: Tensor = self.event_outer(inner)
        return out


def _apart(words: int) -> Tensor:
    places = torch.arange(words)
    return (places - places[:, None]).clamp(-FARTHEST_HEAD, FARTHEST_HEAD) + FARTHEST_HEAD
