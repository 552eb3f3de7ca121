"""The commands that look at one text or at the rules; those for archives are in :mod:`toneguard.cli.archives`."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from toneguard.pipeline import Pipeline


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """From which level on findings end in exit code 1."""

    NOTE = "note"
    SUGGESTION = "suggestion"
    WARNING = "warning"
    ERROR = "error"
    NEVER = "never"


StandardOption = Annotated[
    str | None,
    typer.Option(
        "--standard", "-s", metavar="FILE|PRESET", help="A standard.toml, or a preset: default, strict, gentle."
    ),
]
FormatOption = Annotated[Format, typer.Option("--output-format", "-f", help="How to print the result.")]


def open_pipeline(standard: str | None) -> Pipeline:
    """The pipeline of the named standard."""
    from toneguard.pipeline import Pipeline

    return Pipeline.from_standard(standard) if standard else Pipeline()


def terminal(*, error: bool = False) -> Console:
    """A console that colours on terminals only and honours NO_COLOR."""
    from rich.console import Console

    return Console(stderr=error, highlight=False, emoji=False, markup=False)


def review(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT|FILE|-]", help="The message: a text, a file, or - for standard input."),
    ] = None,
    role: Annotated[str, typer.Option(help="Who writes it: agent, customer, bot or system.")] = "agent",
    before: Annotated[
        list[str] | None,
        typer.Option(
            "--before", "-b", metavar="'ROLE: TEXT'", help="What was written before; repeat it, oldest first."
        ),
    ] = None,
    standard: StandardOption = None,
    output_format: FormatOption = Format.TEXT,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 from this level of findings on.")] = FailOn.WARNING,
    notes: Annotated[bool, typer.Option("--notes", help="Also show findings of level note.")] = False,
) -> None:
    """Review one message: what is wrong, where, why, and what to write instead.

    Exit code 0: nothing at or above --fail-on; 1: something; 2: the call is wrong.

    Example: toneguard review "We don't do refunds." --before "customer: The kettle arrived cracked."
    """
    from toneguard.cli.inputs import read_before, read_text
    from toneguard.reviews import Level

    message = read_text(text)
    pipeline = open_pipeline(standard)
    result = pipeline.review(message, role=role, before=read_before(before))
    if output_format is Format.JSON:
        sys.stdout.write(result.to_json(indent=2) + "\n")
    else:
        from toneguard.cli.render import show_review

        advice = {name: rule.advice for name, rule in pipeline.standard.rules.items()}
        show_review(terminal(), message, result, notes=notes, advice=advice)
    if fail_on is not FailOn.NEVER and any(found.level.rank >= Level(fail_on.value).rank for found in result.findings):
        raise typer.Exit(1)


def explain(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule's name, such as respect/blame-customer.")],
    output_format: FormatOption = Format.TEXT,
) -> None:
    """Say what a rule looks for, why, on what authority, and show sentences that raise it and that do not."""
    from toneguard.rules import builtin_rules, resolve
    from toneguard.rules.load import to_dict

    rules = builtin_rules()
    found = rules[resolve(rule, rules)]
    if output_format is Format.JSON:
        sys.stdout.write(json.dumps(to_dict(found), indent=2, ensure_ascii=False) + "\n")
        return
    from rich.text import Text

    from toneguard.cli.render import STYLES

    console = terminal()
    head = Text(found.name, style="bold")
    head.append(f"   {found.level.value}", style=STYLES[found.level])
    console.print(head)
    console.print(f"\n{found.message}\n\n{found.why}")
    if found.advice:
        console.print(Text("\nDo: ", style="green") + Text(found.advice))
    if found.law:
        console.print(
            f"\nLaw: {found.law.jurisdiction}, {found.law.section} ({found.law.severity})\nInstead: {found.law.rewrite}"
        )
        console.print(f"Seen at: {found.law.source}, {found.law.source_date.isoformat()}. This is no legal advice.")
    for title, mark, style, examples in (
        ("Raises it", "x", "red", found.fails),
        ("Does not raise it", "ok", "green", found.passes),
    ):
        console.print(f"\n{title}:")
        for example in examples:
            line = Text(f"  {mark:<3}", style=style)
            for role, text in example.before:
                line.append(f"({role}: {text}) ", style="bright_black")
            line.append(" ".join(example.text.split()))
            console.print(line)
    console.print(Text("\nSources: " + "; ".join(found.sources), style="bright_black"))
    if found.requirements:
        console.print(Text("Asked for by: " + ", ".join(found.requirements), style="bright_black"))


def rules(
    prefix: Annotated[
        str, typer.Argument(metavar="[PACK]", help="Only rules whose name begins so, such as law/au.")
    ] = "",
    standard: StandardOption = None,
    output_format: FormatOption = Format.TEXT,
) -> None:
    """List the rules with the levels that a standard gives them."""
    from toneguard.rules.load import to_dict
    from toneguard.standards import load_standard

    chosen = load_standard(standard)
    listed = [rule for name, rule in chosen.rules.items() if name.startswith(prefix)]
    if not listed:
        from toneguard.errors import InvalidInput

        packs = sorted({rule.pack for rule in chosen.rules.values()})
        raise InvalidInput(f"no rule begins with {prefix!r}; packs: {', '.join(packs)}")
    if output_format is Format.JSON:
        data = [{**to_dict(rule), "level": chosen.levels[rule.name].value} for rule in listed]
        sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        return
    from rich.table import Table
    from rich.text import Text

    from toneguard.cli.render import STYLES
    from toneguard.reviews import Level

    table = Table(box=None, pad_edge=False, show_header=True, header_style="bright_black")
    table.add_column("rule", no_wrap=True)
    table.add_column("level")
    table.add_column("what it says", overflow="fold", min_width=24)
    for rule in listed:
        level = chosen.levels[rule.name]
        table.add_row(
            rule.name,
            Text(level.value, style=STYLES.get(level, "") if level is not Level.OFF else "bright_black"),
            rule.message,
        )
    terminal().print(table)
    terminal(error=True).print(
        f"{len(listed)} rules of standard {chosen.label}; toneguard explain RULE says more.", style="bright_black"
    )


def measures(output_format: FormatOption = Format.TEXT) -> None:
    """List the measures that every review has: unit, range, which way is better, and the source of each."""
    pipeline = open_pipeline(None)
    if output_format is Format.JSON:
        sys.stdout.write(json.dumps([m.to_dict() for m in pipeline.measures], indent=2, ensure_ascii=False) + "\n")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bright_black")
    for title in ("measure", "what it says", "range", "better", "asked of", "source"):
        table.add_column(title, overflow="fold")
    for measure in pipeline.measures:
        low, high = ("" if bound is None else f"{bound:g}" for bound in (measure.low, measure.high))
        table.add_row(
            measure.name,
            measure.description,
            f"{low}..{high}",
            measure.better,
            ", ".join(sorted(measure.roles)) or "all",
            measure.source,
        )
    terminal().print(table)


def write_file(path: Path, text: str) -> None:
    """Write a file that was asked for, naming it if that fails."""
    from toneguard.errors import InvalidInput

    try:
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
    except OSError as problem:
        raise InvalidInput(f"{path}: cannot be written ({problem.strerror})") from None
