"""Words that mean alike, for models that count words: what a word is weighed speaks for its kin as well.

A ridge regression on a few thousand texts knows nothing of a word that it met twice. So it is also given, for each
text, the sum of its words' vectors (what the lower layers of the encoder, which are as published, make of each word by
itself), and what it learns of these is put into the weights of the words afterwards. A message is scored by its words
alone, as before, and contributions stay exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from toneguard.training.encoder.examples import Array


def kin(grams: Sequence[str], lower: Callable[[str], Array], dimensions: int, scale: float) -> Array:
    """A row for each n-gram: where words stand along the directions in which they differ most; nought for pairs.

    All directions count alike, and rows are ``scale`` long on average.
    """
    places = np.array([place for place, gram in enumerate(grams) if " " not in gram], dtype=np.int64)
    given = np.array([lower(grams[place]) for place in places], dtype=np.float64)
    directions = np.linalg.svd(given - given.mean(axis=0), full_matrices=False)[0][:, :dimensions]
    length = np.sqrt((directions**2).sum(axis=1).mean())
    found = np.zeros((len(grams), directions.shape[1]))
    found[places] = directions * (scale / max(length, 1e-12))
    return found


def beside(matrix: Any, related: Array) -> Any:
    """The matrix of texts (n-grams first) with the sums of their words' rows of ``related`` as more columns."""
    from scipy.sparse import csr_matrix, hstack

    return hstack([matrix, csr_matrix(matrix[:, : len(related)] @ related)]).tocsr()


def put_into_words(weights: Array, related: Array) -> Array:
    """The weights of n-grams and features alone, with what the columns of :func:`beside` weigh put into words."""
    width = related.shape[1]
    found = weights[: len(weights) - width].copy()
    found[: len(related)] += related @ weights[len(weights) - width :]
    return found
