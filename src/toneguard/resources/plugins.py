"""Analysers of other packages, by the name of their entry point: known without being loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

GROUP = "toneguard.analysers"


@lru_cache(maxsize=1)
def plugins() -> Mapping[str, EntryPoint]:
    """Entry points of the group, alphabetically; of two of one name, the first."""
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        found.setdefault(entry.name, entry)
    return found
