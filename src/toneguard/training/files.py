"""What every training command writes beside its weights: the manifest, and the tables of the card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toneguard.training.data import Source, sha256

START, END = "<!-- metrics: written by the training command -->", "<!-- end of metrics -->"


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write ``manifest.json``, the same bytes for the same content."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


def write_tables(folder: Path, text: str) -> None:
    """Put the tables between the two marks of ``card.md``."""
    path = folder / "card.md"
    before, rest = path.read_text(encoding="utf-8").split(START)
    _, after = rest.split(END)
    path.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8", newline="\n")


def cited(source: Source, data: Path) -> dict[str, str]:
    """A data file as a manifest names it: where it comes from, its licence, and its digest."""
    return {
        "file": source.file,
        "source": source.source,
        "licence": source.licence,
        "sha256": sha256(source.path(data)),
    }
