"""The phrase language: what rules look for, readable by the people who write standards.

=================  ==========================================================================
``we don't``       words, with any white space (and a comma) between them; contractions match
                   every spelling: don't, dont, don’t, do not
``refund*``        a word that begins so: refund, refunds, refunded
``(a|b c)``        one of several
``[please]``       may be absent
``<3>``            up to three words between, in the same sentence
=================  ==========================================================================

A phrase compiles to an expression over a document's folded text (lower case, straight quotes) and to literals, one
of which every match contains: one scan for all literals of all rules says which expressions are worth running.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from toneguard.documents.folding import spaced
from toneguard.errors import SettingsError

GAP_LIMIT = 12
COMMON = frozenset(
    f" {word} "
    for word in (
        "a about all an and any are as at back be been but by can do for from get got has have help how i if in is it "
        "like me my need no not of on one or order our out please see sent so thank thanks that the them then there "
        "they this time to up us was we what when will with would you your"
    ).split()
)
"""Words that stand in so many messages that looking for them tells nothing."""
BETWEEN = r",?\s+"
CONTRACTIONS = {
    "can't": ("can't", "cannot", "can not"),
    "won't": ("won't", "will not"),
    "shan't": ("shan't", "shall not"),
    "i'm": ("i'm", "i am"),
    "let's": ("let's", "let us"),
}
# Contractions that are other words without their apostrophe: were, well, ill, id, shell, wed, hell, shed, its.
NEEDS_APOSTROPHE = frozenset({"we're", "we'll", "i'll", "i'd", "she'll", "we'd", "he'll", "she'd"})
ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would"}
TOKEN = re.compile(r"\s*(?:(?P<open>[(\[])|(?P<close>[)\]])|(?P<bar>\|)|<(?P<gap>\d+)>|(?P<word>[^\s()\[\]|<>]+))")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled phrase.

    ``source`` is the whole expression. ``bare`` is the same without the assertion that a word begins there: the regular
    expression engine jumps to a literal prefix, but not over an assertion, so whoever scans checks the beginning
    itself (``bare`` None: the expression looks after its own borders). ``required`` are sets of literals: every match
    contains one of each; with ``capitals`` it begins with a word in capitals and has two in a row. For a phrase they
    are words in a row (`` no refund ``, `` no refund`` where the last goes on) to be looked for in ``Document.spaced``,
    for a raw expression texts. ``exact`` expressions are held against the text as it was written, not as it was folded.
    """

    source: str
    bare: str | None
    required: tuple[frozenset[str], ...]
    capitals: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a phrase: its expression, the literals it requires (of each set one), whether it may be absent.

    ``whole`` is every text that the piece can be, if these are few: words, each with a space after it unless it goes on
    (``no refund``). Neighbours are multiplied out of them, since words in a row are much rarer than words.
    """

    source: str
    required: tuple[frozenset[str], ...]
    whole: frozenset[str] | None = None
    optional: bool = False
    gap: int = 0


def compile_phrase(phrase: str) -> Pattern:
    """Compile a phrase; raises :class:`SettingsError` that names what is wrong in it."""
    node, rest = sequence(phrase, 0, closing="")
    if rest < len(phrase.rstrip()):
        raise SettingsError(f"phrase {phrase!r}: unexpected {phrase[rest:].strip()[:1]!r}")
    if not node.required:
        raise SettingsError(f"phrase {phrase!r}: at least one word must always be there")
    return Pattern(rf"(?<!\w){node.source}(?!\w)", rf"{node.source}(?!\w)", node.required)


def compile_regex(source: str, anchors: Iterable[str], *, capitals: bool = False, exact: bool = False) -> Pattern:
    """A raw expression; ``anchors`` are lower-case literals of which every match must contain one.

    ``capitals`` says that every match begins with a word in capitals, ``exact`` that case matters.
    """
    literals = frozenset(anchors)
    try:
        re.compile(source)
    except re.error as problem:
        raise SettingsError(f"expression {source!r}: {problem}") from None
    if not literals or not all(literals):
        raise SettingsError(f"expression {source!r}: 'anchors' must name literals that every match contains")
    return Pattern(source, None, (literals,), capitals, exact)


def sequence(phrase: str, position: int, closing: str) -> tuple[Node, int]:
    """Alternatives of sequences up to ``closing``, as one node, and where it ends."""
    branches: list[list[Node]] = [[]]
    while True:
        token = TOKEN.match(phrase, position)
        if not token:
            if phrase[position:].strip():
                raise SettingsError(f"phrase {phrase!r}: cannot read {phrase[position:].strip()[:10]!r}")
            if closing:
                raise SettingsError(f"phrase {phrase!r}: {closing!r} is missing")
            break
        kind, value = token.lastgroup, token[token.lastgroup or 0]
        position = token.end()
        if kind == "close":
            if value != closing:
                raise SettingsError(f"phrase {phrase!r}: unexpected {value!r}")
            break
        if kind == "open":
            inner, position = sequence(phrase, position, ")" if value == "(" else "]")
            branches[-1].append(Node(inner.source, (), inner.whole, optional=True) if value == "[" else inner)
        elif kind == "bar":
            branches.append([])
        elif kind == "gap":
            if not 1 <= int(value) <= GAP_LIMIT:
                raise SettingsError(f"phrase {phrase!r}: a gap is 1 to {GAP_LIMIT} words")
            branches[-1].append(Node("", (), gap=int(value)))
        else:
            node = word(value)
            if node is None:
                raise SettingsError(f"phrase {phrase!r}: '*' may only end a word")
            branches[-1].append(node)
    if any(not branch for branch in branches):
        raise SettingsError(f"phrase {phrase!r}: an alternative is empty; write [x] for what may be absent")
    nodes = [branch[0] if len(branch) == 1 and branch[0].required else join(phrase, branch) for branch in branches]
    if len(nodes) == 1:
        return nodes[0], position
    # A match takes one of the alternatives, so it contains one of all their rarest literals, if each has any.
    rarest = [rare(node.required) for node in nodes if node.required]
    required = (frozenset().union(*rarest),) if len(rarest) == len(nodes) else ()
    wholes = [node.whole for node in nodes if node.whole is not None]
    whole = frozenset().union(*wholes) if len(wholes) == len(nodes) else None
    source = f"(?:{'|'.join(node.source for node in nodes)})"
    return Node(source, required, whole if whole is not None and len(whole) <= PRODUCT_LIMIT else None), position


def join(phrase: str, nodes: list[Node]) -> Node:
    """Nodes in a row; white space goes with whatever may be absent."""
    source = ""
    row = Row()
    started = False
    gap = ""
    for node in nodes:
        if node.gap:
            row.end()
            if started:
                gap = rf"(?:(?!'(?!s\b))[^\w.!?\n]+[\w'-]+){{0,{node.gap}}}?"
            else:  # at the start of an alternative: the words come first, then what separates them
                source += rf"(?:[\w'-]+[^\w.!?\n]+){{0,{node.gap}}}?"
            continue
        row.add(node)
        if node.optional:
            if gap:
                raise SettingsError(f"phrase {phrase!r}: an optional word cannot follow a gap")
            source += rf"(?:{BETWEEN}{node.source})?" if started else rf"(?:{node.source}{BETWEEN})?"
            continue
        source += (gap + BETWEEN if started else "") + node.source
        gap = ""
        started = True
    if not started:
        raise SettingsError(f"phrase {phrase!r}: a gap or an optional word cannot stand alone")
    source += gap  # at the end of an alternative: what follows it decides how many words it takes
    whole = row.texts if not row.broken else None
    row.end()
    return Node(source, tuple(row.required), whole)


class Row:
    """Collects what a row of nodes requires: neighbours as words in a row, as far as these stay few."""

    def __init__(self) -> None:
        self.required: list[frozenset[str]] = []
        self.texts = START
        self.broken = False

    def add(self, node: Node) -> None:
        """The next node, with nothing but white space before it."""
        if node.whole is None:
            self.end()
            self.required += node.required
            return
        whole = node.whole | START if node.optional else node.whole
        if len(self.texts) * len(whole) > PRODUCT_LIMIT or any(text and text[-1] != " " for text in self.texts):
            self.end()
            self.texts = whole
        else:
            self.texts = frozenset(first + second for first in self.texts for second in whole)

    def end(self) -> None:
        """What comes next is no neighbour."""
        self.broken = True
        if "" not in self.texts:  # else all of it may be absent
            self.required.append(frozenset(f" {text}" for text in self.texts))
        self.texts = START


START = frozenset({""})
PRODUCT_LIMIT = 16
"""Up to so many texts are words multiplied out: more literals cost more memory than they save work."""


def rare(required: Iterable[frozenset[str]]) -> frozenset[str]:
    """The set whose literals are likely to be the rarest: none that stands everywhere, then the longest, the fewest."""
    given = tuple(required)
    if len(given) == 1:
        return given[0]
    return max(given, key=lambda literals: (literals.isdisjoint(COMMON), min(map(len, literals)), -len(literals)))


@lru_cache(maxsize=20_000)
def word(text: str) -> Node | None:
    """One word, with its other spellings; None where a star stands elsewhere than at its end."""
    text = text.lower().replace("’", "'")
    prefix = text.endswith("*")
    text = text.rstrip("*")
    if not text or "*" in text:
        return None
    spellings = contraction(text)
    source = "|".join(spell(spelling) for spelling in spellings)
    if len(spellings) > 1:
        source = f"(?:{source})"
    pieces = {spaced(piece)[1:-1] for spelling in spellings for piece in (spelling, spelling.replace("'", ""))}
    # A word without a letter or digit ("/") leaves nothing to look for.
    whole = frozenset(piece and (piece if prefix else f"{piece} ") for piece in pieces)
    return Node(source + (r"[\w'-]*" if prefix else ""), (frozenset(f" {text}" for text in whole),), whole)


def spell(text: str) -> str:
    """The expression of one spelling: apostrophes may be missing, spaces may be any white space."""
    return r"\s+".join(
        re.escape(piece) if piece in NEEDS_APOSTROPHE else re.escape(piece).replace("'", "'?") for piece in text.split()
    )


def contraction(text: str) -> tuple[str, ...]:
    """All spellings of a contracted word."""
    if text in CONTRACTIONS:
        return CONTRACTIONS[text]
    for ending, full in ENDINGS.items():
        if text.endswith(ending) and len(text) > len(ending):
            return (text, text[: -len(ending)] + full)
    return (text,)
