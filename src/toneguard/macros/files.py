"""Which files are looked at: those that are named, and in folders those whose ending says that they may be replies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

from toneguard.errors import InvalidInput
from toneguard.macros.formats import ENDINGS

IGNORE_FILES = (".gitignore", ".toneguardignore")
"""Files of patterns, in any folder that is walked; they count for what lies below them."""


def find_files(paths: Iterable[str | Path], *, exclude: Iterable[str] = ()) -> list[Path]:
    """The files to look at, each once, in the order of ``paths`` and by name within a folder.

    ``exclude`` holds patterns as of ``.gitignore``, which count for named files too. Hidden folders are passed over,
    and links to folders are not followed. Raises :class:`~toneguard.errors.InvalidInput` for a path that does not
    exist and for a wrong pattern.
    """
    excluded = spec_of(exclude, "--exclude")
    found: dict[Path, None] = {}
    for given in map(Path, paths):
        if given.is_dir():
            found.update(dict.fromkeys(walk(given, [(given, excluded)])))
        elif not given.exists():
            raise InvalidInput(f"{given}: there is no such file or folder")
        elif not excluded.match_file(given.as_posix().removeprefix("./")):
            found[given] = None
    return list(found)


def walk(folder: Path, specs: list[tuple[Path, GitIgnoreSpec]]) -> Iterator[Path]:
    """The files below a folder that no pattern excludes."""
    for name in IGNORE_FILES:
        patterns = folder / name
        if patterns.is_file():
            text = patterns.read_text(encoding="utf-8", errors="replace")
            specs = [*specs, (folder, spec_of(text.splitlines(), str(patterns)))]
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        raise InvalidInput(f"{folder}: cannot be read ({problem.strerror})") from None
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if any(spec.match_file(path.relative_to(base).as_posix() + "/" * is_folder) for base, spec in specs):
            continue
        if is_folder:
            if not entry.name.startswith("."):
                yield from walk(path, specs)
        elif path.suffix.lower() in ENDINGS and entry.is_file():
            yield path


def spec_of(patterns: Iterable[str], source: str) -> GitIgnoreSpec:
    """Patterns made ready; raises :class:`InvalidInput` that names where a wrong one stands."""
    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        raise InvalidInput(f"{source}: a pattern is not written as in a .gitignore file") from None
