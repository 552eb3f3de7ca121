"""VADER's lexicon: how much feeling 7,500 English words carry, each rated by ten people from -4 to +4.

The files are read as data from the installed ``vaderSentiment`` package (C. J. Hutto and E. E. Gilbert,
2014, MIT), which is found but never imported: its code is not needed, and finding it costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from toneguard.errors import ModelError

PACKAGE = "vaderSentiment"
WORDS = "vader_lexicon.txt"
EMOJI = "emoji_utf8_lexicon.txt"


@lru_cache(maxsize=1)
def valences() -> Mapping[str, float]:
    """Give the mean rating of each word and emoticon, from -4 (most negative) to +4; read at first need.

    A few emoticons differ only in case (":D", ":d"); every other key is lower case.
    """
    found: dict[str, float] = {}
    for line in _read(WORDS).splitlines():
        word, mean, _rest = line.split("\t", 2)
        found[word.strip()] = float(mean)
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def emoji_descriptions() -> Mapping[str, str]:
    """Give what each emoji shows, in English words; read at first need."""
    pairs = (line.strip().split("\t") for line in _read(EMOJI).splitlines())
    return MappingProxyType({pair[0]: pair[1] for pair in pairs if len(pair) > 1})


@lru_cache(maxsize=1)
def digest() -> str:
    """Give the SHA-256 of both files: two reviews with the same digest rest on the same ratings."""
    return hashlib.sha256(b"\0".join(_path(name).read_bytes() for name in (WORDS, EMOJI))).hexdigest()


def _read(name: str) -> str:
    """Read a file of the package."""
    try:
        return _path(name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ModelError(f"{name} of {PACKAGE} cannot be read; reinstall it: pip install {PACKAGE}") from None


def _path(name: str) -> Path:
    """Find where a file of the package lies."""
    spec = find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise ModelError(f"{PACKAGE}, whose lexicon is read as data, is not installed: pip install {PACKAGE}")
    return Path(places[0]) / name
