"""How replies are kept in files, one reader each: plain text, Markdown, HTML, JSON, YAML and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from toneguard.macros.located import Located

ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".csv": "table",
    ".tsv": "table",
}
"""The endings of files that are looked for in folders."""


class Reply(NamedTuple):
    """One reply of a file: its text, where its entry begins, and the rules that its entry allows."""

    text: Located
    start: int
    allow: str = ""


class Unreadable(Exception):
    """A file that cannot be read as what it should be: the reason, and the line if it is known."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


def kind_of(path: Path) -> str:
    """How a file is to be read, by its ending; as plain text if that says nothing."""
    return ENDINGS.get(path.suffix.lower(), "text")


def reader(kind: str) -> Callable[[str, Sequence[str]], Iterator[Reply]]:
    """The reader of a kind of file: source and names of fields in, replies out; it raises :class:`Unreadable`."""
    from toneguard.macros.formats import json, prose, table, yaml

    return {
        "text": prose.read_text,
        "markdown": prose.read_markdown,
        "html": prose.read_html,
        "json": json.read_json,
        "jsonl": json.read_lines,
        "yaml": yaml.read_yaml,
        "table": table.read_table,
    }[kind]
