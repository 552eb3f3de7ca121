"""What estimators are handed: lists of texts, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

from toneguard.errors import InvalidInput


def checked_texts(texts: Iterable[str]) -> list[str]:
    """Give the texts as a list; raises :class:`InvalidInput` if they are none, or anything else."""
    found = one_dimensional(texts, "texts")
    for position, text in enumerate(found):
        if not isinstance(text, str):
            raise InvalidInput(f"texts: expected str, got {type(text).__name__} at position {position}")
    # numpy's own strings are str as well; the rest of the house sees plain ones.
    return [str(text) for text in found]


def one_dimensional(values: Iterable[Any], field: str) -> list[Any]:
    """Give the values as a list of at least one; raises :class:`InvalidInput` if there is no such list."""
    dimensions = getattr(values, "ndim", 1)
    if dimensions != 1 or isinstance(values, str | bytes | Mapping | Set) or not isinstance(values, Iterable):
        what = type(values).__name__ + (f" of {dimensions} dimensions" if dimensions != 1 else "")
        raise InvalidInput(f"{field}: expected a list, one-dimensional array or Series, got {what}")
    found = list(values)
    if not found:
        raise InvalidInput(f"{field}: there are none; at least 1 is needed")
    return found
