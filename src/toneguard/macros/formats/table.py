"""CSV and TSV with a header, with the place of every cell, which the standard library's reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toneguard.macros.formats import Reply, Unreadable
from toneguard.macros.formats.tree import Node, replies
from toneguard.macros.located import Lines, Located, align

DELIMITERS = (",", "\t", ";", "|")
QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def read_table(source: str, fields: Sequence[str]) -> Iterator[Reply]:
    """The replies of a table: the first row names the columns."""
    rows = iter(read_rows(source))
    header = next(rows, None)
    if header is None:
        return
    names = [cell.text.strip() for _, cell in header]
    for row in rows:
        entries = [(name, Node(start, cell)) for name, (start, cell) in zip(names, row, strict=False)]
        yield from replies(Node(row[0][0], None, entries), fields)


def read_rows(source: str) -> Iterator[list[tuple[int, Located]]]:
    """The rows that are not blank: where each cell begins, and the cell."""
    first = source.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    row: list[tuple[int, Located]] = []
    at = 0
    while at < len(source):
        start = at
        if source[at] == '"':
            found = QUOTED.match(source, at)
            if found is None:
                raise Unreadable("a quotation mark that begins here is never closed", Lines(source).number(at))
            at = found.end()
            row.append((start, align(found[1].replace('""', '"'), source, start + 1, at - 1)))
        else:
            at = bare.match(source, at).end()  # type: ignore[union-attr]
            row.append((start, Located.plain(source, start, at)))
        if at < len(source) and source[at] not in (delimiter, "\r", "\n"):
            raise Unreadable("text follows a closing quotation mark", Lines(source).number(at))
        if at >= len(source) or source[at] != delimiter:
            if any(cell.text for _, cell in row):
                yield row
            row = []
            at += 2 if source.startswith("\r\n", at) else 1
        else:
            at += 1
    if any(cell.text for _, cell in row):
        yield row
