"""The command that looks at canned replies and macros where they are kept."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from toneguard.cli.commands import FailOn, StandardOption, open_pipeline, terminal, write_file
from toneguard.cli.reports import CheckFormat


def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, and folders that are looked through.")
    ],
    standard: StandardOption = None,
    output_format: Annotated[
        CheckFormat, typer.Option("--output-format", "-f", help="How to print what is found.")
    ] = CheckFormat.TEXT,
    output_file: Annotated[
        Path | None, typer.Option("--output-file", "-o", metavar="FILE", help="Where to write it.")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 from this level of findings on.")] = FailOn.WARNING,
    notes: Annotated[bool, typer.Option("--notes", help="Also show findings of level note.")] = False,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Leave out what matches, as in a .gitignore file; repeat it."),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A field or column that holds replies, or * for every text; repeat it."),
    ] = None,
    channel: Annotated[
        str | None, typer.Option(help="Where replies are sent: email, chat, sms, social, web, review, phone, other.")
    ] = None,
) -> None:
    """Check canned replies and macros: text, Markdown, HTML, JSON, YAML and CSV files, by line and column.

    Placeholders such as {{name}} are no findings. A rule is allowed by a comment on the line or the one above:
    <!-- toneguard: allow RULE -->, in plain text and YAML also # toneguard: allow RULE.

    Exit code 0: nothing at or above --fail-on; 1: something; 2: the call is wrong.

    Example: toneguard check macros/ --output-format github
    """
    from toneguard.macros import check_files, find_files
    from toneguard.reviews import Level

    files = find_files(paths, exclude=exclude or ())
    report = check_files(files, open_pipeline(standard), fields=field or (), channel=channel)
    hidden = 0
    if not notes:
        shown = tuple(one for one in report.problems if one.level.barks or one.rule.startswith("check/"))
        hidden = len(report.problems) - len(shown)
        report = replace(report, problems=shown)
    from toneguard.cli.reports import writer

    threshold = None if fail_on is FailOn.NEVER else Level(fail_on.value)
    out = writer(output_format)(report, threshold or Level.ERROR)
    if output_file is None:
        sys.stdout.write(out)
    else:
        write_file(output_file, out)
    say = terminal(error=True)
    for name in report.empty:
        hint = f"{name}: no replies found; --field names the field or column that holds them"
        say.print(hint, style="bright_black", soft_wrap=True)
    counts = [sum(one.level is level for one in report.problems) for level in Level]
    found = ", ".join(
        f"{count} {level.value}{'s' if count > 1 else ''}"
        for level, count in reversed(list(zip(Level, counts, strict=True)))
        if count
    )
    say.print(
        f"{counted(report.replies, 'reply', 'replies')} in {counted(len(report.sources), 'file', 'files')}:"
        f" {found or 'no problems'}"
        + (f" ({counted(hidden, 'note', 'notes')} not shown; --notes shows them)" if hidden else ""),
        soft_wrap=True,
    )
    if threshold is not None and any(one.level.rank >= threshold.rank for one in report.problems):
        raise typer.Exit(1)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"
