"""What columns mean, for many documents at once: what a plan says of one, and the same in any batch."""

from __future__ import annotations

import numpy as np
import pytest

from toneguard.documents.answers import Plan
from toneguard.heads.linear import load_linear_heads
from toneguard.heads.meaning import Meaning

PLAN = Plan.read(
    {
        "heads": [
            {
                "name": "sentiment", "kind": "classes", "columns": ["negative", "neutral", "positive"], "first": 0,
                "slopes": [1.5, 1.4, 1.3], "offsets": [0.2, -0.1, 0.3],
            },
            {"name": "kinds", "kind": "labels", "columns": ["abuse", "sarcasm"], "first": 3, "slopes": [1, 2], "offsets": [0, 1]},
            {"name": "warmth", "kind": "value", "columns": ["warmth"], "first": 6, "slopes": [2.0], "offsets": [3.0], "bounds": [1, 5]},
        ]
    }
)  # fmt: skip
COLUMNS = np.random.default_rng(7).normal(scale=3.0, size=(257, 7))
"""Column 5 is of no head."""


def test_many_at_once_mean_what_each_means() -> None:
    for row, meant in zip(COLUMNS.tolist(), Meaning(PLAN, 7)(COLUMNS).tolist(), strict=True):
        assert meant == pytest.approx(PLAN.meant(row), abs=1e-12)


def test_a_row_means_the_same_in_any_batch() -> None:
    meaning = Meaning(PLAN, 7)
    whole = meaning(COLUMNS)
    for size in (1, 2, 3, 8, 100):
        parts = [meaning(COLUMNS[start : start + size]) for start in range(0, len(COLUMNS), size)]
        assert np.array_equal(np.concatenate(parts), whole)


def test_what_ships_means_the_same() -> None:
    heads = load_linear_heads()
    columns = np.random.default_rng(8).normal(size=(50, heads.rows.shape[1]))
    for row, meant in zip(columns.tolist(), heads.meaning(columns).tolist(), strict=True):
        assert meant == pytest.approx(heads.plan.meant(row), abs=1e-12)


def test_columns_far_out_overflow_nowhere() -> None:
    with np.errstate(all="raise", under="ignore"):
        meant = Meaning(PLAN, 7)(np.array([[1e6, 0.0, -1e6, 1e6, -1e6, 0.0, 1e6]]))
    assert meant[0].tolist() == pytest.approx([1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 5.0])
    assert Meaning(PLAN, 7)(np.zeros((0, 7))).shape == (0, 7)
