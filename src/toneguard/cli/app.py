"""The commands, one thin function each; heavy modules are imported where a command needs them."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer

from toneguard._version import __version__
from toneguard.cli import archives, brands, check, commands

app = typer.Typer(
    name="toneguard",
    help=(
        "Check the quality of written customer communication, on your own machine.\n\n"
        "[bold]toneguard review[/bold] looks at one draft; [bold]toneguard check[/bold] at canned replies;"
        " [bold]toneguard score[/bold] reads a whole archive;"
        " [bold]toneguard explain[/bold] says why a rule exists. Nothing is sent anywhere."
    ),
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
brand = typer.Typer(
    help="A team's own voice: fit it from example replies, look at what was learnt.", no_args_is_help=True
)
app.add_typer(brand, name="brand")


for command in (
    commands.review,
    check.check,
    archives.score,
    archives.redact,
    commands.explain,
    commands.rules,
    commands.measures,
    archives.demo,
):
    app.command()(command)
brand.command()(brands.fit)
brand.command()(brands.show)
# Doors do not know each other: those that are started from here say so in their entry point, as other packages may.
for entry in sorted(entry_points(group="toneguard.commands"), key=lambda entry: entry.name):
    app.command(entry.name)(entry.load())


def version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        sys.stdout.write(f"toneguard {__version__}\n")
        raise typer.Exit


@app.callback()
def top(
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options before any command."""


def run() -> None:
    """Run the command line; what the user got wrong ends in one clear line and exit code 2."""
    from toneguard.errors import ToneGuardError

    for stream in (sys.stdout, sys.stderr):
        # Customers' texts may hold lone surrogates, which no terminal can print.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except ToneGuardError as problem:
        sys.stderr.write(f"toneguard: {problem}\n")
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output left: `toneguard rules | head`
        sys.stderr.close()
        raise SystemExit(0) from None
