"""Which entities of a message are worth a finding. Masking does not ask: it hides them all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toneguard.analysers.privacy.addresses import OWN_PLACE
from toneguard.analysers.privacy.entity import PACK, Entity
from toneguard.analysers.privacy.mail import ROLE
from toneguard.analysers.privacy.name_reader import (
    AS_LAST_SENTENCE,
    BEFORE_HERE,
    CALLED_BY_NAME,
    IN_GREETING,
    IN_SIGN_OFF,
    OF_ONESELF,
    ON_LAST_LINE,
)
from toneguard.documents import Document, PartKind
from toneguard.findings import Span
from toneguard.messages import Role

NAME, EMAIL, PHONE, ADDRESS = (
    PACK + rule for rule in ("person-name", "email-address", "phone-number", "street-address")
)
CONTACTS = frozenset({EMAIL, PHONE, ADDRESS})

# Names by which writer and reader call themselves and each other: a letter is not written without them.
BETWEEN_TWO = frozenset(
    {IN_GREETING, IN_SIGN_OFF, ON_LAST_LINE, AS_LAST_SENTENCE, CALLED_BY_NAME, OF_ONESELF, BEFORE_HERE}
)
# "Call us on", "our Geelong store is at", "my own line is": the organisation's contacts, not the customer's.
OWN = re.compile(
    r"\b(?:call|ring|phone|text|reach|contact|e-?mail|message|whatsapp|visit|find|fax|tell|write to|speak to"
    r"|talk to|get hold of|sms"
    r"|(?:post|send|bring|return|drop|ship|take|address) (?:it|them|that|this|the \w{1,20}) (?:back )?to)"
    r"(?: \w{1,20}){0,2}? (?:us|me|our|the team|support|reception|head office)\b(?P<gap>[^.!?\n]{0,60})\Z"
    r"|\b(?:our|my (?:own |direct |desk |work )*(?:line|number|desk|mobile|phone|e-?mail|inbox|office)|we're"
    r"|we are|i'm on"
    r"|(?:drop-off|collection|pick-?up) point|head office|returns? (?:address|centre|department)"
    r"|direct line)\b(?P<rest>[^.!?\n]{0,60})\Z"
)
CUSTOMERS = re.compile(
    r"\b(?:if|you|your|yours|his|her|hers|their|theirs|him|them|customer'?s?|records?|file|system|shows?|have"
    r"|has|got)\b"
)
OWN_REACH = 110


def counts(document: Document, entity: Entity, signature: Span | None) -> bool:
    """Whether an entity is a finding: written now, and by an agent not as greeting, signature or own contact.

    ``signature`` is what :func:`signature_of` gives for the message.
    """
    if entity.span.start >= document.own_end:
        return False
    if document.message.role is not Role.AGENT:
        return True
    if entity.rule == NAME:
        part = document.part_at(entity.span.start)
        return part not in (PartKind.GREETING, PartKind.SIGN_OFF) and BETWEEN_TWO.isdisjoint(entity.because)
    return entity.rule not in CONTACTS or not is_own(document, entity, signature)


def is_own(document: Document, entity: Entity, signature: Span | None) -> bool:
    """Whether an agent gives the organisation's contact: a team's mailbox, "call us on ...", a signature."""
    if (entity.rule == EMAIL and ROLE.match(entity.value)) or OWN_PLACE in entity.because:
        return True
    start = entity.span.start
    if document.part_at(start) is PartKind.SIGN_OFF or is_below(document, signature, start):
        return True
    match = OWN.search(document.folded, max(0, start - OWN_REACH), start)
    return match is not None and not CUSTOMERS.search(match["gap"] or match["rest"] or "")


def signature_of(found: Sequence[Entity]) -> Span | None:
    """The writer's name alone on a last line, if it stands there; asked once a message, not for each entity."""
    return next((entity.span for entity in found if entity.rule == NAME and ON_LAST_LINE in entity.because), None)


def is_below(document: Document, signature: Span | None, start: int) -> bool:
    """Whether a contact stands under the writer's name at the end of the message."""
    if signature is None or not signature.end <= start < signature.end + OWN_REACH:
        return False
    return "\n" in document.text[signature.end : start]
