"""Syllables of English words as they are said aloud.

``count("apologise")`` is 4. A word of the CMU Pronouncing Dictionary gets the count of its first
pronunciation there; any other word, a number ("24", "$1,299.00", "9:30am", "3rd", "2024") or an acronym
("ATO") gets what the rules below say. Only the words at which rules and dictionary differ are shipped
(``data/syllables.txt``, some 7,000 of 126,000; its licence stands in its head), with Australian and British
spellings of them (favour from favor) and service words that the dictionary lacks. ``python -m
toneguard.training.syllables`` writes that file again.

The rules alone agree with the dictionary on 94 % of its words, names included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data") / "syllables.txt"
CACHED_WORDS = 16_384
LONGEST_WORD = 64
"""Longer strings are no words: they are counted by vowel groups and never kept in memory."""


def count(word: str) -> int:
    """Syllables of one word or number, at least 1. Capitals tell acronyms: ``ATO`` is 3, ``ato`` 2."""
    if len(word) > LONGEST_WORD:
        return max(1, len(NUCLEI.findall(word.lower())))
    return count_cached(word)


@lru_cache(maxsize=CACHED_WORDS)
def count_cached(word: str) -> int:
    """:func:`count` for words of ordinary length."""
    if not word.islower() and (letters := acronym(word)):
        return letters
    return estimate(word.lower().translate(STRAIGHT), exceptions())


@lru_cache(maxsize=1)
def exceptions() -> Mapping[str, int]:
    """Words that the rules get wrong, with their counts."""
    found: dict[str, int] = {}
    for line in DATA.read_text(encoding="ascii").splitlines():
        if line and line[0] != "#":
            syllables, *words = line.split()
            found.update(dict.fromkeys(words, int(syllables)))
    return found


def estimate(word: str, known: Mapping[str, int]) -> int:
    """Syllables of a lower-case word: those of ``known``, else by its parts and the rules."""
    if (syllables := known.get(word)) is not None:
        return syllables
    if word.isalpha() and word.isascii():
        return by_rules(word)
    if DIGIT.search(word):
        return mixed(word, known)
    if "-" in word or "." in word or " " in word:
        parts = [part for part in re.split(r"[-. ]+", word) if part]
        return sum(estimate(part, known) for part in parts) or 1
    if "'" in word:
        return contraction(word, known)
    plain = "".join(c for c in unicodedata.normalize("NFD", word) if c.isalpha() and c.isascii())
    return (estimate(plain, known) if plain else 1) + (word[-1:] == "é" and plain not in known)


def words(listed: str) -> frozenset[str]:
    """Words of a list."""
    return frozenset(listed.split())


# Words by their letters

STRAIGHT = str.maketrans({"’": "'", "ʼ": "'", "＇": "'", "‐": "-", "‑": "-"})

# One match for every run of vowels. The u of "qu" is none; a y before a vowel is one only after a consonant.
NUCLEI = re.compile(
    r"(?:[aeioàáâãäåèéêëìíîïòóôõöùúûüæœø]|(?<!q)u|y(?![aeiou])|(?<=[^aeiouy])y)(?:[aeiou]|y(?![aeiou]))*"
)

ENDINGS = (
    "back|berg|birds?|boards?|books?|bury|cards?|fields?|ford|ful(?:ly|ness)?|full|hold|holders?|house|keepers?"
    "|land|less|lights?|like|line|ly|makers?|m[ae]n|ments?|ness|papers?|place|port|room|ship|side|some|stones?"
    "|s?worth|times?|ways?|wom[ae]n|town|ton|ville|wood|work|yards?"
)
# Each match is a vowel that is written and not said.
SILENT = re.compile(
    "|".join(
        (
            r"(?<=[^aeioulr])es?$(?<![scgzx]es)(?<![sc]hes)",  # late, lates; but box-es, wish-es
            r"(?<=[^aeioultrd])ed$",  # parked; but want-ed, need-ed
            r"(?<=[aeiouyrlw]l)e[ds]?$",  # sale, cancelled; but ta-ble, set-tled
            r"(?<=[^tbdcgkpf]r)e[ds]?$|(?<=^r)e$|(?<=[tbdcgkpf]r)ed$",  # store, cured; but cen-tre
            r"(?<=[gq]u)e[ds]?$",  # catalogue, unique
            rf"(?<=[^aeiouyl])e(?=(?:{ENDINGS})$)",  # safe-ly, use-ful, home-page
            r"(?<=[aeiouyr]l)e(?=(?:ly|less|ful|fully|ness|ments?|some)$)",  # sole-ly; but ta-ble-ness
            r"(?<=^for)e(?=[^aeioun])|(?:(?<=^hom)|(?<=^not)|(?<=^sid)|(?<=^saf)|(?<=^lov))e(?=[^aeiouyr])",
            r"(?<=^eye)(?=[^aeiouydlr])|(?<=^lif)e|(?:(?<=^whol)|(?<=^plac))e(?=[^d])",
            r"(?<=ic)a(?=lly)",  # basic-(a)lly
            r"(?<=[^aeiou][ln])i(?=ons?$|on[ae])|(?<=[aeiou]n)i(?=ons?$|on[ae])|(?<=ill)i(?=[ao])",  # union
            r"(?<=ge)o(?=ns?$|us)|(?<=sh)i(?=on)",  # surgeon, fashion
        )
    )
)
# Each match is a place where one run of vowel letters holds one syllable more, or a consonant makes one.
BREAKS = re.compile(
    "|".join(
        (
            r"(?<![tcsg])ia(?!ge)|(?<=[^s]t)ia(?=[tn]i?)|(?<=c)ia(?=t)|sia[^n]",  # tri-al; but par-tial
            r"i(?=um|us)(?<![tcg]i)|(?<![tcsgx])io(?!ur)|[csg]io$|siol",  # premi-um, ri-ot; not na-tion
            r"i(?=er$|ers$|et|est$|ell|enn|eri.)|i(?=ent$)(?<![tcs]i)|(?<=sc)ie(?=n)",  # couri-er, cli-ent
            r"u(?=[ao])(?<![qg]u)|fluen|ue(?=rs?$|l)(?<![gqe]ue)|tuit",  # usu-al, flu-ent, blu-er, fu-el
            r"e(?=o)(?<!pe)(?!o(?:ut|ff|n[es]?$|us))|oa$",  # vide-o; but people, takeout, surgeon
            r"ea(?=$|nce|li[sz]|tion|tor|ct?[^hmek])(?<!pea)|theat",  # ide-a, re-act, cre-ator, the-atre
            r"[^aeiouy](?=y[aeio])(?!.y(?:e[sd]?$|ea|eh))(?!ny)|eing$|[ou]ing",  # copy-ing, be-ing, do-ing
            r"(?<=s)m$|(?<=is)m(?=s$)|(?<=th)m$|[aeou]ism|(?<=d)l$",  # touris-m, rhyth-m
            r"^coe|^re[iou](?=[mntopvu])|^pre[eiou]|^re(?=ap|ar[rm]|at|e[mnx]|as)",  # re-imburse, pre-empt
            r"[^aeiou][bdfgkpt]ling$(?<=.{7})",  # han-d(e)-ling
            r"^m(?=c[^aeiouy]?)(?!$)",  # Mc-Kay
        )
    )
)

TRIPLED = re.compile(r"(.)\1\1")


def by_rules(word: str) -> int:
    """Syllables of a lower-case word of letters by its spelling alone."""
    nuclei = len(NUCLEI.findall(word))
    if not nuclei:  # "sms", "pdf", "w": nothing to say but the letters; "pfffft", "grrr" are one sound
        return spelt(word) if len(word) <= 5 and not TRIPLED.search(word) else 1
    return max(1, nuclei - len(SILENT.findall(word)) + len(BREAKS.findall(word)))


def contraction(word: str, known: Mapping[str, int]) -> int:
    """Syllables of a word with apostrophes: its stem, and what the ending adds."""
    stem, _, ending = word.rpartition("'")
    if not stem or not stem[-1].isalpha():
        return estimate(word.replace("'", ""), known) if word.strip("'") else 1
    if ending in ("", "m", "re", "d", "ll", "ve", "s"):
        said = estimate(stem, known)
        if ending == "s":
            return said + bool(SIBILANT.search(stem))
        if ending == "d":
            return said + (stem[-1] in "td")
        return said + (
            (ending in ("ll", "ve") and stem[-1] not in "aeiouy") or (ending == "re" and stem[-1] not in "aeouy")
        )
    if ending == "t" and stem.endswith("n"):
        return estimate(stem[:-1], known) + 1 if stem[-2:-1] not in "aeiou" else estimate(stem, known)
    return estimate(stem, known) + estimate(ending, known)


SIBILANT = re.compile(r"(?:[sxz]|[cs]h|[aeiou]{1,2}(?:ce|se|ze)|(?:ge|ce|se|ze))$")

# Acronyms

CAPITALS = re.compile(r"([A-Z]{1,5})(?:['’]?s)?")
SAID_AS_WORDS = words(
    "abba acma afca anzac anzacs apra asic asics asos asus austrac captcha covid epson fifa fomo gif"
    " gumtree ikea jpeg kia kmart laser lego nasa nato ncat oled opec opal optus ozbargain pin pins qantas"
    " qcat radar ram sacat sim sims snag sonar spam taser tafe unesco unicef vcat visa yolo zip zoom"
)
# Ordinary words that people shout: capitals alone do not make an acronym of them.
SHOUTED = words(
    "a about above after again all along also am an and any are as ask at away back bad be been best big"
    " bill bit book both box bring buy by call came can cant card care cash check cost could cut date day"
    " days dead did didnt do does done dont down due each early else email ended even ever every extra fact"
    " fail fake far fault fed few final find fine first fix fixed for free fresh from front full gave get"
    " gift give go going gone good got great had half hard has hate have he help her here hers hey hi high"
    " him his hold home hope hour hours how huge i if in into is isnt it its item items job join just keep"
    " kept kind know last late later least leave left less let lie lied lies like line list lived lol long"
    " look lose lost lot lots love low made mail main make many may maybe me mean might mind mine more most"
    " move much must my name near need never new news next nice night no none nope nor not note now of off"
    " offer often oh old on once one only open or order other our out over own paid part past pay phone"
    " place play plus point poor post price put quick quite quote rang rate read real reply right ring rude"
    " run sad said sale same save say see seem seen sell send sent shame she ship shop short should show"
    " sick side since size sleep slow so sold some soon sorry staff start stay still stole stop store stuff"
    " such sure take talk tell ten than thank that the their them then there these they thing think this"
    " those thus till time times tired to today told too took top total trash tried true trust try two"
    " under until up upon use used using usual very visit wait want was waste way we week weeks well went"
    " were what when where which while who whole whom whose why will wish with women wont word work worse"
    " worst would wow write wrong wrote yeah year years yep yes yet you your yours zero"
) - {"am", "it"}


def spelt(letters: str) -> int:
    """Syllables of letters said one by one: only w has more than one."""
    return len(letters) + 2 * letters.count("w")


def acronym(word: str) -> int:
    """Syllables of up to five capitals that are said one by one ("ATO", "PDFs"); 0 if it is no such word."""
    capitals = CAPITALS.fullmatch(word)
    if not capitals:
        return 0
    letters = capitals.group(1).lower()
    if len(letters) > 1 and (letters in SHOUTED or letters in SAID_AS_WORDS):
        return 0
    return spelt(letters)


# Numbers

UNDER_TWENTY = (
    2,
    1,
    1,
    1,
    1,
    1,
    1,
    2,
    1,
    1,
    1,
    3,
    1,
    2,
    2,
    2,
    2,
    3,
    2,
    2,
)  # zero, one, ... seventeen (3), ...
SAID_SYMBOLS = {"$": 2, "€": 2, "£": 1, "¥": 1}  # dollars, euros, pounds, yen
SAID_UNITS = {
    "am": 2, "pm": 2, "h": 2, "hr": 2, "hrs": 2, "min": 2, "mins": 2, "sec": 2, "secs": 2, "ms": 4, "mm": 4,
    "cm": 4, "m": 2, "km": 4, "kms": 4, "ml": 4, "l": 2, "g": 1, "kg": 3, "k": 1, "gb": 3, "mb": 3, "tb": 3,
    "mbps": 6, "w": 1, "kw": 3, "kwh": 5, "v": 1, "%": 2, "x": 1, "c": 2, "yo": 2, "s": 0,
}  # fmt: skip
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"([$€£¥]?)(\d[\d.,:/]*)([a-z%.]*)")


def mixed(word: str, known: Mapping[str, int]) -> int:
    """Syllables of a string with digits: a number as it is said, or its runs of digits and of letters."""
    number = NUMBER.fullmatch(word)
    if number:
        symbol, digits, unit = number.groups()
        unit = unit.replace(".", "")
        if unit in SAID_UNITS or unit in ("", "st", "nd", "rd", "th"):
            return spoken(digits.rstrip(".,:/"), symbol, unit)
    runs = re.findall(r"\d+|[^\W\d_]+", word)
    return sum(cardinal(run) if run[0].isdigit() else estimate(run, known) for run in runs if run) or 1


def spoken(digits: str, symbol: str, unit: str) -> int:
    """Syllables of a number with its currency sign and unit: "$5.50" is "five dollars fifty"."""
    written = digits
    digits = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", digits)
    units = SAID_UNITS.get(unit, 0)
    if unit in ("st", "nd", "rd", "th"):
        return ordinal(digits)
    if not digits.isdigit():
        whole, _, rest = digits.partition(".")
        if unit not in ("am", "pm") and whole.isdigit() and rest.isdigit():
            if symbol and len(rest) == 2 and not unit:
                return amount(whole, rest, SAID_SYMBOLS[symbol])
            return cardinal(whole) + 1 + sum(UNDER_TWENTY[int(d)] for d in rest) + units + SAID_SYMBOLS.get(symbol, 0)
        pieces = [piece for piece in re.split(r"[.,:/]", digits) if piece]
        clock = ":" in digits or unit in ("am", "pm")
        said = sum(
            year(piece) if len(piece) == 4 else two_digits(piece, clock and at > 0) for at, piece in enumerate(pieces)
        )
        return said + units
    if symbol:
        return cardinal(digits) + SAID_SYMBOLS[symbol] + units
    # "1299" may be a year, "1,299" is none.
    return (year(digits) if len(written) == 4 and unit in ("", "s") else cardinal(digits)) + units


def amount(whole: str, cents: str, currency: int) -> int:
    """Syllables of an amount: "thirty cents", "five dollars", "five dollars fifty"."""
    if cents == "00":
        return cardinal(whole) + currency
    return cardinal(cents.lstrip("0")) + (1 if not whole.strip("0") else cardinal(whole) + currency)


def two_digits(piece: str, minutes: bool) -> int:
    """Syllables of a part of a date or time; no minutes are not said ("ten am"), and "05" is "oh five"."""
    if minutes and piece == "00":
        return 0
    return cardinal(piece.lstrip("0") or "0") + (minutes and len(piece) == 2 and piece[0] == "0")


def year(digits: str) -> int:
    """Syllables of four digits, said in pairs where people do: "nineteen oh five", "twenty twenty-four"."""
    value = int(digits)
    if digits[0] == "0" or not 1100 <= value <= 2099 or 2000 <= value <= 2009:
        return cardinal(digits)
    last = value % 100
    return integer(value // 100) + (2 if not last else integer(last) + (last < 10))


def ordinal(digits: str) -> int:
    """Syllables of "first", "second", "twentieth"."""
    if not digits.isdigit() or len(digits) > 12:
        return cardinal(digits)
    last = int(digits) % 100
    longer = (last >= 20 and last % 10 == 0) or (last % 10 == 2 and last != 12)
    return integer(int(digits)) + longer


def cardinal(digits: str) -> int:
    """Syllables of a whole number; with a leading nought, or beyond billions, digit by digit."""
    digits = re.sub(r"\D", "", digits)
    if len(digits) > 12 or (len(digits) > 1 and digits[0] == "0"):
        return sum(1 if digit == "0" else UNDER_TWENTY[int(digit)] for digit in digits)
    return integer(int(digits or "0"))


def integer(value: int) -> int:
    """Syllables of a whole number as Australians say it, with "and": one hundred and five."""
    if value < 20:
        return UNDER_TWENTY[value]
    if value < 100:
        return (3 if value // 10 == 7 else 2) + (UNDER_TWENTY[value % 10] if value % 10 else 0)
    for size in (1_000_000_000, 1_000_000, 1000, 100):  # each is said in two syllables
        if value >= size:
            rest = value % size
            joined = 1 if 0 < rest < 100 else 0
            return integer(value // size) + 2 + joined + (integer(rest) if rest else 0)
    raise AssertionError(value)
