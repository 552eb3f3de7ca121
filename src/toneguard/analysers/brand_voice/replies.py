"""Replies made ready for fitting: read, counted, and without those from which no voice can be learnt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from toneguard.analysers.brand_voice.style import ENOUGH_WORDS, Counted, count
from toneguard.documents import Document, parse
from toneguard.documents.language import is_english
from toneguard.errors import InvalidInput
from toneguard.heads.load import TIERS
from toneguard.messages import Message

MOST = 2000
"""Examples used of each side: more do not change a voice, and fitting stays a matter of seconds."""
SHORT = f"of fewer than {ENOUGH_WORDS} words"
FOREIGN = "not in English"


class Read(NamedTuple):
    """A reply that was read and counted; ``vector`` is what the encoder made of it, where one was asked."""

    document: Document
    counted: Counted
    vector: Any = None


def encoder_of(tier: object) -> Any:
    """The encoder of a tier, None for "fast"; raises :class:`InvalidInput` for what is no tier."""
    if tier not in TIERS:
        raise InvalidInput(f"tier: {tier!r:.40} is not one of {', '.join(TIERS)}")
    if tier == "fast":
        return None
    from toneguard.heads.encoder import load_encoder

    return load_encoder()


def read_texts(texts: Iterable[str], side: str, encoder: Any = None) -> list[Read]:
    """Read and count each text; raises :class:`InvalidInput` for anything but a list of texts.

    Those from which a voice can be learnt get a vector, if there is an ``encoder``.
    """
    texts = texts if isinstance(texts, str) else list(texts)
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise InvalidInput(f"{side} examples: expected a list of texts")
    replies = [Read(document, count(document)) for document in (parse(Message(text)) for text in texts)]
    if encoder is None:
        return replies
    return [
        reply if why_not(reply) else reply._replace(vector=encoder.encoded(reply.document).vector) for reply in replies
    ]


def why_not(reply: Read) -> str:
    """Why a reply has no voice to speak of; empty if it has one."""
    if reply.counted.words < ENOUGH_WORDS:
        return SHORT
    return "" if is_english(reply.document.language) else FOREIGN


def usable(replies: Sequence[Read], side: str, left_out: list[str]) -> dict[tuple[str, ...], Read]:
    """Give the replies to learn from, by their words; what is left out is counted in ``left_out``."""
    found: dict[tuple[str, ...], Read] = {}
    numbers = {SHORT: 0, FOREIGN: 0, "repeats": 0}
    for reply in replies:
        terms = reply.counted.terms
        reason = why_not(reply) or ("repeats" if terms in found else "")
        if reason:
            numbers[reason] += 1
        else:
            found[terms] = reply
    left_out += [f"{number} {side}, {what}" for what, number in numbers.items() if number]
    if len(found) > MOST:
        left_out.append(f"{len(found) - MOST} {side}, beyond the first {MOST}")
    return found
