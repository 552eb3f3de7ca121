"""The text of a document as the encoder reads it: one normalisation, for training and for run time alike.

What must move no score is levelled here: case, kinds of quotation marks, HTML entities, addresses, handles, order
numbers, spellings, names of people, and quoted history. A name in a greeting, in a sign-off or below the message is
left out; within the text it reads as one and the same. Emoji become their names, since the encoder's vocabulary has
none.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from toneguard.documents.document import Document, Kind, PartKind, Tokens
from toneguard.documents.folding import fold
from toneguard.documents.parts import split_parts
from toneguard.documents.person_names import name_end
from toneguard.documents.spelling import AMERICAN
from toneguard.documents.tokens import tokenise
from toneguard.findings import Span

FIRST, LAST = 256, 128
"""So many tokens are kept from either end of a longer text: a message may be 10 MB, and the encoder reads a page."""

STAND_INS = {Kind.URL: "link", Kind.EMAIL: "email", Kind.HANDLE: "user"}
REFERENCE, REFERENCE_DIGITS = "reference", 5
"""What an identifier reads as, and a plain number of so many digits: order numbers of every shape alike."""
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
DIGITS = re.compile(r"\d(?:[\d.,:/]*\d)?")
SHORT_NUMBER = re.compile(r"\d{1,2}(?:[.,:/]\d{1,2})?|100")
"""Numbers that may mean something ("24/7", "9.30", "2 stars", "100%"); longer ones are amounts, years and orders."""
SLANG = re.compile(r"(?=[a-z]*\d[a-z]*$)(?=.*[a-z])[a-z0-9]{2,5}")
"""Letters around one digit ("gr8", "m8", "2nite") are words, not identifiers."""
LONG_NUMBER = "000"
MOST_NAMES, FEWEST_WORDS = 3, 6
"""A signature has so many words at most, and stands below so many tokens at least."""
PERSON = "john"
"""What a person's name within the text reads as: of two dozen the one that moved no score by more than .11 from the
middle of thirty-six names of nine origins, when the encoder still read all of them as they are written."""
REPEATS = 3
"""So many exclamation marks or equal emoji in a row are kept."""

# Names are dropped from greetings and sign-offs by keeping these words only.
FORMULAS = frozenset(
    "hi hiya hello hey heya dear good morning afternoon evening day g'day gday greetings there all team"
    " everyone folks again sir madam mr mrs ms dr mx miss or and kia ora to whom it may concern user with kind"
    " kindest best warm warmest many our regards wishes thanks cheers for that now so much very a lot heaps ta"
    " thank you kindly thx sincerely yours faithfully truly take care the have great lovely nice one weekend"
    " night week arvo talk speak soon warmly x xx hope this helps in advance appreciation respectfully".split()
)


def encoder_text(document: Document) -> str:
    """What the encoder reads of ``document``: its own text, normalised, as words with single spaces.

    It may be empty. It holds no address, handle, identifier or long number, no quoted history, and nothing that UTF-8
    cannot hold.
    """
    text, folded, tokens, parts, size = (
        document.text,
        document.folded,
        document.tokens,
        document.parts,
        document.own_tokens,
    )
    if "&" in folded and ENTITY.search(text, 0, document.own_end):
        text = ENTITY.sub(unescape, text[: document.own_end])
        folded = fold(text)
        tokens = tokenise(text, folded)
        parts = split_parts(folded)
        size = len(tokens)
    formulas = [span for kind, span in parts if kind in (PartKind.GREETING, PartKind.SIGN_OFF)]
    formulas += signature(text, tokens, size)
    words: list[str] = []
    indices = range(size) if size <= FIRST + LAST else (*range(FIRST), *range(size - LAST, size))
    read = 0
    for index in indices:
        if index < read:
            continue
        kind, term, start = tokens.kinds[index], tokens.terms[index], tokens.starts[index]
        if kind == Kind.WORD:
            if any(span.start <= start < span.end for span in formulas):
                if term not in FORMULAS:
                    continue
            elif (read := name_end(text, folded, tokens, index, size)) > index:
                words.append(f"{PERSON}'s" if tokens.terms[read - 1].endswith("'s") else PERSON)
                continue
            words.append(AMERICAN.get(term) or STRETCHED.sub(r"\1\1", term))
        elif kind == Kind.NUMBER or kind == Kind.IDENTIFIER:
            written = folded[start : tokens.ends[index]]
            if kind == Kind.IDENTIFIER and SLANG.fullmatch(written):
                words.append(written)
            elif kind == Kind.NUMBER and not (written.isdigit() and len(written) >= REFERENCE_DIGITS):
                words.append(number(written))
            else:
                if words[-1:] == ["#"]:
                    words.pop()
                words.append(REFERENCE)
        elif kind == Kind.EMOJI:
            if words[-REPEATS:].count(name := emoji_name(text[start : tokens.ends[index]])) < REPEATS:
                words.append(name)
        elif kind == Kind.HASHTAG:
            words.append(term[1:])
        elif kind == Kind.PUNCTUATION:
            words.append(term if len(term) <= REPEATS else term[-REPEATS:])
        else:
            words.append(STAND_INS.get(Kind(kind), term))
    return " ".join(words).encode("utf-8", "ignore").decode("utf-8")


def signature(text: str, tokens: Tokens, size: int) -> list[Span]:
    """A name that stands on the last line by itself, where no word of farewell makes it a sign-off."""
    line = text.rfind("\n", 0, tokens.ends[size - 1]) if size else -1
    first = bisect_right(tokens.starts, line)
    if line < 0 or not 0 < size - first <= MOST_NAMES or first < FEWEST_WORDS:
        return []
    named = all(
        kind == Kind.WORD and text[start].isupper()
        for kind, start in zip(tokens.kinds[first:size], tokens.starts[first:size], strict=True)
    )
    return [Span(tokens.starts[first], tokens.ends[size - 1])] if named else []


def unescape(entity: re.Match[str]) -> str:
    """The character of an HTML entity (or the entity itself, where there is none of that name)."""
    return html.unescape(entity[0])


def number(written: str) -> str:
    """A number with every longer run of digits levelled; currency signs, units and per cent stay."""
    return DIGITS.sub(lambda digits: digits[0] if SHORT_NUMBER.fullmatch(digits[0]) else LONG_NUMBER, written)


@lru_cache(maxsize=4096)
def emoji_name(written: str) -> str:
    """The name of an emoji in lower-case words, without skin tones and joiners: "red heart", "thumbs up sign"."""
    if written == "<3":
        return "red heart"
    names = (unicodedata.name(character, "") for character in written)
    return " ".join(
        name.lower() for name in names if name and not name.startswith(("VARIATION", "ZERO WIDTH", "EMOJI MODIFIER"))
    )
