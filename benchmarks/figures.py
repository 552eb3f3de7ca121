"""The arithmetic of a benchmark of latencies: percentiles, ratios, and what is asked when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` (0 to 1) of all values do not exceed (nearest rank); NaN of none."""
    if not 0 <= share <= 1:
        raise ValueError(f"share: expected 0 to 1, got {share}")
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def ratio(ours: float, floor: float) -> float:
    """How many times the floor; NaN where there is none."""
    return ours / floor if floor > 0 else math.nan


@dataclass(frozen=True, slots=True)
class Slice:
    """Callers ask for one thing (``reviews``, ``nothing``, ``healthz``) for so many seconds."""

    asks: str
    clients: int
    seconds: float


FLOORS = ("nothing", "healthz")
FLOOR_SHARE = 0.2
"""How long each floor is asked for, beside reviews."""


def slices(clients: int, seconds: float, rounds: int) -> list[Slice]:
    """One level: ``seconds`` of reviews in all, in rounds with both floors in each, so that drift meets all alike.

    The order within a round turns, so that nothing always comes first.
    """
    if clients < 1 or rounds < 1 or seconds <= 0:
        raise ValueError("expected clients and rounds of 1 or more, and more than 0 seconds")
    planned = []
    for number in range(rounds):
        one = [Slice("reviews", clients, seconds / rounds)]
        one += [Slice(floor, clients, seconds / rounds * FLOOR_SHARE) for floor in FLOORS]
        turn = number % len(one)
        planned += one[turn:] + one[:turn]
    return planned


@dataclass(frozen=True, slots=True)
class Summary:
    """Times of answers in milliseconds; ``spread`` is the lowest and highest median of its slices."""

    count: int
    per_second: float
    p50: float
    p99: float
    spread: tuple[float, float]


def summary(times: Sequence[Sequence[float]], seconds: float) -> Summary:
    """Of the times of all slices, which lasted ``seconds`` together."""
    every = [value for one in times for value in one]
    medians = [percentile(one, 0.5) for one in times if one] or [math.nan]
    rate = len(every) / seconds if seconds > 0 else math.nan
    return Summary(
        len(every), rate, percentile(every, 0.5), percentile(every, 0.99), (min(medians), max(medians))
    )


def due(number: int, per_second: float) -> float:
    """Seconds after the start at which request ``number`` (from 0) is to be sent, evenly spaced."""
    if per_second <= 0:
        raise ValueError("per_second: expected more than 0")
    return number / per_second


def shares(counts: dict[str, int]) -> dict[str, float]:
    """What part of all each has."""
    total = sum(counts.values())
    return {name: count / total if total else math.nan for name, count in counts.items()}


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as a Markdown table: floats with three significant digits at most below a thousand."""
    lines = [list(head), ["---"] * len(head), *([cell(value) for value in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def cell(value: object) -> str:
    """One value as it is printed."""
    if not isinstance(value, float):
        return f"{value:,}" if isinstance(value, int) else str(value)
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
