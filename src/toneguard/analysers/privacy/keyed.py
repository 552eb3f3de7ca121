"""Keyed tokens: the same value gets the same token in every conversation, for whoever holds the key and nobody else.

A plain hash would not do. There are ten thousand million telephone numbers and fewer tax file numbers, so whoever has
the hashes tries them all in minutes; an HMAC (RFC 2104, with SHA-256) cannot be tried without its key. Tokens cannot be
turned back into values: who holds the key can only ask whether a value they know has a given token. Keep the key apart
from what was masked, and make a new one when nobody should be able to link old and new any more.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from toneguard.errors import InvalidInput

SHORTEST_KEY = 32
"""Bytes: as many as the hash gives (RFC 2104, section 3)."""
DIGITS = 12
"""Hexadecimal digits of a token: among a million values two share one with a probability of about 0.002."""


def read_key(path: Path) -> bytes:
    """The key that a file holds; raises :class:`InvalidInput` where there is none or it is too short."""
    try:
        key = path.read_bytes()
    except OSError as problem:
        raise InvalidInput(f"{path}: cannot be read ({problem.strerror or type(problem).__name__})") from None
    return checked(key, str(path))


def checked(key: bytes, name: str = "key") -> bytes:
    """The key, if it is long enough."""
    if len(key) < SHORTEST_KEY:
        raise InvalidInput(
            f"{name}: a key of {len(key)} bytes can be guessed; it needs {SHORTEST_KEY} at random, for instance from: "
            f"python -c \"import secrets; open('mask.key', 'wb').write(secrets.token_bytes({SHORTEST_KEY}))\""
        )
    return key


def keyed(key: bytes, rule: str, value: str) -> str:
    """What stands for a value behind the kind in its token: ``k`` and hexadecimal digits."""
    told = hmac.new(key, f"{rule}\0{value}".encode("utf-8", "replace"), hashlib.sha256)
    return f"k{told.hexdigest()[:DIGITS]}"
