"""CSV and TSV, also with semicolons or bars, read so that one bad line costs one row.

The standard library's reader does the splitting, not pandas': pandas fills short rows up in silence, gives up
the rest of the file at one quotation mark that is never closed, and cannot say in which line a record stands.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toneguard.archives.files import LONGEST, Line, decode, lines
from toneguard.archives.formats import Source
from toneguard.archives.rows import CANONICAL, Record, Rejection
from toneguard.errors import ArchiveError

DELIMITERS = (",", "\t", ";", "|")
LONGEST_RECORD = 16 * 2**20
"""Bytes of the longest record over several lines; beyond it a quotation mark was surely never closed."""


class Header(NamedTuple):
    """The names of the columns, each once, and what stands between fields."""

    columns: tuple[str, ...]
    delimiter: str


class Fields(NamedTuple):
    """One record: the line on which it begins, how many lines it takes, its fields."""

    line: int
    lines: int
    values: list[str]


def open_archive(path: Path) -> Source:
    """The rows of a delimited file with a header. Blank lines are no rows."""
    return partial(read, path, read_header(path))


def read_header(path: Path) -> Header:
    """The header; raises :class:`~toneguard.errors.ArchiveError` where there is none that can be used."""
    for line in lines(path):
        if line.data is None:
            raise ArchiveError(f"{path}: line {line.number} is too long for a header")
        if not line.data.strip():
            continue
        try:
            text = decode(line.data)
        except ValueError as error:
            raise ArchiveError(f"{path}: line {line.number}, the header: {error}") from None
        return Header(*split_header(path, text.rstrip("\r\n")))
    raise ArchiveError(f"{path}: the file is empty")


def split_header(path: Path, text: str) -> tuple[tuple[str, ...], str]:
    """The names and the delimiter: the one that gives most columns, a comma in case of doubt."""
    if "\r" in text:
        raise ArchiveError(f"{path}: lines end with carriage returns only; save it with the usual line ends")
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([text], delimiter=mark))))
    try:
        names = [name.strip() for name in next(csv.reader([text], delimiter=delimiter, strict=True))]
    except csv.Error:
        raise ArchiveError(f"{path}: the quotation marks of the header, line 1, do not pair up") from None
    unique: list[str] = []
    for position, name in enumerate(names, 1):
        label = name or f"column_{position}"
        if label in unique:
            if label in CANONICAL:
                raise ArchiveError(f"{path}: there is more than one column {label!r}; rename one")
            while label in unique or label in names:
                label = f"{label}_{position}"
        unique.append(label)
    return tuple(unique), delimiter


def read(path: Path, header: Header) -> Iterator[Record | Rejection]:
    """One record or rejection per row below the header."""
    width = len(header.columns)
    for found in split(path, header.delimiter, width):
        if isinstance(found, Rejection):
            yield found
        elif len(found.values) == width:
            yield Record(found.line, dict(zip(header.columns, found.values, strict=True)))
        else:
            yield Rejection(found.line, None, f"{len(found.values)} fields where the header has {width}")


def split(path: Path, delimiter: str, width: int) -> Iterator[Fields | Rejection]:
    """Records below the header, each with its first line.

    Where a quotation mark swallows lines (to the end of the file, or into a record that has not the header's
    ``width``), only the line on which it opened is rejected, and reading goes on with the line after it.
    """
    # The limit is the process's, and 128 KiB at first: less than messages with pasted logs take.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    feed = Feed(lines(path))
    header_seen = False
    # Strict, or a quotation mark too many would quietly make two rows one message.
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        reason = ""
        values: list[str] = []
        try:
            values = next(reader)
        except StopIteration:
            return
        except (csv.Error, RunawayError):
            reason = "a quotation mark is not closed or not doubled, or a line ends in an odd way"
        if feed.ended:
            reason = "a quotation mark is not closed"
        taken = feed.taken
        if not reason and len(taken) > 1 and len(values) != width:
            reason = f"a quotation mark joins {len(taken)} lines to {len(values)} fields, not {width}"
        if reason:
            feed.put_back()
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
            yield Rejection(taken[0].number, None, feed.fault or reason)
        elif feed.fault:
            yield Rejection(taken[0].number, None, feed.fault)
        elif len(values) <= 1 and not "".join(values).strip():
            continue
        elif not header_seen:
            header_seen = True
        else:
            yield Fields(taken[0].number, len(taken), values)


class RunawayError(Exception):
    """Internal: one record has taken more lines than a record can have."""


class Feed:
    """Lines for ``csv.reader``, remembered while one record is read, so that they can be put back."""

    def __init__(self, source: Iterator[Line]) -> None:
        self._source = source
        self._back: deque[Line] = deque()
        self.begin()

    def begin(self) -> None:
        """A new record begins with the next line."""
        self.taken: list[Line] = []
        self.fault = ""
        self.ended = False
        self._size = 0

    def put_back(self) -> None:
        """All lines of the record but its first are to be read again."""
        self._back.extendleft(reversed(self.taken[1:]))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        if line.data is None:
            self.fault = f"line {line.number} is longer than {LONGEST // 2**20} MiB"
            return "\n"
        self._size += len(line.data)
        if self._size > LONGEST_RECORD and len(self.taken) > 1:
            raise RunawayError
        try:
            return decode(line.data)
        except ValueError as error:
            self.fault = self.fault or f"line {line.number}: {error}"
            return line.data.decode("utf-8", "replace")
