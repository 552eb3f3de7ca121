"""Wording: what is said, held against rule packs (one file per rule, examples inside)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toneguard.documents import Document
from toneguard.documents.language import ENGLISH
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Finding, Measure
from toneguard.rules import Rule, RuleSet, Shown, builtin_contexts, builtin_rules


class Wording:
    """Raises the findings of every rule that is found by looking (all kinds but ``code``).

    The rules of the pack ``dissatisfaction`` are left to the analyser of that name, which counts them too.
    ``rules`` are the rules to run (default: all that ship); the standard has chosen them, levels are not known here.
    """

    name = "wording"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "language", "before"})
    measures: tuple[Measure, ...] = ()

    def __init__(self, rules: Sequence[Rule] | None = None) -> None:
        chosen = builtin_rules().values() if rules is None else rules
        self._set = RuleSet((rule for rule in chosen if rule.pack != "dissatisfaction"), builtin_contexts())
        self.rules = frozenset(self._set.rules)
        self.weights: Mapping[str, str] = {}

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Findings of each document, with the customer's earlier messages as context."""
        shown = Shown(self._set.contexts)
        nothing = Analysis(self.name, self.version, (), ())
        return [
            Analysis(self.name, self.version, (), findings)
            if (findings := self._findings(document, shown))
            else nothing
            for document in documents
        ]

    def _findings(self, document: Document, shown: Shown) -> tuple[Finding, ...]:
        return tuple(self._set.find(document, shown)) if document.language in ENGLISH else ()


def make(options: Mapping[str, Any]) -> Wording:
    """The analyser from a standard's options: ``rules``, the chosen rules (set by the pipeline)."""
    unknown = set(options) - {"rules"}
    if unknown:
        raise SettingsError(f"wording has no option {sorted(unknown)[0]!r}")
    return Wording(options.get("rules"))
