"""Names for files that exist only while an archive is being scored."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import BinaryIO


def beside(path: Path, use: str) -> Path:
    """A hidden name in the folder of ``path`` that no other run has."""
    return path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.{use}")


def private_file(path: Path) -> BinaryIO:
    """A new file for writing that its owner alone can read; raises FileExistsError where there is one."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
