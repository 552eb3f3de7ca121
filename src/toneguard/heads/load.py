"""The reader of each tier: what gives documents their layer ``answers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from toneguard.documents import Document
from toneguard.documents.answers import Answers

TIERS = ("fast", "accurate")
"""Fast: linear heads. Accurate: these blended with a small network, from the extra ``accurate``."""


class Reader(Protocol):
    """Trained heads of a tier. Immutable and safe to share by threads."""

    @property
    def weights(self) -> Mapping[str, str]:
        """The digests of all weights by name: part of a review's provenance."""
        ...

    def answers(self, documents: Sequence[Document]) -> list[Answers | None]:
        """What the heads say of each document; None where they cannot say: no text, or not English."""
        ...


def load_reader(tier: str) -> Reader:
    """The reader of a tier, loaded once a process.

    Raises :class:`~toneguard.errors.MissingExtra` where the tier's packages are not installed and
    :class:`~toneguard.errors.ModelError` for weights that are missing or damaged.
    """
    if tier == "accurate":
        from toneguard.heads.blended import load_blended_heads

        return load_blended_heads()
    from toneguard.heads.linear import load_linear_heads

    return load_linear_heads()
