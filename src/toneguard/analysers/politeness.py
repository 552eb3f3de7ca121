"""Politeness: how polite a message is to its reader, and which strategies make it so.

The score is that of a trained head (``models/heads`` or ``models/encoder``; see their cards), fitted on requests that
five people each had rated and on service texts of our own. Its reason are the strategies of Danescu-Niculescu-Mizil et
al. (2013); in the fast tier its contributions sum to the log-odds of "polite rather than impolite".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, no_options
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.findings import Analysis, Measure, Score
from toneguard.heads.explain import explain
from toneguard.heads.features import Seen, sources
from toneguard.heads.strategies import strategies

MEASURE = Measure(
    name="politeness",
    description="How polite the message is to its reader",
    unit="probability of being rated polite rather than impolite",
    low=0.0,
    high=1.0,
    better="higher",
    source="Danescu-Niculescu-Mizil, Sudhof, Jurafsky, Leskovec & Potts (2013), ACL; models/heads/card.md",
)
POLITE, IMPOLITE = 0.6, 0.4
"""From where a message is labelled polite, and up to where impolite; the middle half of the ratings lies between."""


COLUMN = {"politeness.politeness": 1.0}
"""What contributions are of: its log-odds."""
FOREIGN, NO_WORDS = cannot_say(MEASURE.name, NOT_ENGLISH), cannot_say(MEASURE.name, NO_TEXT)


class Politeness:
    """Scores every role's messages; the strategies that were used are its reason."""

    name = "politeness"
    version = "2"
    needs = frozenset({"tokens", "sentences", "parts", "language", "answers"})
    measures = (MEASURE,)
    rules: frozenset[str] = frozenset()
    weights: Mapping[str, str] = MappingProxyType({})

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One politeness score per document."""
        return [Analysis(self.name, self.version, (self._score(document),)) for document in documents]

    def _score(self, document: Document) -> Score:
        answers = document.answers
        if answers is None:
            return NO_WORDS if is_english(document.language) else FOREIGN
        used = answers.seen.used if isinstance(answers.seen, Seen) else strategies(document, sources()[0])
        value = answers.probability("politeness")
        label = "polite" if value >= POLITE else "impolite" if value <= IMPOLITE else "neutral"
        return Score(MEASURE.name, round(value, 4), because(tuple(used)), label, None, explain(document, COLUMN))


@lru_cache(maxsize=4096)
def because(used: tuple[str, ...]) -> str:
    """The strategies that were used, in the order of their first use."""
    names = ", ".join(name.replace("_", " ") for name in used)
    return f"uses {names}" if names else "uses no politeness strategy"


def make(options: Mapping[str, Any]) -> Politeness:
    """The analyser; it has no options."""
    no_options("politeness", options)
    return Politeness()
