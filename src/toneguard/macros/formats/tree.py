"""Replies out of objects within objects: JSON and YAML give the same tree, and this says which texts are replies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toneguard.macros.formats import Reply
from toneguard.macros.formats.prose import as_read
from toneguard.macros.located import Located
from toneguard.messages import Role

FIELDS = ("text", "body", "content", "reply", "replies", "message", "comment", "template", "response", "answer")
"""Fields that hold a reply in the exports of helpdesks, also with ``_html`` behind them; the caller may name others."""

ALLOW = "toneguard"
"""The field (or column) beside a reply that may hold "allow RULE"."""

ZENDESK = ("comment_value", "comment_value_html")
"""What a macro's action sets, if it writes a reply: ``{"field": "comment_value", "value": ["channel:all", "..."]}``."""


@dataclass(slots=True)
class Node:
    """A text, or what holds others: by ``entries``, each with its key ("" in lists)."""

    start: int
    text: Located | None = None
    entries: list[tuple[str, Node]] = field(default_factory=list)


def replies(root: Node, fields: Sequence[str]) -> Iterator[Reply]:
    """The replies below a node, in the order of the file; ``fields`` name them, ``*`` for every text.

    A node that several places share (YAML's aliases) counts once.
    """
    wanted = frozenset(name.lower() for name in fields or FIELDS)
    seen: set[int] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        texts = {key: inner for key, inner in node.entries if inner.text is not None}
        named = texts[ALLOW].text if ALLOW in texts else None
        allow = re.sub(r"^\s*allow\b", "", named.text) if named else ""
        if "role" in texts and others_wrote(texts["role"]):
            continue
        found = []
        for key, inner in node.entries:
            if inner.text is not None and key != ALLOW and is_wanted(key, wanted, texts):
                found.append((key, inner))
            elif key and base(key) in wanted and inner.text is None:
                found += [(key, item) for item_key, item in inner.entries if not item_key and item.text is not None]
        if not fields and "field" in texts and is_zendesk(texts["field"]):
            value = next((inner for key, inner in node.entries if key == "value"), None)
            if value is not None:
                found.append(("html", value.entries[-1][1] if value.entries else value))
        for key, inner in found:
            if inner.text is not None and inner.text.text.strip():
                yield Reply(as_read(inner.text, key), node.start if len(found) == 1 else inner.start, allow)
        pending += [inner for _, inner in reversed(node.entries) if inner.text is None]


def base(key: str) -> str:
    """The name of a field without what says that it is HTML."""
    return re.sub(r"[_-]?(?:html|text)$", "", key.lower()) or key.lower()


def is_wanted(key: str, wanted: frozenset[str], beside: dict[str, Node]) -> bool:
    """Whether a field holds a reply; not the HTML of one whose plain text stands beside it."""
    if "*" in wanted or key.lower() in wanted:
        return True
    return base(key) in wanted and base(key) not in {name.lower() for name in beside}


def others_wrote(role: Node) -> bool:
    """Whether an object with that role is a message that no agent wrote, so nothing that a macro sends."""
    return role.text is not None and role.text.text in set(Role) - {Role.AGENT}


def is_zendesk(node: Node) -> bool:
    """Whether an action writes a reply."""
    return node.text is not None and node.text.text in ZENDESK
