"""Suppressions in the text: ``<!-- toneguard: allow RULE -->``, in plain text and YAML ``# toneguard: allow RULE`` too.

On a line of its own it counts for the next line that holds text, else for its own line; in structured files, where the
entry of a reply begins, for the whole reply. Several rules are parted by commas; ``respect/*`` allows a pack; what
follows ``--`` is the reason. Rules of the law, and those that the standard locks, cannot be allowed so: that takes a
waiver in the standard, which every review shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase

from toneguard.macros.formats import Reply
from toneguard.macros.located import Lines
from toneguard.rules import builtin_rules
from toneguard.rules.load import redirects
from toneguard.standards import Standard

COMMENT = re.compile(r"<!--\s*toneguard:\s*allow\b(.{0,500}?)-->", re.DOTALL)
HASH = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*toneguard:[ \t]*allow\b([^\r\n]*)", re.MULTILINE)


UNUSED = "check/unused-allow"
UNKNOWN = "check/unknown-rule"
NOT_ALLOWED = "check/cannot-be-allowed"


@dataclass(slots=True)
class Allowance:
    """A suppression: where it is written, for which rules, and for which lines it counts."""

    start: int
    end: int
    rules: tuple[str, ...]
    first: int
    last: int
    used: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    inside: bool = False


class Allowances:
    """The suppressions of a file, and which of them were needed."""

    def __init__(self, source: str, lines: Lines, standard: Standard, *, hashes: bool) -> None:
        self._lines = lines
        self._standard = standard
        self._rules = sorted({*builtin_rules(), *standard.rules})
        self._written = written(source, lines, hashes=hashes)
        self._beside: list[Allowance] = []
        self._now: list[Allowance] = []

    def enter(self, reply: Reply, *, structured: bool) -> None:
        """Say which reply the next findings are about."""
        if not structured:
            self._now = self._written
            return
        begin, stop = reply.text.place(0, len(reply.text.text))
        entry, first = self._lines.number(reply.start), self._lines.number(begin)
        last = self._lines.number(stop)
        self._now = []
        if reply.allow:
            self._beside.append(Allowance(reply.start, reply.start, named(reply.allow), first, last))
            self._now.append(self._beside[-1])
        for one in self._written:
            if begin <= one.start < stop:
                one.inside = True  # of this reply, so of no other on the same line
                self._now.append(one)
            elif not one.inside and one.start < begin and entry <= one.first <= first:
                # Where the entry begins, it counts for the whole reply.
                one.last = last
                self._now.append(one)

    def silence(self, rule: str, line: int) -> bool:
        """Whether a finding is allowed there."""
        for one in self._now:
            for name in one.rules if one.first <= line <= one.last else ():
                if fnmatchcase(rule, current(name)):
                    if self._is_locked(rule):
                        one.refused.add(name)
                        continue
                    one.used.add(name)
                    return True
        return False

    def notes(self) -> Iterator[tuple[int, int, str, str]]:
        """What is to be said of the suppressions: start, end, which note, and the words."""
        for one in [*self._written, *self._beside]:
            for name in one.rules:
                if name in one.refused:
                    what = "a law or locked rule cannot be allowed in the text; that takes a waiver in the standard"
                    yield one.start, one.end, NOT_ALLOWED, f"{name}: {what}"
                elif not any(fnmatchcase(rule, current(name)) for rule in self._rules):
                    near = get_close_matches(name, self._rules, 1)
                    yield one.start, one.end, UNKNOWN, f"there is no rule {name!r:.80}" + (
                        f"; did you mean {near[0]!r}?" if near else ""
                    )
                elif name not in one.used:
                    yield one.start, one.end, UNUSED, f"{name} is allowed here, but nothing raises it"
            if not one.rules:
                yield one.start, one.end, UNKNOWN, "name the rule to allow, such as respect/blame-customer"

    def _is_locked(self, rule: str) -> bool:
        found = self._standard.rules.get(rule)
        locks = self._standard.locks
        return bool(found and found.law) or any(rule == lock or rule.startswith(f"{lock}/") for lock in locks)


def current(name: str) -> str:
    """The present name of a rule that was renamed; any other name as it is."""
    return redirects().get(name, name)


def named(text: str) -> tuple[str, ...]:
    """The rules of a suppression, without its reason."""
    return tuple(name for name in re.split(r"[,\s]+", re.split(r"\s--\s", f"{text} ")[0]) if name)


def comments(text: str, *, hashes: bool) -> list[re.Match[str]]:
    """The suppressions of a text, in order."""
    found = [*COMMENT.finditer(text), *(HASH.finditer(text) if hashes else ())]
    return sorted(found, key=lambda match: match.start())


def written(source: str, lines: Lines, *, hashes: bool) -> list[Allowance]:
    """The suppressions of a file with the lines that they count for."""
    found = comments(source, hashes=hashes)
    taken = [(match.start(), match.end()) for match in found]
    result = []
    for match in found:
        number = lines.number(match.start())
        last = lines.number(max(match.end() - 1, match.start()))
        if not holds_text(source, lines, number, last, taken):
            number = last = next(
                (
                    following
                    for following in range(last + 1, len(lines) + 1)
                    if holds_text(source, lines, following, following, taken)
                ),
                last,
            )
        result.append(Allowance(match.start(), match.end(), named(match[1]), number, last))
    return result


def holds_text(source: str, lines: Lines, first: int, last: int, taken: list[tuple[int, int]]) -> bool:
    """Whether lines hold anything but suppressions."""
    start, end = lines.start(first), lines.start(last) + len(lines.text(last))
    for begin, stop in taken:
        if start <= begin < end or start < stop <= end:
            if source[start : max(begin, start)].strip():
                return True
            start = max(start, stop)
    return bool(source[start:end].strip())
