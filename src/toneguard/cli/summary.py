"""The summary of an archive as a person at a terminal reads it: what happened, how often, where to look."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from toneguard.cli.render import STYLES, VERDICTS
from toneguard.insights.plain import number, percent, printable, unsaid
from toneguard.reviews import Level, Verdict

BAR = 32
"""Cells of a full bar."""


def show_summary(console: Console, summary: Any) -> None:
    """Print a :class:`~toneguard.insights.summary.Summary`."""
    data = summary.to_dict()
    messages, conversations = data["messages"], data["conversations"]
    roles = ", ".join(f"{count:,} by {role}s" for role, count in messages["by_role"].items() if count)
    console.print(Text(f"{messages['total']:,} messages in {conversations['total']:,} conversations", style="bold"))
    console.print(Text(f"{roles}; judged by {', '.join(data['standards'])}", style="bright_black"))
    title(console, "Agent messages by verdict")
    show_verdicts(console, data["verdicts"])
    title(console, "Conversations by their worst verdict")
    show_verdicts(console, conversations["by_worst_verdict"])
    title(console, "Most frequent findings in agent messages")
    if data["findings"]:
        show_findings(console, data["findings"])
    else:
        console.print("  none at suggestion or above")
    if data["other_rules_found"]:
        console.print(Text(f"  and {data['other_rules_found']} more rules", style="bright_black"))
    if data["customer_findings"]:
        title(console, "In customers' messages")
        show_findings(console, data["customer_findings"][:10])
    title(console, "Scores")
    show_scores(console, data["measures"])
    for one in data["skipped"]:
        console.print(
            Text(f"  {one['analyser']} gave no answer for {one['count']:,} messages: {one['reason']}", style="red")
        )


def title(console: Console, text: str) -> None:
    """A heading."""
    console.print()
    console.print(Text(text, style="bold underline"))


def show_verdicts(console: Console, counts: dict[str, int]) -> None:
    """A bar per verdict."""
    whole = sum(counts.values()) or 1
    grid = Table.grid(padding=(0, 2))
    for justify in ("left", "right", "right", "left"):
        grid.add_column(justify=justify)
    for name, count in counts.items():
        if count:
            colour = VERDICTS[Verdict(name)][1].rsplit(" ", 1)[-1] if name in set(Verdict) else "bright_black"
            grid.add_row(
                f"  {name}",
                f"{count:,}",
                percent(count / whole),
                Text("█" * max(1, round(BAR * count / whole)), style=colour),
            )
    console.print(grid)


def show_findings(console: Console, found: list[dict[str, Any]]) -> None:
    """A row per rule: level, how often, in which share of messages, where for example."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    table.add_column("  rule", no_wrap=True)
    table.add_column("level", no_wrap=True, min_width=10)
    table.add_column("found", justify="right", no_wrap=True, min_width=5)
    table.add_column("share", justify="right", no_wrap=True, min_width=5)
    table.add_column("for example", overflow="ellipsis", no_wrap=True, style="bright_black")
    for rule in found:
        level = Level(rule["level"])
        table.add_row(
            f"  {rule['rule']}",
            Text(level.value, style=STYLES.get(level, "")),
            f"{rule['count']:,}",
            percent(rule["share"]),
            ", ".join(map(printable, rule["examples"])),
        )
    console.print(table)


def show_scores(console: Console, measures: dict[str, dict[str, dict[str, Any]]]) -> None:
    """A row per measure and role that had any value; measures without any are named in a line of their own."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    for name in ("  measure", "role"):
        table.add_column(name, no_wrap=True)
    for name in ("n", "p10", "median", "p90"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("cannot say", no_wrap=True, overflow="ellipsis")
    silent: dict[str, str] = {}
    for name, roles in measures.items():
        for role, values in roles.items():
            if role not in ("agent", "customer"):
                continue
            if not values["n"]:
                silent.setdefault(name, values["cannot_say_reason"] or "")
                continue
            silent.pop(name, None)
            quantiles = (number(values[key]) for key in ("p10", "median", "p90"))
            table.add_row(f"  {name}", role, f"{values['n']:,}", *quantiles, Text(unsaid(values), style="bright_black"))
    console.print(table)
    for name, reason in silent.items():
        if "not asked" not in reason:
            console.print(Text(f"  {name}: {reason}", style="bright_black"))
