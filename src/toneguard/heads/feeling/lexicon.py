"""What each word does to the sentiment of a text: VADER's ratings and rules, and what service adds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path

from toneguard.documents.document import Kind
from toneguard.documents.folding import fold
from toneguard.documents.tokens import tokenise
from toneguard.heads.feeling import published
from toneguard.heads.feeling.published import NEGATED
from toneguard.resources.lexicon import digest, valences
from toneguard.resources.settings import Table, read_toml

NO = 0.0
"""The effect of "no", which is both a word of feeling and a negation."""
PAIR = 2.0
"""Stands for the effect of the second word of a pair, which depends on the first."""
DIGIT_WORDS = frozenset({"gr8", "h8", "m8", "gn8", "hi5", "n00b", "w00t"})
"""Words written with digits; other entries with digits are read as the numbers that they look like."""
UNSAFE_FACES = frozenset({"d:", "d;", "d=", "o:", "s:", "=l", "=3", "=-3"})
"""Emoticons that labels and sums look like ("Option D: two", "size S:", "qty =3")."""
NO_WORDS = frozenset({"gt", "l"})
"""Left out: what remains of an encoded character ("&gt;"), and a letter."""
FREQUENT = """
a all an and any are as back be been can can't could do for get had has have how i i'd i'm in is it just
last let look make me much my never no not of on our out over so still such than that the their them they
this to too up us want was way we we'd were what would you you're your
"""
"""Words too frequent to look for phrases at; a phrase is looked for at its longest other word."""
ORDINARY_SIGNS = frozenset({".", "..", ",", "-", "*", "&", "/", "$", "%"})
"""Signs too frequent to look for emoticons at; the few that begin with one (",-:", "*)") are left out."""

SERVICE = Path(__file__).with_name("service.toml")


class Act(Enum):
    """What an entry does beyond having a valence."""

    FEELING = 1
    MUTED = 2  # has feeling only where it is negated
    PROBLEM = 3  # has none, but makes praise that follows open to irony
    NAME = 4  # has none where it is written as a name
    NO = 5
    CONTRAST = 6
    CHUNK = 7  # may begin an emoticon
    KIND = 8  # has none before "of"
    FACE = 9  # speaks for itself: nothing negates or strengthens it


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that count as one; ``lead`` of them stand before the word at which the phrase is looked for."""

    terms: tuple[str, ...]
    lead: int
    valence: float
    reason: str
    ironic: bool = False
    """Counts only after a complaint, closing a short sentence."""
    mocking: bool = False
    """Thanks or praise that mean the opposite."""
    denial: bool = False
    """Trouble that is denied ("no problems at all")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that needs more than its valence (None: it has none of its own)."""

    valence: float | None = None
    act: Act = Act.FEELING
    reason: str = ""
    phrases: tuple[Phrase, ...] = ()
    """Phrases looked for at this word, longest first."""
    acts: bool = field(init=False)
    """Whether it does anything outside its phrases."""
    beside: frozenset[str] = field(init=False)
    """Words of which one stands next to it in each of its phrases."""

    def __post_init__(self) -> None:
        beside = frozenset(phrase.terms[phrase.lead - 1 if phrase.lead else 1] for phrase in self.phrases)
        object.__setattr__(self, "acts", bool(self.valence) or self.act in (Act.PROBLEM, Act.CONTRAST, Act.CHUNK))
        object.__setattr__(self, "beside", beside)


MODIFIES = Entry()
"""A word that has no feeling but may change what follows."""


@dataclass(slots=True)
class Lexicon:
    """Everything that the loop looks up. Built by :func:`load`; nothing changes it afterwards."""

    sense: str
    entries: dict[str, float | Entry] = field(default_factory=dict)
    """By term: a plain valence, or an entry."""
    telling: dict[str, float | Entry] = field(default_factory=dict)
    """Looked up for every term: the entries that can do something themselves or in a phrase."""
    modifiers: dict[str, float] = field(default_factory=dict)
    """By term: what a booster adds, :data:`NEGATED`, :data:`NO` or :data:`PAIR`."""
    pairs: dict[str, dict[str, float]] = field(default_factory=dict)
    """Modifiers of two words: by the second, then by the first."""
    marks: frozenset[str] = frozenset()
    """Every word that is a modifier or begins one of two words."""
    chunks: dict[str, float] = field(default_factory=dict)
    """Emoticons and words with digits, as they stand between spaces, lower-cased."""
    emoji: dict[str, float] = field(default_factory=dict)
    """Emoji whose name says nothing or the wrong thing, by their first code point."""
    digest: str = ""

    def word(self, text: str, valence: float | None, reason: str, act: Act = Act.FEELING) -> None:
        """Add a word; what is added later wins, phrases stay."""
        known = self.entries.get(text)
        phrases = known.phrases if isinstance(known, Entry) else ()
        plain = valence is not None and act is Act.FEELING and not phrases and reason in ("", rated(valence))
        self.entries[text] = valence if plain else Entry(valence, act, reason, phrases)  # type: ignore[assignment]

    def phrase(self, terms: tuple[str, ...], valence: float, reason: str, **marks: bool) -> None:
        """Add a phrase of two words or more; ``marks`` are the flags of :class:`Phrase`."""
        frequent = FREQUENT.split()
        lead = max(range(len(terms)), key=lambda place: (terms[place] not in frequent, len(terms[place])))
        known = self.entries.get(terms[lead])
        entry = known if isinstance(known, Entry) else Entry(known, reason=rated(known))
        others = [phrase for phrase in entry.phrases if phrase.terms != terms]
        phrases = sorted([*others, Phrase(terms, lead, valence, reason, **marks)], key=lambda p: -len(p.terms))
        self.entries[terms[lead]] = replace(entry, phrases=tuple(phrases))

    def add(self, text: str, valence: float, reason: str, act: Act = Act.FEELING, **marks: bool) -> None:
        """Add a word or phrase, written as in a message; ``marks`` are the flags of :class:`Phrase`."""
        terms = split(text)
        if len(terms) == 1:
            self.word(terms[0], valence, reason, act)
        else:
            self.phrase(terms, valence, reason, **marks)

    def modify(self, text: str, effect: float) -> None:
        """Add a modifier of one or two words."""
        *before, last = split(text)
        if before:
            self.pairs.setdefault(last, {})[before[0]] = effect
            self.modifiers.setdefault(last, PAIR)
        else:
            self.modifiers[last] = effect


@lru_cache(maxsize=2)
def load(sense: str) -> Lexicon:
    """Build the lexicon of VADER alone (``plain``), or with the sense of service over it (``service``)."""
    lexicon = Lexicon(sense)
    for word in published.INTENSIFIERS.split():
        lexicon.modify(word, published.BOOST)
    for word in (*published.DAMPENERS.split(), *published.DAMPENING_PAIRS):
        lexicon.modify(word, -published.BOOST)
    for word in published.NEGATIONS.split():
        lexicon.modify(word, NEGATED)
    lexicon.modify("no", NO)
    add_ratings(lexicon, valences())
    for idiom, valence in published.IDIOMS.items():
        lexicon.add(idiom, valence, f"idiom {rated(valence)}")
    lexicon.word("no", valences()["no"], rated(valences()["no"]), Act.NO)
    lexicon.word("kind", valences()["kind"], rated(valences()["kind"]), Act.KIND)
    lexicon.word("but", None, "", Act.CONTRAST)
    lexicon.digest = digest()
    if sense == "service":
        add_service(lexicon, read_toml(SERVICE))
        lexicon.digest = hashlib.sha256(lexicon.digest.encode() + SERVICE.read_bytes()).hexdigest()
    firsts = {first for pairs in lexicon.pairs.values() for first in pairs}
    lexicon.marks = frozenset(firsts | {word for word, effect in lexicon.modifiers.items() if effect != PAIR})
    for mark in lexicon.marks:
        known = lexicon.entries.get(mark)
        if not isinstance(known, Entry):
            lexicon.entries[mark] = MODIFIES if known is None else Entry(known, reason=rated(known))
    lexicon.telling = {
        term: entry
        for term, entry in lexicon.entries.items()
        if (entry.acts or entry.phrases if isinstance(entry, Entry) else entry)
    }
    return lexicon


def add_ratings(lexicon: Lexicon, ratings: Mapping[str, float]) -> None:
    """Add the rated words, phrases and faces that can stand in a message for what they were rated as."""
    faces: dict[str, float] = {}
    for word, valence in ratings.items():
        if word in NO_WORDS:
            continue
        if word.isalpha() or (word[0].isalpha() and word.replace("'", "").replace("-", "").isalpha()):
            lexicon.entries[word] = valence
        elif " " in word and word[0].isalpha():
            lexicon.phrase(tuple(word.split()), valence, f"phrase {rated(valence)}")
        elif word.lower() not in UNSAFE_FACES and (word == word.lower() or word.lower() not in ratings):
            faces[word.lower()] = valence
    for face, valence in faces.items():
        kind = tokenise(face, face).kinds[0]
        if kind == Kind.NUMBER or (kind == Kind.IDENTIFIER and face not in DIGIT_WORDS):
            continue
        lexicon.chunks[face] = valence
        for written in (face, face.upper()):  # ":d" and ":D" are other tokens
            first = tokenise(written, face).terms[0]
            if first not in lexicon.entries and first not in ORDINARY_SIGNS:
                lexicon.entries[first] = Entry(act=Act.CHUNK)


def add_service(lexicon: Lexicon, data: Table) -> None:
    """Add the sense of service, from its file."""
    for kind in ("formula", "problem", "feeling", "irony", "negation", "name", "spelling"):
        for position, values in enumerate(data.take(kind, list), 1):
            group = Table(values, data.source, data.text, (kind,))
            for key in ("why", "example", "label"):  # for readers, and for the test that reads every example
                if not group.take(key, str):
                    group.fail(f"{kind} {position}: {key} is empty", key)
            add_group(lexicon, kind, group)
            group.done()
    data.done()


def add_group(lexicon: Lexicon, kind: str, group: Table) -> None:
    """Add one group of the file."""
    ratings = valences()
    texts = group.texts("words")
    if kind == "formula":
        muted = group.take("unless_negated", bool, False)
        denial = group.take("denial", bool, False)
        values = {**ratings, **group.take("values", dict, {})}
        for text in texts:
            if muted:
                lexicon.word(text, values[text], rated(values[text]), Act.MUTED)
            else:
                lexicon.add(text, 0.0, "", denial=denial)
    elif kind == "problem":
        for text in texts:
            lexicon.word(text, 0.0, "", Act.PROBLEM)
    elif kind == "name":
        for text in texts:
            lexicon.word(text, ratings[text], rated(ratings[text]), Act.NAME)
    elif kind == "negation":
        for text in texts:
            lexicon.modify(text, NEGATED)
    elif kind == "spelling":
        for text, american in zip(texts, group.texts("of"), strict=True):
            lexicon.add(text, ratings[american], rated(ratings[american]))
    else:
        value = group.take("value", float)
        marks = {"mocking": group.take("mocking", bool, False), "denial": group.take("denial", bool, False)}
        for text in texts:
            if text[0].isascii():
                lexicon.add(text, value, f"in service {rated(value)}", ironic=kind == "irony", **marks)
            else:
                lexicon.emoji[text[0]] = value


def split(text: str) -> tuple[str, ...]:
    """Split a word or phrase into the terms that it has in a document."""
    return tokenise(text, fold(text)).terms


@lru_cache(maxsize=256)
def rated(valence: float | None) -> str:
    """Name a valence in a reason."""
    return "" if valence is None else f"rated {valence:+.1f}"
