"""The type of a standard. It is plain data: two of them live side by side in one process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toneguard.reviews import Level
from toneguard.rules import Rule


@dataclass(frozen=True, slots=True)
class Bound:
    """A measure's allowed range in agent messages; outside it, a finding of ``level`` is raised."""

    measure: str
    min: float | None
    max: float | None
    level: Level


@dataclass(frozen=True, slots=True)
class Waiver:
    """A law rule that an organisation silences, with who decided it, why, and until when. Every review shows it."""

    rule: str
    reason: str
    owner: str
    expires: date

    def to_dict(self) -> dict[str, str]:
        """Plain data for JSON."""
        return {"rule": self.rule, "reason": self.reason, "owner": self.owner, "expires": self.expires.isoformat()}


@dataclass(frozen=True, slots=True)
class Standard:
    """An organisation's choice of rules, levels and bounds.

    ``tier`` names the models; ``spacy`` an installed spaCy pipeline (or its folder) for analysers that need one.
    ``rules`` holds every rule of the chosen packs by name and ``levels`` the level of each (``off`` ones included);
    ``allow`` the terms that a rule must not find; ``required`` the analysers without whose answer there is no
    ``pass``; ``options`` each analyser's options; ``contacts`` the organisation's own telephone numbers, addresses
    and names, which are no personal data in its agents' messages.
    """

    name: str
    version: str
    tier: str
    spacy: str | None
    analysers: tuple[str, ...]
    required: frozenset[str]
    rules: Mapping[str, Rule]
    levels: Mapping[str, Level]
    allow: Mapping[str, frozenset[str]]
    bounds: tuple[Bound, ...]
    contacts: frozenset[str]
    options: Mapping[str, Mapping[str, Any]]
    waivers: tuple[Waiver, ...]
    locks: frozenset[str]
    digest: str
    rules_digest: str
    sources: tuple[str, ...] = field(default=(), compare=False)

    @property
    def label(self) -> str:
        """``name@version``, as reviews show it."""
        return f"{self.name}@{self.version}"
