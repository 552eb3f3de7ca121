"""Helpers of the privacy tests: texts with the expected entities marked inside, ``[[rule|value]]``.

Every text is our own. Identifiers come from published fictitious or example ranges: ACMA's numbers for fiction
(0491 570 006, 0491 570 156 to 159, 0491 570 110, 0491 570 313, (02) 5550 xxxx, (03) 7010 xxxx), card brands' test
numbers, the ATO's example TFN and ABN, the e-health specification's Medicare number, IBAN registry examples,
documentation IP ranges (RFC 5737, RFC 3849) and example domains (RFC 2606).
"""

from __future__ import annotations

import re

from toneguard.analysers.privacy import Entity, entities
from toneguard.documents import Document, parse_conversation
from toneguard.messages import Message

MARK = re.compile(r"\[\[([a-z-]+)\|(.*?)\]\]", re.DOTALL)


def unmarked(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """The text without marks, and rule, value, start and end of each mark."""
    text, expected, position = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        expected.append((match[1], match[2], len(text), len(text) + len(match[2])))
        text += match[2]
        position = match.end()
    return text + marked[position:], expected


def read(text: str, *before: tuple[str, str], role: str = "customer") -> Document:
    """The document of a text with what was written before it."""
    messages = [Message(text=earlier, role=writer) for writer, earlier in before]
    return parse_conversation([*messages, Message(text=text, role=role)])[-1]


def found(text: str, *before: tuple[str, str], role: str = "customer") -> list[tuple[str, str, int, int]]:
    """Rule (without the pack), text, start and end of each entity."""
    return [
        (e.rule.removeprefix("privacy/"), text[e.span.start : e.span.end], e.span.start, e.span.end)
        for e in entities(read(text, *before, role=role))
    ]


def only(text: str, rule: str, *before: tuple[str, str]) -> list[Entity]:
    """The entities of one rule."""
    return [e for e in entities(read(text, *before)) if e.rule == f"privacy/{rule}"]
