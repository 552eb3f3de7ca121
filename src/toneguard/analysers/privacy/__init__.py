"""Privacy: personal data in messages, found offline, with the reason for every finding and never the data itself.

One small recogniser per kind of data (:data:`RECOGNISERS`). Each runs only where a cheap look at the message (digits,
"@", a cue word) says that it may find something. Check digits alone never decide: see :mod:`cues`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from toneguard.analysers.privacy.addresses import find_addresses
from toneguard.analysers.privacy.banking import find_accounts, find_ibans
from toneguard.analysers.privacy.cards import find_cards
from toneguard.analysers.privacy.credentials import find_codes, find_passwords
from toneguard.analysers.privacy.dates import find_birth_dates
from toneguard.analysers.privacy.entity import RULES, TOKENS, Entity, resolve
from toneguard.analysers.privacy.identifiers import find_identifiers
from toneguard.analysers.privacy.judging import counts
from toneguard.analysers.privacy.mail import find_emails, find_spelled_emails
from toneguard.analysers.privacy.names import find_names
from toneguard.analysers.privacy.network import find_ips, find_url_secrets
from toneguard.analysers.privacy.phones import find_phones
from toneguard.analysers.privacy.view import MASKED, View
from toneguard.documents import Document
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Evidence, Finding, Measure
from toneguard.messages import Role

__all__ = ["RULES", "Entity", "Privacy", "entities", "make"]


class Recogniser(NamedTuple):
    """A finder of entities and what a message must have before it is run.

    ``digits``: so many digits; ``text``: this literal; ``groups``: a cue word of one of these groups.
    """

    find: Callable[[View], Iterable[Entity]]
    digits: int = 0
    text: str = ""
    groups: frozenset[str] = frozenset()


RECOGNISERS = (
    Recogniser(find_emails, text="@"),
    Recogniser(find_spelled_emails, groups=frozenset({"number word"})),
    Recogniser(find_url_secrets, text="://"),
    Recogniser(find_passwords, groups=frozenset({"password", "pin", "key"})),
)
WITH_DIGITS = (
    Recogniser(find_ips, digits=1),
    Recogniser(find_cards, digits=3),
    Recogniser(find_ibans, digits=10),
    Recogniser(find_accounts, digits=5),
    Recogniser(find_identifiers, digits=5),
    Recogniser(find_phones, digits=7),
    Recogniser(find_codes, digits=4, groups=frozenset({"code"})),
    Recogniser(find_birth_dates, digits=3, groups=frozenset({"birth"})),
    Recogniser(find_addresses, digits=1, groups=frozenset({"street", "po box", "address", "apartment"})),
)


def entities(document: Document, *, order_numbers: Sequence[re.Pattern[str]] = ()) -> tuple[Entity, ...]:
    """Every piece of personal data in a message, in the order of the text, without overlaps.

    Quoted history is read too. What ``order_numbers`` match (in the folded text) is never personal data.
    """
    view = View(document)
    found: list[Entity] = []
    for recognisers in (RECOGNISERS, WITH_DIGITS) if view.digits else (RECOGNISERS,):
        for find, digits, text, groups in recognisers:
            if view.digits < digits or (text and text not in view.text) or (groups and groups.isdisjoint(view.groups)):
                continue
            found.extend(find(view))
    found.extend(find_names(view, found))
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


def outside(kept: tuple[Entity, ...], places: list[tuple[int, int]]) -> tuple[Entity, ...]:
    """The entities that touch none of the places."""
    taken = {offset for start, end in places for offset in range(start, end)}
    return tuple(entity for entity in kept if taken.isdisjoint(range(*entity.span))) if taken else kept


class Privacy:
    """Raises a finding for every piece of personal data in what was written now (not in quoted history).

    ``order_numbers`` are expressions for the organisation's own order and case numbers, which are never personal data.
    """

    name = "privacy"
    version = "1"
    needs = frozenset({"tokens", "sentences", "parts", "before"})
    measures: tuple[Measure, ...] = ()
    rules = RULES

    def __init__(self, order_numbers: Sequence[str] = ()) -> None:
        self.order_numbers = tuple(order_numbers)
        self.weights: Mapping[str, str] = {}

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Findings of each document; what an agent repeats carries the place where the customer wrote it."""
        read: dict[int, tuple[Entity, ...]] = {}
        return [Analysis(self.name, self.version, (), self._findings(document, read)) for document in documents]

    def _entities(self, document: Document, read: dict[int, tuple[Entity, ...]]) -> tuple[Entity, ...]:
        key = id(document)
        if key not in read:
            read[key] = entities(document, order_numbers=compiled(self.order_numbers))
        return read[key]

    def _findings(self, document: Document, read: dict[int, tuple[Entity, ...]]) -> tuple[Finding, ...]:
        seen = self._entities(document, read)
        found = [entity for entity in seen if counts(document, entity, seen)]
        if not found:
            return ()
        tokens: dict[tuple[str, str], str] = {}
        numbers: dict[str, int] = {}
        findings = []
        for entity in found:
            key = (entity.rule, entity.value)
            if key not in tokens:
                numbers[entity.rule] = numbers.get(entity.rule, 0) + 1
                tokens[key] = f"<{TOKENS[entity.rule]}-{numbers[entity.rule]}>"
            evidence = self._disclosed(document, entity, read)
            findings.append(Finding(entity.rule, entity.span, message(entity.rule), (tokens[key],), entity.confidence, evidence))
        return tuple(findings)

    def _disclosed(self, document: Document, entity: Entity, read: dict[int, tuple[Entity, ...]]) -> tuple[Evidence, ...]:
        """The place where the customer first wrote the same, if an earlier message of theirs holds it."""
        for earlier in document.before:
            if earlier.message.role is Role.CUSTOMER:
                for other in self._entities(earlier, read):
                    if other.value == entity.value and other.rule == entity.rule:
                        return (Evidence(earlier.name, other.span),)
        return ()


@lru_cache(maxsize=64)
def message(rule: str) -> str:
    """What the rule's file says to the writer."""
    from toneguard.rules.load import PACKS, read_rule

    return read_rule(PACKS / f"{rule}.toml", rule).message


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


def make(options: Mapping[str, Any]) -> Privacy:
    """The analyser from a standard's options: ``order_numbers``, a list of expressions for own order and case numbers."""
    unknown = sorted(set(options) - {"order_numbers"})
    if unknown:
        raise SettingsError(f"privacy has no option {unknown[0]!r}; allowed: order_numbers")
    given = options.get("order_numbers", ())
    if isinstance(given, str) or not all(isinstance(expression, str) for expression in given):
        raise SettingsError("privacy: order_numbers: expected a list of texts")
    compiled(tuple(given))
    return Privacy(tuple(given))
