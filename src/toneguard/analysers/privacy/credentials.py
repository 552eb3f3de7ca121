"""Passwords, PINs, keys and the codes of doors: known only by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

JOIN = (
    r"(?:\s{0,3}(?P<sign>[:=]|->)\s{0,3}|\s{1,3}(?:for [\w .'-]{1,30}? )?"
    r"(?P<verb>is now|is still|is just|is|was|are|to|as)\s{1,3}(?::\s?)?|'s\s{1,3}|\s{1,3}(?=[\"'])"
    r"|\s(?:[^\n:.!?]{1,40}:\s{0,2}|(?:you|we|i|they) (?:sent|emailed|texted|gave|set)(?: me| you)?,? )?"
    r"(?=[^\s\d]*\d)(?=[\w@$%&*!#-]{8,})(?=\w*[^\w\s]))"  # letters, digits and a sign: no word
)
PASSWORD = re.compile(
    r"(?<![\w/.-])(?:password|passcode|passphrase|pass phrase|pwd|passwd|pass word|pw|api[ _-]?key"
    r"|secret(?: key)?|login pass|pass(?=\s?[:=]))s?(?: number| code)?\)?" + JOIN + r"(?P<value>[\"']?[^\s<>]{3,64})"
)
# "Forgot my password. The old one was ...", "I've set ... as a temporary one".
ANOTHER = re.compile(
    r"\b(?:old|new|current|last|previous|first|temporary|temp|other) (?:one|password) (?:is|was)(?: now| just)? [\"']?"
    r"(?P<after>[^\s<>]{4,64})"
    r"|\b(?:set|reset it to|changed it to|used|use|tried|typed|entered|enter) [\"']?(?P<before>[^\s<>\"']{4,64})[\"']?"
    r" (?:as|for) (?:a|an|the|your|my|our) (?:(?:new|old|temporary|temp|own) )?(?:one|password|passphrase|login)\b"
)
# Words that follow "password is" in ordinary sentences, and cannot be one.
ORDINARY = frozenset(
    """
    not wrong incorrect invalid correct right expired reset resets changed change required needed the a an my
    your our his her their now still being case in on at to too so very weak strong secure secured safe blank
    empty missing hidden saved stored sent shown shown. available ready fine ok okay valid working broken
    locked disabled different same going asked asking rejected accepted forgotten lost stolen compromised
    unknown something anything nothing whatever what that this it kept protected encrypted emailed texted
    generated always never only also just about for from with without and or but please both all none no yes
    there here where when why how who which if because updated created set setup coming supposed meant used
    unique personal private confidential temporary permanent new old long short least yours mine ours theirs
    done n/a na tbc tba xxx xxxx xxxxx **** ***** ****** ******* ********
    """.split()
)
PIN = re.compile(
    r"(?<![\w/.-])(?:(?:atm|card|my|your|his|her|account|the|new|old) ){0,3}(?P<pin>p\.?i\.?n)\.?(?: number| no\.?"
    r"| code)?"
    r"(?P<joint>\s{0,2}[:=]\s{0,2}|\s{1,2}(?:is|was|to|(?:has |had |have )?been (?:re)?set to|reset to)\s{1,2}"
    r"|(?P<purpose> for [^.!?\n\d]{2,40}? (?:is|was) )|\s)"
    r"(?P<value>\d{4,8}[#*]?)(?![\w/]|[.-]\d)"
)
# "Gate code for delivery 2580*", "storage code you gave me, 99*1706": a code that opens a door.
DOOR = re.compile(
    r"\b(?:gate|door|alarm|storage|locker|garage|entry|building|keypad|lockbox|key safe|key box|safe) (?:code|pin)\b"
    r"(?:[:, ]|\b(?:is|was|for|the|you|we|gave|me|us|delivery|deliveries|entry)\b){1,14}"
    r"(?P<value>(?=[#*]?\d)[\d#*]{3,10})(?![\w/%]|[.-]\d)"
)
# "The password I was given over the phone (Magpie!2204)", "blue-heron-41 for the guest wifi".
IN_BRACKETS = re.compile(r"\b(?:password|passcode|passphrase)[^.!?\n()]{1,50}\((?P<value>[^\s()]{5,40})\)")
WIFI = re.compile(r"(?<!\S)(?P<value>[\w!@#$%&*-]{6,40}) (?:for|is) the (?:[\w-]{1,12} )?wi-?fi\b")
DOOR_ASKED = re.compile(
    r"\b(?:gate|door|alarm|storage|garage|entry|building|keypad|lockbox|key safe|key box) (?:code|pin)\b[^.!\n]*\?"
)
ANSWER = re.compile(
    r"(?:(?:yes|sure|ok|it's|it is|the code is|that's)[, ]{1,2}){0,2}(?P<value>(?=[#*]?\d)[\d#*]{3,10})[.! ]*\Z"
)
OWNED = re.compile(
    r"(?:(?:the )?(?:atm|card|account)|my|your|his|her)\b|.*(?:number|code)"
    r"|.* for [\w ]{0,20}(?:alarm|door|gate|garage|card|account|phone|login|app|locker|safe)"
)
KEY = re.compile(
    r"(?<![\w-])(?:[srp]k_(?:live|test)_[a-z0-9]{10,99}|akia[0-9a-z]{16}|gh[pousr]_[a-z0-9]{30,99}"
    r"|github_pat_\w{30,99}|glpat-[\w-]{15,60}|xox[abp]-[\w-]{10,99}"
    r"|aiza[\w-]{30,60}|eyj[\w-]{10,400}\.[\w-]{10,800}\.[\w-]{10,400})"
)


def find_passwords(view: View) -> Iterator[Entity]:
    """What follows "password is" or "PIN:", if it looks like one, and keys that name themselves."""
    text = view.text
    if "password" in view.groups:
        for match in PASSWORD.finditer(text):
            entity = password(view, match)
            if entity:
                yield entity
        for match in (*ANOTHER.finditer(text), *IN_BRACKETS.finditer(text)):
            start, end = match.span(match.lastgroup or 0)
            bare = view.cased[start:end].rstrip("\"').,;:?!…")
            if any(map(str.isdigit, bare)) and any(map(str.isalpha, bare)) and not view.in_url(start):
                reasons = ("a password is spoken of", "letters and digits mixed")
                yield view.entity("password", start, start + len(bare), bare, LIKELY, *reasons)
    if "pin" in view.groups:
        for match in PIN.finditer(text):
            start, end = match.span("value")
            if (
                (match["joint"].isspace() or match["purpose"])
                and not OWNED.match(match.group())
                and not view.cased.startswith("PIN", match.start("pin"))
            ):
                continue  # "the drill pin 4821 broke"
            yield view.entity("password", start, end, match["value"], STRONG, "labelled 'pin'")
    if "code" in view.groups and view.digits > 2:
        for match in DOOR.finditer(text):
            yield view.entity("password", *match.span("value"), match["value"], STRONG, "code of a door")
        answer = ANSWER.match(text) if view.sole and asked_door(view) else None
        if answer:
            reason = "the code of a door was asked for just before"
            yield view.entity("password", *answer.span("value"), answer["value"], LIKELY, reason)
    if "wifi" in view.groups:
        for match in WIFI.finditer(text):
            if any(map(str.isdigit, match["value"])) and any(map(str.isalpha, match["value"])):
                value = view.cased[slice(*match.span("value"))]
                yield view.entity("password", *match.span("value"), value, LIKELY, "named as a wifi's password")
    if "key" in view.groups:
        for match in KEY.finditer(text):
            yield view.entity(
                "password",
                *match.span(),
                view.cased[match.start() : match.end()],
                CERTAIN,
                "format of a secret key",
            )


def asked_door(view: View) -> bool:
    """Whether the other side's last message asked for the code of a door."""
    before = view.document.before
    if not before or before[-1].message.role is view.document.message.role:
        return False
    return DOOR_ASKED.search(before[-1].folded, 0, before[-1].own_end) is not None


def password(view: View, match: re.Match[str]) -> Entity | None:
    """The entity of a password, or None where the sentence goes on as sentences do."""
    start, end = match.span("value")
    value = view.cased[start:end]
    quoted = value[0] in "\"'"
    bare = value.strip("\"'(").rstrip("\"').,;:?…")
    if bare[:-1].isalpha():
        bare = bare.rstrip("!")  # "my password is wrong!"; a sign behind letters and digits belongs to them
    start += value.index(bare) if bare else 0
    folded = bare.lower().replace("’", "'")
    if len(bare) < 4 or folded in ORDINARY or folded.split("'")[0] in ORDINARY or set(bare) <= set("*•xX.-_"):
        return None
    mixed = (
        any(c.isdigit() for c in bare)
        or any(not c.isalnum() and c not in "'-’" for c in bare)
        or (any(c.isupper() for c in bare[1:]) and not bare.isupper())
    )
    if re.fullmatch(r"https?:\S*|www\.\S*|\d{1,2}[-–]\d{1,2}|\d+\+?", bare.lower()) and not bare.isdigit():
        return None
    if match["verb"] and not mixed and not quoted:
        return None  # "password is sunny" is rarer than "password is accepted"
    confidence = STRONG if mixed else LIKELY if quoted or match["sign"] == "=" else POSSIBLE
    return view.entity(
        "password",
        start,
        start + len(bare),
        bare,
        confidence,
        "labelled 'password'",
        "letters, digits or signs mixed" if mixed else "",
    )
