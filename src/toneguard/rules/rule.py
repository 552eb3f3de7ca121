"""The types of a rule: what a rule file holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from toneguard.reviews import Level
from toneguard.rules.phrases import Pattern

KINDS = {
    "phrases": "finds any of its phrases",
    "swap": "finds phrases and offers what to write instead",
    "count": "finds its phrases when there are more than `max` of them",
    "absent": "finds that none of its phrases is there",
    "code": "raised by an analyser; the file holds what it means",
}
SEVERITIES = ("denial", "half-truth", "omission")


@dataclass(frozen=True, slots=True)
class Example:
    """A message that must (``fails``) or must not (``passes``) raise the rule.

    ``before`` are the (role, text) pairs written earlier, ``role`` is who writes this message, ``public`` whether
    anybody can read it.
    """

    text: str
    role: str = "agent"
    before: tuple[tuple[str, str], ...] = ()
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """Where a law rule comes from, and how bad a breach is: a denial of a right, a half-truth or an omission."""

    jurisdiction: str
    section: str
    severity: str
    source: str
    source_date: date
    effective_from: date
    effective_to: date | None
    rewrite: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """When a pattern counts. Contexts are names of files in ``rules/contexts``."""

    roles: frozenset[str] = frozenset({"agent"})
    parts: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    when_before: frozenset[str] = frozenset()
    when_latest: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    unless_sentence: tuple[Pattern, ...] = ()
    unless_message: tuple[Pattern, ...] = ()
    even_quoted: bool = False
    even_denied: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``name`` is its path in the packs, such as ``respect/blame-customer``."""

    name: str
    kind: str
    message: str
    why: str
    level: Level
    sources: tuple[str, ...]
    requirements: tuple[str, ...]
    since: str
    conditions: Conditions
    patterns: tuple[Pattern, ...] = ()
    case_sensitive: tuple[Pattern, ...] = ()
    swaps: tuple[tuple[Pattern, tuple[str, ...]], ...] = ()
    instead: tuple[str, ...] = ()
    advice: str = ""
    max: int = 0
    law: Law | None = None
    fails: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()
    file: str = field(default="", compare=False)

    @property
    def pack(self) -> str:
        """The pack that holds the rule: its name without the last step."""
        return self.name.rsplit("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Context:
    """Something that earlier messages may show (a fault, a complaint); rules ask for it by name."""

    name: str
    description: str
    patterns: tuple[Pattern, ...]
    unless_sentence: tuple[Pattern, ...]
    roles: frozenset[str]
    fails: tuple[str, ...]
    passes: tuple[str, ...]
