"""The words a team agreed on: terms that must and must not stand in a reply, preferred terms, spellings of
names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toneguard.documents import Document, Kind
from toneguard.documents.folding import fold
from toneguard.documents.tokens import tokenise
from toneguard.errors import SettingsError
from toneguard.findings import Finding, Span
from toneguard.resources.settings import suggest
from toneguard.rules.load import PACKS, read_rule

MISSING, BANNED, PREFERRED, SPELLING = RULES = (
    "brand/missing-term",
    "brand/banned-term",
    "brand/preferred-term",
    "brand/wrong-spelling",
)
KEYS = ("must", "never", "prefer", "spell")
ADDRESSES = (Kind.URL, Kind.EMAIL, Kind.HANDLE)
"""Tokens in which no term is looked for, unless the term is one of them itself."""
BEFORE = r"(?<!\w)(?<!\w[-'])"
AFTER = r"(?!\w)(?!-\w)"
STRAIGHT = str.maketrans("’‘“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Terms:
    """A standard's brand terms. False if there are none.

    ``must`` have to stand in every agent's reply, ``never`` in none; ``prefer`` gives what to write by what
    not to; ``spell`` holds names as they are written, capitals, spaces and signs included.
    """

    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    prefer: tuple[tuple[str, str], ...] = ()
    spell: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.must or self.never or self.prefer or self.spell)


def read_terms(given: object) -> Terms:
    """Give the option ``terms`` of a standard; raises :class:`SettingsError` that names the key and what is
    allowed.
    """
    if isinstance(given, Terms):
        return given
    if not isinstance(given, Mapping):
        raise SettingsError(
            f"brand_voice: terms: expected a table with {', '.join(KEYS)}, got {type(given).__name__}"
        )
    for key in given:
        if key not in KEYS:
            raise SettingsError(f"brand_voice: terms has no key {str(key)[:40]!r}; {suggest(str(key), KEYS)}")
    prefer = given.get("prefer", {})
    if not isinstance(prefer, Mapping):
        raise SettingsError('brand_voice: terms.prefer: expected a table such as { "e-mail" = "email" }')
    terms = Terms(
        must=texts(given, "must"),
        never=texts(given, "never"),
        prefer=tuple((term("prefer", old), term("prefer", new)) for old, new in prefer.items()),
        spell=texts(given, "spell"),
    )
    banned = {plain(text) for text in terms.never}
    for key, wanted in (("must", terms.must), ("prefer", [new for _, new in terms.prefer])):
        for text in wanted:
            if plain(text) in banned:
                raise SettingsError(f"brand_voice: terms.{key}: {text!r} is also in terms.never")
    return terms


def texts(given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Give a list of terms."""
    values = given.get(key, ())
    if isinstance(values, str) or not isinstance(values, list | tuple):
        raise SettingsError(
            f"brand_voice: terms.{key}: expected a list of texts, got {type(values).__name__}"
        )
    return tuple(term(key, value) for value in values)


def term(key: str, value: object) -> str:
    """One term: a text with at least one letter or digit, without the white space around it."""
    if not isinstance(value, str) or not any(character.isalnum() for character in value):
        raise SettingsError(
            f"brand_voice: terms.{key}: expected texts with a letter or a digit, found {value!r:.40}"
        )
    return " ".join(value.split())


def plain(text: str) -> str:
    """Give a term as it is looked for: lower case, straight quotes, single spaces."""
    return " ".join(fold(text).split())


class TermChecker:
    """Terms made ready for looking; :meth:`find` raises the findings of one document."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        # Only these files are read: terms also work where another pack is being edited and does not load.
        self.messages = {name: read_rule(PACKS / f"{name}.toml", name).message for name in RULES}
        self.must = [(text, compiled([text]), is_address(text)) for text in terms.must]
        self.never = compiled(terms.never)
        self.own_addresses = {plain(text) for text in terms.never if is_address(text)}
        self.instead = {plain(old): new for old, new in terms.prefer}
        self.prefer = compiled([old for old, _ in terms.prefer])
        self.names = [(name, spelling(name)) for name in terms.spell]

    def find(self, document: Document) -> tuple[Finding, ...]:
        """Give findings in the order of the rules, then of the text; none for a text without words."""
        end = document.own_end
        folded = document.folded
        if not folded[:end].strip():
            return ()
        addresses: list[Span] | None = None
        found: list[Finding] = []
        for text, expression, anywhere in self.must:
            matches = expression.finditer(folded, 0, end)
            if addresses is None and not anywhere:
                addresses = places_of(document)
            if not any(anywhere or not inside(match.span(), addresses or []) for match in matches):
                found.append(Finding(MISSING, None, f'{self.messages[MISSING]} ("{text}")'))
        for rule, start, stop, replacement in self.places(document, end):
            if addresses is None:
                addresses = places_of(document)
            if rule == BANNED and plain(folded[start:stop]) in self.own_addresses:
                pass
            elif inside((start, stop), addresses):
                continue
            found.append(
                Finding(
                    rule,
                    Span(start, stop),
                    self.messages[rule],
                    (replacement,) if replacement is not None else (),
                )
            )
        return tuple(found)

    def places(self, document: Document, end: int) -> Iterator[tuple[str, int, int, str | None]]:
        """Rule, start, end and replacement of everything that is not as agreed, links not yet considered."""
        folded = document.folded
        text = document.message.text
        if self.terms.never:
            for match in self.never.finditer(folded, 0, end):
                yield BANNED, match.start(), match.end(), None
        if self.terms.prefer:
            for match in self.prefer.finditer(folded, 0, end):
                new = self.instead[plain(match.group())]
                written = text[match.start() : match.end()]
                replacement = in_capitals_of(written, new)
                if written != replacement and not stands_around(folded, match.span(), plain(new)):
                    yield PREFERRED, match.start(), match.end(), replacement
        for name, expression in self.names:
            for match in expression.finditer(folded, 0, end):
                start = match.start()
                if misspelt(text[start : match.end()], name, document.sentence_at(start).start == start):
                    yield SPELLING, start, match.end(), name


def compiled(given: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    """Give an expression over folded text for whole terms, longest first."""
    forms = sorted({plain(text) for text in given}, key=lambda form: (-len(form), form))
    return re.compile(
        BEFORE + "(?:" + "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms) + ")" + AFTER
    )


def spelling(name: str) -> re.Pattern[str]:
    """Give an expression for a name in any capitals, with other spaces or hyphens or another "and"."""
    pieces: list[str] = []
    # "iPhone" may have been parted before its inner capital, "Tidewater & Fern" joined.
    for piece in re.findall(r"&|[^\W_]+?(?=[A-Z][a-z])|[^\W_]+|[^\w\s]|_", re.sub(r"\s+", " ", name)):
        pieces.append(r"(?:&|and\b)" if piece == "&" else re.escape(fold(piece)))
    return re.compile(BEFORE + r"[ \t-]?".join(pieces) + AFTER)


def misspelt(written: str, name: str, opens: bool) -> bool:
    """Whether a name stands there otherwise than it is written.

    Two ways out: a name like "iPhone" may have a capital where it ``opens`` a sentence, and ordinary words in
    small letters that would make a joined name like "OnTime" ("it arrives on time") are not that name.
    """
    if written.translate(STRAIGHT) == name.translate(STRAIGHT) or (
        opens and written == name[:1].upper() + name[1:]
    ):
        return False
    joined = " " not in name and "-" not in name
    parts = re.split("[ \t-]", written)
    return not (joined and len(parts) > 1 and written.islower() and min(map(len, parts)) > 1)


def in_capitals_of(written: str, new: str) -> str:
    """Give ``new``, with a capital first letter where the words it replaces have one."""
    if written[:1].isupper() and not new[:1].isupper():
        return new[:1].upper() + new[1:]
    return new


def stands_around(folded: str, span: tuple[int, int], new: str) -> bool:
    """Whether the preferred term stands there already and only contains the other: "Fern app" for "app"."""
    start, end = span
    size = len(new) + 8
    form = r"\s+".join(map(re.escape, new.split()))
    return len(new) > end - start and any(
        match.start() <= start and match.end() >= end
        for match in re.compile(form).finditer(folded, max(0, start - size), min(len(folded), end + size))
    )


def is_address(text: str) -> bool:
    """Whether a term is itself a link, an e-mail address or a handle."""
    return any(kind in ADDRESSES for kind in tokenise(text, fold(text)).kinds)


def places_of(document: Document) -> list[Span]:
    """Where the links, e-mail addresses and handles of a document stand."""
    tokens = document.tokens
    return [
        Span(start, end)
        for kind, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True)
        if kind in ADDRESSES
    ]


def inside(span: tuple[int, int], places: list[Span]) -> bool:
    """Whether a span touches one of the places."""
    return any(span[0] < place.end and place.start < span[1] for place in places)
