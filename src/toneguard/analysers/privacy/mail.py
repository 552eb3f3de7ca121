"""E-mail addresses: plain (the subset of RFC 5321/5322 that people use) and spelled ("sam dot lee at example dot com").

Both are found from the "@" or "at": the domain behind it must fit before anybody looks for the mailbox in front, so a
text full of either costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

# As with AT below, the literal is read first: that lets the search skip to it.
SIGN = re.compile(r"@(?<=[\w+%-]@)")
MAILBOX = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{0,63}[\w+%-]\Z")
DOMAIN = re.compile(
    r"@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,50})(?![\w@-]|\.[^\W\d_]{2})"
)
# "https://sam:secret@host": user name and password of a link, not an address.
IN_LINK = re.compile(r"://[^\s/@]{0,64}\Z")
# A mailbox of a function, not of a person.
ROLE = re.compile(
    r"(?:support|help|helpdesk|info|sales|contact|admin|enquiries|enquiry|inquiries|hello|hi|orders?|returns"
    r"|refunds?|accounts?"
    r"|billing|privacy|feedback|customer\.?(?:service|care|support|relations)|services?|care|complaints?|team"
    r"|office|noreply"
    r"|no-reply|donotreply|warranty|claims|bookings?|reservations|media|press|careers|jobs|legal|security"
    r"|abuse|postmaster"
    r"|webmaster)(?:[.+_-]\w{1,20})?@"
)

# Spelled: every piece is a word, and the domain must end in a known top domain, so "meet me at noon" is nothing.
AT = re.compile(r"[\[({<\s@](?:(?<=[\[({<])\s?(?:at|@)\s?[\])}>]|(?<=\s)(?:at\s|@\s?)|(?<=@)\s)")
WORD = r"[a-z0-9][\w+-]{0,40}"
SPELLED_DOMAIN = re.compile(
    rf"\s{{0,2}}{WORD}(?:\s{{0,2}}(?:[\[({{]\s?(?:dot|\.)\s?[\])}}]|\sdot\s|\."
    rf"|\s\.\s)\s{{0,2}}{WORD}){{1,4}}(?![\w@])"
)
SPELLED_MAILBOX = re.compile(
    rf"(?<![\w.@])(?:(?P<lead>{WORD})(?P<joint>\.|\s{{1,2}}(?:dot|underscore|dash"
    rf"|hyphen)\s{{1,2}})){{0,4}}{WORD}\s{{0,2}}\Z"
)
JOINT = re.compile(r"\s+(dot|underscore|dash|hyphen)\s+")
DOT = re.compile(r"\s*[\[({]?\s?(?:\bdot\b|\.)\s?[\])}]?\s*")
SIGNS = {"underscore": "_", "dash": "-", "hyphen": "-"}
TOP_DOMAINS = frozenset(
    "com net org edu gov info biz io co au nz uk us ca ie de fr in me app test example invalid".split()
)
# "us at example.com": no mailbox has these names.
NOBODY = frozenset(
    "me us you him her them it look order buy found shop online is are was were be back out available up only"
    " live here"
    " there visit website site someone anyone staff team people that this one stuff store stores over price"
    " work works"
    " working arrived".split()
)
BEFORE = 100
NEW_SENTENCE = re.compile(r"\.\s+[A-Z]")
SIGNED = re.compile(r"[\d._]")


def find_emails(view: View) -> Iterator[Entity]:
    """Addresses as mail programs read them."""
    text = view.text
    seen = 0
    for sign in SIGN.finditer(text):
        at = sign.start()
        domain = DOMAIN.match(text, at) if at >= seen else None
        mailbox = MAILBOX.search(text, max(seen, at - 64), at) if domain else None
        if domain and mailbox and not IN_LINK.search(text, max(0, at - 80), mailbox.start()):
            written = mailbox.group()
            start, seen = at - len(written.lstrip(".'")), domain.end()
            role = "mailbox of a function" if ROLE.match(text, start) else ""
            yield view.entity(
                "email-address", start, seen, text[start:seen], STRONG if role else CERTAIN, "format", role
            )


def find_spelled_emails(view: View) -> Iterator[Entity]:
    """Addresses with "at" or "dot" in letters or brackets, less surely."""
    text = view.text
    seen = 0
    for at in AT.finditer(text):
        domain = SPELLED_DOMAIN.match(text, at.end()) if at.start() >= seen else None
        mailbox = SPELLED_MAILBOX.search(text, max(seen, at.start() - BEFORE), at.start()) if domain else None
        if not domain or not mailbox:
            continue
        labels, end = top_down(domain)
        start = mailbox.start()
        local = JOINT.sub(lambda joint: SIGNS.get(joint.group(1), "."), mailbox.group().strip())
        plain_at = at.group().strip() == "at"
        written = text[domain.start() : end]
        spelled_dot = "." not in written or "(" in written or "[" in written
        named = view.near("email", start, end, 60, 0)
        if (
            not labels
            or NEW_SENTENCE.search(view.cased, domain.start(), end)
            or local in NOBODY
            or (plain_at and not spelled_dot and not (named and SIGNED.search(local)))
        ):
            continue
        seen = end
        confidence = LIKELY if named or not plain_at else POSSIBLE
        reason = "context 'email' nearby" if named else ""
        yield view.entity(
            "email-address", start, end, f"{local}@{'.'.join(labels)}", confidence, "spelled out", reason
        )


def top_down(domain: re.Match[str]) -> tuple[list[str], int]:
    """The labels of a spelled domain up to its last known top domain (none without one), and their end."""
    labels = DOT.sub(".", domain.group().strip()).split(".")
    while labels and labels[-1] not in TOP_DOMAINS:
        labels.pop()
    position = domain.start()
    for label in labels:
        position = domain.string.index(label, position) + len(label)
    return (labels, position) if len(labels) > 1 else ([], position)
