"""Sentiment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say
from toneguard.analysers.sentiment.lexicon import load
from toneguard.analysers.sentiment.reading import normalise, read
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Measure, Score

SENSES = ("service", "plain")
NEGATIVE_BELOW = -0.05
POSITIVE_FROM = 0.35
MEASURE = Measure(
    name="sentiment",
    description="how pleased or displeased the words of a message sound",
    unit="normalised sum of rated words",
    low=-1.0,
    high=1.0,
    better="higher",
    source=(
        "Hutto, C. J. & Gilbert, E. E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social"
        " Media Text. ICWSM-14. Lexicon of vaderSentiment; rules and service sense in toneguard.analysers.sentiment"
    ),
)


class Sentiment:
    """Scores how pleased or displeased a message sounds."""

    name = "sentiment"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language"})
    measures: tuple[Measure, ...] = (MEASURE,)
    rules: frozenset[str] = frozenset()

    def __init__(self, sense: str = "service") -> None:
        self._lexicon = load(sense)
        self.weights: Mapping[str, str] = {"sentiment_lexicon": self._lexicon.digest}

    def __reduce__(self) -> tuple[type[Sentiment], tuple[str]]:
        return Sentiment, (self._lexicon.sense,)

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One score for each document."""
        return [Analysis(self.name, self.version, (self.score(document),)) for document in documents]

    def score(self, document: Document) -> Score:
        """The score of one document."""
        if not is_english(document.language):
            return cannot_say(MEASURE.name, NOT_ENGLISH)
        reading = read(document, self._lexicon)
        if not reading.spoken:
            return cannot_say(MEASURE.name, NO_TEXT)
        contributions = reading.contributions
        if not contributions:
            return Score(MEASURE.name, 0.0, "no words of feeling", "neutral")
        value = round(normalise(reading.total), 6)
        label = "negative" if value < NEGATIVE_BELOW else "positive" if value >= POSITIVE_FROM else "neutral"
        because = f"{len(contributions)} contributions add up to {reading.total:+.2f}"
        return Score(MEASURE.name, value, because, label, None, contributions)


def make(options: Mapping[str, Any]) -> Sentiment:
    """The analyser from a standard's options: ``sense``, "service" (the default) or "plain" (VADER's words alone)."""
    unknown = set(options) - {"sense"}
    if unknown:
        raise SettingsError(f"sentiment has no option {sorted(unknown)[0]!r}; allowed: sense")
    sense = options.get("sense", "service")
    if sense not in SENSES:
        raise SettingsError(f"sentiment: sense is not one of {', '.join(SENSES)}")
    return Sentiment(sense)
