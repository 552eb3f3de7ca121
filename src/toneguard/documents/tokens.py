"""Tokens: one pass of one expression whose every branch is bounded or consumes what it scans, so it is linear."""

from __future__ import annotations

import re
from sys import intern

from toneguard.documents.document import Kind, Tokens, new_tokens

LETTER = r"[^\W\d_]"
TOP_DOMAINS = "com|org|net|edu|gov|asn|id|au|nz|uk|io|app|dev|info|biz|eu|de|fr|ie|ca|ly|gl|test|example|invalid"
PICTURE = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u203c\u2049]"
MODIFIER = "[\ufe0f\U0001f3fb-\U0001f3ff]"
UNIT = r"(?:st|nd|rd|th|s|am|pm|a\.m\.|p\.m\.|hrs?|h|mins?|secs?|ms|mm|cm|m|km|kms|ml|l|g|kg|k|m|gb|mb|tb|mbps|w|kw|kwh|v|%|x|c|yo)"

WORD = rf"(?>{LETTER}(?:{LETTER}|[\u0300-\u036f])*+(?:['’‘ʼ＇-]{LETTER}(?:{LETTER}|[\u0300-\u036f])*+)*)"
TOKEN = re.compile(
    r"(?=\S)(?:"  # one look at a space instead of one for each alternative
    + "|".join(
        (
            # Most tokens are plain words, so these come first and in the quickest form; what may be an address, an
            # identifier or a word with other letters is left to the rest.
            r"(?P<ASCII>[A-Za-z]++(?:['’-][A-Za-z]++)*+(?![\w@+‘ʼ＇\u0300-\u036f]|-\d|://|['’.][^\W_]))",
            r"(?P<URL>(?:https?://|www\.)[^\s<>\"]{0,2000}[^\s<>\".,;:!?)\]'’…]"
            rf"|(?<![\w@.])(?:[a-z0-9-]{{1,40}}\.){{1,5}}(?:{TOP_DOMAINS})\b(?![.-]?[\w@])(?:/[^\s<>\"]{{0,500}}[^\s<>\".,;:!?)\]'’…])?)",
            r"(?P<EMAIL>[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})",
            r"(?P<HANDLE>(?<!\w)@\w{1,50})",
            r"(?P<HASHTAG>(?<!\w)#[^\W\d]\w{0,50})",
            rf"(?P<WORD>{WORD}(?![_-]?\d))",
            rf"(?P<NUMBER>[$€£¥]?\d{{1,6}}(?:[.,:/]\d{{1,4}}){{0,4}}(?:{UNIT})?(?![\w-]))",
            r"(?P<IDENTIFIER>[A-Za-z0-9]+(?:[-_/.][A-Za-z0-9]+)*)",
            r"(?P<EMOTICON>[:;=]['^o-]?[()\[\]DPp/\\|*3](?!\w))",
            f"(?P<EMOJI>{PICTURE}{MODIFIER}*(?:\u200d{PICTURE}{MODIFIER}*)*|<3)",
            r"(?P<PUNCTUATION>\.{2,}|[!?]+|\S)",
        )
    )
    + ")"
)

STAND_INS = {
    Kind.NUMBER: "0",
    Kind.IDENTIFIER: "<id>",
    Kind.URL: "<url>",
    Kind.EMAIL: "<email>",
    Kind.HANDLE: "<user>",
}
KINDS = [int(Kind.WORD)] * (TOKEN.groups + 1)
for _name, _index in TOKEN.groupindex.items():
    KINDS[_index] = int(Kind.WORD if _name == "ASCII" else Kind[_name])
GROUP_STAND_INS = [STAND_INS.get(Kind(kind)) for kind in KINDS]


def tokenise(text: str, folded: str) -> Tokens:
    """The tokens of ``text``; ``folded`` is its folded form, from which the terms are taken.

    No token holds white space, and none looks beyond it, so each piece between spaces is read by itself; pieces made of
    plain words and punctuation, which is nearly all, are read once and remembered.
    """
    terms: list[str] = []
    kinds: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    pieces = text.split()  # by the same white space as the expression's
    regular = " ".join(pieces) == text  # as most are: no need to look for where each piece begins
    end = -1
    for piece, found in zip(pieces, map(PIECES.get, pieces), strict=True):
        start = end + 1 if regular else text.index(piece, max(end, 0))
        end = start + len(piece)
        if found is None:
            if piece[0] == "@" and end - start <= LONGEST_PIECE and piece.isascii() and piece[1:].isalnum():
                found = HANDLES[end - start]
            else:
                found = read_piece(text, folded, start, end)
        if isinstance(found, str):
            terms.append(found)
            kinds.append(WORD_KIND)
            starts.append(start)
            ends.append(end)
        else:
            for term, kind, first, last in found:
                terms.append(term)
                kinds.append(kind)
                starts.append(start + first)
                ends.append(start + last)
    return new_tokens(tuple(terms), bytes(kinds), tuple(starts), tuple(ends)) if terms else NO_TOKENS


def read_piece(text: str, folded: str, start: int, end: int) -> Piece:
    """The tokens of ``text[start:end]``, which holds no white space: the term of a single word, or a tuple for each."""
    piece = text[start:end]
    size = end - start
    found = []
    for match in TOKEN.finditer(text, start, end):
        first, last = match.span()
        group = match.lastindex or 0
        term = GROUP_STAND_INS[group] or folded[first:last]
        found.append((term, KINDS[group], first - start, last - start))
    read: Piece = tuple(found)
    if (
        size <= LONGEST_PIECE
        and len(PIECES) < MOST_PIECES
        and piece.isascii()
        and REMEMBERED.issuperset([kind for _, kind, _, _ in found])
    ):
        # Interned, as the words of models and lists are: equal ones are the same one, which is quicker to find.
        read = tuple([(intern(term), kind, first, last) for term, kind, first, last in found])
        if len(read) == 1 and read[0][1] == WORD_KIND:
            read = read[0][0]
        PIECES[piece] = read
    return read


Piece = str | tuple[tuple[str, int, int, int], ...]
WORD_KIND = int(Kind.WORD)
REMEMBERED = frozenset({int(Kind.WORD), int(Kind.PUNCTUATION)})
"""Pieces with anything else (numbers, addresses, handles) seldom come again, and may be private."""
LONGEST_PIECE = 24
HANDLES: tuple[Piece, ...] = tuple(
    [((STAND_INS[Kind.HANDLE], int(Kind.HANDLE), 0, size),) for size in range(LONGEST_PIECE + 1)]
)
"""What handles of each length are: many messages begin with one, and no piece need be kept to know it."""
MOST_PIECES = 20_000
PIECES: dict[str, Piece] = {}
"""Pieces that were read before; once it is full no more are kept. What it holds changes no result."""

NO_TOKENS = Tokens((), b"", (), ())
