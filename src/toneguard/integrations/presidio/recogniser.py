"""ToneGuard's recognisers inside a Presidio ``AnalyzerEngine``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from toneguard._version import __version__
from toneguard.analysers.privacy.entity import Entity
from toneguard.analysers.privacy.recognise import compiled
from toneguard.analysers.privacy.recognise import entities as recognise
from toneguard.documents import parse
from toneguard.errors import InvalidInput
from toneguard.integrations.presidio.entities import NAMES
from toneguard.messages import Message, Role, choose


class ToneGuardRecognizer(EntityRecognizer):  # type: ignore[misc]
    """Finds what ToneGuard finds, as Presidio's results.

    >>> engine.registry.add_recognizer(ToneGuardRecognizer())

    Kinds of data have Presidio's names where it has one (``EMAIL_ADDRESS``, ``AU_TFN``; an address is a ``LOCATION``)
    and our own in its spelling elsewhere (``ONE_TIME_CODE``). The score is our confidence; the explanation names the
    rule and holds our reasons, which never quote the text. Nothing is read of Presidio's own language processing.

    ``supported_entities`` narrows what it looks for, by Presidio's names; ``order_numbers`` are expressions for the
    organisation's own order and case numbers, which are never personal data; ``role`` is who wrote the texts. Raises
    :class:`~toneguard.errors.InvalidInput` for an entity or role that there is not and
    :class:`~toneguard.errors.SettingsError` for an expression that is none.
    """

    def __init__(
        self,
        supported_entities: Sequence[str] | None = None,
        *,
        supported_language: str = "en",
        name: str = "ToneGuardRecognizer",
        order_numbers: Sequence[str] = (),
        role: Role | str = Role.CUSTOMER,
    ) -> None:
        known = sorted(set(NAMES.values()))
        wanted = known if supported_entities is None else list(supported_entities)
        for entity in wanted:
            if entity not in known:
                raise InvalidInput(f"supported_entities: {entity!r:.60} is not one of {', '.join(known)}")
        self.role = choose(Role, role, "role")
        self.order_numbers = tuple(order_numbers)
        compiled(self.order_numbers)
        super().__init__(wanted, name=name, supported_language=supported_language, version=__version__)

    def load(self) -> None:
        """Nothing is loaded ahead: libraries and word lists come with the first text that needs them."""

    def analyze(
        self,
        text: str,
        entities: Collection[str] | None = None,
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """The results for one text, in its order and without overlaps; ``entities`` None asks for all."""
        wanted = set(self.supported_entities)
        if entities:
            wanted &= set(entities)
        return [self._result(found) for found in self._found(text) if NAMES[found.rule] in wanted]

    def _found(self, text: str) -> Sequence[Entity]:
        return recognise(parse(Message(text=text, role=self.role)), order_numbers=compiled(self.order_numbers))

    def _result(self, found: Entity) -> RecognizerResult:
        """One entity as Presidio writes it."""
        return RecognizerResult(
            entity_type=NAMES[found.rule],
            start=found.span.start,
            end=found.span.end,
            score=found.confidence,
            analysis_explanation=AnalysisExplanation(
                recognizer=self.name,
                original_score=found.confidence,
                pattern_name=found.rule,
                textual_explanation="; ".join(found.because),
            ),
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )
