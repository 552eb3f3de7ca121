"""Settings files (TOML) read with places, so that a mistake is answered with file, line, column and what is allowed.

``tomllib`` forgets where a key stood; :func:`place_of` finds it again by reading the table headers, which is enough
for files that people write by hand.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from toneguard.errors import SettingsError

Value = TypeVar("Value")
MISSING: Any = object()
NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table"}


class Table:
    """One table of a settings file; every key must be taken, and :meth:`done` refuses the rest."""

    def __init__(self, data: Mapping[str, Any], source: str, text: str = "", path: tuple[str, ...] = ()) -> None:
        self.data = data
        self.source = source
        self.text = text
        self.path = path
        self.known: list[str] = []

    def take(self, key: str, kind: type[Value] | tuple[type, ...], default: Any = MISSING) -> Any:
        """The value of ``key``, which must be a ``kind``; without it ``default``, or an error where there is none."""
        self.known.append(key)
        if key not in self.data:
            if default is MISSING:
                self.fail(f"missing key {key!r}")
            return default
        value = self.data[key]
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if float in kinds and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self.fail(f"{key}: expected {' or '.join(NAMES.get(k, k.__name__) for k in kinds)}, got {value!r:.40}", key)
        return value

    def texts(self, key: str, default: Sequence[str] = (), *, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts; each must be among ``choices`` where these are given."""
        values = self.take(key, list, list(default))
        allowed = list(choices) if choices is not None else None
        for value in values:
            if not isinstance(value, str):
                self.fail(f"{key}: expected a list of texts, found {value!r:.40}", key)
            if allowed is not None and value not in allowed:
                self.fail(f"{key}: {value!r} is not allowed; {suggest(value, allowed)}", key)
        return tuple(values)

    def choice(self, key: str, choices: Iterable[str], default: Any = MISSING) -> Any:
        """A text that must be one of ``choices``."""
        value = self.take(key, str, default)
        allowed = list(choices)
        if key in self.data and value not in allowed:
            self.fail(f"{key}: {value!r} is not allowed; {suggest(value, allowed)}", key)
        return value

    def table(self, key: str) -> Table:
        """A table inside this one; an empty one if it is not there."""
        return Table(self.take(key, dict, {}), self.source, self.text, (*self.path, key))

    def done(self) -> None:
        """Refuse keys that nobody took."""
        for key in self.data:
            if key not in self.known:
                self.fail(f"unknown key {key!r}; {suggest(key, self.known)}", key)

    def fail(self, problem: str, key: str | None = None) -> NoReturn:
        """Raise :class:`SettingsError` with the place of ``key`` (or of this table)."""
        line, column = place_of(self.text, self.path, key)
        inside = f"[{'.'.join(self.path)}] " if self.path else ""
        raise SettingsError(f"{self.source}:{line}:{column}: {inside}{problem}")


def suggest(word: str, allowed: Sequence[str]) -> str:
    """``did you mean X? allowed: ...``, shortened where there are many."""
    close = difflib.get_close_matches(word, allowed, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    shown = ", ".join(allowed[:40]) + (f" and {len(allowed) - 40} more" if len(allowed) > 40 else "")
    return f"{hint}allowed: {shown or 'nothing'}"


def read_toml(path: Path) -> Table:
    """The top table of a file; raises :class:`SettingsError` if it cannot be read or is no TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file") from None
    except OSError as problem:
        raise SettingsError(f"{path}: cannot be read ({problem.strerror})") from None
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise SettingsError(f"{path}:{line}:1: not UTF-8; save the file as UTF-8") from None
    return parse_toml(text, str(path))


def parse_toml(text: str, source: str) -> Table:
    """The top table of a TOML text; ``source`` names it in errors."""
    try:
        return Table(tomllib.loads(text), source, text)
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(problem))
        line, column = place.groups() if place else (len(text.splitlines()) or 1, 1)  # at the end of the file
        reason = re.sub(r" \(at .*\)$", "", str(problem))
        raise SettingsError(f"{source}:{line}:{column}: {reason}") from None


def place_of(text: str, path: tuple[str, ...], key: str | None) -> tuple[int, int]:
    """Line and column (from 1) of a key, or of its table's header; (1, 1) where it cannot be found."""
    header: list[str] = []
    best = (1, 1)
    for number, line in enumerate(text.splitlines(), 1):
        opening = re.match(r"\s*\[\[?([^\]]+)\]", line)
        if opening:
            header = split_key(opening.group(1))
            if header == list(path):
                best = (number, 1)
            if key is not None and header == [*path, key]:
                return number, line.index("[") + 1
            continue
        assignment = re.match(r"""(\s*)((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""", line)
        if assignment:
            full = header + split_key(assignment.group(2))
            wanted = [*path, key] if key is not None else list(path)
            if full[: len(wanted)] == wanted:
                return number, len(assignment.group(1)) + 1
            # An inline table: rules = { "x" = 1 } stands on the line of its parent.
            if path and full == list(path)[: len(full)] and best == (1, 1):
                best = (number, len(assignment.group(1)) + 1)
    return best


def split_key(dotted: str) -> list[str]:
    """``a."b/c".d`` as its parts."""
    return [a or b or c for a, b, c in re.findall(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)", dotted)]


def each(values: Iterable[Any], check: Callable[[int, Any], Value]) -> tuple[Value, ...]:
    """``check`` applied to every value with its position."""
    return tuple(check(position, value) for position, value in enumerate(values))
