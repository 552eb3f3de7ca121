"""Calibration on the development fold: slopes and offsets by head, decisions between classes, and dissatisfaction.

What the loss did to the classes (rare ones counted more) is taken back first; then one temperature (Guo et al. 2017) or
Platt's slope and offset (1999) is fitted. Heads with a few dozen development rows get a single slope, no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from toneguard.documents.answers import Blend, Calibration
from toneguard.training.encoder.columns import Judged, read_by
from toneguard.training.encoder.examples import Array, Example
from toneguard.training.encoder.recipe import EncoderRecipe, Head

TONE_BOUNDS, VALENCE_BOUNDS = (1.0, 5.0), (-1.0, 1.0)
ENOUGH_FOR_OFFSETS = 1000
"""So many development rows, and each class's offset is fitted too."""
NEIGHBOURS = 5
"""Decisions are judged together with those around them, so many to a side of the square."""
OWN_SHARE = 3.0
"""In the blend one of our own service messages counts as much as so many tweets."""


def calibrate(recipe: EncoderRecipe, judged: Judged, balance: Mapping[str, Array]) -> dict[str, Any]:
    """What the run-time reader needs: every head's calibration and the blend, as plain data for the manifest.

    ``judged`` are the examples of the development fold; ``balance`` the weights that the loss gave to columns.
    """
    heads = [calibrate_head(recipe, head, judged, balance.get(head.name)) for head in recipe.heads]
    told = {head["name"]: to_calibration(head) for head in heads}
    return {
        "limit": recipe.limit,
        "first": recipe.first,
        "heads": heads,
        "dissatisfaction": fit_blend(recipe, judged, told),
    }


def calibrate_head(recipe: EncoderRecipe, head: Head, judged: Judged, balance: Array | None) -> dict[str, Any]:
    """A head's calibration as plain data."""
    place = recipe.slices[head.name]
    width = len(head.columns)
    table: dict[str, Any] = {
        "name": head.name,
        "kind": "probability" if head.name == "politeness" else head.kind,
        "columns": list(head.columns),
        "first": place.start,
        "slopes": [1.0] * width,
        "offsets": [0.0] * width,
    }
    kept, truth = truths(recipe, head, judged.examples)
    said = judged.at(kept)
    given = said.columns[:, place]
    weighted = np.log(balance) if balance is not None else np.zeros(width)
    if table["kind"] == "value":
        table["slopes"], table["offsets"] = [head.unit], [head.centre]
        table["bounds"] = list(VALENCE_BOUNDS if head.name == "valence" else TONE_BOUNDS)
    elif table["kind"] == "probability":
        slope, offset = platt(given[:, 0], truth[:, 0])
        table["slopes"], table["offsets"] = [slope], [offset]
    elif table["kind"] == "labels":
        # One slope for all: each label alone has a handful of positives.
        slope, offset = platt((given - weighted).ravel(), truth.ravel())
        table["slopes"] = [slope] * width
        table["offsets"] = [offset - slope * float(weight) for weight in weighted]
    else:
        slope, shifts = temper(given - weighted, truth, offsets=len(given) >= ENOUGH_FOR_OFFSETS)
        table["slopes"] = [slope] * width
        table["offsets"] = [float(shift - slope * weight) for shift, weight in zip(shifts, weighted, strict=True)]
        table["decision"] = decide(recipe, said, to_calibration(table), weighted)
    return shortened(table)


def shortened(table: dict[str, Any]) -> dict[str, Any]:
    """The table with six digits a number."""
    for name in ("slopes", "beside", "offsets", "decision"):
        if name in table:
            table[name] = [round(float(value), 6) for value in table[name]]
    return table


def truths(recipe: EncoderRecipe, head: Head, examples: Sequence[Example]) -> tuple[list[int], Array]:
    """The places of the examples that a head is calibrated on, and what is so of each: by column 0 or 1, or the value.

    Politeness is a matter of polite or impolite here, and a level that was spread over its neighbours for the loss is
    one level again.
    """
    at, place = recipe.place[head.name], recipe.slices[head.name]
    kept, truth = [], []
    for number, example in enumerate(examples):
        if example.weights[at] < 1:
            continue
        targets = example.targets[place].astype(np.float64)
        if head.name == "politeness":
            polite = politeness_class(recipe, example)
            if polite is None:
                continue
            targets = np.array([float(polite)])
        elif head.kind == "classes":
            targets = np.eye(len(targets))[targets.argmax()]
        elif head.kind == "value":
            targets = targets * head.unit + head.centre
        kept.append(number)
        truth.append(targets)
    return kept, np.array(truth) if truth else np.zeros((0, len(head.columns)))


def to_calibration(table: Mapping[str, Any]) -> Calibration:
    """The run-time form of a head's table."""
    return Calibration.read(table)


def politeness_class(recipe: EncoderRecipe, example: Example) -> int | None:
    """1 polite, 0 impolite, None for what is neither: the middle half of the requests, the middle step of our own."""
    if read_by(recipe, example) == "requests":
        return {"polite": 1, "impolite": 0}.get(str(example.row.get("label")))
    step = example.row.get("politeness", 3)
    return None if step == 3 else int(step > 3)


def dissatisfaction_class(recipe: EncoderRecipe, example: Example) -> int | None:
    """1 at least moderately dissatisfied, or a complaint; 0 not at all; None for a niggle and for what says nothing."""
    reader = read_by(recipe, example)
    if reader == "complaints" and not str(example.row["domain"]).startswith("random"):
        return int(example.row["label"])
    if reader == "customers" and example.row["dissatisfaction"] != 1:
        return int(example.row["dissatisfaction"] >= 2)
    return None


def platt(given: Array, truth: Array) -> tuple[float, float]:
    """Slope and offset of Platt's scaling; 1 and 0 where there is only one class."""
    from sklearn.linear_model import LogisticRegression

    if len(set(truth.tolist())) < 2:
        return 1.0, 0.0
    model = LogisticRegression(C=100.0).fit(given.reshape(-1, 1), truth > 0.5)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def temper(given: Array, targets: Array, *, offsets: bool) -> tuple[float, Array]:
    """One over the temperature, and offsets by class where asked, with the best likelihood of ``targets``."""
    from scipy.optimize import minimize

    width = given.shape[1]
    if not len(given):
        return 1.0, np.zeros(width)

    def cost(values: Array) -> float:
        scaled = given * math.exp(values[0]) + (values[1:] if offsets else 0.0)
        highest = scaled.max(axis=1, keepdims=True)
        logs = scaled - highest - np.log(np.exp(scaled - highest).sum(axis=1, keepdims=True))
        return float(-(targets * logs).sum(axis=1).mean() + 1e-3 * (values**2).sum())

    found = minimize(cost, np.zeros(1 + (width if offsets else 0)), method="L-BFGS-B").x
    return math.exp(found[0]), found[1:] if offsets else np.zeros(width)


def decide(recipe: EncoderRecipe, judged: Judged, head: Calibration, weighted: Array) -> list[float]:
    """What is added to the logarithms of classes before one is chosen: what the loss gave to rare classes.

    For sentiment, which has thousands of development rows, what gives the best mean macro-recall over files, each
    weighed by the root of its rows: those of our own have a few dozen, by which no cut should be set.
    """
    from scipy.ndimage import uniform_filter

    if head.name != "sentiment" or not judged.examples:
        return [float(value) for value in weighted]
    logs = np.log(np.maximum(np.array([list(head.shares(row).values()) for row in judged.columns.tolist()]), 1e-12))
    truth = np.array([example.targets[: len(head.columns)].argmax() for example in judged.examples])
    files = np.array([read_by(recipe, example) for example in judged.examples])
    names = sorted(set(files.tolist()))
    roots = [math.sqrt((files == name).sum()) for name in names]
    negatives, neutrals = np.arange(-0.5, 2.01, 0.1), np.arange(-1.0, 1.01, 0.1)
    means = np.zeros((len(negatives), len(neutrals)))
    for row, negative in enumerate(negatives):
        for column, neutral in enumerate(neutrals):
            chosen = (logs + np.array([negative, neutral, 0.0])).argmax(axis=1)
            recalls = [macro_recall(truth[files == name], chosen[files == name]) for name in names]
            means[row, column] = np.average(recalls, weights=roots)
    # The highest point of a surface so flat is chance: what is best together with its neighbours holds on other rows.
    row, column = divmod(int(uniform_filter(means, NEIGHBOURS, mode="nearest").argmax()), len(neutrals))
    return [round(float(negatives[row]), 2), round(float(neutrals[column]), 2), 0.0]


def macro_recall(truth: Array, chosen: Array) -> float:
    """The mean share of each class that is found."""
    return float(np.mean([(chosen[truth == value] == value).mean() for value in sorted(set(truth.tolist()))]))


def fit_blend(recipe: EncoderRecipe, judged: Judged, heads: Mapping[str, Calibration]) -> dict[str, float]:
    """The weights of dissatisfaction: logistic regression on three log-odds."""
    from sklearn.linear_model import LogisticRegression

    given, truth, counts = [], [], []
    for example, row in zip(judged.examples, judged.columns.tolist(), strict=True):
        unhappy = dissatisfaction_class(recipe, example)
        if unhappy is not None:
            given.append(
                Blend.inputs(
                    heads["level"].shares(row), heads["complaint"].probability(row), heads["sentiment"].shares(row)
                )
            )
            truth.append(unhappy)
            counts.append(OWN_SHARE if read_by(recipe, example) == "customers" else 1.0)
    if len(set(truth)) < 2:
        return {"level": 1.0, "complaint": 0.0, "sentiment": 0.0, "bias": 0.0}
    weights = dict.fromkeys(("level", "complaint", "sentiment"), 0.0)
    kept = list(range(len(weights)))
    model = LogisticRegression(C=1.0).fit(np.array(given), truth, sample_weight=counts)
    while len(kept) > 1 and model.coef_[0].min() < 0:
        # All three speak of displeasure: one with the wrong sign only mends what another overstates, by chance.
        del kept[int(model.coef_[0].argmin())]
        model = LogisticRegression(C=1.0).fit(np.array(given)[:, kept], truth, sample_weight=counts)
    for place, weight in zip(kept, model.coef_[0], strict=True):
        weights[list(weights)[place]] = round(float(weight), 6)
    return {**weights, "bias": round(float(model.intercept_[0]), 6)}
