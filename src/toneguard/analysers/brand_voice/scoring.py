"""A reply held against a voice: exact amounts per phrase and style feature, a few lines of numpy, no
scikit-learn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from itertools import chain, repeat
from math import exp, sqrt

import numpy as np
import numpy.typing as npt

from toneguard.analysers.brand_voice.features import FEATURES, Feature
from toneguard.analysers.brand_voice.replies import Read
from toneguard.analysers.brand_voice.style import START, Counted
from toneguard.analysers.brand_voice.vocabulary import Phrase, read
from toneguard.analysers.brand_voice.voice import PhraseWeight, Voice
from toneguard.documents import Document
from toneguard.findings import Contribution, Score, Span

CUT = 3.0
"""Standard deviations beyond which a style feature says no more."""
SHOWN = 6
"""How many contributions are shown one by one; the rest is one line, so that they still sum to the
log-odds.
"""
WORTH = 0.1
"""Log-odds below which a contribution is not shown by itself."""
HEARD = "what the encoder hears beyond words and style, which cannot be traced to words"
REST = "everything else together, and where the scale begins"
WORDS = [frozenset(feature.words.split()) for feature in FEATURES]
MORE = [f"more {feature.much} than usual" if feature.words else feature.much for feature in FEATURES]
FEWER = [f"fewer {feature.much} than usual" if feature.words else feature.much for feature in FEATURES]
LIMIT = 700.0
"""Log-odds at which a probability is 0 or 1 in floating point."""

Floats = npt.NDArray[np.float64]


class By(IntEnum):
    """What has an amount."""

    STYLE = 0
    PHRASE = 1
    ENCODER = 2


Part = tuple[float, By, int, float]
"""Minus the size of an amount, what has it, the phrase's or style feature's index, the amount."""


class Scorer:
    """A voice made ready for scoring; holds nothing that scoring changes."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.base = voice.slope * voice.intercept + voice.offset
        table = np.array([style[1:] for style in voice.styles], dtype=np.float64).reshape(-1, 6).T.copy()
        self.mean, self.scale, weight, self.centre, spread, self.usual = table
        self.means: list[float] = self.mean.tolist()
        self.weight = weight * voice.slope
        self.bends = bool(voice.bend) and bool((spread > 0).all())
        self.spread = np.where(spread > 0, spread, 1.0)
        self.bend = voice.bend * voice.slope
        # From 1, so that a look-up gives something true for every phrase that is known.
        self.phrases: list[Phrase] = ["", *(read(row.phrase) for row in voice.phrases)]
        self.index = {phrase: number for number, phrase in enumerate(self.phrases) if number}
        self.lengths = [0.0, *(row.importance**2 for row in voice.phrases)]
        self.pulls = [0.0, *(row.importance * row.weight * voice.slope for row in voice.phrases)]
        vector = np.array(voice.vector, dtype=np.float64).reshape(-1, 2).T.copy()
        self.vector_mean, self.vector_weight = vector[0], vector[1] * voice.slope
        self.reasons = ["", *(phrase_reason(row, voice) for row in voice.phrases)]
        if voice.contrast == "off-brand":
            self.sides = ("like your on-brand examples", "more like the off-brand ones")
            against = f"compared with {voice.off} off-brand ones"
        else:
            self.sides = ("like your examples", "unlike your examples")
            against = "compared with general service replies"
        self.nearness = (
            f"your {voice.on} examples, each judged by the others; {against}"
            f" (told apart with AUC {voice.metrics.get('auc', 0.0):.2f})"
        )

    def scores(self, measure: str, replies: Sequence[Read]) -> list[Score]:
        """Give the score of each reply, in order."""
        if not replies:
            return []
        amounts = self.style_amounts([reply.counted for reply in replies])
        strongest = np.argsort(-np.abs(amounts), axis=1, kind="stable")[:, :SHOWN].tolist()
        return [
            self.score(measure, reply, styles, first)
            for reply, styles, first in zip(replies, amounts.tolist(), strongest, strict=True)
        ]

    def style_amounts(self, counted: Sequence[Counted]) -> Floats:
        """Say what every style feature adds to the log-odds: a row per reply, a column per feature."""
        values: Floats = np.array([reply.values for reply in counted], dtype=np.float64)
        # Element by element, so that a reply gets the same bits alone and in a batch.
        amounts: Floats = np.minimum(np.maximum((values - self.mean) / self.scale, -CUT), CUT) * self.weight
        if self.bends:
            amounts -= self.bend * (np.minimum(np.abs(values - self.centre) / self.spread, CUT) - self.usual)
        return amounts

    def known(self, counted: Counted) -> tuple[list[int], float, float]:
        """Give the index of every known phrase of a reply, in its order, their length, and what they add."""
        terms = counted.terms
        openings = zip(repeat(START), [terms[opener] for opener in counted.openers])
        phrases: chain[Phrase] = chain(terms, counted.pairs, openings)
        found: dict[int, None] = dict.fromkeys(filter(None, map(self.index.get, phrases)))
        hits = list(found)
        if not hits:
            return hits, 1.0, 0.0
        lengths, pulls = self.lengths, self.pulls
        length = sqrt(sum([lengths[hit] for hit in hits]))
        return hits, length, sum([pulls[hit] for hit in hits]) / length

    def heard(self, reply: Read) -> float:
        """Say what the encoder's vector adds to the log-odds."""
        # Number by number, so that a reply gets the same bits alone and in a batch.
        return float(((reply.vector - self.vector_mean) * self.vector_weight).sum()) if self.voice.encoder else 0.0

    def logit(self, reply: Read) -> float:
        """Give the log-odds of one reply."""
        styles = self.style_amounts([reply.counted])[0].tolist()
        return float(sum(styles) + self.known(reply.counted)[2] + self.heard(reply) + self.base)

    def score(self, measure: str, reply: Read, styles: list[float], strongest: list[int]) -> Score:
        """Give the score of one reply; its contributions sum to the log-odds of its value.

        ``styles`` are the amounts of the style features, ``strongest`` the indexes of the largest of them.
        """
        document, counted = reply.document, reply.counted
        hits, length, pulled = self.known(counted)
        heard = self.heard(reply)
        logit = sum(styles) + pulled + heard + self.base
        parts: list[Part] = [
            (-abs(styles[i]), By.STYLE, i, styles[i]) for i in strongest if not -WORTH < styles[i] < WORTH
        ]
        pulls, least = self.pulls, WORTH * length
        parts += [
            (-abs(pulls[i]) / length, By.PHRASE, i, pulls[i] / length)
            for i in hits
            if not -least < pulls[i] < least
        ]
        parts = sorted(parts)[:SHOWN]
        if self.voice.encoder:  # however little it is: nobody should take it for words
            parts = sorted([*parts, (-abs(heard), By.ENCODER, 0, heard)])
        contributions: list[Contribution] = []
        rest = logit
        for _, by, index, amount in parts:
            rest -= amount
            if by is By.PHRASE:
                span = self.place_of_phrase(index, document, counted)
                contributions.append(Contribution(span, amount, self.reasons[index]))
            elif by is By.ENCODER:
                contributions.append(Contribution(None, amount, f"{HEARD}: {self.sides[amount < 0]}"))
            else:
                contributions.append(self.of_style(index, amount, document, counted))
        contributions.append(Contribution(None, rest, REST))
        value = 1.0 / (1.0 + exp(-max(-LIMIT, min(LIMIT, logit))))
        label = "on-brand" if value >= 0.5 else "off-brand"
        return Score(measure, value, self.because(logit), label, None, tuple(contributions))

    def because(self, logit: float) -> str:
        """Say what the value rests on, in words."""
        own = self.voice.own
        nearer = bisect_right(own, logit)
        if nearer == 0:
            return f"further from your voice than all of {self.nearness}"
        if nearer == len(own):
            return f"nearer to your voice than all of {self.nearness}"
        return f"nearer to your voice than {100 * nearer // len(own)} % of {self.nearness}"

    def of_style(self, index: int, amount: float, document: Document, counted: Counted) -> Contribution:
        """Give the contribution of a style feature, at its first place where it has one."""
        feature: Feature = FEATURES[index]
        value = counted.values[index]
        span = None
        if not value or (feature.scaled and value < self.means[index]):
            what = feature.little
        else:
            what = MORE[index] if value >= self.means[index] else FEWER[index]
            words = WORDS[index]
            if words:
                for position, term in enumerate(counted.terms):
                    if term in words:
                        span = Span(document.tokens.starts[position], document.tokens.ends[position])
                        break
        return Contribution(span, amount, f"{what}: {self.sides[amount < 0]}")

    def place_of_phrase(self, index: int, document: Document, counted: Counted) -> Span:
        """Give the first place of a phrase."""
        phrase = self.phrases[index]
        if isinstance(phrase, str):
            first = last = counted.terms.index(phrase)
        elif phrase[0] == START:
            first = last = next(opener for opener in counted.openers if counted.terms[opener] == phrase[1])
        else:
            first = counted.pairs.index(phrase)
            last = first + 1
        return Span(document.tokens.starts[first], document.tokens.ends[last])


def phrase_reason(row: PhraseWeight, voice: Voice) -> str:
    """Give a phrase, and in how many of the examples it occurs."""
    what = row.described
    if voice.contrast == "off-brand":
        off = f"{row.off} of the {voice.off} off-brand"
        return f"{what}: in {row.on} of your {voice.on} on-brand and {off} examples"
    return f"{what}: in {row.on} of your {voice.on} examples"
