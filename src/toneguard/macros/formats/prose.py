"""Files that are replies as they stand: plain text, Markdown, HTML. A line of ``---`` parts several replies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from toneguard.macros.formats import Reply
from toneguard.macros.located import Located, Patch
from toneguard.macros.placeholders import placeholders

RULER = re.compile(r"^[ \t]*-{3,}[ \t]*(?:\r?\n|\r|\Z)", re.MULTILINE)
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t]+.*\r?\n|[ \t]*\r?\n)*---[ \t]*(?:\r?\n|\Z)")
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t].*(?:\r?\n|\r|\Z)", re.MULTILINE)
# Emphasis, code marks, the brackets and targets of links and images: what a reader of the reply does not see.
MARKS = re.compile(
    r"\*\*|__|`+|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)"
    r"|!?\[(?=[^\[\]\n]+\]\()|(?<=[^\s\[])\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ ]\"[^\"\n]*\")?\)"
)
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")
UNSEEN = re.compile(r"<!--|<(script|style|head)\b", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr html li main"
    " nav ol p pre section table td th tr ul".split()
)
LOOKS_LIKE_HTML = re.compile(r"<(?:p|br|div|span|a|ul|ol|li|b|i|strong|em|table|blockquote)\b[^<>]*>", re.IGNORECASE)


def read_text(source: str, fields: Sequence[str]) -> Iterator[Reply]:  # noqa: ARG001  (readers of all kinds have them)
    """The replies of a plain text."""
    yield from parted(source, RULER)


def read_markdown(source: str, fields: Sequence[str]) -> Iterator[Reply]:  # noqa: ARG001
    """The replies of a Markdown text: headings are titles, and each begins a reply; front matter is none."""
    front = FRONT_MATTER.match(source)
    parts = re.compile(f"{RULER.pattern}|{HEADING.pattern}", re.MULTILINE)
    for reply in parted(source, parts, front.end() if front else 0):
        yield reply._replace(text=without_marks(reply.text))


def read_html(source: str, fields: Sequence[str]) -> Iterator[Reply]:  # noqa: ARG001
    """The reply of an HTML file, as it is read in a browser."""
    whole = Located.plain(source, 0, len(source))
    yield Reply(without_tags(whole), 0)


def parted(source: str, between: re.Pattern[str], start: int = 0) -> Iterator[Reply]:
    """The stretches of a text that hold anything, without blank lines around them."""
    gaps = [found.span() for found in between.finditer(source, start)]
    for stop, following in [*gaps, (len(source), len(source))]:
        piece = source[start:stop]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip("\r\n"))
            yield Reply(Located.plain(source, first, start + len(piece.rstrip())), first)
        start = following


def without_marks(text: Located) -> Located:
    """Markdown as it is read; placeholders keep their stars and underscores."""
    kept = placeholders(text.text)
    marks = [
        Patch(found.start(), found.end())
        for found in MARKS.finditer(text.text)
        if not any(one.start < found.end() and found.start() < one.end for one in kept)
    ]
    stripped = text.patched(marks)
    return without_tags(stripped) if LOOKS_LIKE_HTML.search(stripped.text) else stripped


def without_tags(text: Located) -> Located:
    """HTML as it is read: blocks on lines of their own, entities as characters."""
    shown = text.patched(unseen(text.text))
    stripped = shown.patched(
        Patch(found.start(), found.end(), "\n" if found[1].lower() in BLOCKS else "")
        for found in TAG.finditer(shown.text)
    )
    entities = [Patch(found.start(), found.end(), unescape(found[0])) for found in ENTITY.finditer(stripped.text)]
    return stripped.patched(patch._replace(text=patch.text.replace("\xa0", " ")) for patch in entities)


def unseen(text: str) -> Iterator[Patch]:
    """Comments, scripts, styles and heads, each looked for once, so that none without an end makes this slow."""
    endless = set()
    at = 0
    while found := UNSEEN.search(text, at):
        at = found.end()
        closing = f"</{found[1].lower()}[^<>]*>" if found[1] else "-->"
        if closing in endless:
            continue
        end = re.compile(closing, re.IGNORECASE).search(text, at)
        if end is None:
            endless.add(closing)
            continue
        at = end.end()
        yield Patch(found.start(), at)


def as_read(text: Located, field: str) -> Located:
    """The value of a field: HTML where its name says so or it looks like it."""
    return without_tags(text) if "html" in field.lower() or LOOKS_LIKE_HTML.search(text.text) else text
