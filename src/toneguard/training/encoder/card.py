"""The tables of ``card.md``, put between its two marks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toneguard.training.files import write_tables

COLUMNS = {
    "accuracy": "accuracy",
    "macro_recall": "macro-recall",
    "macro_f1": "macro-F1",
    "auc": "AUC",
    "r": "r",
    "calibration_error": "calibration error",
}
CURVE, FEWEST = "reliability", 10
VADER = ("vader_macro_recall", "vader_auc", "vader_r")
CHIEF = ("macro_recall", "macro_f1", "r")
"""The metric of a row that the encoder by itself is shown for, where it was measured beside the blend."""
ALONE = "alone"


def write_card(folder: Path, report: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the metrics into the tables of the card."""
    alone = any(ALONE in row for row in report.values())
    heads = [*COLUMNS.values(), "by chance alone", "VADER", *(["encoder by itself"] if alone else [])]
    lines = [f"| question and set | n | {' | '.join(heads)} |", "|---" * (len(heads) + 2) + "|"]
    others = []
    for split, row in report.items():
        if not set(row) & set(COLUMNS):
            values = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in row.items() if name != CURVE)
            others.append(f"* {split}: {values}")
            continue
        cells = [shown(row.get(name)) for name in COLUMNS]
        vader = next((row[name] for name in VADER if name in row), None)
        cells += [shown(by_chance(row[CURVE]) if CURVE in row else None), shown(vader)]
        cells += [shown(row.get(ALONE))] if alone else []
        lines.append(f"| {split} | {row['n']:,} | {' | '.join(cells)} |")
    write_tables(folder, "\n".join([*lines, "", *reliability(report), "", *others]))


def by_chance(curve: Sequence[tuple[int, float, float]]) -> float:
    """The calibration error that perfect probabilities would show on so many messages.

    ``curve`` holds number, mean probability and share right of each bin. Of n messages with probability p the share
    that comes true is off by sqrt(2 p (1 - p) / (pi n)) on average (normal approximation of the binomial); the error
    adds these up, so that it is never 0 on few messages.
    """
    total = sum(number for number, _, _ in curve)
    return sum(math.sqrt(2 * number * said * (1 - said) / math.pi) for number, said, _ in curve) / max(1, total)


def reliability(report: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The reliability curves as a table: a row per question, of each bin what was said and what was so."""
    heads = [f"{low / 10:.1f} to {(low + 1) / 10:.1f}" for low in range(10)]
    said = (
        "Reliability: of messages given a probability within a bin, its mean and the share for which it was so; bins of"
        f" fewer than {FEWEST} messages are left out."
    )
    lines = [
        said,
        "",
        f"| question and set | {' | '.join(heads)} |",
        "|---" * (len(heads) + 1) + "|",
    ]
    for split, row in report.items():
        if CURVE in row:
            cells = [""] * len(heads)
            for number, said, seen in row[CURVE]:
                if number >= FEWEST:
                    cells[min(int(said * 10), 9)] = f"{said:.2f}: {seen:.2f}"
            lines.append(f"| {split} | {' | '.join(cells)} |")
    return lines


def shown(value: float | None) -> str:
    """A metric with three digits, or a dash."""
    return "–" if value is None else f"{value:.3f}"
