"""What an agent does with personal data in a conversation: repeats it, tells it too soon, in public, or to another.

Each is a finding beside that of the datum itself, for the datum may stay where the conduct must change. All of it looks
back only: at what this customer wrote before, and at whether anything was asked to make sure who they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from toneguard.analysers.privacy.entity import LIKELY, PACK, POSSIBLE, Entity
from toneguard.analysers.privacy.name_reader import IN_GREETING, IN_SIGN_OFF, OF_ONESELF, ON_LAST_LINE
from toneguard.documents import Document, Kind
from toneguard.findings import Evidence, Finding, Span
from toneguard.messages import Channel, Role

REPEATS, UNANSWERED, PUBLIC, ANOTHERS, TOO_SOON = (
    PACK + rule
    for rule in (
        "repeats-personal-data",
        "oversharing-unanswered",
        "public-personal-data",
        "anothers-data",
        "discloses-before-verifying",
    )
)
CONDUCT = frozenset({REPEATS, UNANSWERED, PUBLIC, ANOTHERS, TOO_SOON})
"""The rules that this module raises."""

CONTACTS = frozenset(PACK + rule for rule in ("email-address", "phone-number", "street-address"))
ABOUT_A_PERSON = CONTACTS | {PACK + "date-of-birth"}
NAME = PACK + "person-name"
OF_THE_WRITER = frozenset({IN_SIGN_OFF, ON_LAST_LINE, OF_ONESELF, "after 'name is'"})
BUSINESS = frozenset(PACK + rule for rule in ("australian-business-number", "australian-company-number", "ip-address"))
ORDINARY = CONTACTS | BUSINESS | {NAME}
"""What may be repeated to its owner without harm: everything else opens an account or names a person to the state."""

REMOVED = "I have asked for it to be removed from our records."
NEVER_NEEDED: Mapping[str, str] = {
    PACK + rule: f"{said} {REMOVED}"
    for rule, said in (
        ("payment-card", "Please don't send card numbers in a message."),
        ("card-security-code", "Please don't send the security code of your card."),
        ("tax-file-number", "We don't need your tax file number."),
        ("password", "Please don't send passwords, and change that one."),
        ("medicare-number", "We don't need your Medicare number."),
        ("passport-number", "We don't need your passport number here."),
        ("driver-licence", "We don't need your licence number here."),
        ("centrelink-reference", "We don't need your Centrelink number."),
    )
}
"""What a customer need not have sent, and a sentence that answers it."""
ANSWERED = re.compile(
    r"\b(?:remov|delet|redact|mask|blank(?:ed)? (?:it )?out|hidden|hid |wip|eras|destroy"
    r"|taken? (?:it|that|them|your \w+) out"
    r"|no need to (?:send|share|give|include|post)|(?:don't|do not|never|avoid|without|rather not|best not to|stop)"
    r" (?:ever )?(?:send|shar|post|includ|giv|put|typ)|for your (?:own )?(?:security|safety|protection|privacy)"
    r"|not needed|(?:don't|do not|didn't) need|change (?:your|that|the) (?:password|pin|passcode)"
    r"|cancel (?:your|that|the) card)"
)
PUBLIC_NUMBER = frozenset(
    "order booking invoice account policy tracking membership customer reservation consignment".split()
)
"""Words before a number that ties a public answer to one customer."""
WORDS_BETWEEN, SHORTEST_NUMBER = 4, 4
YOURS = re.compile(
    r"\b(?:(?:your|you gave(?: us)?|you signed up with)(?: [\w'-]+){0,6}"
    r"|(?:on file|on record|records? shows?|records? say|system (?:has|shows)|we have|registered|listed)[^.!?\n]{0,40})"
    r"[\s:,(\"'-]{0,4}\Z"
)
OURS = re.compile(r"\b(?:call|ring|contact|reach|dial|phone number to|fax|toll.free|24/7|open)\b")
YOURS_REACH = 60
VERIFIED = re.compile(
    r"\b(?:verif|confirmed (?:your|who)|thanks? (?:you )?for confirming|security check|passed (?:our|the) check)"
)


Known = Sequence[tuple[Document, Entity]]
"""What the customer has written before: entities with the documents they stand in, oldest first."""
LOOK_BACK = 60
"""Messages that are looked back at: in a longer conversation nobody remembers more, and time stays linear."""


def conduct(document: Document, found: Sequence[Entity], whole: Sequence[Entity], known: Known) -> Iterator[Finding]:
    """Findings about an agent's message; ``found`` are its entities that count, ``whole`` all of them."""
    told = {(entity.rule, entity.value): place(earlier, entity) for earlier, entity in reversed(known)}
    kinds = {entity.rule for _, entity in known}
    for entity in found:
        before = told.get((entity.rule, entity.value))
        if before and entity.rule not in ORDINARY:
            yield finding(REPEATS, entity.span, entity.confidence, before)
        if not before and entity.rule in ABOUT_A_PERSON and document.before and is_yours(document, entity.span):
            if entity.rule in kinds:
                others = [place(earlier, other) for earlier, other in known if other.rule == entity.rule]
                yield finding(ANOTHERS, entity.span, POSSIBLE, others[-1])
            elif not is_identified(document, known):
                yield finding(TOO_SOON, entity.span, POSSIBLE)
    if whole and known:
        yield from named_otherwise(whole, known)
    if is_public(document):
        for span in (*(entity.span for entity in found if entity.rule != NAME), *order_numbers(document)):
            yield finding(PUBLIC, span, LIKELY)
    if known:
        yield from unanswered(document, known)


def is_identified(document: Document, known: Known) -> bool:
    """Whether anything written before tells who the customer is: a number of theirs, a datum, a check that was made."""
    if any(entity.rule in ABOUT_A_PERSON for _, entity in known):
        return True
    return any(
        Kind.IDENTIFIER in earlier.tokens.kinds
        if earlier.message.role is Role.CUSTOMER
        else VERIFIED.search(earlier.folded) is not None
        for earlier in document.before[-LOOK_BACK:]
    )


def finding(rule: str, span: Span | None, confidence: float, *evidence: Evidence, say: str = "") -> Finding:
    """A finding of one of these rules."""
    from toneguard.analysers.privacy import message

    return Finding(rule, span, message(rule), (say,) if say else (), confidence, tuple(evidence))


def place(document: Document, entity: Entity) -> Evidence:
    """Where an entity stands in an earlier message."""
    return Evidence(document.name, entity.span)


def is_yours(document: Document, span: Span) -> bool:
    """Whether the words before a place say that the datum is the customer's."""
    start = max(0, span.start - YOURS_REACH)
    theirs = YOURS.search(document.folded, start, span.start)
    return theirs is not None and not OURS.search(document.folded, start, span.start)


def named_otherwise(whole: Sequence[Entity], known: Known) -> Iterator[Finding]:
    """An agent greets somebody by another name than the only one that the customer goes by.

    Names that begin alike are taken for one person's: Kate is Katherine.
    """
    own = [
        (earlier, entity)
        for earlier, entity in known
        if entity.rule == NAME and not OF_THE_WRITER.isdisjoint(entity.because)
    ]
    if not own:
        return
    words = {word for _, entity in own for word in entity.value.lower().split()}
    initials = {word[0] for word in words}
    for entity in whole:
        if entity.rule == NAME and IN_GREETING in entity.because:
            greeted = entity.value.lower().split()
            if words.isdisjoint(greeted) and greeted[0][0] not in initials:
                yield finding(ANOTHERS, entity.span, POSSIBLE, place(*own[-1]))


def is_public(document: Document) -> bool:
    """Whether anybody can read the message."""
    public = document.message.public
    return public if public is not None else document.message.channel is Channel.REVIEW


def order_numbers(document: Document) -> Iterator[Span]:
    """Numbers of orders, bookings and accounts in what was written here."""
    tokens = document.tokens
    for index in range(document.own_tokens):
        size = tokens.ends[index] - tokens.starts[index]
        kind = tokens.kinds[index]
        if (kind == Kind.IDENTIFIER or (kind == Kind.NUMBER and size >= SHORTEST_NUMBER)) and not (
            PUBLIC_NUMBER.isdisjoint(tokens.terms[max(0, index - WORDS_BETWEEN) : index])
        ):
            yield Span(tokens.starts[index], tokens.ends[index])


def unanswered(document: Document, known: Known) -> Iterator[Finding]:
    """The customer just sent what nobody needed, and the reply says nothing of it."""
    if not any(entity.rule in NEVER_NEEDED for _, entity in known):
        return
    latest: set[int] = set()
    for earlier in reversed(document.before[-LOOK_BACK:]):
        if earlier.message.role is Role.AGENT:
            break
        latest.add(id(earlier))
    sent = [(earlier, entity) for earlier, entity in known if id(earlier) in latest and entity.rule in NEVER_NEEDED]
    if sent and not ANSWERED.search(document.folded, 0, document.own_end):
        earlier, entity = sent[0]
        yield finding(UNANSWERED, None, entity.confidence, place(earlier, entity), say=NEVER_NEEDED[entity.rule])
