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
    add_answers,
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
    "add_answers",
    "parse",
    "parse_conversation",
]
