"""JSON lines: one object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from toneguard.archives.files import LONGEST, decode, lines
from toneguard.archives.formats import Source
from toneguard.archives.rows import Record, Rejection
from toneguard.archives.values import kind
from toneguard.errors import ArchiveError

# Not strict: a raw tab inside a string is no reason to lose a row. NaN and Infinity, which
# Python writes though they are no JSON, stand for "no value".
DECODER = json.JSONDecoder(strict=False, parse_constant=dict[str, None]().get)

DEEPEST = 100
"""Levels of nesting that are kept: what is deeper could be read, but perhaps not written again."""


def open_archive(path: Path) -> Source:
    """The rows of a JSON lines file. Blank lines are no rows."""
    return partial(read, path)


def read(path: Path) -> Iterator[Record | Rejection]:
    """One record or rejection per line that is not blank."""
    first = True
    for number, data in lines(path):
        if data is None:
            yield Rejection(number, None, f"the line is longer than {LONGEST // 2**20} MiB")
            continue
        if not data.strip():
            continue
        row = parse(number, data)
        if first and data.lstrip().startswith(b"[") and is_array(data, row):
            raise ArchiveError(f"{path}: this is one JSON array; write one object per line (jq -c '.[]')")
        first = False
        yield row


def parse(number: int, data: bytes) -> Record | Rejection:
    """The record of one line. Reasons tell the place, never the content."""
    try:
        text = decode(data)
    except ValueError as error:
        return Rejection(number, None, str(error))
    try:
        value = DECODER.decode(text)
    except json.JSONDecodeError as error:
        # Only the part before a colon: what follows may quote the line.
        problem = error.msg.split(":")[0].lower()
        return Rejection(number, None, f"not JSON: {problem} at character {error.pos + 1}")
    except RecursionError:
        return Rejection(number, None, "not usable JSON: nested too deeply")
    except ValueError:
        return Rejection(number, None, "not usable JSON: a number with too many digits")
    if not isinstance(value, dict):
        return Rejection(number, None, f"expected a JSON object, got {kind(value)}")
    if data.count(b"[") + data.count(b"{") > DEEPEST and depth(value) > DEEPEST:
        return Rejection(number, None, f"not usable JSON: nested more than {DEEPEST} deep")
    return Record(number, value)


def depth(value: object) -> int:
    """How deep lists and objects are nested; without recursion, which is what deep nesting breaks."""
    found = 0
    level = [value]
    while level := [part for part in level if isinstance(part, dict | list)]:
        found += 1
        level = [part for outer in level for part in (outer.values() if isinstance(outer, dict) else outer)]
    return found


def is_array(data: bytes, row: Record | Rejection) -> bool:
    """Whether a file that begins with this line is an array of rows: one message is then better than many."""
    return "not JSON" in getattr(row, "reason", "") or b"{" in data
