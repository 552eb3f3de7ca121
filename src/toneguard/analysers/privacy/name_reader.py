"""Reads a person's name at a place: which words belong to it, and whether they may be a name at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from toneguard.analysers.privacy.view import View
from toneguard.resources.names import GIVEN, NOT_NAMES, PARTICLES

WORD = re.compile(r"[^\W\d_]++(?:(?:[\u0300-\u036f]|['’ʼ-](?=[^\W\d_]))[^\W\d_]*+)*+")
GAP = re.compile(r"[ \u00a0]{1,2}(?![ \u00a0])")
# McTavish, MacDonald, O'Brien, D'Souza, al-Hakim: a capital inside that is no brand's.
PREFIXED = re.compile(r"\b(?:mc|mac|fa['’]|\w['’])?\w", re.IGNORECASE)
SMALL_PREFIX = re.compile(r"(?:[aei]l|a[dnrsz]|ash|ibn|bint?|d)[-'’](?=[^\W\d_])")
MOST_WORDS = 4
LONGEST_WORD = 30
SAMPLE = 400
SMALL, CAPITAL = re.compile("[a-z]"), re.compile("[A-Z]")
SHOUTED = 15

# Why a name is one, where the finding depends on it: by these, writer and reader name themselves and each other.
IN_GREETING = "in the greeting"
IN_SIGN_OFF = "in the sign-off"
ON_LAST_LINE = "alone on a last line"
AS_LAST_SENTENCE = "alone as the last sentence"
CALLED_BY_NAME = "called by name"
OF_ONESELF = "after 'I am' or 'this is'"
BEFORE_HERE = "before 'here'"


class Name(NamedTuple):
    """Where a name stands, and its words in small letters."""

    start: int
    end: int
    words: list[str]


Place = tuple[Name, float, str]
"""A name, how sure it is, and why."""


class Reader:
    """Reads names in one text."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.cased = view.cased
        self.text = view.text

    @cached_property
    def shouting(self) -> bool:
        """Whether most of the text is in capitals, so that capitals say nothing."""
        capitals = len(CAPITAL.findall(self.cased, 0, SAMPLE))
        return capitals > SHOUTED and capitals > 1.5 * len(SMALL.findall(self.cased, 0, SAMPLE))

    def name(self, start: int, *, lower: bool = False, most: int = MOST_WORDS) -> Name | None:
        """The name that begins at ``start``, or None.

        Words begin with a capital (or belong to a script without any); ``lower`` lets them be written small.
        """
        cased = self.cased
        if (
            not lower
            and cased[start : start + 1].islower()
            and not cased.startswith(LOWER_PARTICLES, start)
            and not capital_behind_prefix(cased, start)
        ):
            return None
        end, position, solid = start, start, 0
        words: list[str] = []
        while len(words) < most:
            match = WORD.match(cased, position)
            if not match or match.end() - position > LONGEST_WORD:
                break
            written, stop = match.group(), match.end()
            folded = written.lower().replace("’", "'")
            possessive = folded.endswith("'s")
            if possessive:
                folded, stop = folded[:-2], stop - 2
            if folded in PARTICLES and (words or written[0].isupper() or folded not in EVERYDAY_PARTICLES):
                solid += bool(words) and written[0].isupper()
            elif len(written) == 1 and written.isupper() and (words or cased[stop : stop + 1] == "."):
                dotted = cased[stop : stop + 1] == "."
                if written == "I" and not dotted:
                    break
                stop += dotted  # an initial
                solid += bool(words)
            elif (
                folded in NOT_NAMES
                or len(folded) < 2
                or (written[0].islower() and not lower and not capital_behind_prefix(cased, position))
            ):
                break
            else:
                solid += 1
            words.append(folded)
            if folded not in PARTICLES or written[0].isupper():
                end = stop
            gap = GAP.match(cased, stop)
            if possessive or not gap:
                break
            position = gap.end()
        return Name(start, end, words) if solid and end > start else None

    def known(self, words: Sequence[str]) -> bool:
        """Whether the first word is a given name that the list holds."""
        first = words[0].split("-")[0]
        return first in GIVEN or (not first.isascii() and unaccented(first) in GIVEN)

    def branded(self, name: Name) -> bool:
        """Whether a capital stands inside a word, as brands write themselves."""
        written = self.cased[name.start : name.end]
        if written[1:].islower() or written.isupper():
            return False
        return any(
            c.isupper() for word in re.split(r"[ -]", written) for c in PREFIXED.sub("", word, count=1)
        )

    def starts_sentence(self, start: int) -> bool:
        """Whether nothing but a stop or a line break stands before."""
        before = self.text[max(0, start - 3) : start].rstrip(" \"'(*")
        return not before or before[-1] in ".!?\n:-"


def capital_behind_prefix(cased: str, start: int) -> bool:
    """Whether a word begins with a small prefix and a capital behind it: al-Hakim, d'Arcy."""
    prefix = SMALL_PREFIX.match(cased, start)
    return prefix is not None and cased[prefix.end()].isupper()


EVERYDAY_PARTICLES = frozenset(
    ("e", "y", "do", "la", "el", "den", "die", "das", "ten", "op", "dos", "mac", "al", "ben")
)
LOWER_PARTICLES = ("van ", "von ", "de ", "da ", "di ", "della ", "bin ", "binti ", "ibn ", "du ", "del ")


def unaccented(word: str) -> str:
    """The word without accents: the list has each name in one spelling."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
