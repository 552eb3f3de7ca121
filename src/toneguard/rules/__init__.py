"""Rules: kinds in code, packs as data. One rule is one file, named by its path below ``packs``."""

from toneguard.rules.load import builtin_contexts, builtin_rules, digest, read_rules, resolve
from toneguard.rules.match import RuleSet, Shown
from toneguard.rules.rule import Context, Example, Rule

__all__ = [
    "Context",
    "Example",
    "Rule",
    "RuleSet",
    "Shown",
    "builtin_contexts",
    "builtin_rules",
    "digest",
    "read_rules",
    "resolve",
]
