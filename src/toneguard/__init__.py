"""ToneGuard checks the quality of written customer communication, on your own machine.

>>> import toneguard
>>> review = toneguard.review("We don't do refunds.", before=[("customer", "The kettle arrived cracked.")])
>>> review.verdict
<Verdict.HOLD: 'hold'>
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from toneguard._version import __version__
from toneguard.errors import InvalidInput, SettingsError, ToneGuardError
from toneguard.findings import Finding, Measure, Score, Span
from toneguard.messages import Channel, Conversation, Message, Role
from toneguard.pipeline import Pipeline
from toneguard.reviews import ConversationReview, Level, Review, Verdict
from toneguard.standards import Standard

__all__ = [
    "Channel",
    "Conversation",
    "ConversationReview",
    "Finding",
    "InvalidInput",
    "Level",
    "Measure",
    "Message",
    "Pipeline",
    "Review",
    "Role",
    "Score",
    "SettingsError",
    "Span",
    "Standard",
    "ToneGuardError",
    "Verdict",
    "__version__",
    "redact",
    "review",
]

Redactable = TypeVar("Redactable", str, Message, Conversation)


def review(
    text: str | Message, *, role: Role | str = Role.AGENT, before: Iterable[Message | tuple[str, str]] = ()
) -> Review:
    """Review one message by the default standard; see :meth:`Pipeline.review`."""
    return default_pipeline().review(text, role=role, before=before)


def redact(
    value: Redactable, *, key: bytes | None = None, last_four: bool = False, spacy: str | None = None
) -> Redactable:
    """Personal data masked by typed tokens such as ``<EMAIL-1>``; the same value has the same token throughout.

    Takes a text, a message or a conversation and gives the same type. With a ``key`` of 32 random bytes or more a value
    has the same token in every conversation, for the holder of the key alone; ``last_four`` leaves the last digits of
    cards, accounts and telephones; ``spacy`` names a trained pipeline (a package or folder) whose names are masked too.
    Raises :class:`InvalidInput` for a shorter key and :class:`SettingsError` for a pipeline that there is not.
    """
    from toneguard.analysers.privacy.redaction import redact as mask

    return mask(value, key=key, last_four=last_four, spacy=spacy)


@lru_cache(maxsize=1)
def default_pipeline() -> Pipeline:
    """The pipeline of the default standard, made at first need."""
    return Pipeline()
