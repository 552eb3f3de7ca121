"""Sentiment beside the vaderSentiment package, on public sets that people labelled, in one run.

    DATA=DIR python benchmarks/quality/sentiment.py [--fit]        (or: ... DIR [--fit])

DIR holds the three files below, gzipped JSON Lines, made from their public sources. No valence was fitted on
them. Only the class cut-offs are: ``--fit`` finds them on folds 0-7 (GoEmotions: train split) and prints
what ``NEGATIVE_BELOW`` and ``POSITIVE_FROM`` in ``toneguard.analysers.sentiment`` should be. The table is of
folds 8-9 (GoEmotions: dev split), which the fit does not read.

    semeval_2013_2016.jsonl.gz   tweets, three classes
                                 cbaziotis/datastories-semeval2017-task4 @ faeee5f (MIT)
    goemotions.jsonl.gz          Reddit comments, groups of 28 emotions; comments of one group only
                                 monologg/GoEmotions-pytorch @ b75f9d3 (Apache-2.0)
    vader_ground_truth.jsonl.gz  tweets and film reviews, -4..+4, mean of 20 raters; classes cut at -0.5 and 0.5
                                 cjhutto/vaderSentiment @ 44fc044 (MIT)
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from toneguard.analysers.sentiment import NEGATIVE_BELOW, POSITIVE_FROM, Sentiment
from toneguard.documents import parse
from toneguard.messages import Message

SHA256 = {
    "semeval_2013_2016.jsonl.gz": "869d5bc02ef0b9288935c312dbea46bdafaee0a7d6d99fd8f8048c271605870b",
    "goemotions.jsonl.gz": "81335e0b5adfe903b1466d000b4c254788e32ac1b9e353dafb4d613bc29d11df",
    "vader_ground_truth.jsonl.gz": "b30115bf175ffd7247e3044dda3546bf4a48d4ebc6983884abbe6a47655f3687",
}
CLASSES = ("negative", "neutral", "positive")
PACKAGE_CUTS = (-0.05, 0.05)
"""Where the package's authors put its classes."""


class Set(NamedTuple):
    """One labelled set: texts, classes, ratings where there are any, and which rows are for fitting."""

    name: str
    texts: list[str]
    labels: list[str]
    ratings: list[float]
    fit: list[bool]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def load(folder: Path) -> list[Set]:
    for name, expected in SHA256.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            print(f"note: {name} is another version (sha256 {found[:12]}): numbers will differ")
    tweets = Set("SemEval tweets", [], [], [], [])
    for row in rows(folder / "semeval_2013_2016.jsonl.gz"):
        add(tweets, row["text"], row["label"], row["fold"] < 8)
    reddit = Set("GoEmotions Reddit", [], [], [], [])
    for row in rows(folder / "goemotions.jsonl.gz"):
        if len(row["group"]) == 1 and row["group"][0] in CLASSES:
            add(reddit, row["text"], row["group"][0], row["split"] == "train")
    rated = {domain: Set(f"VADER {domain}", [], [], [], []) for domain in ("tweets", "movie_reviews")}
    for row in rows(folder / "vader_ground_truth.jsonl.gz"):
        add(rated[row["domain"]], row["text"], row["label"], row["fold"] < 8, row["score"])
    return [tweets, reddit, *rated.values()]


def add(to: Set, text: str, label: str, fit: bool, rating: float = float("nan")) -> None:
    to.texts.append(text)
    to.labels.append(label)
    to.fit.append(fit)
    to.ratings.append(rating)


def ours(sense: str) -> Callable[[Sequence[str]], list[float]]:
    analyser = Sentiment(sense)

    def score(texts: Sequence[str]) -> list[float]:
        # All of these sets are English; taking a text for another language would only blur the comparison.
        documents = [parse(Message(text, role="customer", language="en")) for text in texts]
        return [analysis.scores[0].value or 0.0 for analysis in analyser.analyse(documents)]

    return score


def package() -> Callable[[Sequence[str]], list[float]]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    return lambda texts: [analyser.polarity_scores(text)["compound"] for text in texts]


def classes(values: np.ndarray, cuts: tuple[float, float]) -> np.ndarray:
    return np.where(values < cuts[0], 0, np.where(values >= cuts[1], 2, 1))


def recalls(truth: np.ndarray, predicted: np.ndarray) -> list[float]:
    return [float(np.mean(predicted[truth == index] == index)) for index in range(3)]


def auc(values: np.ndarray, positive: np.ndarray) -> float:
    """Chance that a negative text scores below another one; ties count half."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    for value in np.unique(values):
        same = values == value
        ranks[same] = ranks[same].mean()
    count = int(positive.sum())
    return float(1 - (ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(values) - count)))


def fit(sets: Sequence[Set], scores: Sequence[np.ndarray]) -> tuple[float, float]:
    """The cut-offs, in steps of 0.05, with the best mean of the sets' macro-recall on the rows for fitting."""
    best = (0.0, 0.0, 0.0)
    for low in np.arange(-0.5, -0.01, 0.05):
        for high in np.arange(0.05, 0.61, 0.05):
            mean = 0.0
            for data, values in zip(sets, scores, strict=True):
                rows_for_fit = np.array(data.fit)
                truth = np.array([CLASSES.index(label) for label in data.labels])[rows_for_fit]
                predicted = classes(values[rows_for_fit], (low, high))
                mean += float(np.mean(recalls(truth, predicted))) / len(sets)
            best = max(best, (mean, round(float(low), 2), round(float(high), 2)))
    return best[1], best[2]


def main(arguments: list[str]) -> None:
    places = [argument for argument in arguments if not argument.startswith("--")]
    folder = Path(places[0] if places else os.environ.get("DATA", "."))
    sets = load(folder)
    scorers = {"package": package(), "plain": ours("plain"), "service": ours("service")}
    scores: dict[str, list[np.ndarray]] = {}
    seconds: dict[str, float] = {}
    for name, scorer in scorers.items():
        began = time.process_time()
        scores[name] = [np.array(scorer(data.texts)) for data in sets]
        seconds[name] = time.process_time() - began
    cuts = {"package": PACKAGE_CUTS, "plain": PACKAGE_CUTS, "service": (NEGATIVE_BELOW, POSITIVE_FROM)}
    if "--fit" in arguments:
        for name in scorers:
            cuts[f"{name} (cut-offs fitted)"] = fit(sets, scores[name])
            print(f"fitted on folds 0-7, {name}: negative below, positive from", cuts[f"{name} (cut-offs fitted)"])
    total = sum(len(data.texts) for data in sets)
    micros = {name: round(used / total * 1e6) for name, used in seconds.items()}
    print("CPU us a text (ours with parsing):", micros)
    head = f"{'macro-R':>8}{'neg':>7}{'neu':>7}{'pos':>7}{'acc':>7}{'AUC neg':>9}{'r':>8}{'r, all rows':>13}"
    print(f"{'rows not fitted on':28}{'scorer':28}{'cut-offs':>12}{head}")
    for index, data in enumerate(sets):
        held = ~np.array(data.fit)
        truth = np.array([CLASSES.index(label) for label in data.labels])[held]
        ratings = np.array(data.ratings)[held]
        for name, (low, high) in cuts.items():
            values = scores[name.split(" ")[0]][index][held]
            predicted = classes(values, (low, high))
            each = "".join(f"{recall:7.3f}" for recall in recalls(truth, predicted))
            mean = np.mean(recalls(truth, predicted))
            right = np.mean(predicted == truth)
            r = ""
            if not np.isnan(ratings).any():  # no cut-off touches r, so that all rows may be looked at
                r = f"{np.corrcoef(values, ratings)[0, 1]:8.4f}"
                r += f"{np.corrcoef(scores[name.split(' ')[0]][index], data.ratings)[0, 1]:13.4f}"
            row = f"{mean:8.4f}{each}{right:7.3f}{auc(values, truth == 0):9.4f}{r}"
            print(f"{data.name + f' n={len(truth)}':28}{name:28}{low:+6.2f}{high:+6.2f}{row}")


if __name__ == "__main__":
    main(sys.argv[1:])
