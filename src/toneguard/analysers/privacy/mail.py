"""E-mail addresses, plain (a subset of RFC 5321/5322 that people use) and spelled out ("sam dot lee at example dot com")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w+%-](?:[\w.+%'-]{0,62}[\w+%-])?@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,50})(?![\w@-]|\.[^\W\d_]{2})"
)
# "https://sam:secret@host": user name and password of a link, not an address.
IN_LINK = re.compile(r"://[^\s/@]{0,64}\Z")
TOP_DOMAINS = "com|net|org|edu|gov|info|biz|io|co|au|nz|uk|us|ca|ie|de|fr|in|me|app|test|example|invalid"
# Every piece is a word; the domain must end in "dot" and a known top domain, so "meet me at noon" is nothing.
WORD = r"[a-z0-9][\w+-]{0,40}"
SPELLED = re.compile(
    rf"(?<![\w.@])(?P<local>{WORD}(?:(?:\.|\s{{1,2}}(?:dot|underscore|dash|hyphen)\s{{1,2}}){WORD}){{0,4}})"
    rf"\s{{0,2}}(?P<at>[\[({{<]\s?(?:at|@)\s?[\])}}>]|\sat\s|\s@\s|\s@|@\s)\s{{0,2}}"
    rf"(?P<domain>{WORD}(?:\s{{0,2}}(?P<dot>[\[({{]\s?(?:dot|\.)\s?[\])}}]|\sdot\s|\.|\s\.\s)\s{{0,2}}{WORD}){{1,4}})(?![\w@])"
)
AT = re.compile(r"[\[({<]\s?(?:at|@)|\sat\s|\s@|@\s")
DOT = re.compile(r"\s*[\[({]?\s?(?:\bdot\b|\.)\s?[\])}]?\s*")
SIGNS = {"underscore": "_", "dash": "-", "hyphen": "-"}
# "us at example.com": no mailbox has these names.
NOBODY = frozenset(
    "me us you him her them it look order buy found shop online order is are was were be back out available up only live here there"
    " visit website site someone anyone staff team people that this one stuff store stores over price work works working arrived".split()
)
# A mailbox of a function, not of a person.
ROLE = re.compile(
    r"(?:support|help|helpdesk|info|sales|contact|admin|enquiries|enquiry|inquiries|hello|hi|orders?|returns|refunds?|accounts?|billing|privacy"
    r"|feedback|customer\.?(?:service|care|support|relations)|service|services|care|complaints?|team|office|noreply|no-reply|donotreply"
    r"|warranty|claims|bookings?|reservations|media|press|careers|jobs|legal|security|abuse|postmaster|webmaster)(?:[.+_-]\w{1,20})?@"
)
BEFORE = 70


def find_emails(view: View) -> Iterator[Entity]:
    """Addresses as mail programs read them."""
    text = view.text
    seen = 0
    at = text.find("@", 1)
    while at >= 0:
        if text[at - 1].isalnum() or text[at - 1] in "_+%-":
            match = EMAIL.search(text, max(seen, at - 65), min(len(text), at + 400))
            if match and match.start() < at < match.end() and not IN_LINK.search(text, max(0, at - 80), match.start()):
                value = match.group().strip("'")
                start = match.start() + match.group().index(value)
                seen = match.end()
                role = "mailbox of a function" if ROLE.match(value) else ""
                confidence = STRONG if role else CERTAIN
                yield view.entity("email-address", start, start + len(value), value, confidence, "format", role)
        at = text.find("@", max(at + 1, seen))


def find_spelled_emails(view: View) -> Iterator[Entity]:
    """Addresses with "at" or "dot" in letters or brackets, less surely."""
    seen = 0
    for at in AT.finditer(view.text):
        if at.start() < seen:
            continue
        begin = max(seen, at.start() - BEFORE)
        for match in SPELLED.finditer(view.text, begin, at.end() + BEFORE):
            if not match.start("at") <= at.start() + 1 <= match.end("at") + 1:
                continue
            entity = spelled(view, match)
            if entity:
                yield entity
                seen = match.end()
            break


def spelled(view: View, match: re.Match[str]) -> Entity | None:
    """The entity of a spelled address, or None where it reads as ordinary words."""
    plain_at = match["at"].strip() == "at"
    spelled_dot = "dot" in match["domain"] or re.search(r"[\[({]\s?\.", match["domain"]) is not None
    domain = DOT.sub(".", match["domain"])
    labels = domain.split(".")
    while len(labels) > 1 and not re.fullmatch(TOP_DOMAINS, labels[-1]):
        labels.pop()
    if len(labels) < 2:
        return None
    domain = ".".join(labels)
    end = domain_end(match, labels)
    local, start = match["local"], match.start()
    # "my email is sam dot lee at ...": only the last word before "at" and what "dot" ties to it.
    local = re.sub(r"\s+(dot|underscore|dash|hyphen)\s+", lambda m: SIGNS.get(m.group(1), "."), local)
    named = view.near("email", start, end, 60, 0)
    if local in NOBODY or (plain_at and not spelled_dot and not named):
        return None
    if plain_at and not spelled_dot and not (named and re.search(r"[\d._]", local)):
        return None
    reason = "context 'email' nearby" if named else ""
    return view.entity("email-address", start, end, f"{local}@{domain}", LIKELY if named or not plain_at else POSSIBLE, "spelled out", reason)


def domain_end(match: re.Match[str], labels: list[str]) -> int:
    """Where the last label of the domain stands in the text."""
    position = match.start("domain")
    for label in labels:
        position = match.string.index(label, position) + len(label)
    return position
