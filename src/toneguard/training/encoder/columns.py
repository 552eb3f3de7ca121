"""Examples with the columns that trained heads give for them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from toneguard.heads.encoder import Encoder
from toneguard.training.encoder.examples import Array, Example
from toneguard.training.encoder.recipe import EncoderRecipe


@dataclass(frozen=True, slots=True)
class Judged:
    """Examples with their columns."""

    examples: Sequence[Example]
    columns: Array

    def at(self, places: Sequence[int]) -> Judged:
        """The examples at these places."""
        return Judged([self.examples[place] for place in places], self.columns[list(places)])


def read_by(recipe: EncoderRecipe, example: Example) -> str:
    """How the example's file is read: "tweets", "requests", "customers", ..."""
    return recipe.feeds[example.feed].reader


def unseen(recipe: EncoderRecipe, examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """The examples of the fold for calibration, and those of the folds that are only measured on."""
    return (
        [example for example in examples if example.fold == recipe.development_fold],
        [example for example in examples if example.fold in recipe.held_back_folds],
    )


def read_columns(runner: Encoder, examples: Sequence[Example], kept: Path, digest: str) -> Array:
    """The encoder's columns of every example, kept in a file as long as graph and texts are the same."""
    digest = hashlib.sha256(repr([digest, *(example.text for example in examples)]).encode()).hexdigest()
    if kept.exists():
        with np.load(kept, allow_pickle=False) as arrays:
            if str(arrays["digest"]) == digest:
                return np.asarray(arrays["columns"])
    columns = np.array([runner.columns(example.text) for example in examples], dtype=np.float64)
    np.savez(kept, digest=np.array(digest), columns=columns)
    return columns
