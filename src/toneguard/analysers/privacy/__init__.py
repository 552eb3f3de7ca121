"""Privacy: personal data in messages, found offline, with the reason for every finding and never the data itself.

:mod:`recognise` holds one small recogniser per kind of data. Each runs only where a cheap look at the message (digits,
"@", a cue word) says that it may find something. Check digits alone never decide: see :mod:`cues`.
:mod:`redaction` masks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from toneguard.analysers.privacy.conduct import CONDUCT, LOOK_BACK, conduct, is_public
from toneguard.analysers.privacy.entity import RULES, Entity
from toneguard.analysers.privacy.judging import counts, signature_of
from toneguard.analysers.privacy.name_model import load_name_model
from toneguard.analysers.privacy.recognise import compiled, entities
from toneguard.analysers.privacy.redaction import Masker, Tokens, redact
from toneguard.documents import Document
from toneguard.errors import SettingsError
from toneguard.findings import Analysis, Evidence, Finding, Measure
from toneguard.messages import Role

__all__ = ["RULES", "Entity", "Masker", "Privacy", "entities", "make", "redact"]

# Members of an enumeration are slower to look up than names of a module.
AGENT, CUSTOMER = Role.AGENT, Role.CUSTOMER
Value = tuple[str, str]
"""Rule and normalised value of an entity."""
Read = dict[int, tuple[Entity, ...]]
OWN, SPACY = "own", "spacy"


class Privacy:
    """Raises a finding for every piece of personal data in what was written now (not in quoted history), and for what
    agents do with it: see :mod:`conduct`.

    ``order_numbers`` are expressions for the organisation's own order and case numbers, which are never personal data.
    ``names`` says who reads names: "own", or "spacy" for a trained pipeline too (layer ``entities``).
    """

    name = "privacy"
    version = "2"
    needs = frozenset({"tokens", "parts", "before"})
    measures: tuple[Measure, ...] = ()
    rules = RULES | CONDUCT

    def __init__(self, order_numbers: Sequence[str] = (), *, names: str = OWN) -> None:
        self.order_numbers = tuple(order_numbers)
        self.trained = names == SPACY
        if self.trained:
            self.needs = self.needs | {"entities"}
        self.weights: Mapping[str, str] = {"names": load_name_model().digest}

    def analyse(self, documents: Sequence[Document]) -> list[Analysis]:
        """Findings of each document; what an agent repeats carries the place where the customer wrote it."""
        read: Read = {}
        nothing = Analysis(self.name, self.version, (), ())
        return [
            Analysis(self.name, self.version, (), findings)
            if (findings := self._findings(document, read))
            else nothing
            for document in documents
        ]

    def _entities(self, document: Document, read: Read) -> tuple[Entity, ...]:
        """The document's entities; what was read before in this batch is not read again."""
        found = read.get(id(document))
        if found is None:
            found = read[id(document)] = entities(
                document, order_numbers=compiled(self.order_numbers), trained=self.trained
            )
        return found

    def _findings(self, document: Document, read: Read) -> tuple[Finding, ...]:
        seen = self._entities(document, read)
        agent = document.message.role is AGENT
        found: list[Entity] = []
        data: tuple[Finding, ...] = ()
        if seen:
            signature = signature_of(seen) if agent else None
            found = [entity for entity in seen if counts(document, entity, signature)]
            data = self._data(document, found, read) if found else ()
        if not agent:
            return data
        known: list[tuple[Document, Entity]] = []
        before = document.before
        for earlier in before if len(before) <= LOOK_BACK else before[-LOOK_BACK:]:
            if earlier.message.role is CUSTOMER and (theirs := self._entities(earlier, read)):
                known += [(earlier, entity) for entity in theirs]
        if not (found or known or is_public(document)):
            return data
        return (*data, *conduct(document, found, seen, known))

    def _data(self, document: Document, found: Sequence[Entity], read: Read) -> tuple[Finding, ...]:
        """A finding for each entity. What may stand for it is its mask, but in a draft nothing: a mask is no reply."""
        disclosed: dict[Value, tuple[Evidence, ...]] = {}
        drafted = document.message.role is AGENT
        if document.message.role is not CUSTOMER:
            disclosed = self._disclosed(document, {(entity.rule, entity.value) for entity in found}, read)
        tokens = Tokens()
        return tuple(
            Finding(
                rule=entity.rule,
                span=entity.span,
                message=message(entity.rule),
                replacements=() if drafted else (tokens.token(entity.rule, entity.value),),
                confidence=entity.confidence,
                evidence=disclosed.get((entity.rule, entity.value), ()),
            )
            for entity in found
        )

    def _disclosed(
        self, document: Document, wanted: set[Value], read: Read
    ) -> dict[Value, tuple[Evidence, ...]]:
        """Where the customer first wrote each of these values, if an earlier message of theirs holds it."""
        places: dict[Value, tuple[Evidence, ...]] = {}
        for earlier in document.before:
            if earlier.message.role is CUSTOMER:
                for entity in self._entities(earlier, read):
                    value = (entity.rule, entity.value)
                    if value in wanted and value not in places:
                        places[value] = (Evidence(earlier.name, entity.span),)
                wanted -= places.keys()
                if not wanted:
                    break
        return places


@lru_cache(maxsize=64)
def message(rule: str) -> str:
    """What the rule's file says to the writer."""
    from toneguard.rules.load import PACKS, read_rule

    return read_rule(PACKS / f"{rule}.toml", rule).message


def make(options: Mapping[str, Any]) -> Privacy:
    """The analyser from a standard's options.

    ``order_numbers`` are expressions for own order and case numbers, ``names`` is "own" or "spacy".
    """
    unknown = sorted(set(options) - {"order_numbers", "names"})
    if unknown:
        raise SettingsError(f"privacy has no option {unknown[0]!r}; allowed: names, order_numbers")
    names = options.get("names", OWN)
    if names not in (OWN, SPACY):
        raise SettingsError(f"privacy: names: {names!r:.60} is not one of {OWN}, {SPACY}")
    given = options.get("order_numbers", ())
    if isinstance(given, str) or not all(isinstance(expression, str) for expression in given):
        raise SettingsError("privacy: order_numbers: expected a list of texts")
    compiled(tuple(given))
    return Privacy(tuple(given), names=names)
