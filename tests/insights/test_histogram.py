from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toneguard.insights.histogram import Histogram, bin_of


def histogram(values: list[float]) -> Histogram:
    made = Histogram()
    for value in values:
        made.add(value)
    return made


@pytest.mark.parametrize(
    ("value", "stands"),
    [
        (0.0, 0.0), (-0.0, 0.0), (0.12345, 0.123), (-0.00004, 0.0), (0.9996, 1.0), (1.2345, 1.23), (9.999, 10.0), (54.321, 54.3),
        (999.0, 999.0), (1234.0, 1230.0), (-206.8, -207.0), (1e300, 1e300), (7, 7.0),
    ],
)  # fmt: skip
def test_bins(value: float, stands: float) -> None:
    assert bin_of(value) == stands
    assert math.copysign(1, bin_of(value)) == math.copysign(1, stands)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_bin_is_as_near_as_it_is_said_to_be(value: float) -> None:
    assert abs(bin_of(value) - value) <= max(0.0005, abs(value) * 0.005) * (1 + 1e-9)
    assert bin_of(bin_of(value)) == bin_of(value)


@given(st.lists(st.integers(-999, 999), min_size=1), st.sampled_from([0.1, 0.5, 0.9]))
def test_quantiles_of_whole_numbers_are_exact(values: list[int], share: float) -> None:
    expected = sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
    assert histogram([float(value) for value in values]).quantile(share) == expected


def test_nothing_has_no_quantile() -> None:
    assert Histogram().quantile(0.5) is None


def test_memory_is_bounded_and_parts_add_up() -> None:
    chance = random.Random(3)
    values = [chance.gauss(0, 0.4) for _ in range(20_000)]
    whole, first, second = histogram(values), histogram(values[:5000]), histogram(values[5000:])
    first.merge(second)
    assert (first.count, first._bins) == (whole.count, whole._bins)
    assert len(whole._bins) < 4000
    assert whole.quantile(0.5) == pytest.approx(sorted(values)[9999], abs=0.0005)
