"""Both tiers on service messages of our own, through the public face, beside vaderSentiment.

    python benchmarks/quality/service.py [DIR] [--part train|frozen|blind]

``train`` (the default): folds 8 and 9 of ``corpora/service/train``, which nothing is fitted or tuned on. ``frozen`` and
``blind`` are parts that were written without sight of code, models or other texts, each there for one report (see
``results.md``); using one again after a change made in its light would make it a development set. DIR is not read.

Texts and labels are the project's own, so the figures show the register, not the judgement of strangers. Intervals
are of 1,000 bootstrap samples (95 %).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, recall_score, roc_auc_score
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from toneguard import Pipeline, Review
from toneguard.training.data import fold_of

CORPORA = Path(__file__).resolve().parents[2] / "corpora" / "service"
HELD_BACK = (8, 9)
TONES = ("formality", "warmth", "enthusiasm", "assertiveness")
SAMPLES = 1000
Metric = Callable[[np.ndarray, np.ndarray], float]
Row = dict[str, Any]


def macro_f1(truth: np.ndarray, given: np.ndarray) -> float:
    return float(f1_score(truth, given, average="macro", labels=sorted(set(truth)), zero_division=0))


def macro_recall(truth: np.ndarray, given: np.ndarray) -> float:
    return float(recall_score(truth, given, average="macro", labels=sorted(set(truth)), zero_division=0))


def auc(truth: np.ndarray, given: np.ndarray) -> float:
    return float(roc_auc_score(truth, given.astype(float)))


def correlation(truth: np.ndarray, given: np.ndarray) -> float:
    return float(np.corrcoef(truth.astype(float), given.astype(float))[0, 1])


def shown(metric: Metric, truth: Sequence[Any], given: Sequence[Any]) -> str:
    """A metric with its interval."""
    right, said = np.array(truth), np.array(given)
    chance = np.random.default_rng(7)
    found = []
    while len(found) < SAMPLES:
        drawn = chance.integers(0, len(right), len(right))
        if len(set(right[drawn])) > 1:
            found.append(metric(right[drawn], said[drawn]))
    low, high = np.quantile(found, (0.025, 0.975))
    return f"{metric(right, said):.3f} ({low:.3f} to {high:.3f})"


def rows(name: str, part: str) -> list[Row]:
    path = CORPORA / part / f"{name}.jsonl"
    given = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in given if part != "train" or fold_of(row["text"]) in HELD_BACK]


def report(tier: str, customers: Sequence[Row], replies: Sequence[Row]) -> None:
    pipeline = Pipeline(tier=tier)
    of_customers = [pipeline.review(row["text"], role="customer") for row in customers]
    of_replies = [pipeline.review(row["text"], role="agent", before=[("customer", row["customer"])]) for row in replies]
    vader = SentimentIntensityAnalyzer()

    def line(name: str, metric: Metric, pairs: Sequence[tuple[Any, Any]]) -> None:
        print(f"{tier:9}{name:62}{len(pairs):6}  {shown(metric, [a for a, _ in pairs], [b for _, b in pairs])}")

    def value(review: Review, measure: str) -> float:
        given = review.scores[measure].value
        return 0.5 if given is None else given  # "cannot say" is no answer either way

    def label(review: Review, measure: str) -> str:
        return review.scores[measure].label or "cannot say"

    both = list(zip([*customers, *replies], [*of_customers, *of_replies], strict=True))
    asked = list(zip(customers, of_customers, strict=True))
    clear = [(row, review) for row, review in asked if row["dissatisfaction"] != 1]
    felt = [(row["sentiment"], label(review, "sentiment")) for row, review in both]
    line("sentiment, macro-recall", macro_recall, felt)
    unhappy = [(int(row["dissatisfaction"] >= 2), review, row) for row, review in clear]
    line("dissatisfaction (2 and more against 0), AUC", auc, [(t, value(r, "dissatisfaction")) for t, r, _ in unhappy])
    line(
        "dissatisfaction (2 and more against 0), macro-F1",
        macro_f1,
        [(t, int(label(r, "dissatisfaction") == "dissatisfied")) for t, r, _ in unhappy],
    )
    line(
        "dissatisfaction (2 and more against 0 and 1), AUC",
        auc,
        [(int(row["dissatisfaction"] >= 2), value(review, "dissatisfaction")) for row, review in asked],
    )
    line(
        "the same, vaderSentiment, AUC",
        auc,
        [(int(row["dissatisfaction"] >= 2), -vader.polarity_scores(row["text"])["compound"]) for row, _ in asked],
    )
    line(
        "dissatisfaction level, macro-F1",
        macro_f1,
        [(row["dissatisfaction"], int(value(review, "dissatisfaction_level"))) for row, review in asked],
    )
    for measure in ("contact_type", "cause"):
        line(f"{measure}, macro-F1", macro_f1, [(row[measure], label(review, measure)) for row, review in asked])
    polite = [(int(row["politeness"] > 3), value(r, "politeness")) for row, r in both if row["politeness"] != 3]
    line("politeness (4, 5 against 1, 2), AUC", auc, polite)
    for tone in TONES:
        pairs = [(row[tone], value(review, tone)) for row, review in zip(replies, of_replies, strict=True)]
        line(f"{tone} of replies, r", correlation, pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="?", help="not read; every script here takes it")
    parser.add_argument("--part", choices=("train", "frozen", "blind"), default="train", help="see above")
    arguments = parser.parse_args()
    customers, replies = rows("customers", arguments.part), rows("replies", arguments.part)
    print(f"{'tier':9}{'question':62}{'n':>6}  value (95 % interval)")
    for tier in ("fast", "accurate"):
        report(tier, customers, replies)


if __name__ == "__main__":
    main()
