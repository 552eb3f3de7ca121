"""Tokens: one pass of one expression whose every branch is bounded or consumes what it scans, so it is linear."""

from __future__ import annotations

import re
from itertools import pairwise

from toneguard.documents.document import Kind, Tokens

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
KINDS = [Kind.WORD] * (TOKEN.groups + 1)
for _name, _index in TOKEN.groupindex.items():
    KINDS[_index] = Kind.WORD if _name == "ASCII" else Kind[_name]
GROUP_STAND_INS = [STAND_INS.get(kind) for kind in KINDS]


def count_grams(terms: tuple[str, ...], size: int) -> dict[str, int]:
    """Each distinct term and pair of neighbours among the first ``size``, with the index of its first (last) token."""
    own = terms[:size]
    pairs = [f"{first} {second}" for first, second in pairwise(own)]
    # From behind, so that what stands first has the last word.
    grams = dict(zip(reversed(own), range(size - 1, -1, -1), strict=True))
    grams.update(zip(reversed(pairs), range(size - 1, 0, -1), strict=True))
    return grams


def tokenise(text: str, folded: str) -> Tokens:
    """The tokens of ``text``; ``folded`` is its folded form, from which the terms are taken."""
    matches = list(TOKEN.finditer(text))
    if not matches:
        return NO_TOKENS
    groups = [match.lastindex or 0 for match in matches]
    starts, ends = zip(*[match.span() for match in matches], strict=True)
    terms = [
        GROUP_STAND_INS[group] or folded[start:end] for group, start, end in zip(groups, starts, ends, strict=True)
    ]
    return Tokens(tuple(terms), tuple([KINDS[group] for group in groups]), starts, ends)


NO_TOKENS = Tokens((), (), (), ())
