"""Politeness: how polite a message is to its reader, and which strategies make it so.

The score is a linear head (:mod:`toneguard.resources.linear`) over words, word pairs and the strategies of
Danescu-Niculescu-Mizil et al. (2013), fitted on requests that five people each had rated; see
``models/politeness/card.md``. Its contributions sum to the log-odds of "polite rather than impolite".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, no_options
from toneguard.analysers.politeness.features import LOOK, features
from toneguard.heads.strategies import DESCRIPTIONS, places, strategies, vocabulary
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.findings import Analysis, Deferred, Measure, Score
from toneguard.resources.lexicon import valences
from toneguard.resources.linear import LinearHead, load_head

MEASURE = Measure(
    name="politeness",
    description="How polite the message is to its reader",
    unit="probability of being rated polite rather than impolite",
    low=0.0,
    high=1.0,
    better="higher",
    source="Danescu-Niculescu-Mizil, Sudhof, Jurafsky, Leskovec & Potts (2013), ACL; models/politeness/card.md",
)
SHOWN_WORDS = 5
"""Words and word pairs that are shown one by one among the contributions; the others stand together."""
REASONS = {**DESCRIPTIONS, **LOOK}
POLITE, IMPOLITE = 0.6, 0.4
"""From where a message is labelled polite, and up to where impolite; the middle half of the ratings lies between."""


class Politeness:
    """Scores every role's messages; ``contributions`` name strategies and words with their places."""

    name = "politeness"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language"})
    measures = (MEASURE,)
    rules: frozenset[str] = frozenset()

    def __init__(self, head: LinearHead | None = None) -> None:
        self._head = head or load_head("politeness")
        self._words = vocabulary(valences())
        self.weights: Mapping[str, str] = {"politeness": self._head.digest}

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One politeness score per document."""
        return [Analysis(self.name, self.version, (self._score(document),)) for document in documents]

    def _score(self, document: Document) -> Score:
        if not is_english(document.language):
            return cannot_say(MEASURE.name, NOT_ENGLISH)
        if not document.grams:
            return cannot_say(MEASURE.name, NO_TEXT)
        used = strategies(document, self._words)
        outcome = self._head.score(document.grams, features(document, used))
        value = outcome.probability
        label = "polite" if value >= POLITE else "impolite" if value <= IMPOLITE else "neutral"
        return Score(
            MEASURE.name,
            round(value, 4),
            because(tuple(used)),
            label,
            None,
            Deferred(
                lambda: outcome.contributions(document.tokens, places(used, document), REASONS, SHOWN_WORDS)
            ),
        )


@lru_cache(maxsize=4096)
def because(used: tuple[str, ...]) -> str:
    """The strategies that were used, in the order of their first use."""
    names = ", ".join(name.replace("_", " ") for name in used)
    return f"uses {names}" if names else "uses no politeness strategy"


def make(options: Mapping[str, Any]) -> Politeness:
    """The analyser; it has no options."""
    no_options("politeness", options)
    return Politeness()
