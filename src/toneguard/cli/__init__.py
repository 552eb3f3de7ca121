"""The command line: ``toneguard --help``. It prints data on stdout and talk on stderr, and computes nothing itself."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``toneguard`` command."""
    from toneguard.cli.app import run

    run()
