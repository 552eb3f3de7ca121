"""The recognisers, what a message must have before one is run, and their results put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from toneguard.analysers.privacy.addresses import find_addresses
from toneguard.analysers.privacy.addresses_abroad import find_abroad
from toneguard.analysers.privacy.banking import find_accounts, find_ibans
from toneguard.analysers.privacy.cards import find_cards
from toneguard.analysers.privacy.continued import Continued, continued, continues
from toneguard.analysers.privacy.credentials import find_passwords
from toneguard.analysers.privacy.dates import find_birth_dates
from toneguard.analysers.privacy.entity import Entity, resolve
from toneguard.analysers.privacy.identifiers import find_identifiers
from toneguard.analysers.privacy.mail import find_emails, find_spelled_emails
from toneguard.analysers.privacy.names import find_names
from toneguard.analysers.privacy.network import find_ips, find_url_secrets
from toneguard.analysers.privacy.one_time_codes import find_codes
from toneguard.analysers.privacy.phones import find_phones
from toneguard.analysers.privacy.trained import find_trained_names
from toneguard.analysers.privacy.view import MASKED, View
from toneguard.documents import Document
from toneguard.errors import SettingsError


class Recogniser(NamedTuple):
    """A finder of entities and what a message must have before it is run.

    ``digits``: so many digits; ``sign``: this literal; ``groups``: a cue word of one of these groups.
    """

    find: Callable[[View], Iterable[Entity]]
    digits: int = 0
    sign: str = ""
    groups: frozenset[str] = frozenset()


RECOGNISERS = (
    Recogniser(find_emails, sign="@"),
    Recogniser(find_spelled_emails, groups=frozenset({"number word"})),
    Recogniser(find_url_secrets, sign="."),
    Recogniser(find_passwords, groups=frozenset({"password", "pin", "key", "code", "wifi"})),
    Recogniser(find_ips, digits=1),
    Recogniser(find_cards, digits=3),
    Recogniser(find_ibans, digits=10),
    Recogniser(find_accounts, digits=5),
    Recogniser(find_identifiers, digits=5),
    Recogniser(find_phones, digits=7),
    Recogniser(find_codes, digits=2, groups=frozenset({"code", "entered"})),
    Recogniser(find_birth_dates, digits=3, groups=frozenset({"birth"})),
    Recogniser(find_addresses, digits=1, groups=frozenset({"street", "po box"})),
    Recogniser(find_abroad, digits=3),
)
MOST_DIGITS = max(recogniser.digits for recogniser in RECOGNISERS)
BY_DIGITS = tuple(
    tuple(recogniser for recogniser in RECOGNISERS if recogniser.digits <= count)
    for count in range(MOST_DIGITS + 1)
)
"""The recognisers that a message with so many digits has enough for."""


def entities(
    document: Document, *, order_numbers: Sequence[re.Pattern[str]] = (), trained: bool = False
) -> tuple[Entity, ...]:
    """Every piece of personal data in a message, in the order of the text, without overlaps.

    Quoted history is read too. What ``order_numbers`` match (in the folded text) is never personal data. ``trained``
    adds the names of the document's layer ``entities``.
    """
    view = View(document)
    found = formatted(view)
    if view.digits:
        found += [one.entity for one in continuations(document)]
    found += find_names(view, found)
    if trained:
        found += find_trained_names(document)
    if not found:
        return ()
    kept = resolve(found)
    if "<" in document.text:
        masks = [match.span() for match in MASKED.finditer(document.text)]
        kept = outside(kept, masks)
    if order_numbers:
        own = [match.span() for expression in order_numbers for match in expression.finditer(document.folded)]
        kept = outside(kept, own)
    return kept


def formatted(view: View) -> list[Entity]:
    """All but names, in the order of the recognisers; entities may overlap."""
    found: list[Entity] = []
    text, groups = view.text, view.groups
    for find, _, sign, cues in BY_DIGITS[min(view.digits, MOST_DIGITS)]:
        if sign in text and (not cues or not cues.isdisjoint(groups)):
            found += find(view)
    return found


def formatted_in(document: Document) -> list[Entity]:
    """All but names of a document, of overlapping ones the surest."""
    return list(resolve(formatted(View(document))))


def continuations(document: Document) -> tuple[Continued, ...]:
    """The numbers of which this message holds the last piece, with the places of the others."""
    return tuple(continued(document, formatted_in)) if continues(document) else ()


def outside(kept: tuple[Entity, ...], places: list[tuple[int, int]]) -> tuple[Entity, ...]:
    """The entities that touch none of the places."""
    taken = {offset for start, end in places for offset in range(start, end)}
    return tuple(entity for entity in kept if taken.isdisjoint(range(*entity.span))) if taken else kept


@lru_cache(maxsize=32)
def compiled(expressions: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The organisation's own number patterns; raises :class:`SettingsError` for one that is no expression."""
    patterns = []
    for expression in expressions:
        try:
            patterns.append(re.compile(expression, re.IGNORECASE))
        except re.error as problem:
            raise SettingsError(f"privacy: order_numbers: {expression!r}: {problem}") from None
    return tuple(patterns)
