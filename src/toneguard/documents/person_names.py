"""Names of people in the run of a text, for the encoder to read as one stand-in; quick and simple on purpose.

The recogniser of personal data (``analysers/privacy``) weighs far more, for there a miss is a leak. Here a miss lets a
name move a score by a little, and a false name costs one word of meaning: so a listed given name is enough, and any
other capitalised word is a name only where a cue points at it ("spoke to ...", "my name is ...").
"""

from __future__ import annotations

import unicodedata

from toneguard.documents.document import Kind, Tokens
from toneguard.resources.names import GIVEN, GIVEN_WORDS, NOT_NAMES, PARTICLES, PLACES, TITLES
from toneguard.resources.not_people import COUNTRIES, NAMED_FOR_PEOPLE, NO_PERSON_AFTER, NO_PERSON_BEFORE, PRODUCTS

EVERYDAY = GIVEN_WORDS | frozenset(
    """
    akin angeles angus archer ari athena bao bert bind bindi blanche blessing carmel carolina catalina celeste chad
    chandra chang cheyenne chong concepcion constance darlington deja devi dexter dharma diego don duc emmy esa everton
    fang feng florence francisco gene griffin guadalupe haifa hanson hui hung ina indiana jarvis jean jung kali kay
    kelvin kerr kobe krishna lan li lincoln lulu madison magnus mai margarita mari marina mia minerva mo mohan moses
    nacho nam nan nestor nga noel odin ole olympia oscar paisley patsy ping pita polly raja rana randy rani regis roman
    rosario sabah sakura salvador santiago sheikh sherry shin sho shu simi siya solomon stan sui tan theo thi titus tori
    ute viet vishnu wen yan yi
    """.split()
)
"""Given names that are words, places, feasts or prizes too: names where they stand as names do, not everywhere."""
MOSTLY_PEOPLE = frozenset(
    "bob carol carter dean drew frank grace hazel heather holly jack mark martin nick pat penny rob sue taylor victor"
    .split()
)
"""Those of them that, with a capital within a sentence, are hardly ever anything else."""
NOBODY = NOT_NAMES | PLACES | PRODUCTS | PARTICLES | TITLES | COUNTRIES
MOST_GIVEN = 3
"""So many more listed names may follow the first; of others one, a surname."""

CUES = frozenset(
    f"{verb} {word}"
    for verb, words in {
        "speak spoke spoken speaking talk talked talking chat chatted chatting": "to with",
        "helped served assisted told signed for": "by",
        "name": "is was",
    }.items()
    for verb in verb.split()
    for word in words.split()
)
"""Two words right before a name."""
CUE_WORDS = frozenset(
    "ask asked asking tell told thank remind name's husband wife partner son daughter mum mom dad mother father brother"
    " sister friend colleague manager supervisor neighbour neighbor boss".split()
)
"""Words right before a name; those of asking and telling want one of :data:`AFTER_TOLD` behind it."""
TELLING = frozenset("ask asked asking tell told thank remind".split())
AFTER_TOLD = frozenset("to that about for if whether who why when , . ? ! me us him her".split())
SELF = frozenset({"i'm", "im", "am", "is"})
AFTER_SELF = frozenset("from again here speaking calling writing , (".split())
THERE = frozenset("from in at".split())
OURS = frozenset("your our accounts sales support billing".split())
AFTER_SPOKEN = frozenset(
    "yesterday yday today last earlier again twice this on at in from who and about . , ! ?".split()
)
NO_ADDRESS = frozenset("and or etc".split())
"""Behind a word between commas these tell that it is one of a list."""
NO_TITLES = frozenset("miss doctor sir madam uncle nurse".split())
"""Titles that are other words as often."""
PLACE_AFTER = frozenset("store shop branch outlet square line".split())
SPACE = " \u00a0"


def name_end(text: str, folded: str, tokens: Tokens, index: int, size: int) -> int:
    """Where the name that begins at token ``index`` ends (the number of the token behind it); ``index`` if none does.

    Only the first ``size`` tokens are looked at.
    """
    term = tokens.terms[index]
    if tokens.kinds[index] != Kind.WORD or len(term) < 2:
        return index
    start = tokens.starts[index]
    capital = capitalised(text, tokens, index)
    first = bare(term)
    given = is_given(first)
    if not given or first in EVERYDAY:
        if first in NOBODY and not (given and capital):
            return index
        if not capital:
            return index + spoken_to(tokens, index, size)
        if not (first in MOSTLY_PEOPLE and not opens(folded, start)) and not cued(text, tokens, index, size):
            return index
    if named_for(tokens, index, size):
        return index
    end = behind(text, tokens, index, size, capital=capital)
    if end < size and tokens.terms[end] in PLACE_AFTER:
        return index
    if NO_PERSON_BEFORE.search(folded, max(0, start - 12), start):
        return index
    if any(NO_PERSON_AFTER.match(folded, tokens.ends[last]) for last in {index, end - 1}):
        return index
    return end


def bare(term: str) -> str:
    """A term without the ending of a possessive; of a double name the first."""
    return term.removesuffix("'s").partition("-")[0]


def is_given(word: str) -> bool:
    """Whether the list of given names has the word, in whatever accents."""
    if word in GIVEN or word in GIVEN_WORDS:
        return True
    if word.isascii():
        return False
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) in GIVEN


def capitalised(text: str, tokens: Tokens, index: int) -> bool:
    """Whether a word begins with a capital and is not written in capitals throughout, which says nothing."""
    start, end = tokens.starts[index], tokens.ends[index]
    return text[start].isupper() and not text[start:end].isupper()


def opens(folded: str, start: int) -> bool:
    """Whether a sentence or a line begins here."""
    before = folded[max(0, start - 3) : start].rstrip(" \"'(*")
    return not before or before[-1] in ".!?\n:-"


def named_for(tokens: Tokens, index: int, size: int) -> bool:
    """Whether the word at ``index`` belongs to what is named for a person: Harvey Norman, Alice Springs."""
    terms = tokens.terms
    return any(
        " ".join(terms[begin:end]) in NAMED_FOR_PEOPLE
        for begin in range(max(0, index - 2), index + 1)
        for end in range(index + 1, min(begin + 3, size) + 1)
    )


def spoken_to(tokens: Tokens, index: int, size: int) -> bool:
    """Whether a word that is written small, and in no list, stands where a name must: "spoke to jarrah yesterday".

    What else stands there ("spoke to reception today") loses nothing by it.
    """
    if index < 2 or tokens.terms[index].endswith(("ing", "ed")):
        return False
    cue = " ".join(tokens.terms[index - 2 : index])
    if cue == "name is":
        return tokens.terms[index - 3 : index - 2] == ("my",)
    return cue in CUES and (index + 1 == size or tokens.terms[index + 1] in AFTER_SPOKEN)


def cued(text: str, tokens: Tokens, index: int, size: int) -> bool:
    """Whether the words around say that a person stands here."""
    terms = tokens.terms
    before = terms[index - 1] if index else ""
    earlier = terms[index - 2] if index > 1 else ""
    after = terms[index + 1] if index + 1 < size else "."
    later = terms[index + 2] if index + 2 < size else "."
    title = earlier if before == "." else before
    if (title in TITLES and title not in NO_TITLES) or f"{earlier} {before}" in CUES:
        return True
    if before in CUE_WORDS:
        return before not in TELLING or after in AFTER_TOLD
    if before in SELF and (before != "is" or earlier == "this") and (before != "am" or earlier == "i"):
        return after in AFTER_SELF
    if after == "here":
        return not before.isalpha() and not terms[index].endswith("ing") and later in {",", ".", "from"}
    if after in THERE:
        return later in OURS
    # Called by name, between commas; words of a list have capitals around them.
    return (
        before == after == ","
        and index > 1
        and index + 2 < size
        and later not in NO_ADDRESS
        and text[tokens.starts[index - 2]].islower()
        and text[tokens.starts[index + 2]].islower()
    )


def behind(text: str, tokens: Tokens, index: int, size: int, *, capital: bool) -> int:
    """Where the name ends: further given names and a surname may follow, each one space behind the other."""
    end = index + 1
    surname = False
    while end < min(size, index + 1 + MOST_GIVEN) and not tokens.terms[end - 1].endswith("'s"):
        term = tokens.terms[end]
        if tokens.kinds[end] != Kind.WORD or text[tokens.ends[end - 1] : tokens.starts[end]] not in SPACE:
            break
        word = bare(term)
        if capital:
            if not text[tokens.starts[end]].isupper() or word in NOBODY:
                break
            if len(term) > 1 and not capitalised(text, tokens, end):
                break
            if len(term) > 1 and not is_given(word):
                if surname:
                    break
                surname = True
        elif not is_given(word) or word in EVERYDAY:
            break
        end += 1
    return end
