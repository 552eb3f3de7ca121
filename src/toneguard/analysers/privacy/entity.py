"""What a recogniser finds: an entity, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from toneguard.findings import Span

PACK = "privacy/"


class Kind(NamedTuple):
    """One kind of personal data: the rule's last step and the word in its redaction tokens."""

    rule: str
    token: str


KINDS = (
    Kind("email-address", "EMAIL"),
    Kind("phone-number", "PHONE"),
    Kind("payment-card", "CARD"),
    Kind("card-security-code", "CVV"),
    Kind("card-expiry", "EXPIRY"),
    Kind("iban", "IBAN"),
    Kind("bank-account", "ACCOUNT"),
    Kind("tax-file-number", "TFN"),
    Kind("australian-business-number", "ABN"),
    Kind("australian-company-number", "ACN"),
    Kind("medicare-number", "MEDICARE"),
    Kind("driver-licence", "LICENCE"),
    Kind("passport-number", "PASSPORT"),
    Kind("centrelink-reference", "CRN"),
    Kind("us-social-security-number", "SSN"),
    Kind("uk-national-insurance-number", "NINO"),
    Kind("nhs-number", "NHS"),
    Kind("nz-ird-number", "IRD"),
    Kind("ip-address", "IP"),
    Kind("secret-in-url", "SECRET"),
    Kind("password", "PASSWORD"),
    Kind("one-time-code", "CODE"),
    Kind("date-of-birth", "BIRTHDATE"),
    Kind("street-address", "ADDRESS"),
    Kind("person-name", "PERSON"),
)
TOKENS = {PACK + kind.rule: kind.token for kind in KINDS}
"""The word in a redaction token, by rule: ``<CARD-1>``."""

RULES = frozenset(TOKENS)

# How sure a recogniser may be. Only the order matters to the code; people read the number beside its reasons.
CERTAIN = 0.95  # format, check digit and context
STRONG = 0.85  # format and a label right before it, or a check digit and a distinctive format
LIKELY = 0.7  # format and a word nearby
POSSIBLE = 0.55  # format alone, or a weak cue


@dataclass(frozen=True, slots=True)
class Entity:
    """A place that holds personal data.

    ``value`` is normalised, so that two ways of writing the same number are equal; it is never shown in a ``repr``.
    ``because`` says what the confidence rests on and quotes nothing but our own cue words.
    """

    rule: str
    span: Span
    value: str = field(repr=False)
    confidence: float
    because: tuple[str, ...]


def resolve(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities without overlaps, in the order of the text: the surer one stays, then the longer, then the first."""
    kept: list[Entity] = []
    taken: set[int] = set()
    ranked = sorted(entities, key=lambda e: (-e.confidence, e.span.start - e.span.end, e.span.start, e.rule))
    for entity in ranked:
        places = range(entity.span.start, entity.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(entity)
    return tuple(sorted(kept, key=lambda e: e.span))
