"""Fitting a linear head: one recipe for every question, with cross-validated calibration and metrics."""

from __future__ import annotations

import json
import math
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from toneguard.resources.linear import LinearHead, sigmoid, write_head
from toneguard.resources.models import SCHEMA
from toneguard.training.data import Source, sha256


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message as a head sees it; ``fold`` keeps repeats on one side of every split."""

    grams: Mapping[str, int]
    features: Mapping[str, float]
    label: int
    fold: int
    domain: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """What ``config.toml`` of a model says."""

    folder: Path
    title: str
    random_state: int
    C: float
    feature_scale: float
    min_count: int
    folds: int
    ignore: frozenset[str]
    data: tuple[Source, ...]

    @classmethod
    def read(cls, folder: Path) -> Recipe:
        """The recipe of a model's folder."""
        table = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
        sources = tuple(Source(**source) for source in table.pop("data"))
        ignore = frozenset(table.pop("ignore", ()))
        return cls(folder=folder, data=sources, ignore=ignore, **table)


def fit(
    examples: Sequence[Example], recipe: Recipe, name: str = "", calibration: tuple[float, float] = (1.0, 0.0)
) -> LinearHead:
    """A head fitted on all the examples."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(gram for example in examples for gram in example.grams)
    kept = sorted(
        text for text, count in counts.items() if count >= recipe.min_count and recipe.ignore.isdisjoint(text.split())
    )
    grams = {text: index for index, text in enumerate(kept)}
    names = {
        feature: len(grams) + index
        for index, feature in enumerate(sorted({feature for example in examples for feature in example.features}))
    }
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, example in enumerate(examples):
        scale = 1.0 / math.sqrt(len(example.grams)) if example.grams else 0.0
        for gram in example.grams:
            column = grams.get(gram)
            if column is not None:
                rows.append(row)
                columns.append(column)
                values.append(scale)
        for feature, value in example.features.items():
            rows.append(row)
            columns.append(names[feature])
            values.append(value * recipe.feature_scale)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(examples), len(grams) + len(names)))
    model = LogisticRegression(C=recipe.C, max_iter=5000, class_weight="balanced", random_state=recipe.random_state)
    model.fit(matrix, [example.label for example in examples])
    weights = model.coef_[0]
    return LinearHead(
        name=name,
        # Two bytes a weight are enough: rounding them moves no probability by more than a thousandth.
        grams={text: float(np.float16(weights[column])) for text, column in grams.items()},
        features={feature: float(weights[column]) * recipe.feature_scale for feature, column in names.items()},
        bias=float(model.intercept_[0]),
        slope=calibration[0],
        offset=calibration[1],
        digest="",
    )


def log_odds(head: LinearHead, examples: Sequence[Example]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The uncalibrated log-odds of each example."""
    return np.array([head.score(example.grams, example.features).log_odds for example in examples])


def out_of_fold(examples: Sequence[Example], recipe: Recipe) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Log-odds of each example from a head that did not see its fold."""
    given = np.zeros(len(examples))
    for fold in range(recipe.folds):
        inside = [index for index, example in enumerate(examples) if example.fold % recipe.folds == fold]
        if inside:
            head = fit([example for example in examples if example.fold % recipe.folds != fold], recipe)
            given[inside] = log_odds(head, [examples[index] for index in inside])
    return given


def calibrate(given: np.ndarray[Any, Any], labels: Sequence[int]) -> tuple[float, float]:
    """Slope and offset of Platt's scaling (1999) on out-of-fold log-odds."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(given.reshape(-1, 1), labels)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def metrics(given: np.ndarray[Any, Any], labels: Sequence[int], calibration: tuple[float, float]) -> dict[str, float]:
    """Accuracy, macro-F1, AUC and expected calibration error (ten equal bins)."""
    from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

    truth = np.array(labels)
    probability = np.array([sigmoid(calibration[0] * value + calibration[1]) for value in given])
    predicted = (probability >= 0.5).astype(int)
    bins = np.minimum((probability * 10).astype(int), 9)
    error = sum(
        abs(probability[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    )
    return {
        "n": len(truth),
        "accuracy": round(float(accuracy_score(truth, predicted)), 4),
        "macro_f1": round(float(f1_score(truth, predicted, average="macro")), 4),
        "auc": round(float(roc_auc_score(truth, given)), 4),
        "calibration_error": round(float(error), 4),
    }


def train(
    recipe: Recipe,
    name: str,
    examples: Sequence[Example],
    splits: Mapping[str, Callable[[Example], bool]],
    transfers: Sequence[tuple[str, str]] = (),
    data: Path | None = None,
) -> dict[str, Any]:
    """Fit, calibrate, measure and write a model; gives its metrics by split.

    ``splits`` name subsets for the cross-validated metrics; ``transfers`` are pairs of domains (fit on one, measure on
    the other).
    """
    labels = [example.label for example in examples]
    given = out_of_fold(examples, recipe)
    calibration = calibrate(given, labels)
    report: dict[str, Any] = {}
    for split, belongs in splits.items():
        inside = [index for index, example in enumerate(examples) if belongs(example)]
        report[split] = metrics(given[inside], [labels[index] for index in inside], calibration)
    for source, target in transfers:
        head = fit([example for example in examples if example.domain == source], recipe)
        there = [example for example in examples if example.domain == target]
        report[f"{source} to {target}"] = metrics(
            log_odds(head, there), [example.label for example in there], (1.0, 0.0)
        )
    head = fit(examples, recipe, name, calibration)
    weights = recipe.folder / "weights.npz"
    write_head(weights, head)
    manifest = {
        "schema": SCHEMA,
        "model": name,
        "title": recipe.title,
        "files": {"weights.npz": sha256(weights)},
        "grams": len(head.grams),
        "features": len(head.features),
        "examples": len(examples),
        "data": [
            {
                "file": source.file,
                "source": source.source,
                "licence": source.licence,
                "sha256": sha256(source.path(data)),
            }
            for source in recipe.data
            if data is not None
        ],
        "metrics": report,
    }
    (recipe.folder / "manifest.json").write_text(
        json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    write_card(recipe, report)
    return report


START, END = "<!-- metrics: written by the training command -->", "<!-- end of metrics -->"


def write_card(recipe: Recipe, report: Mapping[str, Mapping[str, float]]) -> None:
    """Put the metrics into the table of ``card.md``, between its two marks."""
    path = recipe.folder / "card.md"
    card = path.read_text(encoding="utf-8")
    before, rest = card.split(START)
    _, after = rest.split(END)
    lines = ["| split | n | accuracy | macro-F1 | AUC | calibration error |", "|---|---|---|---|---|---|"]
    for split, row in report.items():
        scores = (f"{row[name]:.3f}" for name in ("accuracy", "macro_f1", "auc", "calibration_error"))
        lines.append(f"| {split} | {row['n']:,} | {' | '.join(scores)} |")
    path.write_text(before + START + "\n" + "\n".join(lines) + "\n" + END + after, encoding="utf-8")
