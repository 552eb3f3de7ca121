"""Dissatisfaction: how likely a customer's message is a complaint, which places show it, and what it threatens.

The score is a linear head (:mod:`toneguard.resources.linear`) over words, word pairs, cues and feeling words, fitted
on messages to companies that people had labelled as complaints or not; see ``models/dissatisfaction/card.md``. Its
contributions sum to the log-odds. The cues themselves (threats, repeated contact, sarcasm, abuse) are findings of the
rules in ``rules/packs/dissatisfaction``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, no_options, only_for
from toneguard.analysers.dissatisfaction.features import DESCRIPTIONS, cue_rules, cues, features, kind_of
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.findings import Analysis, Deferred, Finding, Measure, Score, Span
from toneguard.resources.lexicon import valences
from toneguard.resources.linear import LinearHead, load_head

MEASURE = Measure(
    name="dissatisfaction",
    description="How likely it is that the customer is complaining",
    unit="probability",
    low=0.0,
    high=1.0,
    better="lower",
    source="Preoţiuc-Pietro, Gaman & Aletras (2019), ACL; models/dissatisfaction/card.md",
    roles=frozenset({"customer"}),
)
SHOWN_WORDS = 5
"""Words and word pairs that are shown one by one among the contributions; the others stand together."""
THRESHOLD = 0.5
"""From this probability the label is ``dissatisfied`` (see ``models/dissatisfaction/thresholds.toml``)."""


class Dissatisfaction:
    """Scores customers' messages."""

    name = "dissatisfaction"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language", "before"})
    measures = (MEASURE,)

    def __init__(self, head: LinearHead | None = None) -> None:
        self.rules = frozenset(cue_rules().rules)
        self._head = head or load_head("dissatisfaction")
        self._valences = valences()
        self.weights: Mapping[str, str] = {"dissatisfaction": self._head.digest}

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One score and the cues per customer document; others are not asked."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Analysis:
        role = document.message.role.value
        if role not in MEASURE.roles:
            return Analysis(self.name, self.version, only_for(self.measures, role))
        if not is_english(document.language):
            return Analysis(self.name, self.version, (cannot_say(MEASURE.name, NOT_ENGLISH),))
        found = cues(document)
        return Analysis(self.name, self.version, (self._score(document, found),), tuple(found))

    def _score(self, document: Document, found: Sequence[Finding]) -> Score:
        if not document.grams:
            return cannot_say(MEASURE.name, NO_TEXT)
        places: dict[str, list[Span]] = {}
        for cue in found:
            if cue.span is not None:
                places.setdefault(kind_of(cue), []).append(cue.span)
        outcome = self._head.score(document.grams, features(document, found, self._valences))
        value = outcome.probability
        label = "dissatisfied" if value >= THRESHOLD else "not dissatisfied"
        return Score(
            MEASURE.name,
            round(value, 4),
            because(places),
            label,
            None,
            Deferred(lambda: outcome.contributions(document.tokens, places, DESCRIPTIONS, SHOWN_WORDS)),
        )


def because(kinds: Iterable[str]) -> str:
    """The kinds of cues, in the order of their first places."""
    names = ", ".join(kind.replace("-", " ") for kind in kinds)
    return f"shows {names}" if names else "judged by its words alone: no cue stands out"


def make(options: Mapping[str, Any]) -> Dissatisfaction:
    """The analyser; it has no options."""
    no_options("dissatisfaction", options)
    return Dissatisfaction()
