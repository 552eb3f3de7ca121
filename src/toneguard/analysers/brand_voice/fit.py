"""Fit a brand voice from a team's own replies, in seconds. scikit-learn is imported here, at fitting time only.

A linear logistic regression weighs style features (standardised, scaled down so that regularisation holds them) and
phrases (TF-IDF, unit length), both sides counting alike. It is judged by cross-validation: every example is scored by
voices that never saw it, and these scores give the AUC, its interval, and Platt's calibration. Where no off-brand
examples are given, the on-brand ones are held against a background of general service replies, and a reply also loses
for every style feature in which it strays from the examples, because what is off-brand was never seen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguard.analysers.brand_voice.features import OTHERS, VERSION, WORD_CLASSES
from toneguard.analysers.brand_voice.scoring import CUT
from toneguard.analysers.brand_voice.style import count
from toneguard.analysers.brand_voice.vocabulary import (
    Phrase,
    choose,
    document_counts,
    names_in,
    read,
    shown,
    weight_of,
)
from toneguard.analysers.brand_voice.voice import PhraseWeight, StyleWeight, Voice
from toneguard.documents import Document, parse
from toneguard.documents.language import is_english
from toneguard.errors import InvalidInput, ModelError
from toneguard.messages import Message

NEEDED = 10
"""Example replies below which nothing is fitted."""
ENOUGH_WORDS = 5
"""Words below which a reply has no voice to speak of."""
MOST = 2000
"""Examples used of each side: more do not change a voice, and fitting stays a matter of seconds."""
STYLE_SCALE = 0.1
STRENGTH = 1.0
BEND = 0.1
PRIOR = 5.0
FLOOR = 0.05
SEED = 20260301
BACKGROUND = Path(__file__).parents[2] / "resources" / "data" / "voice_background.json"
FEATURES = (*WORD_CLASSES, *OTHERS)

Floats = npt.NDArray[np.float64]


class Reply(NamedTuple):
    """What is learnt from one reply: its style features and its phrases, each once."""

    values: Sequence[float]
    phrases: Sequence[Phrase]


class Background(NamedTuple):
    """General service replies: in how many of ``size`` each common phrase occurs, and some of them as counts."""

    size: int
    phrases: dict[Phrase, int]
    replies: tuple[Reply, ...]


class Fitted(NamedTuple):
    """One fit, before calibration."""

    styles: tuple[StyleWeight, ...]
    phrases: tuple[PhraseWeight, ...]
    intercept: float
    bend: float


def fit_voice(on_brand: Sequence[str], off_brand: Sequence[str] = (), *, name: str) -> Voice:
    """The voice of ``on_brand`` replies, against ``off_brand`` ones if there are at least 10 of these.

    Replies of fewer than 5 words, replies that are not English, repeats, and replies on both sides are left out; with
    fewer than 10 on-brand replies left the voice abstains, as it does when cross-validation cannot tell the sides
    apart. The same replies give the same voice. Raises :class:`InvalidInput` for anything but lists of texts.
    """
    if not isinstance(name, str) or not name.strip():
        raise InvalidInput("name: the voice needs a name")
    left_out: list[str] = []
    on_documents = usable(on_brand, "on-brand", left_out)
    off_documents = usable(off_brand, "off-brand", left_out)
    both = set(on_documents) & set(off_documents)
    if both:
        left_out.append(f"{len(both)} that stand on both sides")
    on = [document for key, document in on_documents.items() if key not in both][:MOST]
    off = [document for key, document in off_documents.items() if key not in both][:MOST]
    if 0 < len(off) < NEEDED:
        left_out.append(f"{len(off)} off-brand, because at least {NEEDED} are needed")
    one_sided = len(off) < NEEDED
    contrast: Any = "background" if one_sided else "off-brand"
    if len(on) < NEEDED:
        reason = f"{len(on)} of {NEEDED} example replies"
        return Voice(name, contrast, len(on), 0 if one_sided else len(off), tuple(left_out), reason)

    names = names_in(on + off)
    ours = [reply_of(document) for document in on]
    others = list(background().replies) if one_sided else [reply_of(document) for document in off]
    decisions, folds = cross_validate(ours, others, names, one_sided)
    sides = np.array([1] * len(ours) + [0] * len(others))
    auc, low, high = auc_with_interval(decisions[sides == 1], decisions[sides == 0])
    metrics = {"auc": auc, "auc_low": low, "auc_high": high, "folds": float(folds)}
    abstains = ""
    if low <= 0.5:
        against = "general service replies" if one_sided else "the off-brand ones"
        abstains = (
            f"the examples cannot be told from {against} (AUC {auc:.2f}, 95 % interval {low:.2f} to {high:.2f});"
            " give more of them, or clearer ones"
        )
    slope, offset = platt(decisions, sides)
    if one_sided:
        slope, offset = at_least_nine_in_ten(decisions[sides == 1], slope, offset)
    logits = slope * decisions + offset
    metrics["own_kept"] = float((logits[sides == 1] >= 0).mean())
    metrics["other_kept"] = float((logits[sides == 0] < 0).mean())
    fitted = fit(ours, others, names, one_sided)
    return Voice(
        name=name,
        contrast=contrast,
        on=len(ours),
        off=0 if one_sided else len(others),
        left_out=tuple(left_out),
        abstains=abstains,
        metrics={key: round(value, 6) for key, value in metrics.items()},
        styles=fitted.styles,
        phrases=fitted.phrases,
        intercept=fitted.intercept,
        slope=round(slope, 9),
        offset=round(offset, 9),
        bend=fitted.bend,
        own=tuple(round(float(value), 6) for value in quantiles(np.sort(logits[sides == 1]))),
    )


def usable(texts: Sequence[str], side: str, left_out: list[str]) -> dict[tuple[str, ...], Document]:
    """The replies to learn from, by their words; what is left out is counted in ``left_out``."""
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise InvalidInput(f"{side} examples: expected a list of texts")
    found: dict[tuple[str, ...], Document] = {}
    short = foreign = repeats = 0
    for text in texts:
        document = parse(Message(text))
        counted = count(document)
        if counted.words < ENOUGH_WORDS:
            short += 1
        elif not is_english(document.language):
            foreign += 1
        elif counted.terms in found:
            repeats += 1
        else:
            found[counted.terms] = document
    for number, what in ((short, f"of fewer than {ENOUGH_WORDS} words"), (foreign, "not in English"), (repeats, "repeats")):
        if number:
            left_out.append(f"{number} {side}, {what}")
    if len(found) > MOST:
        left_out.append(f"{len(found) - MOST} {side}, beyond the first {MOST}")
    return found


def reply_of(document: Document) -> Reply:
    """What is learnt from one document."""
    counted = count(document)
    return Reply(counted.values, tuple(counted.phrases()))


@lru_cache(maxsize=1)
def background() -> Background:
    """The background that ships; raises :class:`ModelError` if it is missing or of other features."""
    try:
        data = json.loads(BACKGROUND.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ModelError(f"{BACKGROUND.name}: missing or damaged; install ToneGuard again") from None
    if data["features"] != VERSION:
        raise ModelError(f"{BACKGROUND.name}: made for other features; run python -m toneguard.training.voice_background")
    phrases = [read(text) for text in data["phrases"]]
    replies = []
    for row in data["replies"]:
        values = [0.0] * len(FEATURES)
        for index, value in row["values"]:
            values[index] = value
        replies.append(Reply(values, tuple(phrases[index] for index in row["phrases"])))
    return Background(data["size"], dict(zip(phrases, data["counts"], strict=True)), tuple(replies))


def fit(ours: Sequence[Reply], others: Sequence[Reply], names: frozenset[str], one_sided: bool) -> Fitted:
    """One logistic regression of ``ours`` against ``others``."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    replies = [*ours, *others]
    on_counts = document_counts(reply.phrases for reply in ours)
    off_counts = document_counts(reply.phrases for reply in others)
    total = on_counts.copy()
    # What the team never writes is left to the style features where the others are only a background: its topics.
    total.update({phrase: n for phrase, n in off_counts.items() if not one_sided or phrase in on_counts})
    phrases = choose(total, background().phrases.keys(), names)
    importance = [
        round(weight_of(p) * (math.log((1 + len(replies)) / (1 + total[p])) + 1), 6) for p in phrases
    ]
    values: Floats = np.array([reply.values for reply in replies], dtype=np.float64)
    mean = values.mean(0)
    scale = values.std(0) + FLOOR
    styles = np.clip((values - mean) / scale, -CUT, CUT) * STYLE_SCALE
    matrix = hstack([csr_matrix(styles), phrase_matrix(replies, phrases, importance)], format="csr")
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000, random_state=SEED)
    model.fit(matrix, [1] * len(ours) + [0] * len(others))
    weights = model.coef_[0]
    centre = spread = usual = np.zeros(len(FEATURES))
    if one_sided:
        own = values[: len(ours)]
        centre = own.mean(0)
        prior = np.array([reply.values for reply in background().replies], dtype=np.float64).var(0)
        spread = np.sqrt((((own - centre) ** 2).sum(0) + PRIOR * prior) / (len(ours) + PRIOR)) + FLOOR
        usual = np.minimum(np.abs(own - centre) / spread, CUT).mean(0)
    return Fitted(
        styles=tuple(
            StyleWeight(feature.name, *(round(float(value), 9) for value in row))
            for feature, *row in zip(
                FEATURES, mean, scale, weights[: len(FEATURES)] * STYLE_SCALE, centre, spread, usual, strict=True
            )
        ),
        phrases=tuple(
            PhraseWeight(shown(p), i, round(float(w), 9), on_counts[p], 0 if one_sided else off_counts[p])
            for p, i, w in zip(phrases, importance, weights[len(FEATURES) :], strict=True)
        ),
        intercept=round(float(model.intercept_[0]), 9),
        bend=BEND if one_sided else 0.0,
    )


def phrase_matrix(replies: Sequence[Reply], phrases: Sequence[Phrase], importance: Sequence[float]) -> Any:
    """The phrases of each reply as a sparse row of unit length."""
    from scipy.sparse import csr_matrix

    index = {phrase: number for number, phrase in enumerate(phrases)}
    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for reply in replies:
        hits = [index[phrase] for phrase in reply.phrases if phrase in index]
        length = math.sqrt(sum(importance[hit] ** 2 for hit in hits)) or 1.0
        indices += hits
        data += [importance[hit] / length for hit in hits]
        ends.append(len(indices))
    return csr_matrix((data, indices, ends), shape=(len(replies), len(phrases)))


def decide(fitted: Fitted, replies: Sequence[Reply]) -> Floats:
    """The uncalibrated decision of each reply: above 0 where it leans to the team's side."""
    columns = np.array([style[1:] for style in fitted.styles], dtype=np.float64).T
    mean, scale, weight, centre, spread, usual = columns
    values = np.array([reply.values for reply in replies], dtype=np.float64)
    amounts = np.clip((values - mean) / scale, -CUT, CUT) * weight
    if fitted.bend:
        amounts -= fitted.bend * (np.minimum(np.abs(values - centre) / spread, CUT) - usual)
    matrix = phrase_matrix(replies, [read(p.phrase) for p in fitted.phrases], [p.importance for p in fitted.phrases])
    phrases: Floats = matrix @ np.array([p.weight for p in fitted.phrases])
    return np.asarray(amounts.sum(1) + phrases + fitted.intercept, dtype=np.float64)


def cross_validate(
    ours: Sequence[Reply], others: Sequence[Reply], names: frozenset[str], one_sided: bool
) -> tuple[Floats, int]:
    """The decision of each reply, ours first, by fits that did not see it, averaged over rounds; the number of folds."""
    folds = 10 if len(ours) < 50 else 5
    rounds = 3 if len(ours) + len(others) < 600 else 1
    generator = np.random.default_rng(SEED)
    decisions = np.zeros(len(ours) + len(others))
    for _ in range(rounds):
        fold_of = np.concatenate([spread_folds(len(side), folds, generator) for side in (ours, others)])
        for fold in range(folds):
            held = fold_of == fold
            kept_ours = [reply for reply, out in zip(ours, held, strict=False) if not out]
            kept_others = [reply for reply, out in zip(others, held[len(ours) :], strict=True) if not out]
            fitted = fit(kept_ours, kept_others, names, one_sided)
            replies = [reply for reply, out in zip([*ours, *others], held, strict=True) if out]
            decisions[held] += decide(fitted, replies) / rounds
    return decisions, folds


def spread_folds(size: int, folds: int, generator: np.random.Generator) -> npt.NDArray[np.int64]:
    """A fold for each of ``size`` replies, as even as can be."""
    return generator.permutation(np.arange(size) % folds)


def platt(decisions: Floats, sides: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Slope and offset of Platt (1999), with his targets, both sides counting alike; the slope is never negative."""
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
            [[(bow * scaled**2).sum() + ridge, (bow * scaled).sum()], [(bow * scaled).sum(), bow.sum() + 1e-9]]
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

    The background differs from the team's replies in more than voice, so Platt's boundary against it would call
    almost everything on-brand that only looks like the same channel.
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
