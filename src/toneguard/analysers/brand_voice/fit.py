"""Fit a brand voice from a team's own replies, in seconds; scikit-learn is imported at fitting time only.

A linear logistic regression weighs style features (standardised, scaled down so that regularisation holds
them) and phrases (TF-IDF, unit length), both sides counting alike; given off-brand examples and
the tier "accurate", also what the lower layers of the encoder make of a reply (standardised). It is judged by
cross-validation: every example is scored by voices that never saw it, and these scores give the AUC, its
interval, and Platt's calibration.

Where no off-brand examples are given, the on-brand ones are held against a background of general service
replies, and a reply also loses for every style feature in which it strays from the examples, because what is
off-brand was never seen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from numbers import Real
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from toneguard.analysers.brand_voice.calibration import (
    Floats,
    at_least_nine_in_ten,
    auc_with_interval,
    platt,
    quantiles,
)
from toneguard.analysers.brand_voice.features import FEATURES, VERSION
from toneguard.analysers.brand_voice.replies import MOST, Read, encoder_of, read_texts, usable
from toneguard.analysers.brand_voice.scoring import CUT
from toneguard.analysers.brand_voice.vocabulary import (
    ENOUGH_REPLIES,
    Phrase,
    may_be_learnt,
    names_in,
    read,
    shown,
    weight_of,
)
from toneguard.analysers.brand_voice.voice import PhraseWeight, StyleWeight, VectorWeight, Voice
from toneguard.errors import InvalidInput, ModelError

NEEDED = 10
"""Example replies below which nothing is fitted."""
STYLE_SCALE = 0.15
"""The size of a style feature of one standard deviation, beside a reply's phrases, whose length is 1."""
VECTOR_SCALE = 0.8
"""The length of an encoder's vector (in the root mean square), beside the same."""
STRENGTH = 1.0
"""Inverse strength of the regularisation (scikit-learn's ``C``)."""
BEND = 0.1
"""What straying by one deviation from the examples costs a decision; only without off-brand ones."""
PRIOR = 5.0
"""How many replies the background's spread counts for, beside the examples' own."""
FLOOR = 0.05
"""Added to every deviation, so that what hardly varies is not blown up."""
SMALL = 1e-3
"""The same for an encoder's numbers."""
SEED = 20260301
BACKGROUND = Path(__file__).parents[2] / "resources" / "data" / "voice_background.json"


class Reply(NamedTuple):
    """What is learnt from one reply: its style features, its phrases, each once, and the encoder's vector if any."""

    values: Sequence[float]
    phrases: Sequence[Phrase]
    vector: Any = None


class Choices(NamedTuple):
    """How a voice is fitted: ``strength`` (above 0) and ``style_scale`` (0 or more: 0 leaves style out)."""

    strength: float = STRENGTH
    style_scale: float = STYLE_SCALE


DEFAULT = Choices()


class Background(NamedTuple):
    """General service replies: in how many of ``size`` each common phrase occurs; some of them as counts."""

    size: int
    phrases: dict[Phrase, int]
    replies: tuple[Reply, ...]


def fit_voice(
    on_brand: Sequence[str],
    off_brand: Sequence[str] = (),
    *,
    name: str,
    tier: str = "fast",
    strength: float = STRENGTH,
    style_scale: float = STYLE_SCALE,
) -> Voice:
    """Give the voice of ``on_brand`` replies, against ``off_brand`` ones if there are at least 10 of these.

    Replies of fewer than 5 words, replies that are not English, repeats, and replies on both sides are left
    out; with fewer than 10 on-brand replies left the voice abstains, as it does when cross-validation cannot
    tell the sides apart. The same replies give the same voice. With the ``tier`` "accurate" the encoder takes
    part, given off-brand examples; such a voice scores in that tier only, with that encoder. ``strength``
    (above 0) is the inverse strength of the regularisation, ``style_scale`` (0 or more) says how much style
    counts beside phrases. Raises
    :class:`InvalidInput` for anything but lists of texts and such numbers, and
    :class:`~toneguard.errors.MissingExtra` for a tier whose packages are not installed.
    """
    if not isinstance(name, str) or not name.strip():
        raise InvalidInput("name: the voice needs a name")
    choices = choose(strength, style_scale)
    encoder = encoder_of(tier)
    on, off = read_texts(on_brand, "on-brand", encoder), read_texts(off_brand, "off-brand", encoder)
    return fit_replies(on, off, name, choices, encoder.digest if encoder else "")


def choose(strength: object, style_scale: object) -> Choices:
    """Give the two as :class:`Choices`; raises :class:`InvalidInput` for what is no such number."""
    numbers = []
    for field, value, wanted in (
        ("strength", strength, "above 0"),
        ("style_scale", style_scale, "of 0 or more"),
    ):
        number = math.nan if isinstance(value, bool) or not isinstance(value, Real) else float(value)
        if not math.isfinite(number) or number < 0 or (number == 0 and wanted == "above 0"):
            raise InvalidInput(f"{field}: expected a number {wanted}")
        numbers.append(number)
    return Choices(*numbers)


def fit_replies(
    on_brand: Sequence[Read], off_brand: Sequence[Read], name: str, choices: Choices, encoder: str = ""
) -> Voice:
    """Give the voice of replies that were read already, by the ``encoder`` of that digest if any; see
    :func:`fit_voice`.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    left_out: list[str] = []
    on_replies = usable(on_brand, "on-brand", left_out)
    off_replies = usable(off_brand, "off-brand", left_out)
    both = on_replies.keys() & off_replies.keys()
    if both:
        left_out.append(f"{len(both)} that stand on both sides")
    on = [reply for key, reply in on_replies.items() if key not in both][:MOST]
    off = [reply for key, reply in off_replies.items() if key not in both][:MOST]
    if 0 < len(off) < NEEDED:
        left_out.append(f"{len(off)} off-brand, because at least {NEEDED} are needed")
    one_sided = len(off) < NEEDED
    contrast: Any = "background" if one_sided else "off-brand"
    if one_sided and encoder:
        left_out.append("the encoder, which takes part only where there are off-brand examples")
        encoder = ""
    if len(on) < NEEDED:
        reason = f"{len(on)} of {NEEDED} example replies"
        return Voice(name, contrast, len(on), 0 if one_sided else len(off), tuple(left_out), reason)

    names = names_in([reply.document for reply in [*on, *off]])
    others = list(background().replies) if one_sided else [reply_of(reply) for reply in off]
    examples = Examples([reply_of(reply) for reply in on], others, names, one_sided, encoded=bool(encoder))
    # Several threads lose time on matrices as small as these, and may round otherwise.
    with threadpool_limits(1):
        decisions, folds = cross_validate(examples, choices)
        fitted = fit(examples, np.arange(len(examples.sides)), choices)
    sides = examples.sides
    auc, low, high = auc_with_interval(decisions[sides == 1], decisions[sides == 0])
    slope, offset = platt(decisions, sides)
    if one_sided:
        slope, offset = at_least_nine_in_ten(decisions[sides == 1], slope, offset)
    logits = slope * decisions + offset
    metrics = {
        "auc": auc,
        "auc_low": low,
        "auc_high": high,
        "own_kept": float((logits[sides == 1] >= 0).mean()),
        "other_kept": float((logits[sides == 0] < 0).mean()),
        "folds": float(folds),
    }
    return Voice(
        name=name,
        contrast=contrast,
        on=len(on),
        off=0 if one_sided else len(off),
        left_out=tuple(left_out),
        abstains=chance(auc, low, high, one_sided),
        metrics={key: round(value, 6) for key, value in metrics.items()},
        styles=style_weights(fitted),
        phrases=phrase_weights(fitted, examples),
        encoder=encoder,
        vector=vector_weights(fitted),
        intercept=round(fitted.intercept, 9),
        slope=round(slope, 9),
        offset=round(offset, 9),
        bend=fitted.bend,
        own=tuple(round(float(value), 6) for value in quantiles(np.sort(logits[sides == 1]))),
    )


def chance(auc: float, low: float, high: float, one_sided: bool) -> str:
    """Why a voice abstains whose two sides cannot be told apart; empty if they can."""
    if low > 0.5:
        return ""
    against = "general service replies" if one_sided else "the off-brand ones"
    return (
        f"the examples cannot be told from {against} (AUC {auc:.2f}, 95 % interval {low:.2f} to {high:.2f});"
        " give more of them, or clearer ones"
    )


def style_weights(fitted: Fitted) -> tuple[StyleWeight, ...]:
    """Give the style features of a fit as plain data."""
    columns = (fitted.mean, fitted.scale, fitted.styles, fitted.centre, fitted.spread, fitted.usual)
    return tuple(
        StyleWeight(feature.name, *(round(float(value), 9) for value in row))
        for feature, *row in zip(FEATURES, *columns, strict=True)
    )


def phrase_weights(fitted: Fitted, examples: Examples) -> tuple[PhraseWeight, ...]:
    """Give the phrases of a fit as plain data, with the number of examples that hold each."""
    on = np.asarray(examples.phrases[examples.sides == 1].sum(0)).ravel()
    off = np.asarray(examples.phrases[examples.sides == 0].sum(0)).ravel() * (not examples.one_sided)
    return tuple(
        PhraseWeight(
            shown(examples.columns[column]),
            float(importance),
            round(float(weight), 9),
            int(on[column]),
            int(off[column]),
        )
        for column, importance, weight in zip(fitted.kept, fitted.importance, fitted.phrases, strict=True)
    )


def vector_weights(fitted: Fitted) -> tuple[VectorWeight, ...]:
    """Give what was learnt of the encoder's vector as plain data."""
    rows = zip(fitted.vector_mean.tolist(), fitted.vector.tolist(), strict=True)
    return tuple(VectorWeight(round(mean, 6), round(weight, 9)) for mean, weight in rows)


def reply_of(reply: Read) -> Reply:
    """Say what is learnt from one reply."""
    return Reply(reply.counted.values, tuple(reply.counted.phrases()), reply.vector)


@lru_cache(maxsize=1)
def background() -> Background:
    """Give the background that ships; raises :class:`ModelError` if it is missing or of other features."""
    try:
        data = json.loads(BACKGROUND.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ModelError(f"{BACKGROUND.name}: missing or damaged; install ToneGuard again") from None
    if data["features"] != VERSION:
        raise ModelError(
            f"{BACKGROUND.name}: made for other features; run python -m toneguard.training.voice_background"
        )
    phrases = [read(text) for text in data["phrases"]]
    replies = []
    for row in data["replies"]:
        values = [0.0] * len(FEATURES)
        for index, value in row["values"]:
            values[index] = value
        replies.append(Reply(values, tuple(phrases[index] for index in row["phrases"])))
    return Background(data["size"], dict(zip(phrases, data["counts"], strict=True)), tuple(replies))


class Examples:
    """All replies of a fit as numbers, so that the fits of cross-validation only choose rows and columns.

    ``values`` holds the style features, ``phrases`` 1 where a reply (row) has a phrase (column); the columns
    are the phrases that may be learnt, in a fixed order, and ``known`` says which of them the background has.
    ``vectors`` has no columns unless the replies are ``encoded``.
    """

    def __init__(
        self,
        ours: Sequence[Reply],
        others: Sequence[Reply],
        names: frozenset[str],
        one_sided: bool,
        *,
        encoded: bool = False,
    ) -> None:
        from scipy.sparse import csr_matrix

        replies = [*ours, *others]
        # Against a background, what the team never writes is not learnt: it would be topics.
        source = ours if one_sided else replies
        found = {phrase for reply in source for phrase in reply.phrases}
        self.columns = sorted((phrase for phrase in found if may_be_learnt(phrase, names)), key=shown)
        index = {phrase: number for number, phrase in enumerate(self.columns)}
        rows = [[index[phrase] for phrase in reply.phrases if phrase in index] for reply in replies]
        ends = np.cumsum([0, *map(len, rows)])
        hits = np.fromiter((hit for row in rows for hit in row), dtype=np.int64, count=int(ends[-1]))
        shape = (len(replies), len(self.columns))
        self.phrases: Any = csr_matrix((np.ones(len(hits)), hits, ends), shape=shape)
        self.values: Floats = np.array([reply.values for reply in replies], dtype=np.float64)
        self.vectors: Floats = np.array([reply.vector if encoded else () for reply in replies], dtype=np.float64)
        self.sides = np.array([1] * len(ours) + [0] * len(others))
        self.known = np.array([phrase in background().phrases for phrase in self.columns], dtype=bool)
        self.worth: Floats = np.array([weight_of(phrase) for phrase in self.columns], dtype=np.float64)
        self.one_sided = one_sided


class Fitted(NamedTuple):
    """One fit, before calibration: parameters of the style features and of the kept phrases."""

    kept: npt.NDArray[np.int64]
    importance: Floats
    styles: Floats
    phrases: Floats
    mean: Floats
    scale: Floats
    centre: Floats
    spread: Floats
    usual: Floats
    vector_mean: Floats
    vector: Floats
    intercept: float
    bend: float


def fit(examples: Examples, rows: npt.NDArray[np.int64], choices: Choices = DEFAULT) -> Fitted:
    """One logistic regression of the team's side against the other, on these rows."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    sides = examples.sides[rows]
    held = examples.phrases[rows]
    total = np.asarray(held.sum(0)).ravel()
    kept = (total >= ENOUGH_REPLIES) | ((total > 0) & examples.known)
    if examples.one_sided:
        own = np.asarray(held[sides == 1].sum(0)).ravel()
        kept &= (own > 0) & ((own >= ENOUGH_REPLIES) | examples.known)
    chosen = np.flatnonzero(kept)
    importance = np.round((np.log((1 + len(rows)) / (1 + total[chosen])) + 1) * examples.worth[chosen], 6)
    values = examples.values[rows]
    mean, scale = values.mean(0), values.std(0) + FLOOR
    styles = np.clip((values - mean) / scale, -CUT, CUT) * choices.style_scale
    vectors = examples.vectors[rows]
    vector_mean = np.round(vectors.mean(0), 6)
    vector_scale = VECTOR_SCALE / ((vectors.std(0) + SMALL) * math.sqrt(max(vectors.shape[1], 1)))
    matrix = hstack(
        [
            csr_matrix(styles),
            csr_matrix((vectors - vector_mean) * vector_scale),
            of_unit_length(held[:, chosen], importance),
        ],
        format="csr",
    )
    model = LogisticRegression(
        C=choices.strength, class_weight="balanced", max_iter=2000, random_state=SEED
    )
    model.fit(matrix, sides)
    of_styles, of_vector, of_phrases = np.split(model.coef_[0], np.cumsum([len(FEATURES), len(vector_mean)]))
    centre = spread = usual = np.zeros(len(FEATURES))
    if examples.one_sided:
        ours = values[sides == 1]
        centre = ours.mean(0)
        prior = values[sides == 0].var(0)
        spread = np.sqrt((((ours - centre) ** 2).sum(0) + PRIOR * prior) / (len(ours) + PRIOR)) + FLOOR
        usual = np.minimum(np.abs(ours - centre) / spread, CUT).mean(0)
    return Fitted(
        kept=chosen,
        importance=importance,
        styles=of_styles * choices.style_scale,
        phrases=of_phrases,
        mean=mean,
        scale=scale,
        centre=centre,
        spread=spread,
        usual=usual,
        vector_mean=vector_mean,
        vector=of_vector * vector_scale,
        intercept=float(model.intercept_[0]),
        bend=BEND if examples.one_sided else 0.0,
    )


def of_unit_length(hits: Any, importance: Floats) -> Any:
    """Rows of phrases, each weighed by its importance, every row of length 1 (or empty)."""
    from scipy.sparse import diags

    weighed = hits @ diags(importance)
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(1)).ravel())
    return diags(1 / np.maximum(lengths, 1e-12)) @ weighed


def decide(fitted: Fitted, examples: Examples, rows: npt.NDArray[np.int64]) -> Floats:
    """Give the uncalibrated decision of each of these rows: above 0 where it leans to the team's side."""
    values = examples.values[rows]
    amounts = np.clip((values - fitted.mean) / fitted.scale, -CUT, CUT) * fitted.styles
    if fitted.bend:
        strays = np.minimum(np.abs(values - fitted.centre) / fitted.spread, CUT)
        amounts -= fitted.bend * (strays - fitted.usual)
    phrases: Floats = (
        of_unit_length(examples.phrases[rows][:, fitted.kept], fitted.importance) @ fitted.phrases
    )
    heard = (examples.vectors[rows] - fitted.vector_mean) @ fitted.vector
    return np.asarray(amounts.sum(1) + phrases + heard + fitted.intercept, dtype=np.float64)


def cross_validate(examples: Examples, choices: Choices) -> tuple[Floats, int]:
    """Give the decision of each reply by fits that did not see it, and the number of folds."""
    ours, size = int(examples.sides.sum()), len(examples.sides)
    folds = 10 if ours < 50 else 5
    rounds = 3 if size < 600 else 1
    generator = np.random.default_rng(SEED)
    decisions = np.zeros(size)
    for _ in range(rounds):
        fold_of = np.concatenate([spread_folds(part, folds, generator) for part in (ours, size - ours)])
        for fold in range(folds):
            held = np.flatnonzero(fold_of == fold)
            fitted = fit(examples, np.flatnonzero(fold_of != fold), choices)
            decisions[held] += decide(fitted, examples, held) / rounds
    return decisions, folds


def spread_folds(size: int, folds: int, generator: np.random.Generator) -> npt.NDArray[np.int64]:
    """Give a fold for each of ``size`` replies, as even as can be."""
    return generator.permutation(np.arange(size) % folds)
