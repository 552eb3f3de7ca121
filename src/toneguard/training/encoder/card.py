"""The tables of ``card.md``, put between its two marks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

START, END = "<!-- metrics: written by the training command -->", "<!-- end of metrics -->"
COLUMNS = {
    "accuracy": "accuracy",
    "macro_recall": "macro-recall",
    "macro_f1": "macro-F1",
    "auc": "AUC",
    "r": "r",
    "calibration_error": "calibration error",
}
VADER = ("vader_macro_recall", "vader_auc", "vader_r")


def write_card(path: Path, report: Mapping[str, Mapping[str, float]]) -> None:
    """Put the metrics into the tables of the card."""
    card = path.read_text(encoding="utf-8")
    before, rest = card.split(START)
    _, after = rest.split(END)
    lines = [f"| question and set | n | {' | '.join(COLUMNS.values())} | VADER |", "|---" * (len(COLUMNS) + 3) + "|"]
    others = []
    for split, row in report.items():
        if not set(row) & set(COLUMNS):
            values = ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in row.items())
            others.append(f"* {split}: {values}")
            continue
        cells = [shown(row.get(name)) for name in COLUMNS]
        vader = next((row[name] for name in VADER if name in row), None)
        lines.append(f"| {split} | {row['n']:,} | {' | '.join(cells)} | {shown(vader)} |")
    text = "\n".join([*lines, "", *others])
    path.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8", newline="\n")


def shown(value: float | None) -> str:
    """A metric with three digits, or a dash."""
    return "–" if value is None else f"{value:.3f}"
