"""Cues of dissatisfaction: the rules of the pack ``dissatisfaction`` and what kinds of dissatisfaction they show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from toneguard.documents import Document
from toneguard.findings import Finding, Span
from toneguard.resources.models import read_manifest
from toneguard.rules import RuleSet, Shown, builtin_rules

PACK = "dissatisfaction"


@lru_cache(maxsize=1)
def cue_rules() -> RuleSet:
    """The rules of the dissatisfaction pack, whatever level a standard gives them."""
    return RuleSet((rule for rule in builtin_rules().values() if rule.pack == PACK), {})


def cues(document: Document) -> list[Finding]:
    """Every cue in what was written here: findings of the pack's rules, in the order of the text."""
    rules = cue_rules()
    return sorted(
        rules.find(document, Shown(rules.contexts)), key=lambda finding: (finding.span or Span(0, 0), finding.rule)
    )


def kind_of(cue: Finding) -> str:
    """What a cue shows: the last step of its rule's name."""
    return cue.rule.rpartition("/")[2]


def read_cue_weights() -> dict[str, float]:
    """What each kind of cue adds to the log-odds of dissatisfaction, from the manifest of the linear heads."""
    return {str(kind): float(weight) for kind, weight in read_manifest("heads").get("cues", {}).items()}


SHOWS: Mapping[str, str] = {
    "threat-to-leave": "threat_to_leave",
    "threat-to-go-public": "threat_to_go_public",
    "threat-to-regulator": "threat_regulator",
    "threat-of-legal-action": "threat_lawyer",
    "repeated-contact": "repeated_contact",
    "sarcasm": "sarcasm",
    "abuse": "abuse",
}
"""The kind of dissatisfaction that each rule shows."""
