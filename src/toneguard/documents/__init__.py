"""One frozen reading of one message: tokens, sentences, parts, language, and what was written before it."""

from toneguard.documents.document import (
    LAYERS,
    PLAIN_LAYERS,
    Document,
    History,
    Kind,
    Part,
    PartKind,
    Token,
    Tokens,
)
from toneguard.documents.parse import parse, parse_conversation

__all__ = [
    "LAYERS",
    "PLAIN_LAYERS",
    "Document",
    "History",
    "Kind",
    "Part",
    "PartKind",
    "Token",
    "Tokens",
    "parse",
    "parse_conversation",
]
