"""How far a fitted voice can be trusted: AUC with an interval, Platt's calibration, quantiles."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def platt(decisions: Floats, sides: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Slope (0 or more) and offset of Platt (1999), with his targets, both sides counting alike."""
    ours, others = int((sides == 1).sum()), int((sides == 0).sum())
    target = np.where(sides == 1, (ours + 1) / (ours + 2), 1 / (others + 2))
    weight = np.where(sides == 1, 0.5 / ours, 0.5 / others)
    spread = float(decisions.std()) or 1.0
    scaled = decisions / spread
    slope, offset = 1.0, 0.0
    ridge = 1e-4
    for _ in range(100):
        guess = 1 / (1 + np.exp(-np.clip(slope * scaled + offset, -30, 30)))
        error = weight * (guess - target)
        bow = weight * guess * (1 - guess)
        gradient = np.array([(error * scaled).sum() + ridge * slope, error.sum()])
        curve = np.array(
            [
                [(bow * scaled**2).sum() + ridge, (bow * scaled).sum()],
                [(bow * scaled).sum(), bow.sum() + 1e-9],
            ]
        )
        step = np.linalg.solve(curve, gradient)
        length = float(np.abs(step).max())
        step /= max(1.0, length)
        slope, offset = slope - float(step[0]), offset - float(step[1])
        if length < 1e-9:
            break
    return max(slope, 0.0) / spread, offset


def at_least_nine_in_ten(own: Floats, slope: float, offset: float) -> tuple[float, float]:
    """Slope and offset under which 0.5 lies no lower than where nine in ten of the examples pass.

    The background differs from the team's replies in more than voice, so Platt's boundary against it would
    call almost everything on-brand that only looks like the same channel.
    """
    middle, spread = float(own.mean()), max(float(own.std()), 1e-3)
    boundary = middle - 1.2816 * spread
    if slope > 0 and -offset / slope >= boundary:
        return slope, offset
    steepness = 2 / (middle - boundary)
    return steepness, -steepness * boundary


def auc_with_interval(ours: Floats, others: Floats) -> tuple[float, float, float]:
    """Area under the ROC curve and its 95 % interval (Hanley and McNeil 1982), cut to 0..1."""
    wins = (ours[:, None] > others).mean() + 0.5 * (ours[:, None] == others).mean()
    auc = float(wins)
    m, n = len(ours), len(others)
    first, second = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    variance = (auc * (1 - auc) + (m - 1) * (first - auc * auc) + (n - 1) * (second - auc * auc)) / (m * n)
    # A perfect separation of few examples has no variance by the formula; one example more could end it.
    error = max(math.sqrt(max(variance, 0.0)), 0.5 / (min(m, n) + 1))
    return auc, max(0.0, auc - 1.96 * error), min(1.0, auc + 1.96 * error)


def quantiles(ordered: Floats, most: int = 101) -> Floats:
    """At most ``most`` evenly spaced values of a sorted list."""
    if len(ordered) <= most:
        return ordered
    return np.asarray(ordered[np.linspace(0, len(ordered) - 1, most).round().astype(int)])
