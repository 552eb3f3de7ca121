"""What the linear heads see of a document beside its words: strategies, the look of it, and its words of feeling."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from toneguard.documents import Document, Kind
from toneguard.documents.look import look
from toneguard.documents.spelling import levelled
from toneguard.heads.feeling.lexicon import Lexicon
from toneguard.heads.feeling.lexicon import load as load_lexicon
from toneguard.heads.feeling.reading import Reading, normalise, read
from toneguard.heads.strategies import Used, strategies, vocabulary
from toneguard.making import maker
from toneguard.resources.lexicon import valences

WORD, URL, EMOJI = Kind.WORD, Kind.URL, Kind.EMOJI  # members are slower to look up than names of a module
FEELING = ("feeling", "good_feeling", "strong_feeling")
"""The features that come from the words of feeling together."""
STRONGEST = 3.0
CONTRACTED = tuple("n't 're 've 'll 'd 'm it's that's there's here's what's let's he's she's".split())
ASKING = frozenset("do does can could is are will would what when where how which who may hi hello".split())


@dataclass(frozen=True, slots=True)
class Seen:
    """What the linear heads look at in one document."""

    terms: tuple[str, ...]
    features: Mapping[str, float]
    used: Used
    reading: Reading

    @property
    def grams(self) -> dict[str, int]:
        """Each distinct word and word pair ("two words"), with the index of the token that first completed it."""
        last = len(self.terms) - 1
        # From behind, so that what stands first has the last word.
        grams = dict(zip(reversed(self.terms), range(last, -1, -1), strict=True))
        pairs = [f"{first} {second}" for first, second in pairwise(self.terms)]
        grams.update(zip(reversed(pairs), range(last, 0, -1), strict=True))
        return grams

    @property
    def scale(self) -> float:
        """What the weights of words and word pairs are multiplied by: one by the root of how many there are."""
        return 1.0 / math.sqrt(2 * len(self.terms) - 1) if self.terms else 0.0


new_seen = maker(Seen)


@lru_cache(maxsize=1)
def sources() -> tuple[Mapping[str, tuple[str, ...]], Lexicon]:
    """The words that show strategies, and the lexicon of feeling in the sense of service."""
    return vocabulary(valences()), load_lexicon("service")


def look_at(document: Document) -> Seen:
    """What the linear heads look at in ``document``."""
    words, lexicon = sources()
    used = strategies(document, words)
    reading = read(document, lexicon)
    terms = levelled(document.tokens.terms[: document.own_tokens])
    return new_seen(terms, features(document, used, reading), used, reading)


def contractions(terms: Sequence[str]) -> int:
    """How many terms are contractions."""
    return sum(["'" in term and term.endswith(CONTRACTED) for term in terms])


def features(document: Document, used: Used, reading: Reading) -> dict[str, float]:
    """Feature values in about -3..3; counts enter as square roots, so that the third "please" adds little."""
    values = {name: math.sqrt(len(places)) for name, places in used.items()}
    for name, count in look(document).items():
        if count:
            values[name] = math.sqrt(count)
    size = document.own_tokens
    kinds = document.tokens.kinds
    terms = document.tokens.terms[:size]
    for name, number in (
        ("links", kinds.count(URL, 0, size)),
        ("emoji", kinds.count(EMOJI, 0, size)),
        ("contractions", contractions(terms) if "'" in document.folded else 0),
    ):
        if number:
            values[name] = math.sqrt(number)
    if terms:
        if "?" in terms[-1]:
            values["ends_asking"] = 1.0
        if terms[0] in ASKING:
            values["begins_asking"] = 1.0
    values["length"] = math.log1p(kinds.count(WORD, 0, size)) / 4.0
    if reading.denied:
        values["denied_trouble"] = 1.0
    if reading.total:
        feeling = normalise(reading.total)
        values["feeling"] = feeling
        if feeling > 0:
            values["good_feeling"] = feeling
        values["strong_feeling"] = max(-STRONGEST, min(STRONGEST, reading.total / 4))
    return values
