"""What a Presidio engine finds, as an analyser: findings beside those of ToneGuard's own recognisers.

Presidio goes by patterns and a trained pipeline and takes many an order number for a person's. So the rules of its pack
are notes until a standard raises them, and they are quiet where ToneGuard's own recognisers found something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from presidio_analyzer import AnalyzerEngine

from toneguard._version import __version__
from toneguard.analysers.privacy.entity import Entity, resolve
from toneguard.analysers.privacy.recognise import entities as recognise
from toneguard.documents import Document, PartKind
from toneguard.errors import InvalidInput, SettingsError
from toneguard.findings import Analysis, Finding, Measure, Span
from toneguard.integrations.presidio.engine import open_engine, silence
from toneguard.integrations.presidio.entities import GROUPS, OTHER, RULE_OF
from toneguard.messages import Role
from toneguard.rules import builtin_rules

NAME = "presidio"
PERSON = "PERSON"
MIN_SCORE = 0.4
"""Presidio's weakest patterns, any nine digits, score less than this until a word nearby speaks for them."""
BETWEEN_TWO = frozenset({PartKind.GREETING, PartKind.SIGN_OFF})
"""Where an agent's message names its reader and its writer."""


class PresidioAnalyser:
    """Raises a finding of the pack ``presidio`` for what ``engine`` sees in what was written now.

    ``engine`` is a Presidio ``AnalyzerEngine`` (None: its predefined recognisers, without a trained pipeline),
    ``language`` the one that it is asked in, ``min_score`` (0 to 1) how sure it must be, ``kinds`` the entities to look
    for by Presidio's names (None: all). ``rules`` gives kinds a rule of one's own, for instance
    ``{"EMPLOYEE_ID": "ours/employee-number"}``, whose file lies in the standard's ``rules_folder``. With ``also_ours``
    it speaks also where ToneGuard's own recognisers found something.
    """

    measures: tuple[Measure, ...] = ()
    needs = frozenset({"tokens", "parts", "before"})

    def __init__(
        self,
        engine: AnalyzerEngine | None = None,
        *,
        name: str = NAME,
        language: str = "en",
        min_score: float = MIN_SCORE,
        kinds: Sequence[str] | None = None,
        rules: Mapping[str, str] | None = None,
        also_ours: bool = False,
    ) -> None:
        self.name = name
        self.version = __version__
        self.engine = engine if engine is not None else open_engine(language=language)
        self.language = language
        self.min_score = min_score
        self.kinds = None if kinds is None else tuple(kinds)
        self.rule_of = {**RULE_OF, **(rules or {})}
        self.also_ours = also_ours
        self.rules = frozenset({*GROUPS, OTHER, *self.rule_of.values()})
        self.weights: Mapping[str, str] = {}
        known = set(self.engine.get_supported_entities(language))
        for kind in (*(self.kinds or ()), *(rules or ())):
            if kind not in known:
                raise InvalidInput(f"{name}: {kind!r:.60} is none of the engine's kinds: {', '.join(sorted(known))}")

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Findings of each document, in the order of its text."""
        with silence():
            return [Analysis(self.name, self.version, (), self._findings(document)) for document in documents]

    def _findings(self, document: Document) -> tuple[Finding, ...]:
        own = document.text[: document.own_end]
        if not own.strip():
            return ()
        # Of the same length: spaCy does not read a lone surrogate.
        results = self.engine.analyze(
            text=own.encode("utf-8", "replace").decode("utf-8"),
            language=self.language,
            entities=None if self.kinds is None else list(self.kinds),
            score_threshold=self.min_score,
        )
        # Presidio goes through sets; the order must not depend on that.
        seen = sorted((result.start, result.end, result.entity_type, float(result.score)) for result in results)
        taken: set[int] = set()
        if seen and not self.also_ours:
            taken = {place for entity in recognise(document) for place in range(*entity.span)}
        agent = document.message.role is Role.AGENT
        found = [
            Entity(self.rule_of.get(kind, OTHER), Span(start, end), kind, min(max(score, 0.0), 1.0), ())
            for start, end, kind, score in seen
            if 0 <= start < end <= len(own)
            and taken.isdisjoint(range(start, end))
            and not (agent and kind == PERSON and document.part_at(start) in BETWEEN_TWO)
        ]
        return tuple(
            Finding(entity.rule, entity.span, message(entity.rule, entity.value), confidence=entity.confidence)
            for entity in resolve(found)
        )


@lru_cache(maxsize=256)
def message(rule: str, kind: str) -> str:
    """What the rule's file says to the writer, and Presidio's name of the kind."""
    known = builtin_rules().get(rule)
    return f"{known.message if known else 'Presidio sees personal data here.'} ({kind})"


def make(options: Mapping[str, Any]) -> PresidioAnalyser:
    """The analyser from a standard's options, all of which may be left out.

    ``config`` is a Presidio analyzer configuration (YAML, from the standard's folder), or else ``spacy`` the pipeline
    for the predefined recognisers (a package or folder); ``language``, ``min_score``, ``kinds``, ``rules`` and
    ``also_ours`` are those of :class:`PresidioAnalyser`. Raises :class:`~toneguard.errors.SettingsError`.
    """
    for key, value in options.items():
        if key not in OPTIONS:
            raise SettingsError(f"presidio has no option {key!r}; allowed: {', '.join(OPTIONS)}")
        kind, expected = OPTIONS[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise SettingsError(f"presidio: {key}: expected {expected}")
    if options.get("config") and options.get("spacy"):
        raise SettingsError("presidio: config names the spaCy pipeline itself; leave out spacy")
    if not 0 <= options.get("min_score", MIN_SCORE) <= 1:
        raise SettingsError("presidio: min_score: expected a number from 0 to 1")
    texts = [*options.get("kinds", ()), *options.get("rules", {}).values()]
    if not all(isinstance(text, str) for text in texts):
        raise SettingsError("presidio: kinds is a list of texts, rules a table of texts")
    language = options.get("language", "en")
    engine = open_engine(options.get("config"), options.get("spacy"), language)
    try:
        return PresidioAnalyser(
            engine,
            language=language,
            min_score=options.get("min_score", MIN_SCORE),
            kinds=options.get("kinds"),
            rules=options.get("rules"),
            also_ours=options.get("also_ours", False),
        )
    except InvalidInput as problem:
        raise SettingsError(str(problem)) from None


OPTIONS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "config": (str, "the path of a Presidio analyzer configuration"),
    "spacy": (str, "a spaCy pipeline: its package or folder"),
    "language": (str, "an ISO 639-1 code"),
    "min_score": ((int, float), "a number from 0 to 1"),
    "kinds": (list, "a list of Presidio's entities"),
    "rules": (dict, "a table: Presidio's entity = rule"),
    "also_ours": (bool, "true or false"),
}
