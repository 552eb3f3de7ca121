"""Names for files that exist only while an archive is being scored."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def beside(path: Path, use: str) -> Path:
    """A hidden name in the folder of ``path`` that no other run has."""
    return path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.{use}")
