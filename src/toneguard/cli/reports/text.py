"""For people and for editors that read ``file:line:column: message``."""

from __future__ import annotations

from toneguard.macros import Report
from toneguard.reviews import Level


def text(report: Report, fail_on: Level) -> str:  # noqa: ARG001  (all formats are called alike)
    """A line per problem, and one below it with what to write instead."""
    lines = []
    for found in report.problems:
        lines.append(f"{found.path}:{found.line}:{found.column}: {found.level.value} {found.rule}: {found.message}")
        rule = report.standard.rules.get(found.rule)
        if found.replacements:
            lines.append("    instead: " + " / ".join(one or "(leave it out)" for one in found.replacements[:3]))
        elif rule and rule.advice:
            lines.append(f"    do: {rule.advice}")
    return "".join(f"{line}\n" for line in lines)
