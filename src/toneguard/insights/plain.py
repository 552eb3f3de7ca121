"""A summary's data as plain text, for logs and pipes; a terminal's colours are the command line's work."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any


def render(data: Mapping[str, Any]) -> list[str]:
    """The lines of a summary, from :meth:`~toneguard.insights.summary.Summary.to_dict` data."""
    messages, conversations = data["messages"], data["conversations"]
    agent = messages["by_role"]["agent"]
    lines = [
        f"{messages['total']:,} messages in {conversations['total']:,} conversations"
        + (f", by {', '.join(data['standards'])}" if data["standards"] else ""),
        "  " + listed(messages["by_role"]),
        "",
        "Verdicts on agent messages",
        *counts(data["verdicts"], agent),
        "",
        "Conversations by their worst verdict",
        *counts(conversations["by_worst_verdict"], conversations["total"]),
        "",
        "Most frequent findings in agent messages",
        *findings(data["findings"], "No finding at suggestion or above."),
    ]
    if data["other_rules_found"]:
        lines.append(f"  and {data['other_rules_found']} more rules")
    if data["customer_findings"]:
        lines += ["", "In customers' messages", *findings(data["customer_findings"], "")]
    lines += ["", "Scores", *scores(data["measures"])]
    skipped = data["skipped"]
    if skipped:
        lines += ["", "Analysers that gave no answer"]
        lines += [f"  {one['analyser']}: {one['count']:,} messages, {one['reason']}" for one in skipped]
    return [line.rstrip() for line in lines]


def listed(numbers: Mapping[str, int]) -> str:
    """Names with their counts, those above zero."""
    return ", ".join(f"{name} {count:,}" for name, count in numbers.items() if count) or "none"


def counts(numbers: Mapping[str, int], whole: int) -> list[str]:
    """A line per name above zero, with its share of ``whole``."""
    found = [(name, count) for name, count in numbers.items() if count and whole]
    rows = [(name, f"{count:,}", percent(count / whole)) for name, count in found]
    return columns(rows, "<>>") or ["  none"]


def findings(rules: Sequence[Mapping[str, Any]], none: str) -> list[str]:
    """A line per rule: how often, in which share of messages, where for example."""
    if not rules:
        return [f"  {none}"]
    head = ("rule", "level", "found", "of messages", "for example")
    body = [
        (
            rule["rule"],
            rule["level"],
            f"{rule['count']:,}",
            percent(rule["share"]),
            ", ".join(map(printable, rule["examples"])),
        )
        for rule in rules
    ]
    return columns([head, *body], "<<>><")


def scores(measures: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """A line per measure for agents and for customers; a shorter one for a measure that never had a value."""
    told = [
        (name, role, roles[role]) for role in ("agent", "customer") for name, roles in measures.items() if role in roles
    ]
    head = ("measure", "role", "n", "p10", "median", "p90", "cannot say")
    body = [
        (
            name,
            role,
            f"{values['n']:,}",
            *(number(values[key]) for key in ("p10", "median", "p90")),
            unsaid(values),
        )
        for name, role, values in told
        if values["n"]
    ]
    never: dict[tuple[str, str], list[str]] = {}
    for name, role, values in told:
        if not values["n"]:
            never.setdefault((role, values["cannot_say_reason"]), []).append(name)
    return [
        *(columns([head, *body], "<<>>>><") if body else ["  none"]),
        *(f"  no {', '.join(names)} ({role}): {reason}" for (role, reason), names in never.items()),
    ]


def unsaid(values: Mapping[str, Any]) -> str:
    """The share without a value, with the most frequent reason."""
    if not values["cannot_say"]:
        return ""
    return f"{percent(values['cannot_say_share'])} {textwrap.shorten(values['cannot_say_reason'], 40)}"


def number(value: float | None) -> str:
    """Three significant digits; a dash for nothing."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def percent(part: float | None) -> str:
    """A share as a percentage; what is there at all is not shown as 0."""
    if part is None:
        return "-"
    return f"{part:.1%}" if part == 0 or part >= 0.0005 else "<0.1%"


def printable(name: str) -> str:
    """An id as a terminal may show it: ids come from files, and a file could hold a terminal's commands."""
    shown = "".join(sign if sign.isprintable() else "�" for sign in name)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def columns(rows: Sequence[Sequence[str]], align: str) -> list[str]:
    """Rows in columns, two spaces apart; ``align`` has ``<`` or ``>`` for each."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(align))]
    return [
        "  " + "  ".join(f"{cell:{side}{wide}}" for cell, side, wide in zip(row, align, widths, strict=True))
        for row in rows
    ]
