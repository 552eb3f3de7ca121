"""The network: a BERT encoder (Devlin et al. 2019), mean pooling, and one linear layer that holds every head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

HEAD_SIZE = 32
"""The width of an attention head of MiniLM, which its weights do not tell."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network."""

    vocabulary: int
    positions: int
    width: int
    inner: int
    layers: int
    attention_heads: int

    @classmethod
    def of(cls, weights: Mapping[str, Tensor]) -> Shape:
        """The sizes of a published BERT encoder, from its weights."""
        vocabulary, width = weights["embeddings.word_embeddings.weight"].shape
        return cls(
            vocabulary=vocabulary,
            positions=weights["embeddings.position_embeddings.weight"].shape[0],
            width=width,
            inner=weights["encoder.layer.0.intermediate.dense.weight"].shape[0],
            layers=sum(name.endswith("intermediate.dense.weight") for name in weights),
            attention_heads=width // HEAD_SIZE,
        )


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.attention_heads = shape.attention_heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.mixed = nn.Linear(shape.width, shape.width)
        self.mixed_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.outer_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = dropout

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """The next layer's input; ``mask`` is added to the attention's log-weights (None: nothing is padded)."""
        dropout = self.dropout if self.training else 0.0

        def split(values: Tensor) -> Tensor:
            return values.unflatten(-1, (self.attention_heads, -1)).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=dropout)
        mixed = self.mixed(mixed.transpose(1, 2).flatten(2))
        hidden = self.mixed_norm(hidden + functional.dropout(mixed, dropout))
        outer = self.outer(functional.gelu(self.inner(hidden)))
        normed: Tensor = self.outer_norm(hidden + functional.dropout(outer, dropout))
        return normed


class Network(nn.Module):
    """Word-piece numbers in, every head's columns out (and the pooled vector that they are read from)."""

    def __init__(self, shape: Shape, columns: int, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.types = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.heads = nn.Linear(shape.width, columns)
        nn.init.normal_(self.heads.weight, std=0.02)
        nn.init.zeros_(self.heads.bias)
        self.dropout = dropout

    def forward(self, numbers: Tensor, kept: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Columns (batch, columns) and pooled vectors (batch, width).

        ``numbers`` is (batch, length); ``kept`` is 1 where there is a piece and 0 where there is padding (None: no
        padding at all, as at run time, where each message stands alone).
        """
        places = torch.arange(numbers.shape[1], device=numbers.device)
        hidden = self.norm(self.words(numbers) + self.positions(places) + self.types.weight[0])
        mask = None
        if kept is not None:
            mask = torch.zeros(kept.shape, dtype=hidden.dtype).masked_fill(kept == 0, torch.finfo(hidden.dtype).min)
            mask = mask[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        if kept is None:
            pooled = hidden.mean(dim=1)
        else:
            weights = kept.to(hidden.dtype)[:, :, None]
            pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
        kept_back = functional.dropout(pooled, self.dropout if self.training else 0.0)
        return self.heads(kept_back), pooled

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lower ``layers`` as they are."""
        for part in (self.words, self.positions, self.types, self.norm, *self.layers[:layers]):
            part.requires_grad_(False)


NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "mixed_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
}


def load_base(network: Network, weights: Mapping[str, Tensor]) -> None:
    """Put the weights of a published BERT encoder (by their usual names) into ``network``; its heads stay new."""
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "types.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for index in range(len(network.layers)):
        for theirs, ours in NAMES.items():
            for what in ("weight", "bias"):
                state[f"layers.{index}.{ours}.{what}"] = weights[f"encoder.layer.{index}.{theirs}.{what}"]
    missing = set(network.load_state_dict(state, strict=False).missing_keys)
    if missing != {"heads.weight", "heads.bias"}:
        raise LookupError(f"the base lacks {sorted(missing)}")
