"""Replies made ready for fitting: read, counted, and without those from which no voice can be learnt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toneguard.analysers.brand_voice.style import ENOUGH_WORDS, Counted, count
from toneguard.documents import Document, parse
from toneguard.documents.language import is_english
from toneguard.errors import InvalidInput
from toneguard.messages import Message

MOST = 2000
"""Examples used of each side: more do not change a voice, and fitting stays a matter of seconds."""
SHORT = f"of fewer than {ENOUGH_WORDS} words"
FOREIGN = "not in English"

Read = tuple[Document, Counted]
"""A reply that was read and counted."""


def read_texts(texts: Iterable[str], side: str) -> list[Read]:
    """Read and count each text; raises :class:`InvalidInput` for anything but a list of texts."""
    texts = texts if isinstance(texts, str) else list(texts)
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise InvalidInput(f"{side} examples: expected a list of texts")
    documents = [parse(Message(text)) for text in texts]
    return [(document, count(document)) for document in documents]


def why_not(reply: Read) -> str:
    """Why a reply has no voice to speak of; empty if it has one."""
    document, counted = reply
    if counted.words < ENOUGH_WORDS:
        return SHORT
    return "" if is_english(document.language) else FOREIGN


def usable(replies: Sequence[Read], side: str, left_out: list[str]) -> dict[tuple[str, ...], Read]:
    """Give the replies to learn from, by their words; what is left out is counted in ``left_out``."""
    found: dict[tuple[str, ...], Read] = {}
    numbers = {SHORT: 0, FOREIGN: 0, "repeats": 0}
    for reply in replies:
        terms = reply[1].terms
        reason = why_not(reply) or ("repeats" if terms in found else "")
        if reason:
            numbers[reason] += 1
        else:
            found[terms] = reply
    left_out += [f"{number} {side}, {what}" for what, number in numbers.items() if number]
    if len(found) > MOST:
        left_out.append(f"{len(found) - MOST} {side}, beyond the first {MOST}")
    return found
