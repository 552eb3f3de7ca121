"""Texts from arguments, files and pipes, with a clear word for what cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

from toneguard.errors import InvalidInput
from toneguard.resources.text import decode

LONGEST_NAME = 255


def read_text(given: str | None) -> str:
    """The text of an argument: ``-`` or nothing is standard input, an existing file is read, else it is the text."""
    if given == "-" or (given is None and not sys.stdin.isatty()):
        return decode(sys.stdin.buffer.read(), "standard input")
    if given is None:
        raise InvalidInput("nothing to review: give a text, a file, or - for standard input")
    if len(given) <= LONGEST_NAME and "\n" not in given and "\0" not in given:
        path = Path(given)
        if path.is_dir():
            raise InvalidInput(f"{given} is a folder; name a file")
        if path.is_file():
            return decode(path.read_bytes(), given)
    return given


def read_before(given: list[str] | None) -> list[tuple[str, str]]:
    """``role: text`` pairs."""
    pairs = []
    for item in given or []:
        role, colon, text = item.partition(":")
        if not colon:
            raise InvalidInput("--before: write it as role: text, for instance 'customer: My kettle arrived cracked.'")
        pairs.append((role.strip().lower(), text.strip()))
    return pairs
