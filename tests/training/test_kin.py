"""Words that mean alike share what is learnt, and a message is still scored by its words alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge

from toneguard.training.kin import beside, kin, put_into_words

GRAMS = ["awful", "dreadful", "dreadful day", "lovely", "parcel"]
VECTORS = {
    "awful": (-1.0, 0.1, 0.3),
    "dreadful": (-0.9, 0.2, 0.2),
    "lovely": (1.0, 0.0, 0.1),
    "parcel": (0.1, -1.0, 0.4),
}


def lower(word: str) -> np.ndarray:
    return np.array(VECTORS[word])


def test_rows_are_of_words_and_as_long_as_asked_on_average() -> None:
    related = kin(GRAMS, lower, 2, 0.5)
    assert related.shape == (5, 2)
    assert not related[2].any(), "a pair has none"
    words = related[[0, 1, 3, 4]]
    assert np.sqrt((words**2).sum(axis=1).mean()) == pytest.approx(0.5)
    assert (words**2).sum(axis=0) == pytest.approx(np.full(2, 0.5)), "all directions count alike"


def test_what_the_sums_weigh_is_in_the_words() -> None:
    matrix = csr_matrix(np.array([[0.5, 0, 0, 0.5, 0, 2.0], [0, 1, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0.5]]))  # one feature
    related = kin(GRAMS, lower, 3, 0.7)
    wide = beside(matrix, related)
    weights = np.random.default_rng(7).normal(size=(wide.shape[1], 2))
    assert wide.shape == (3, 6 + related.shape[1])
    assert matrix @ put_into_words(weights, related) == pytest.approx(wide @ weights)


def test_a_word_that_was_never_met_is_judged_by_its_kin() -> None:
    matrix = csr_matrix(np.eye(5)[[0, 0, 3, 3, 4]])  # dreadful stands in no text
    targets = np.array([-1.0, -1.0, 1.0, 1.0, 0.0])
    related = kin(GRAMS, lower, 2, 0.7)
    for given, heard in ((matrix, False), (beside(matrix, related), True)):
        weights = Ridge(alpha=0.1).fit(given, targets).coef_
        words = put_into_words(weights, related) if heard else weights
        assert bool(words[1] < -0.2) is heard
        assert words[2] == 0


def test_without_vectors_nothing_changes() -> None:
    matrix = csr_matrix(np.eye(5))
    nothing = np.zeros((5, 0))
    assert (beside(matrix, nothing) != matrix).nnz == 0
    assert put_into_words(np.arange(5.0), nothing).tolist() == [0, 1, 2, 3, 4]
