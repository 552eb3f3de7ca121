"""Sentiment: how pleased or displeased a message sounds.

By default trained heads judge the whole message (``models/heads`` or ``models/encoder``; see their cards): the label is
the class that people would most likely call it by, negative ones given more of a hearing, and the value the share of
positive less that of negative. The words of feeling that they rest on are named and placed
(:mod:`toneguard.heads.feeling`).

With the option ``sense`` those words alone decide, as in VADER (Hutto & Gilbert 2014): "service" with, "plain" without
what words mean in service. Contributions then explain the score exactly::

    score = total / sqrt(total ** 2 + 15),    total = the sum of the amounts of all contributions
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Measure, Score, new_analysis, new_score
from toneguard.heads.explain import explain
from toneguard.heads.features import Seen
from toneguard.heads.feeling.lexicon import load
from toneguard.heads.feeling.reading import normalise, read
from toneguard.making import rounded

SENSES = ("learned", "service", "plain")
NEGATIVE_BELOW = -0.05
POSITIVE_FROM = 0.35
"""Class cut-offs: the pair, in steps of 0.05, with the best mean macro-recall over SemEval 2013-16 tweets,
GoEmotions, and VADER's rated tweets and film reviews, folds 0-7 (GoEmotions: train split) of each;
``benchmarks/quality/sentiment.py --fit`` finds it again. The package has -0.05 and 0.05: one mild word
of praise makes a message positive."""

MEASURE = Measure(
    name="sentiment",
    description="how pleased or displeased a message sounds",
    unit="share of positive less that of negative",
    low=-1.0,
    high=1.0,
    better="higher",
    source=(
        "models/heads/card.md and models/encoder/card.md; words of feeling: Hutto, C. J. & Gilbert, E. E. (2014)."
        " VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text. ICWSM-14"
    ),
)


NEEDS = frozenset({"tokens", "sentences", "parts", "language"})
TOWARDS_POSITIVE = {"sentiment.positive": 1.0, "sentiment.negative": -1.0}
"""What contributions are of: the log-odds of positive against negative."""

IRONIC = "thanks or praise that mean the opposite"
DENIED = "says that there was no trouble"
SHORT = 16
"""Words up to which a message that denies trouble can be taken to say nothing else."""
TURNS = frozenset("but however though although except until till unless then yet only why".split())
"""Words with which a message that denies some trouble may come to other trouble."""
# What is said of many messages in the same words is made once.
FOREIGN = cannot_say(MEASURE.name, NOT_ENGLISH)
UNSPOKEN = cannot_say(MEASURE.name, NO_TEXT)
UNMOVED = Score(MEASURE.name, 0.0, "it has no words of feeling", "neutral")


class Sentiment:
    """Scores how pleased or displeased a message sounds; every role is scored.

    ``sense`` is "learned" (trained heads), or "service" or "plain": words of feeling alone, with or without what words
    mean in service.
    """

    name = "sentiment"
    version = "2"
    measures: tuple[Measure, ...] = (MEASURE,)
    rules: frozenset[str] = frozenset()

    def __init__(self, sense: str = "learned") -> None:
        self._sense = sense
        self._lexicon = load("plain" if sense == "plain" else "service")
        self.needs = NEEDS | {"answers"} if sense == "learned" else NEEDS
        self.weights: Mapping[str, str] = {"sentiment_lexicon": self._lexicon.digest}

    def __reduce__(self) -> tuple[type[Sentiment], tuple[str]]:
        return Sentiment, (self._sense,)

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Give one score for each document."""
        score = self._learned if self._sense == "learned" else self._added_up
        return [new_analysis((self.name, self.version, (score(document),), ())) for document in documents]

    def _learned(self, document: Document) -> Score:
        answers = document.answers
        if answers is None:
            return UNSPOKEN if is_english(document.language) else FOREIGN
        label, share, value = answers.feeling
        reading = answers.seen.reading if isinstance(answers.seen, Seen) else read(document, self._lexicon)
        because = (
            f"sounds {label} ({round(share * 100)}%); {reading.positive} positive and {reading.negative} negative words"
            " or phrases"
        )
        value = rounded(value, 1e6)
        if reading.ironic and reading.total < 0 and label != "negative":
            # No head learns "Thanks for nothing" from a few examples; the phrase settles it.
            value = min(value, rounded(normalise(reading.total), 1e6))
            return Score(MEASURE.name, value, IRONIC, "negative", None, reading.contributions)
        if reading.denied and not reading.negative and label == "negative" and says_nothing_else(document):
            value = rounded(max(0.0, normalise(reading.total)), 1e6)
            label = "positive" if value >= POSITIVE_FROM else "neutral"
            return Score(MEASURE.name, value, DENIED, label, None, reading.contributions)
        return new_score((MEASURE.name, value, because, label, None, explain(document, TOWARDS_POSITIVE)))

    def _added_up(self, document: Document) -> Score:
        if not is_english(document.language):
            return FOREIGN
        total, positive, negative, contributions, spoken, *_ = read(document, self._lexicon)
        if not (positive or negative):
            return UNMOVED if spoken else UNSPOKEN
        value = rounded(normalise(total), 1e6)
        label = "negative" if value < NEGATIVE_BELOW else "positive" if value >= POSITIVE_FROM else "neutral"
        because = f"{positive} positive and {negative} negative words or phrases add up to {total:+.2f}"
        return Score(MEASURE.name, value, because, label, None, contributions)


def says_nothing_else(document: Document) -> bool:
    """Whether a message is short, and has no word with which it would turn to another matter."""
    own = document.tokens.terms[: document.own_tokens]
    return len(own) <= SHORT and "?" not in own and TURNS.isdisjoint(own)


def make(options: Mapping[str, Any]) -> Sentiment:
    """Make the analyser from a standard's options: ``sense``, "learned" (the default), "service" or "plain"."""
    unknown = set(options) - {"sense"}
    if unknown:
        raise SettingsError(f"sentiment has no option {sorted(unknown)[0]!r}; allowed: sense")
    sense = options.get("sense", "learned")
    if sense not in SENSES:
        raise SettingsError(f"sentiment: sense must be one of {', '.join(SENSES)}")
    return Sentiment(sense)
