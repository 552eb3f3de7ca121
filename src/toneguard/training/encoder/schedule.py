"""Which examples make up which batch: fixed by the random state, so that a run can go on where it was killed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from toneguard.training.encoder.examples import Example
from toneguard.training.encoder.recipe import EncoderRecipe

WINDOW = 16
"""Batches within which examples are ordered by length, so that little is padded and batches still differ."""


def schedule(recipe: EncoderRecipe, examples: Sequence[Example], lengths: Sequence[int]) -> list[list[int]]:
    """The batches of a whole run, as places in ``examples``; each batch is of one file."""
    batches: list[list[int]] = []
    for number, feed in enumerate(recipe.feeds):
        places = [place for place, example in enumerate(examples) if example.feed == number]
        for epoch in range(feed.epochs):
            chance = random.Random(f"{recipe.random_state} {number} {epoch}")  # noqa: S311
            drawn = places.copy()
            chance.shuffle(drawn)
            if feed.cap:
                drawn = drawn[: feed.cap]
            for start in range(0, len(drawn), WINDOW * recipe.batch):
                window = sorted(drawn[start : start + WINDOW * recipe.batch], key=lengths.__getitem__)
                batches += [window[at : at + recipe.batch] for at in range(0, len(window), recipe.batch)]
    random.Random(recipe.random_state).shuffle(batches)  # noqa: S311
    return batches
