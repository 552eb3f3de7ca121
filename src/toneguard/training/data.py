"""Labelled data for training and evaluation: gzipped JSON Lines below a folder that the caller names."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toneguard.errors import ToneGuardError


@dataclass(frozen=True, slots=True)
class Source:
    """A data file of a recipe, where it comes from and under which licence.

    ``file`` is a path below the folder of the labelled data or, with ``own``, below the top of the repository.
    """

    file: str
    source: str
    licence: str
    own: bool = False

    def path(self, data: Path) -> Path:
        """Where the file lies."""
        return (Path.cwd() if self.own else data) / self.file


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a data file (JSON lines, gzip or not)."""
    if not path.exists():
        raise ToneGuardError(f"{path} is missing: name the folder that holds the labelled data with --data")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold_of(text: str) -> int:
    """The fold (0-9) of a text of our own: a hash, so that it never moves."""
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 10


def sha256(path: Path) -> str:
    """The digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
