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

# Not strict: raw tabs inside strings are no reason to lose a row. NaN and Infinity, which pandas and Python write,
# are no JSON and stand for "no value".
DECODER = json.JSONDecoder(strict=False, parse_constant=lambda name: None)


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
            raise ArchiveError(f"{path}: this is one JSON array; write one object per line (jq -c '.[]' does it)")
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
        return Rejection(number, None, f"not JSON: {error.msg.split(':')[0].lower()} at character {error.pos + 1}")
    except RecursionError:
        return Rejection(number, None, "not usable JSON: nested too deeply")
    except ValueError:
        return Rejection(number, None, "not usable JSON: a number with too many digits")
    if not isinstance(value, dict):
        return Rejection(number, None, f"expected a JSON object, got {kind(value)}")
    return Record(number, value)


def is_array(data: bytes, row: Record | Rejection) -> bool:
    """Whether a file that begins with this line is an array of rows: then one message serves better than one a line."""
    return "not JSON" in getattr(row, "reason", "") or b"{" in data
