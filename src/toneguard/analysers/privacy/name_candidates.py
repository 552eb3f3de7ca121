"""Where a person's name may stand, and what speaks for and against it there.

Candidates are what the cues of :mod:`names` point at and every other row of capitalised words that are not plainly
something else. What is seen of each (features) is weighed by :mod:`name_model`; the words of a name are seen by their
shape, their endings and whether a list of given names has them, so that names of every origin are weighed alike.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from toneguard.analysers.privacy.name_mentions import NO_PERSON
from toneguard.analysers.privacy.name_reader import Name, Place, Reader
from toneguard.analysers.privacy.view import View
from toneguard.documents import Kind, Tokens
from toneguard.resources.names import GIVEN, GIVEN_TERMS, GIVEN_WORDS, NOT_NAMES, PARTICLES, PLACES, TITLES
from toneguard.resources.not_people import COUNTRIES, NAMED_FOR_PEOPLE, NO_PERSON_AFTER, NO_PERSON_BEFORE, PRODUCTS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]")
REACH = 40
"""How far around a candidate its neighbours are looked for, in characters."""
DETERMINERS = frozenset(
    "the a an this that these those your our my their his her its any some each every new no".split()
)
FUNCTION = frozenset(
    "and or but if so because when who whom whose which that is was are were be been has had have does did do will "
    "would can could should may might must said says told tells asked asks called calls rang came went got gave took "
    "sent wants wanted needs needed lives works at on in to from of for with by as than then just never always not "
    "also still already again please thanks today yesterday tomorrow here there about after before".split()
)
NO_NAMES = NOT_NAMES | PRODUCTS | TITLES
"""Words with which no name begins."""
SMALL_GIVEN = GIVEN - GIVEN_WORDS
"""Given names that are looked for where they are written small, too."""
MARKS = frozenset([*string.punctuation, "...", "..", "!!", "??", "0", "<id>", "<url>", "<email>", "<user>"])
"""Terms that are no words; those that are missing here are only looked at for longer."""
WORD_KIND = Kind.WORD
NO_PART = PLACES | PRODUCTS | frozenset("hurricane cyclone storm lake mount port cape fort san santa saint".split())
"""Words that, anywhere in a row of capitalised words, make it none."""


class Candidate(NamedTuple):
    """A place that may be a name; ``cues`` are the confidence and reason of those that point at it, strongest first."""

    name: Name
    cues: tuple[tuple[float, str], ...]


def candidates(
    reader: Reader, cued: Iterable[Place], lower: frozenset[str], uncommon: Sequence[int]
) -> list[Candidate]:
    """Candidates in the order of the text, without overlaps.

    ``lower`` are words that people write small, ``uncommon`` what :func:`find_uncommon` gives.
    """
    found: dict[tuple[int, int], tuple[Name, list[tuple[float, str]]]] = {}
    for name, confidence, reason in cued:
        if name.end - name.start >= 2:
            found.setdefault((name.start, name.end), (name, []))[1].append((confidence, reason))
    for name in capitalised(reader, lower, uncommon) if uncommon else ():
        found.setdefault((name.start, name.end), (name, []))
    if len(found) < 2:
        return [Candidate(name, tuple(sorted(cues, reverse=True))) for name, cues in found.values()]
    kept: list[Candidate] = []
    owner: dict[int, int] = {}  # which of those kept has a character
    # Of two that overlap the longer stays, with the cues of both: "my brother Bich Ngoc" inside "Nguyen Thi Bich Ngoc".
    for name, cues in sorted(found.values(), key=lambda one: (one[0].start - one[0].end, one[0].start)):
        at = next((owner[place] for place in range(name.start, name.end) if place in owner), None)
        if at is None:
            owner.update(dict.fromkeys(range(name.start, name.end), len(kept)))
            kept.append(Candidate(name, tuple(sorted(cues, reverse=True))))
        elif cues:
            kept[at] = kept[at]._replace(cues=tuple(sorted((*kept[at].cues, *cues), reverse=True)))
    return sorted(kept)


def capitalised(reader: Reader, lower: frozenset[str], uncommon: Sequence[int]) -> Iterator[Name]:
    """Rows of words that begin with a capital and may be a name, and given names that are written small."""
    tokens = reader.view.document.tokens
    text, cased = reader.text, reader.cased
    starts, ends, terms, kinds = tokens.starts, tokens.ends, tokens.terms, tokens.kinds
    never = unnamed(lower)
    end = 0
    for index in uncommon:
        start, term = starts[index], terms[index]
        if start < end or kinds[index] != WORD_KIND or term in never:
            continue
        small = not cased[start].isupper()
        if small and term not in SMALL_GIVEN:
            continue
        if not small and cased[start : ends[index]].isupper() and is_initials(cased, tokens, index):
            continue
        name = reader.name(start, lower=True, most=1) if small else reader.name(start)
        if name is None:
            continue
        end = name.end
        written = cased[name.start : name.end]
        # An abbreviation or a brand (PDFs, KeyBank); people who write a name in capitals write it where a cue points.
        if (written.isupper() and not reader.known(name.words)) or reader.branded(name):
            continue
        if not NO_PART.isdisjoint(name.words) or not COUNTRIES.isdisjoint((name.words[0], " ".join(name.words))):
            continue
        labelled = text[name.start - 2 : name.start] in (": ", "= ")
        if labelled and NO_PERSON.search(text, max(0, name.start - 30), name.start):
            continue  # "Product name: Blue Kettle"
        if reader.shouting:
            return
        yield name


def is_initials(cased: str, tokens: Tokens, index: int) -> bool:
    """Whether a word in capitals is an agent's initials or the like ("DM"): no given name, and none goes on."""
    term = tokens.terms[index]
    if term in GIVEN or not (term.isascii() and term.isalpha()):
        return False
    following = index + 1
    return following == len(tokens.terms) or (
        cased[tokens.starts[following]].islower() and tokens.terms[following] not in PARTICLES
    )


def find_uncommon(view: View, lower: frozenset[str]) -> list[int]:
    """The tokens that are no common words, or are given names; none where places are not those of the message."""
    if view.places is not None:
        return []
    # Most messages have few, so all their words are asked first, and as quickly as can be.
    flags = bytes(map(common(lower).__contains__, view.document.tokens.terms))
    found: list[int] = []
    at = flags.find(0)
    while at >= 0:
        found.append(at)
        at = flags.find(0, at + 1)
    return found


@lru_cache(maxsize=1)
def common(lower: frozenset[str]) -> frozenset[str]:
    """Terms with which nothing begins that is looked for where nothing points at a name."""
    return frozenset(map(intern, unnamed(lower) - GIVEN_TERMS))


@lru_cache(maxsize=1)
def unnamed(lower: frozenset[str]) -> frozenset[str]:
    """Terms with which no name that nothing points at begins, however they are written."""
    return lower | (NO_NAMES - SMALL_GIVEN) | MARKS


def features(reader: Reader, candidate: Candidate, lower: Collection[str]) -> list[str]:
    """What is seen of a candidate, each feature by its name; several may say the same of different words."""
    (start, end, words), cues = candidate
    text, cased = reader.text, reader.cased
    document = reader.view.document
    written = cased[start:end].replace(".", " ").split()
    first, last = words[0].split("-")[0], words[-1]
    count = min(len(words), 3)
    opens = reader.starts_sentence(start)
    given = 1 if first in GIVEN_WORDS else 2 if first in GIVEN else 0
    any_given = any(word in GIVEN for word in words)
    small = [word in lower for word in words]
    before = WORD.findall(text, max(0, start - REACH), start)[-3:]
    after = WORD.findall(text, end, end + REACH)[:2]
    one, two, three = (before[-i] if len(before) >= i else "^" for i in (1, 2, 3))
    then, later = (after[i] if len(after) > i else "$" for i in (0, 1))
    kind = follower(then, lower)
    role = document.message.role.value
    part = document.part_at(start).value
    seen = [
        "always",
        f"words {count}",
        f"1 before {one}",
        f"2 before {two}",
        f"3 before {three}",
        f"before {two} {one}",
        f"1 after {then}",
        f"2 after {later}",
        f"after {then} {later}",
        f"around {one} _ {then}",
        f"follower {kind}",
        f"follower {kind}, determiner {one in DETERMINERS}",
        f"shape {' '.join(map(shape, written[:3]))}",
        f"given {given}, words {count}, opens {opens}",
        f"given {given}, follower {kind}",
        f"any given {any_given}",
        f"small {small[0]} {small[-1]}, opens {opens}",
        f"all small {all(small)}",
        f"letters {min(len(first), 9)}",
        f"part {part}",
        f"role {role}, part {part}",
    ]
    for word in dict.fromkeys((first, last)):  # in this order: sums depend on it
        seen += (f"ends {word[-3:]}", f"ends {word[-2:]}", f"begins {word[:2]}")
    if document.text[end : end + 2] in ("'s", "’s"):
        seen.append("possessive")
    if "\n" in text[max(0, start - 2) : start]:
        seen.append("on a new line")
    if "\n" in text[end : end + 2]:
        seen.append("ends the line")
    if NO_PERSON_BEFORE.search(text, max(0, start - 12), start) or NO_PERSON_AFTER.match(text, end):
        seen.append("beside a word for a place or thing")
    if named_for(words):
        seen.append("a brand or thing named for a person")
    if neighbours(cased, start, end, opens):
        seen.append("beside capitals")
    if start and cased[start - 1] in "@#/_-&\"'“‘(":
        seen.append(f"touches {cased[start - 1]}")
    if cased[end : end + 1] in ("@", "#", "/", "_", "-", "&", '"', "”", ":", ")"):
        seen.append(f"touched by {cased[end]}")
    if any(map(str.isdigit, cased[end : end + 3])):
        seen.append("before a number")
    if reader.branded(candidate.name):
        seen.append("capital inside a word")
    for confidence, reason in cues:
        seen += (f"cue {reason}", f"cue {reason} {confidence}", f"cue {reason}, given {given}")
    seen.append("cue" if cues else f"no cue, given {given}, opens {opens}, words {count}")
    return seen


def follower(word: str, lower: Collection[str]) -> str:
    """The kind of word that follows: a name goes before "said" and "from", a brand before "sofa"."""
    if not word[:1].isalpha():
        return "number" if word[:1].isdigit() else "mark"
    if word in FUNCTION:
        return "function"
    return "small word" if word in lower else "other"


def neighbours(cased: str, start: int, end: int, opens: bool) -> bool:
    """Whether a capitalised word stands right before or after."""
    before = WORD.findall(cased, max(0, start - REACH), start)[-1:]
    after = WORD.findall(cased, end, end + REACH)[:1]
    return bool(
        (before and not opens and before[0][0].isupper()) or (after and cased[end] == " " and after[0][0].isupper())
    )


def named_for(words: Sequence[str]) -> bool:
    """Whether these words are, or begin, what is named for a person: Harvey Norman, Calvin Klein, Dr. Martens."""
    return words[0] in NAMED_FOR_PEOPLE or " ".join(words[:2]) in NAMED_FOR_PEOPLE


def shape(word: str) -> str:
    """How a word is written."""
    if word.lower() in PARTICLES:
        return "particle"
    if word.isupper():
        return "CAPITALS" if len(word) > 1 else "initial"
    if word[0].isupper():
        return "Capital" if word[1:].islower() else "CapiTal"
    return "small"
