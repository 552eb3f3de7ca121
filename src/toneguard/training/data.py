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
    """A data file of a recipe, where it comes from and under which licence."""

    file: str
    source: str
    licence: str


def read_rows(folder: Path, file: str) -> list[dict[str, Any]]:
    """The rows of a data file."""
    path = folder / file
    if not path.exists():
        raise ToneGuardError(f"{path} is missing: name the folder that holds the labelled data with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sha256(path: Path) -> str:
    """The digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
