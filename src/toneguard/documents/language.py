"""Which language a message is in, cheaply.

Most messages are settled by counting common English words; the doubtful rest is handed to CLD2, a trained identifier
with its model in the package.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from toneguard.documents.document import Kind, Tokens

if TYPE_CHECKING:
    pass

# The most frequent words of English that few other languages written in Latin letters share.
COMMON_ENGLISH = frozenset(
    "the and is it of to my you your i'm i've this that for with have has was were be been are not but what when how why"
    " where can can't could would should will won't don't didn't doesn't isn't wasn't they their there from get got if so"
    " just about please thanks thank hi hello hey sorry order delivery refund help we we've we're our us he she his her"
    " its it's still now any all out up do does did which who than then these those been being had as by at an or because"
    " after before again yes ok okay need want know like time day today back send sent me i a on in still waiting".split()
)
ENOUGH_WORDS = 4
"""Below this many words in Latin letters nothing is said of the language: "ok", "Danke", "TF-204417"."""
ENOUGH_ENGLISH = 5
"""So many common words settle it, if they are not rare among the words so far."""
ENGLISH_SHARE = 0.18
FIRST_TERMS = int(ENOUGH_ENGLISH / ENGLISH_SHARE)
"""Among so few terms, enough common words are never too rare."""
MOST_WORDS = 400
"""Words that are looked at: more change no mind, and a message may be 10 MB."""
NO_LANGUAGES = frozenset({"un", "xx", "zzb", "zze", "zzh", "zzp"})
"""Codes of the identifier for none at all and for English in fun (Pig Latin, Bork, Elmer Fudd, Hacker)."""
UNKNOWN = "und"
"""ISO 639-2 for a language that could not be told: of texts in other letters than Latin."""


def recognise(text: str, tokens: Tokens, end: int) -> str | None:
    """ISO 639 code of the text before ``end``, or None where there is too little to tell."""
    first = tokens.terms[:FIRST_TERMS]
    if len(COMMON_ENGLISH.intersection(first)) >= ENOUGH_ENGLISH and tokens.ends[len(first) - 1] <= end:
        return "en"  # as the count below would say
    words = common = latin = 0
    for term, kind, start in zip(tokens.terms, tokens.kinds, tokens.starts, strict=True):
        if start >= end or words >= MOST_WORDS:
            break
        if kind == Kind.WORD:
            words += 1
            if term in COMMON_ENGLISH:
                common += 1
            if term[-1] < "\u0370":  # Latin letters and the marks that join them
                latin += 1
            if common >= ENOUGH_ENGLISH and common >= ENGLISH_SHARE * words:
                return "en"
    if words and common >= ENGLISH_SHARE * words and (common > 1 or words < ENOUGH_WORDS * 2):
        return "en"
    if latin < words / 2:  # mostly another script: two words are enough to tell
        return identify(text, tokens, end) or UNKNOWN
    if words < ENOUGH_WORDS:
        return None
    return identify(text, tokens, end) or "en"


def identify(text: str, tokens: Tokens, end: int) -> str | None:
    """The code of the language of the words before ``end``, or None where that is not sure.

    Words alone are handed over: handles, addresses and numbers are of no language. Of two languages that are as likely,
    English is taken.
    """
    import pycld2

    columns = zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)
    words = islice((text[start:stop] for kind, start, stop in columns if kind == Kind.WORD and start < end), MOST_WORDS)
    try:
        sure, _, found = pycld2.detect(
            " ".join(words).encode("utf-8", "replace"), isPlainText=True, bestEffort=True, hintLanguage="en"
        )
    except pycld2.error:  # a character that no text has
        return None
    code = str(found[0][1]).partition("-")[0]
    return code if sure and code not in NO_LANGUAGES else None


ENGLISH = frozenset({None, "en"})
"""Languages of which language-bound measures may speak: English, or too short to tell."""


def is_english(language: str | None) -> bool:
    """Whether language-bound measures may speak."""
    return language in ENGLISH
