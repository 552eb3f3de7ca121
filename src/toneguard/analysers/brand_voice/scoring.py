"""A reply held against a voice: exact amounts per phrase and style feature, a few lines of numpy, no scikit-learn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain, repeat
from math import exp, sqrt

import numpy as np
import numpy.typing as npt

from toneguard.analysers.brand_voice.features import OTHERS, WORD_CLASSES
from toneguard.analysers.brand_voice.style import START, Counted, columns
from toneguard.analysers.brand_voice.vocabulary import Phrase, read
from toneguard.analysers.brand_voice.voice import Voice
from toneguard.documents import Document
from toneguard.findings import Contribution, Score, Span

CUT = 3.0
"""Standard deviations beyond which a style feature says no more."""
SHOWN = 8
"""How many contributions are shown one by one; the rest is one line, so that they still sum to the log-odds."""
WORTH = 0.05
"""Log-odds below which a contribution is not shown by itself."""
FEATURES = (*WORD_CLASSES, *OTHERS)
WORDS = [frozenset(feature.words.split()) for feature in FEATURES]

Floats = npt.NDArray[np.float64]


class Scorer:
    """A voice made ready for scoring; holds nothing that scoring changes."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.base = voice.slope * voice.intercept + voice.offset
        columns_of = np.array([style[1:] for style in voice.styles], dtype=np.float64).reshape(-1, 6).T
        self.mean, self.scale, self.weight, self.centre, spread, self.usual = columns_of
        self.weight = self.weight * voice.slope
        self.bends = bool(voice.bend) and bool((spread > 0).all())
        self.spread = np.where(spread > 0, spread, 1.0)
        self.bend = voice.bend * voice.slope
        self.index: dict[Phrase, int] = {read(row.phrase): i for i, row in enumerate(voice.phrases)}
        self.lengths = [row.importance**2 for row in voice.phrases]
        self.pulls = [row.importance * row.weight * voice.slope for row in voice.phrases]
        self.sides = ("like your examples", "unlike your examples")
        if voice.contrast == "off-brand":
            self.sides = ("like your on-brand examples", "more like the off-brand ones")

    def scores(self, measure: str, replies: Sequence[tuple[Document, Counted]]) -> list[Score]:
        """The score of each reply, in order."""
        if not replies:
            return []
        styles = self.style_amounts([counted for _, counted in replies])
        return [
            self.score(measure, document, counted, amounts)
            for (document, counted), amounts in zip(replies, styles, strict=True)
        ]

    def style_amounts(self, counted: Sequence[Counted]) -> list[list[float]]:
        """What every style feature adds to the log-odds: a row per reply, a number per feature."""
        values: Floats = np.array([reply.values for reply in counted], dtype=np.float64)
        amounts = np.minimum(np.maximum((values - self.mean) / self.scale, -CUT), CUT) * self.weight
        if self.bends:
            amounts -= self.bend * (np.minimum(np.abs(values - self.centre) / self.spread, CUT) - self.usual)
        rows: list[list[float]] = amounts.tolist()
        return rows

    def phrase_amounts(self, counted: Counted) -> dict[int, float]:
        """What every known phrase of a reply adds to the log-odds, by the phrase's index, in the reply's order."""
        get = self.index.get
        terms = counted.terms
        openings = zip(repeat(START), [terms[opener] for opener in counted.openers])  # noqa: B905
        hits = dict.fromkeys(map(get, chain(terms, counted.pairs, openings)))
        hits.pop(None, None)
        if not hits:
            return {}
        lengths, pulls = self.lengths, self.pulls
        length = sqrt(sum([lengths[index] for index in hits]))  # type: ignore[index]
        return {index: pulls[index] / length for index in hits}  # type: ignore[index, misc]

    def score(self, measure: str, document: Document, counted: Counted, styles: list[float]) -> Score:
        """The score of one reply, with its strongest contributions; they sum to the log-odds of the value."""
        phrases = self.phrase_amounts(counted)
        logit = sum(styles) + sum(phrases.values()) + self.base
        parts = [(amount, index, False) for index, amount in enumerate(styles) if not -WORTH < amount < WORTH]
        parts += [(amount, index, True) for index, amount in phrases.items() if not -WORTH < amount < WORTH]
        parts.sort(key=strength)
        contributions = [
            self.of_phrase(index, amount, document, counted)
            if is_phrase
            else self.of_style(index, amount, document, counted)
            for amount, index, is_phrase in parts[:SHOWN]
        ]
        rest = logit - sum([amount for amount, _, _ in parts[:SHOWN]])
        contributions.append(Contribution(None, rest, "everything else together, and where this voice begins"))
        value = 1.0 / (1.0 + exp(-logit)) if logit > -700 else 0.0
        label = "on-brand" if value >= 0.5 else "off-brand"
        return Score(measure, value, self.because(logit), label, None, tuple(contributions))

    def because(self, logit: float) -> str:
        """What the value rests on, in words."""
        voice = self.voice
        nearer = bisect_right(voice.own, logit) * 100 // max(1, len(voice.own))
        against = f"{voice.off} off-brand ones" if voice.contrast == "off-brand" else "general service replies"
        return (
            f"{NEARNESS[nearer] if nearer in NEARNESS else f'nearer to your voice than {nearer} % of'} your {voice.on}"
            f" examples, each judged by the others; compared with {against}"
            f" (told apart with AUC {voice.metrics.get('auc', 0.0):.2f})"
        )

    def of_style(self, index: int, amount: float, document: Document, counted: Counted) -> Contribution:
        """The contribution of a style feature, at its first place where it has one."""
        feature = FEATURES[index]
        value = counted.values[index]
        if feature.scaled:
            what = feature.much if value >= self.mean[index] else feature.little
        elif not value:
            what = feature.little
        elif feature.words and value < self.mean[index]:
            what = f"few {feature.much}"
        else:
            what = feature.much
        span = None
        if value and feature.words:
            words = WORDS[index]
            position = next((i for i, term in enumerate(counted.terms) if term in words), None)
            if position is not None:
                span = Span(document.tokens.starts[position], document.tokens.ends[position])
        return Contribution(span, amount, f"{what}: {self.sides[amount < 0]}")

    def of_phrase(self, index: int, amount: float, document: Document, counted: Counted) -> Contribution:
        """The contribution of a phrase, at its first place."""
        row = self.voice.phrases[index]
        phrase = read(row.phrase)
        _, _, starts, ends = columns(document)
        if isinstance(phrase, str):
            first = last = counted.terms.index(phrase)
            what = f'"{phrase}"'
        elif phrase[0] == START:
            first = last = next(i for i in counted.openers if counted.terms[i] == phrase[1])
            what = f'a sentence that begins with "{phrase[1]}"'
        else:
            first = counted.pairs.index(phrase)
            last = first + 1
            what = f'"{row.phrase}"'
        seen = f"in {row.on} of your {self.voice.on} examples"
        if self.voice.contrast == "off-brand":
            seen = f"in {row.on} of your {self.voice.on} on-brand and {row.off} of the {self.voice.off} off-brand examples"
        return Contribution(Span(starts[first], ends[last]), amount, f"{what}: {seen}")


NEARNESS = {0: "further from your voice than all of", 100: "nearer to your voice than all of"}


def strength(part: tuple[float, int, bool]) -> float:
    """Sorts the strongest first; equals keep the order of features, then of the reply."""
    return -abs(part[0])
