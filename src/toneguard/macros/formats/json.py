"""JSON and JSON Lines, with the place of every text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json.decoder import JSONDecodeError, JSONDecoder, scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any

from toneguard.macros.formats import Reply, Unreadable
from toneguard.macros.formats.tree import Node, replies
from toneguard.macros.located import Lines, Located, align


class Text(str):
    """A text that knows where it stands: between its quotation marks."""

    __slots__ = ("end", "start")
    start: int
    end: int


class Decoder(JSONDecoder):
    """The standard library's decoder, with its own scanner in Python so that texts can be told where they stand."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=Pairs)
        self.parse_string = self.located
        self.scan_once = py_make_scanner(self)

    @staticmethod
    def located(source: str, start: int, strict: bool) -> tuple[Text, int]:
        """A text and where it ends."""
        value, end = scanstring(source, start, strict)
        text = Text(value)
        text.start, text.end = start, end - 1
        return text, end


class Pairs(list[tuple[str, Any]]):
    """An object, as its keys and values."""


def read_json(source: str, fields: Sequence[str]) -> Iterator[Reply]:
    """The replies of a JSON file."""
    if not source.strip():
        return
    try:
        root = Decoder().decode(source)
    except JSONDecodeError as problem:
        raise Unreadable(f"is no JSON: {problem.msg}", problem.lineno, problem.colno) from None
    except RecursionError:
        raise Unreadable("is no JSON of replies: it is nested too deeply") from None
    yield from replies(node_of(root, source, 0), fields)


def read_lines(source: str, fields: Sequence[str]) -> Iterator[Reply]:
    """The replies of a JSON Lines file."""
    lines = Lines(source)
    for number in range(1, len(lines) + 1):
        text, start = lines.text(number), lines.start(number)
        if not text.strip():
            continue
        for reply in read_line(text, number, fields):
            moved = Located(
                reply.text.text, [at + start for at in reply.text.starts], [at + start for at in reply.text.ends]
            )
            yield reply._replace(text=moved, start=reply.start + start)


def read_line(text: str, number: int, fields: Sequence[str]) -> list[Reply]:
    """The replies of one line; where it is no JSON, the error names the line."""
    try:
        return list(read_json(text, fields))
    except Unreadable as problem:
        raise Unreadable(problem.reason, number, problem.column) from None


def node_of(value: Any, source: str, start: int) -> Node:
    """A value as a node; what is not yet known of a place is that of its first text, or of what holds it."""
    if isinstance(value, Text):
        return Node(value.start, align(str(value), source, value.start, value.end, escapes=True))
    if isinstance(value, Pairs):
        entries = [(key, node_of(inner, source, start)) for key, inner in value]
    elif isinstance(value, list):
        entries = [("", node_of(inner, source, start)) for inner in value]
    else:
        return Node(start)
    return Node(min((inner.start for _, inner in entries if inner.start > start), default=start), None, entries)


