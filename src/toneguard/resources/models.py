"""Where trained models lie, and that they are what their manifest says.

They ship inside the package; in a checkout they lie in ``models/`` at its top. ``TONEGUARD_MODELS`` names another
folder. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from toneguard.errors import ModelError

PACKAGE = Path(__file__).resolve().parents[1]
SCHEMA = 1
"""Version of the layout of a model folder, in every manifest as ``schema``."""


def models_folder() -> Path:
    """The folder that holds a folder for each model; raises :class:`ModelError` if there is none."""
    named = os.environ.get("TONEGUARD_MODELS")
    if named:
        if not Path(named).is_dir():
            raise ModelError(f"TONEGUARD_MODELS names {named!r}, which is no folder")
        return Path(named)
    # The checkout first: an editable install may hold an old copy of the models inside the package.
    for folder in (PACKAGE.parents[1] / "models", PACKAGE / "models"):
        if (folder / "heads" / "manifest.json").exists():
            return folder
    raise ModelError("the trained models are missing from this installation; install ToneGuard again")


@lru_cache(maxsize=16)
def model_file(model: str, name: str) -> Path:
    """The path of a file of a model, checked once against the sha256 in its manifest."""
    folder = models_folder() / model
    path = folder / name
    manifest = read_manifest(model)
    expected = manifest["files"].get(name)
    if expected is None or not path.exists():
        raise ModelError(f"model {model!r} has no file {name!r}; install ToneGuard again")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise ModelError(f"model {model!r}: {name} is not what its manifest names; install ToneGuard again")
    return path


def read_manifest(model: str) -> dict[str, Any]:
    """The manifest of a model: schema, files with their sha256, corpora, metrics."""
    path = models_folder() / model / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ModelError(f"model {model!r}: its manifest cannot be read ({type(problem).__name__})") from None
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        raise ModelError(f"model {model!r} has layout {manifest.get('schema')!r}; this ToneGuard reads {SCHEMA}")
    return manifest
