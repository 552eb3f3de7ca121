"""The catalogue: one line per analyser, in the order in which results name their measures.

Outside packages add analysers through the entry point group ``toneguard.analysers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points

from toneguard.analysers.base import Factory

BUILTIN = {
    "sentiment": "toneguard.analysers.sentiment",
    "politeness": "toneguard.analysers.politeness",
    "tone": "toneguard.analysers.tone",
    "readability": "toneguard.analysers.readability",
    "dissatisfaction": "toneguard.analysers.dissatisfaction",
    "brand_voice": "toneguard.analysers.brand_voice",
    "privacy": "toneguard.analysers.privacy",
    "wording": "toneguard.analysers.wording",
}
GROUP = "toneguard.analysers"


@lru_cache(maxsize=1)
def factories() -> Mapping[str, Factory]:
    """What makes each analyser, by name: those that ship, then those of other packages, alphabetically."""
    found: dict[str, Factory] = {name: import_module(module).make for name, module in BUILTIN.items()}
    for entry in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        found.setdefault(entry.name, entry.load())
    return found
