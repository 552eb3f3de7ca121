"""Brand voice: does a reply sound like the team's own examples, and use the words that the team agreed on?

A voice is fitted from example replies (``toneguard brand fit``,
:func:`toneguard.analysers.brand_voice.fit.fit_voice`); the terms come from the standard. Without a voice the
score says so, and the terms are checked all the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from toneguard.analysers.base import NO_TEXT, NOT_ENGLISH, cannot_say, only_for
from toneguard.analysers.brand_voice.replies import Read
from toneguard.analysers.brand_voice.style import ENOUGH_WORDS, count
from toneguard.analysers.brand_voice.terms import RULES, TermChecker, Terms, read_terms
from toneguard.analysers.brand_voice.voice import Voice
from toneguard.documents import Document
from toneguard.documents.language import is_english
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Finding, Measure, Score, new_analysis
from toneguard.messages import Role
from toneguard.resources.settings import suggest

__all__ = ["BrandVoice", "Terms", "Voice", "make"]

AGENT = Role.AGENT
NOT_FITTED = "no brand voice is fitted (toneguard brand fit)"
OTHER_TIER = 'the voice was fitted for the tier "accurate"'
OPTIONS = ("voice", "terms")
NEEDS = frozenset({"tokens", "sentences", "parts", "language"})

BRAND_VOICE = Measure(
    name="brand_voice",
    description="how much an agent's reply sounds like the team's own example replies",
    unit="probability of being on-brand, where both sides are equally likely",
    low=0.0,
    high=1.0,
    better="higher",
    source="logistic regression on the team's own examples, calibrated by Platt (1999) on held-back ones",
    roles=frozenset({Role.AGENT.value}),
)


class BrandVoice:
    """Scores agents' replies against a fitted voice and checks the standard's brand terms.

    ``voice`` is a fitted :class:`Voice` or None, ``terms`` the :class:`Terms` of the standard. The score is
    None, with the reason, without a voice or with one that abstains, for text that is empty, short or not
    English, and where the voice was fitted with an encoder that is not at hand. Its contributions are in
    log-odds and sum to those of the value. Terms are checked in any language.
    """

    name = "brand_voice"
    version = "2"
    measures = (BRAND_VOICE,)
    rules = frozenset(RULES)

    def __init__(self, voice: Voice | None = None, terms: Terms | None = None) -> None:
        self.voice = voice
        encoded = bool(voice and voice.encoder and not voice.abstains)
        self.needs = NEEDS | {"answers"} if encoded else NEEDS
        self.terms = terms or Terms()
        self.weights: Mapping[str, str] = {self.name: voice.digest} if voice else {}
        self._checker = TermChecker(self.terms) if self.terms else None
        self._scorer = None
        if voice and not voice.abstains:
            from toneguard.analysers.brand_voice.scoring import Scorer

            self._scorer = Scorer(voice)

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """One analysis per document, in order."""
        scores: list[Score | None] = []
        asked: list[Read] = []
        for document in documents:
            if document.message.role is not AGENT:
                scores.append(None)
                continue
            reason = self._reason_against(document)
            if reason is None and self._scorer:
                counted = count(document)
                if counted.words >= ENOUGH_WORDS:
                    asked.append(Read(document, counted, self._vector(document)))
                    scores.append(None)
                    continue
                reason = too_short(counted.words)
            scores.append(unscored(reason or NOT_FITTED))
        given = iter(self._scorer.scores(BRAND_VOICE.name, asked) if self._scorer else ())
        return [
            new_analysis((self.name, self.version, (score or next(given),), self._findings(document)))
            if document.message.role is AGENT
            else OTHER_ROLES[document.message.role]
            for document, score in zip(documents, scores, strict=True)
        ]

    def _reason_against(self, document: Document) -> str | None:
        """Why an agent's document is not scored before its words are counted; None if nothing speaks against it."""
        if self.voice is None:
            return NOT_FITTED
        if self.voice.abstains:
            return self.voice.abstains
        if not document.folded or document.folded.isspace():
            return NO_TEXT
        return self._reason_of_encoder(document) if is_english(document.language) else NOT_ENGLISH

    def _reason_of_encoder(self, document: Document) -> str | None:
        """Why a voice that needs an encoder cannot be asked of a document."""
        if not self.voice or not self.voice.encoder:
            return None
        if document.answers is None:
            return NO_TEXT
        encoded = document.answers.encoded
        if encoded is None:
            return OTHER_TIER
        if encoded.digest != self.voice.encoder:
            return f"the voice was fitted with encoder {self.voice.encoder}, this is {encoded.digest}: fit it again"
        return None

    def _vector(self, document: Document) -> Any:
        encoded = document.answers.encoded if document.answers else None
        return encoded.vector if encoded else None

    def _findings(self, document: Document) -> tuple[Finding, ...]:
        return self._checker.find(document) if self._checker else ()


OTHER_ROLES: Mapping[str, Analysis] = {
    role: Analysis(BrandVoice.name, BrandVoice.version, only_for((BRAND_VOICE,), role.value)) for role in Role
}


@lru_cache(maxsize=64)
def unscored(reason: str) -> Score:
    """The score that says why there is none."""
    return cannot_say(BRAND_VOICE.name, reason)


def too_short(words: int) -> str:
    """Why a short reply has no score."""
    return f"{words} of {ENOUGH_WORDS} words" if words else "there are no words"


def make(options: Mapping[str, Any]) -> BrandVoice:
    """Give the analyser from a standard's options: ``voice``, the path of a fitted voice, and ``terms``.

    Raises :class:`SettingsError` for unknown or wrong options and :class:`~toneguard.errors.ModelError` for a
    voice that cannot be used.
    """
    for option in options:
        if option not in OPTIONS:
            raise SettingsError(
                f"brand_voice has no option {str(option)[:40]!r}; {suggest(str(option), OPTIONS)}"
            )
    path = options.get("voice")
    if path is not None and not isinstance(path, str | os.PathLike):
        raise SettingsError(
            f"brand_voice: voice: expected the path of a fitted voice, got {type(path).__name__}"
        )
    return BrandVoice(Voice.load(path) if path else None, read_terms(options.get("terms", {})))
