"""Soft labels: what the encoder says of every text that may be fitted on, for distilling it into quicker models.

Texts of the folds that the encoder was fitted on are in-sample: on them it is surer, and righter, than on new ones.
``seen`` marks them, so that a student can be tuned on the others.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from toneguard.errors import ToneGuardError
from toneguard.heads.encoder import GRAPH, Encoder, load_encoder
from toneguard.training.data import read_rows
from toneguard.training.encoder.examples import Row, fold, read_text
from toneguard.training.encoder.recipe import EncoderRecipe

LOG_EVERY = 5000


def write_soft_labels(
    folder: Path,
    data: Path,
    out: Path,
    encoder: Encoder | None = None,
    say: Callable[[str], object] = sys.stderr.write,
    *,
    cap: int = 0,
) -> int:
    """Write the soft labels of texts of the recipe's files and pools to ``out`` (npz); gives how many texts.

    Of each file at most ``cap`` texts (0: all), those of the smallest digests, which is as good as drawn by lot; with
    a cap, texts of the folds that a student may not be fitted on are left out too.

    Arrays: ``sha256`` (texts, 32 bytes each: the digest of the text as it stands in its file, in UTF-8), ``values``
    (texts by columns, float16: calibrated log-odds of probabilities, of classes up to a constant; values of values),
    ``columns`` ("head.column"), ``source`` (by text, the place in ``sources`` of the file that it was first met in),
    ``seen`` (whether the encoder may have been fitted on the text) and ``weights`` (the digest of the encoder). Texts
    that are empty once normalised are left out.
    """
    recipe = EncoderRecipe.read(folder)
    teacher = encoder or load_encoder()
    sources = [feed.source for feed in recipe.feeds] + list(recipe.pools)
    digests: list[bytes] = []
    values: list[list[float]] = []
    where: list[int] = []
    seen: list[bool] = []
    met: set[bytes] = set()
    for number, source in enumerate(sources):
        given = list(texts(read_rows(source.path(data))))
        if cap:
            given = sorted(
                (pair for pair in given if number >= len(recipe.feeds) or fold(pair[0]) not in recipe.unseen_folds),
                key=lambda pair: digest_of(pair[1]),
            )[: cap + cap // 10]  # some more, for those that an unseen fold of another file holds too
        for row, text in given:
            digest = digest_of(text)
            normal = read_text(text) if digest not in met else ""
            met.add(digest)
            if not normal:
                continue
            digests.append(digest)
            values.append(teacher.plan.told(teacher.columns(normal)))
            where.append(number)
            seen.append(number < len(recipe.feeds) and fold(row) not in recipe.unseen_folds)
            if len(values) % LOG_EVERY == 0:
                say(f"{len(values)} texts\n")
    if not values:
        raise ToneGuardError("there is no text to give soft labels to")
    np.savez_compressed(
        out,
        sha256=np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, 32),
        values=np.array(values, dtype=np.float32).astype(np.float16),
        columns=np.array(teacher.plan.told_names),
        source=np.array(where, dtype=np.int16),
        sources=np.array([source.file for source in sources]),
        seen=np.array(seen),
        weights=np.array(teacher.digest),
    )
    return len(values)


def digest_of(text: str) -> bytes:
    """The digest by which a soft label names its text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def are_of(path: Path, folder: Path) -> bool:
    """Whether ``path`` holds soft labels of the encoder in ``folder``."""
    if not path.exists():
        return False
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    with np.load(path, allow_pickle=False) as arrays:
        return str(arrays["weights"]) == str(manifest["files"][GRAPH])[:16]


def texts(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Each row with its text; rows of tokens have their tokens joined."""
    for row in rows:
        text = row.get("text") or " ".join(row.get("tokens", ()))
        if text:
            yield row, text
