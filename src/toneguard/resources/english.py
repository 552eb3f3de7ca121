"""Words of ordinary written service, by which English is told from other languages.

``python -m toneguard.training.english_words`` writes the list from texts of our own.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data") / "english.txt"


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Some thousands of lower-case words of four letters and more, read once."""
    return frozenset(DATA.read_text(encoding="ascii").split())
