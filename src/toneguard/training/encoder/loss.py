"""The loss: each head's own, where a row says something to it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from toneguard.training.encoder.examples import Example
from toneguard.training.encoder.recipe import EncoderRecipe

LIGHTEST, HEAVIEST = 0.5, 4.0
"""Bounds of the weights that rare classes and labels get."""


class Loss:
    """Cross-entropy for classes, labels and probabilities, squared error for values; weighted, averaged over rows.

    Rare classes count more, by the square root of their rarity, as people are to be understood in all of them;
    ``balance`` holds by how much, by head, for calibration to take it back.
    """

    def __init__(self, recipe: EncoderRecipe, examples: Sequence[Example]) -> None:
        self._recipe = recipe
        targets = torch.tensor([example.targets.tolist() for example in examples])
        weights = torch.tensor([example.weights.tolist() for example in examples])
        self.balance: dict[str, Tensor] = {}
        for index, head in enumerate(recipe.heads):
            said = targets[weights[:, index] > 0, recipe.slices[head.name]]
            share = said.mean(dim=0).clamp(min=1e-4) if len(said) else torch.ones(len(head.columns))
            if head.kind == "classes":
                self.balance[head.name] = (1 / (share * len(head.columns))).sqrt().clamp(LIGHTEST, HEAVIEST)
            elif head.kind in ("labels", "probability"):
                self.balance[head.name] = ((1 - share) / share).sqrt().clamp(LIGHTEST, HEAVIEST)

    def __call__(self, columns: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
        """The loss of a batch."""
        total = columns.new_zeros(())
        for index, head in enumerate(self._recipe.heads):
            said = weights[:, index]
            if not bool(said.any()):
                continue
            place = self._recipe.slices[head.name]
            given, wanted = columns[:, place], targets[:, place]
            if head.kind == "classes":
                each = -(wanted * self.balance[head.name] * functional.log_softmax(given, dim=1)).sum(dim=1)
            elif head.kind == "value":
                each = (given - wanted).square().mean(dim=1)
            else:
                each = functional.binary_cross_entropy_with_logits(
                    given, wanted, pos_weight=self.balance[head.name], reduction="none"
                ).mean(dim=1)
            total = total + head.weight * (each * said).sum() / len(said)
        return total
