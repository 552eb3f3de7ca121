"""One spelling of characters, of unchanged length: lower case, straight quotes, plain spaces, half-width forms."""

from __future__ import annotations

import re

FOLDS = {
    **dict.fromkeys("’‘ʼ′‛`´＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
    "\u2028": "\n",
    "\u2029": "\n",
    **{chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F) if code not in (0xFF07, 0xFF02)},
}
TABLE = str.maketrans(FOLDS)


def fold(text: str) -> str:
    """``text`` folded, with the same number of code points, so that offsets in one are offsets in the other."""
    if text.isascii():
        return text.lower()
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals, such as the Turkish dotted I, grow when lower-cased
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.translate(TABLE)


NO_WORD = re.compile(r"\W")
ONLY_WORDS = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)) + bytes(128)
"""Space for every ASCII character that is in no word; bytes are translated in half the time of text."""


def spaced(folded: str) -> str:
    """The words of a folded text with one space before and after each; a word is letters, digits and underscores."""
    if folded.isascii():
        words = folded.encode("ascii").translate(ONLY_WORDS).decode("ascii").split()
    else:
        words = NO_WORD.sub(" ", folded).split()
    return f" {' '.join(words)} " if words else " "
