"""The catalogue: one line per analyser, in the order in which results name their measures.

Outside packages add analysers through the entry point group ``toneguard.analysers``; a standard names those that it
wants in ``analysers``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

from toneguard.analysers.base import Factory
from toneguard.errors import SettingsError, ToneGuardError
from toneguard.resources.plugins import plugins

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


@lru_cache(maxsize=1)
def factories() -> Mapping[str, Factory]:
    """What makes each analyser that ships, by name."""
    return {name: import_module(module).make for name, module in BUILTIN.items()}


def factory(name: str) -> Factory:
    """What makes the analyser of that name, one that ships or another package's.

    Raises :class:`SettingsError` for one that there is not or whose package cannot be imported.
    """
    if name in BUILTIN:
        return factories()[name]
    entry = plugins().get(name)
    if entry is None:
        raise SettingsError(f"there is no analyser {name!r}")
    try:
        made: Factory = entry.load()
    except ToneGuardError:  # a missing extra, which says how it is installed
        raise
    except (ImportError, AttributeError) as problem:
        raise SettingsError(f"analyser {name!r}: {entry.value} cannot be imported ({problem})") from None
    return made
