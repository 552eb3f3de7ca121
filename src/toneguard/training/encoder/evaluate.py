"""Metrics on the folds that were neither fitted nor calibrated on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from toneguard.documents.answers import Answers, Plan
from toneguard.training.encoder.calibrate import dissatisfaction_class, macro_recall, politeness_class
from toneguard.training.encoder.columns import Judged, read_by
from toneguard.training.encoder.examples import LEVELS, Array, Example
from toneguard.training.encoder.recipe import EncoderRecipe

Report = dict[str, dict[str, Any]]
"""Metrics by question and set; ``reliability`` is a curve: of each bin the number, mean probability and share right."""
SENTIMENTS = ("negative", "neutral", "positive")
VADER_CUTS = (-0.05, 0.05)
"""Where the authors of VADER put the classes."""
BINS = 10
POLITE_FILES = {"wikipedia": "Wikipedia", "stack_exchange": "Stack Exchange"}
TONES = ("formality", "warmth", "enthusiasm", "assertiveness")


def evaluate(recipe: EncoderRecipe, plan: Plan, judged: Judged) -> Report:
    """Every question on every set that has labels for it; ``judged`` are the held-back examples."""
    answers = [Answers(plan, row) for row in judged.columns.tolist()]
    rows = list(zip(judged.examples, answers, strict=True))

    def of(*readers: str) -> list[tuple[Example, Answers]]:
        return [(example, answer) for example, answer in rows if read_by(recipe, example) in readers]

    own = of("customers", "replies")
    customers = of("customers")
    report: Report = {}
    for name, part in (
        ("sentiment, SemEval tweets", of("tweets")),
        ("sentiment, GoEmotions", of("emotions")),
        ("sentiment, own texts", own),
    ):
        report[name] = sentiment(part)
    for domain in ("tweets", "movie_reviews"):
        part = [(example, answer) for example, answer in of("valence") if example.row["domain"] == domain]
        report[f"valence, rated {domain.replace('_', ' ')}"] = correlation(
            [example.row["score"] for example, _ in part],
            [answer.value("valence") for _, answer in part],
            [vader(example.row["text"]) for example, _ in part],
        )
    for file, name in POLITE_FILES.items():
        part = [row for row in of("requests") if file in recipe.feeds[row[0].feed].source.file]
        report[f"politeness, {name}"] = polite(recipe, part)
    report["politeness, own texts"] = polite(recipe, own)
    complaints = [
        row for row in of("complaints") if not str(row[0].row["domain"]).startswith("random")
    ]  # with them it would be another, easier task
    report["complaint, without the random tweets"] = yes_or_no(
        [int(example.row["label"]) for example, _ in complaints],
        [answer.probability("complaint") for _, answer in complaints],
        [-vader(example.row["text"]) for example, _ in complaints],
    )
    unhappy = [
        (truth, example, answer)
        for example, answer in customers
        if (truth := dissatisfaction_class(recipe, example)) is not None
    ]
    report["dissatisfaction, own customers (level 2 and more against 0)"] = yes_or_no(
        [truth for truth, _, _ in unhappy],
        [answer.dissatisfaction for _, _, answer in unhappy],
        [-vader(example.row["text"]) for _, example, _ in unhappy],
    )
    for head, truth_of in (
        ("level", lambda row: LEVELS[row["dissatisfaction"]]),
        ("contact_type", lambda row: row["contact_type"]),
        ("cause", lambda row: row["cause"]),
    ):
        report[f"{head}, own customers"] = classes(head, truth_of, customers)
    report["kinds, own customers (each message and kind)"] = kinds(recipe, customers)
    for tone in TONES:
        part = of("replies")
        report[f"{tone}, own replies"] = correlation(
            [example.row[tone] for example, _ in part], [answer.value(tone) for _, answer in part]
        )
    return report


def sentiment(rows: Sequence[tuple[Example, Answers]]) -> dict[str, float]:
    """Macro-recall beside VADER's."""
    truth = np.array([example.targets[: len(SENTIMENTS)].argmax() for example, _ in rows])
    chosen = np.array([SENTIMENTS.index(answer.label("sentiment")) for _, answer in rows])
    shares = np.array([list(answer.shares("sentiment").values()) for _, answer in rows])
    compound = np.array([vader(example.row["text"]) for example, _ in rows])
    other = np.where(compound <= VADER_CUTS[0], 0, np.where(compound >= VADER_CUTS[1], 2, 1))
    return {
        "n": len(rows),
        "accuracy": rounded((chosen == truth).mean()),
        "macro_recall": rounded(macro_recall(truth, chosen)),
        "macro_f1": rounded(macro_f1(truth, chosen)),
        **calibration(shares.max(axis=1), shares.argmax(axis=1) == truth),
        "vader_macro_recall": rounded(macro_recall(truth, other)),
    }


def polite(recipe: EncoderRecipe, rows: Sequence[tuple[Example, Answers]]) -> dict[str, float]:
    """Polite against impolite, as the published accuracies have it."""
    clear = [
        (truth, answer.probability("politeness"))
        for example, answer in rows
        if (truth := politeness_class(recipe, example)) is not None
    ]
    return yes_or_no([truth for truth, _ in clear], [value for _, value in clear])


def yes_or_no(truth: Sequence[int], given: Sequence[float], other: Sequence[float] | None = None) -> dict[str, float]:
    """Metrics of a probability; ``other`` are VADER's values, negative ones turned high."""
    from sklearn.metrics import roc_auc_score

    right, probability = np.array(truth), np.array(given)
    chosen = (probability >= 0.5).astype(int)
    found = {
        "n": len(right),
        "accuracy": rounded((chosen == right).mean()),
        "macro_f1": rounded(macro_f1(right, chosen)),
        "auc": rounded(roc_auc_score(right, probability)),
        **calibration(probability, right),
    }
    if other is not None:
        found["vader_auc"] = rounded(roc_auc_score(right, other))
    return found


def classes(
    head: str, truth_of: Callable[[Mapping[str, Any]], str], rows: Sequence[tuple[Example, Answers]]
) -> dict[str, float]:
    """Metrics of a head with classes."""
    truth = np.array([truth_of(example.row) for example, _ in rows])
    chosen = np.array([answer.label(head) for _, answer in rows])
    shares = [answer.shares(head) for _, answer in rows]
    likeliest = [max(share, key=share.__getitem__) for share in shares]
    return {
        "n": len(rows),
        "accuracy": rounded((chosen == truth).mean()),
        "macro_f1": rounded(macro_f1(truth, chosen)),
        **calibration(np.array([max(share.values()) for share in shares]), np.array(likeliest) == truth),
    }


def kinds(recipe: EncoderRecipe, rows: Sequence[tuple[Example, Answers]]) -> dict[str, float]:
    """All pairs of message and kind together, as single kinds are too few to be measured one by one."""
    columns = recipe.heads[recipe.place["kinds"]].columns
    return yes_or_no(
        [int(kind in example.row["kinds"]) for example, _ in rows for kind in columns],
        [answer.chances("kinds")[kind] for _, answer in rows for kind in columns],
    )


def correlation(
    truth: Sequence[float], given: Sequence[float], other: Sequence[float] | None = None
) -> dict[str, float]:
    """Pearson's r of a value, and VADER's."""
    found = {"n": len(truth), "r": rounded(np.corrcoef(truth, given)[0, 1])}
    if other is not None:
        found["vader_r"] = rounded(np.corrcoef(truth, other)[0, 1])
    return found


def macro_f1(truth: Array, chosen: Array) -> float:
    """The mean F1 of the classes that occur."""
    from sklearn.metrics import f1_score

    return float(f1_score(truth, chosen, average="macro", labels=sorted(set(truth.tolist())), zero_division=0))


def calibration(probability: Array, right: Array) -> dict[str, Any]:
    """The expected calibration error in ten equal bins, and the reliability curve over the bins that hold any."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    curve = [
        (int((bins == b).sum()), rounded(probability[bins == b].mean()), rounded(right[bins == b].mean()))
        for b in range(BINS)
        if (bins == b).any()
    ]
    error = sum(number * abs(said - seen) for number, said, seen in curve) / max(1, len(probability))
    return {"calibration_error": rounded(error), "reliability": [list(point) for point in curve]}


def vader(text: str) -> float:
    """What VADER says of a text."""
    return float(vader_analyser().polarity_scores(text)["compound"])


def rounded(value: Any) -> float:
    """Four digits."""
    return round(float(value), 4)


@lru_cache(maxsize=1)
def vader_analyser() -> Any:
    """The package's analyser, made once."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
