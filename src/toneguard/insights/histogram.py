"""How values are distributed, in memory that does not grow with their number."""

from __future__ import annotations

from collections import Counter
from math import floor, log10

DIGITS = 3
"""Significant digits that tell bins apart."""


class Histogram:
    """Counts of values in fixed bins, from which quantiles are read.

    A bin is a value with three significant digits, but no finer than 0.001: 0.001 wide below 1, 0.01 up to
    10, 0.1 up to 100, and so on. A quantile is therefore within half a per cent of the exact one, or within
    0.0005 where that is more; whole numbers up to 999 are exact. There are at most 900 bins per power of ten,
    so that memory is bounded; two histograms add up exactly.
    """

    __slots__ = ("_bins", "count")

    def __init__(self) -> None:
        self._bins: Counter[float] = Counter()
        self.count = 0

    def add(self, value: float) -> None:
        """Count one finite value."""
        self._bins[bin_of(value)] += 1
        self.count += 1

    def merge(self, other: Histogram) -> None:
        """Count what ``other`` has counted."""
        self._bins.update(other._bins)
        self.count += other.count

    def quantile(self, share: float) -> float | None:
        """The smallest bin at or below which lies at least this share (0..1) of the values; None of none."""
        needed = share * self.count
        passed = 0
        for value in sorted(self._bins):
            passed += self._bins[value]
            if passed >= needed:
                return value
        return None


def bin_of(value: float) -> float:
    """The value that stands for the bin of ``value``."""
    size = abs(value)
    places = DIGITS if size < 1 else DIGITS - 1 - floor(log10(size))
    return round(float(value), places) + 0.0  # adding zero turns -0.0 into 0.0
