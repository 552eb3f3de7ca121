"""Tone: how formal, warm, enthusiastic and assertive a message sounds, on the steps of 1 to 5 that teams rate by.

The four are the tone dimensions that style guides name (formal to casual, respectful warmth, enthusiastic to
matter-of-fact; Moran, K. (2016), The Four Dimensions of Tone of Voice, Nielsen Norman Group), with assertiveness for
how firmly things are said. Trained heads rate them, fitted on agents' replies of our own (``models/heads/card.md``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, no_options
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.findings import Analysis, Measure, new_analysis, new_score
from toneguard.heads.explain import explain_each
from toneguard.making import rounded

SOURCE = "Moran (2016), Nielsen Norman Group, tone dimensions; models/heads/card.md and models/encoder/card.md"
STEPS = {
    "formality": ("very casual", "casual", "neither casual nor formal", "formal", "very formal"),
    "warmth": ("cold", "cool", "neither cold nor warm", "warm", "very warm"),
    "enthusiasm": ("matter-of-fact", "calm", "a little lively", "enthusiastic", "gushing"),
    "assertiveness": ("hesitant", "cautious", "balanced", "firm", "very firm"),
}
"""What the steps 1 to 5 of each dimension are called."""
NAMES = tuple(STEPS)
COLUMNS = tuple({f"{name}.{name}": 1.0} for name in STEPS)
"""What contributions are of, by dimension: the value itself."""


class Tone:
    """Rates every role's messages; it was fitted on agents' replies."""

    name = "tone"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language", "answers"})
    measures = tuple(
        Measure(
            name=name,
            description=f"{name.capitalize()} of the message, from {steps[0]} to {steps[-1]}",
            unit="step",
            low=1.0,
            high=5.0,
            better="neither",
            source=SOURCE,
        )
        for name, steps in STEPS.items()
    )
    rules: frozenset[str] = frozenset()
    weights: Mapping[str, str] = MappingProxyType({})

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Four scores per document."""
        return [self._rate(document) for document in documents]

    def _rate(self, document: Document) -> Analysis:
        answers = document.answers
        if answers is None:
            return SILENT if is_english(document.language) else FOREIGN
        return new_analysis(
            (
                self.name,
                self.version,
                tuple(
                    [
                        new_score((name, rounded(value, 1e3), SAID, steps[round(value) - 1], None, given))
                        for (name, steps), value, given in zip(
                            STEPS.items(), answers.values(NAMES), explain_each(document, COLUMNS), strict=True
                        )
                    ]
                ),
                (),
            )
        )


SAID = "rated on steps from 1 to 5 by its words and their look"


def make(options: Mapping[str, Any]) -> Tone:
    """The analyser; it has no options."""
    no_options("tone", options)
    return Tone()


FOREIGN, SILENT = (
    Analysis(Tone.name, Tone.version, tuple(cannot_say(measure.name, reason) for measure in Tone.measures))
    for reason in (NOT_ENGLISH, NO_TEXT)
)
