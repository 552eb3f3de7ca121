"""Texts that know where in their file each of their characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|\r\n|[^\r])", re.DOTALL)


class Patch(NamedTuple):
    """What to put in place of ``start`` up to ``end``: nothing, or a word that stands in for it."""

    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A text, and for each of its code points the place in the file (code points too) where it begins and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def plain(cls, source: str, start: int, end: int) -> Located:
        """A stretch of the file as it is."""
        return cls(source[start:end], range(start, end), range(start + 1, end + 1))

    def patched(self, patches: Iterable[Patch]) -> Located:
        """The text with what is patched, which must be in order and apart from each other."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, text in [*patches, Patch(len(self.text), len(self.text))]:
            pieces += (self.text[done:start], text)
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            if text:
                starts += [self.starts[start]] * len(text)
                ends += [self.ends[end - 1]] * len(text)
            done = end
        return Located("".join(pieces), starts, ends)

    def cut(self, start: int, end: int) -> Located:
        """A part of it."""
        return Located(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the file the characters from ``start`` up to ``end`` stand."""
        if not self.text:
            return 0, 0
        first = self.starts[min(start, len(self.text) - 1)]
        return first, max(first, self.ends[max(min(end, len(self.text)), 1) - 1])


def align(value: str, source: str, start: int, end: int, *, escapes: bool = False) -> Located:
    """The value that a format reads from ``source[start:end]``, held against it.

    What the value lacks is passed over: indentation and folded lines (YAML), doubled quotation marks (CSV, YAML) and,
    with ``escapes``, backslashes (JSON, YAML). Where the two cannot be brought together, the rest of the value stands
    at the end.
    """
    starts: list[int] = []
    ends: list[int] = []
    at = start
    for character in value:
        while at < end and source[at] != character:
            if escapes and source[at] == "\\":
                break
            if source[at] in "\r\n" and character in " \n":
                break
            if source[at] not in " \t\r\n\"'":
                break
            at += 1
        escape = ESCAPE.match(source, at, end) if escapes and source.startswith("\\", at) else None
        while escape is not None and escape[0][1] in "\r\n":  # YAML: the line goes on
            at = escape.end()
            while at < end and source[at] in " \t":
                at += 1
            escape = ESCAPE.match(source, at, end) if source.startswith("\\", at) else None
        stop = escape.end() if escape else at + 1
        if escape and ord(character) > 0xFFFF and source.startswith("\\u", stop):
            stop += 6  # JSON writes such a character as two
        starts.append(min(at, max(end - 1, start)))
        ends.append(min(stop, max(end, start)))
        at = min(stop, end)
    return Located(value, starts, ends)


class Lines:
    """Lines and columns of a file, both from 1; columns are code points."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", source))]

    def __len__(self) -> int:
        return len(self._starts)

    def number(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)

    def column(self, offset: int) -> int:
        """The column of an offset in its line."""
        return offset - self._starts[self.number(offset) - 1] + 1

    def start(self, number: int) -> int:
        """Where a line begins."""
        return self._starts[number - 1]

    def text(self, number: int) -> str:
        """A line without its end."""
        end = self._starts[number] if number < len(self._starts) else len(self._source)
        return self._source[self._starts[number - 1] : end].rstrip("\r\n")
