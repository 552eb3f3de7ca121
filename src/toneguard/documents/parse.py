"""The plain parser: reads a message once into a :class:`Document`, with no trained pipeline."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from toneguard.documents.document import PLAIN_LAYERS, Document, History, PartKind, new_document
from toneguard.documents.folding import fold, spaced
from toneguard.documents.language import recognise
from toneguard.documents.parts import split_parts
from toneguard.documents.sentences import split_sentences
from toneguard.documents.tokens import tokenise
from toneguard.messages import Conversation, Message

NOTHING_BEFORE = History([], 0)
QUOTED = PartKind.QUOTED


def parse(message: Message, *, before: Sequence[Document] = NOTHING_BEFORE, name: str | None = None) -> Document:
    """Read one message; ``before`` are the documents of the messages that came before it, oldest first."""
    text = message.text
    folded = fold(text)
    tokens = tokenise(text, folded)
    parts = split_parts(folded)
    own_end, size = len(text), len(tokens.terms)
    if parts and parts[-1].kind is QUOTED:
        own_end = parts[-1].span.start
        size = bisect_left(tokens.starts, own_end)
    return new_document(
        message,
        name or message.id or f"#{len(before) + 1}",
        folded,
        spaced(folded),
        tokens,
        split_sentences(text, folded),
        parts,
        message.language or recognise(text, tokens, own_end),
        before,
        own_end,
        size,
        (),
        (),
        None,
        PLAIN_LAYERS,
    )


def parse_conversation(messages: Iterable[Message] | Conversation) -> list[Document]:
    """Read every message of a conversation; each document sees the ones before it."""
    if isinstance(messages, Conversation):
        messages = messages.messages
    documents: list[Document] = []
    for message in messages:
        documents.append(parse(message, before=History(documents, len(documents))))
    return documents
