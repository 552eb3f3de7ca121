"""Passwords, PINs, keys and one-time codes: known only by the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

JOIN = (
    r"(?:\s{0,3}(?P<sign>[:=]|->)\s{0,3}|\s{1,3}(?:for [\w .'-]{1,30}? )?"
    r"(?P<verb>is now|is still|is just|is|was|are|to|as)\s{1,3}(?::\s?)?|\s{1,3}(?=[\"'])"
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
OWNED = re.compile(
    r"(?:(?:the )?(?:atm|card|account)|my|your|his|her)\b|.*(?:number|code)"
    r"|.* for [\w ]{0,20}(?:alarm|door|gate|garage|card|account|phone|login|app|locker|safe)"
)
KEY = re.compile(
    r"(?<![\w-])(?:[srp]k_(?:live|test)_[a-z0-9]{10,99}|akia[0-9a-z]{16}|gh[pousr]_[a-z0-9]{30,99}"
    r"|github_pat_\w{30,99}|glpat-[\w-]{15,60}|xox[abp]-[\w-]{10,99}"
    r"|aiza[\w-]{30,60}|eyj[\w-]{10,400}\.[\w-]{10,800}\.[\w-]{10,400})"
)
DIGITS = r"(?:\d{4,8}|\d{3}[ -]\d{3}|\d\d[ -]\d\d[ -]\d\d|(?!19|20)\d{4}-\d\d)"
CODE = re.compile(rf"(?<![\w./$£€#-])(?:[a-z]{{1,2}}-)?{DIGITS}(?![\w/%]|[.,:-]\d)")
STRONG_CODE = re.compile(
    r"\b(?:otp|one[- ]time (?:code|pass ?word|passcode|pin)|verification (?:code|number)|auth(?:entication"
    r"|enticator)? (?:code|number)|security code|log[- ]?in code|sign[- ]in code"
    r"|(?:2|m)fa(?: code)?|access code|sms code|code (?:you|they|we) (?:just |have )?(?:sent|texted"
    r"|emailed)(?: (?:me|you))?|code (?:i|you) (?:just )?(?:got|received)|passcode|confirmation code"
    r"|code that (?:came(?: through| thru)?|arrived|i got|i received)"
    r"|code to (?:confirm|verify|sign in|log in|finish|complete|reset|unlock|collect|pick up|open|change|approve)"
    r"|(?:sign|log)[- ]in number|temporary code"
    r"|reset code|code from (?:the|your|my) (?:text|sms|message|app)|[46][ -]digit code|(?:six"
    r"|four)[ -]digit code)\b"
)
NO_CODE = re.compile(
    r"\b(?:post|zip|area|promo|promotion|discount|coupon|voucher|gift|error|bar|country|product|style|colou?r"
    r"|tracking|dress|fault|sort|swift|bic|door|gate|branch"
    r"|airport|flight|booking|order|store|key|source|qr|item|dial(?:ling)?|reason|return|pin|stock|model"
    r"|reference|ticket|status|locker|access)[ -]?codes?\b"
)
REACH = 60
# "Code to collect from locker 14 is", "sign-in code for Lantern & Loom is": what the code is for.
PURPOSE = re.compile(
    r" (?:to|for|from|on|at|of) [^.!?\n]{2,50}? (?:is|was|reads|:)\s{1,2}| [^.!?\n\d]{2,40}? (?:is|was|:)\s{1,2}"
)
# "The text says 804 227", "enter 482913": a code where one is spoken of.
SAYS = re.compile(
    rf"\b(?:(?:text|sms|app|authenticator|message) (?:says|said|shows|showed|reads|gave me|had)|text(?:ed)? (?:me|you)"
    rf"|enter|key in|type in|use|landed\.|arrived\.) (?P<value>(?:g-)?{DIGITS})(?![\w/%]|[.,:-]\d| ?(?:am|pm)\b)"
)
# "Show code 704418 at the counter", but not "use code 482913 at the checkout".
SHOWN_CODE = re.compile(
    rf"\b(?:show|quote|enter|give|tell (?:them|us|me)|read out|with|using|use)(?: the| this| your)? code:? "
    rf"(?P<value>{DIGITS})(?![\w/%]|[.,:-]\d)(?![^.!?\n]{{0,60}}\b(?:off|discount|checkout|save|free|promo\w*|cart|deal))"
)
# Letters and digits, only behind a word for such a code.
MIXED_CODE = re.compile(r" (?:is|was|:)?:? ?(?P<value>(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{5,8})(?![\w-])")
ACTION = re.compile(
    r" (?:within [\w ]{3,15} )?to (?:finish|complete|confirm|change|verify|sign|log|set|unlock|activate|reset)\b"
)
GOOGLE = re.compile(r"(?<![\w-])g-\d{3} ?\d{3}(?![\w-])")  # the layout of one sender's codes
OWN_LABELS = frozenset({"code", "cvv"})
SPOKEN_OF = re.compile(r"\b(?:code|passcode|otp|verif\w*|(?:sign|log)(?:ging|ing)?[- ]?(?:in|on)|authenticat\w*)\b")


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
    if "wifi" in text or "wi-fi" in text:
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


def find_codes(view: View) -> Iterator[Entity]:
    """Four to eight digits announced as a code that was sent or that verifies somebody."""
    text = view.text
    for cue in STRONG_CODE.finditer(text):
        if NO_CODE.search(text, max(0, cue.start() - 12), cue.end()) and not cue.group().startswith(
            ("access", "passcode")
        ):
            continue
        sentence_end = min(len(text), cue.end() + REACH)
        match = MIXED_CODE.match(text, cue.end())
        if match:
            yield view.entity("one-time-code", *match.span("value"), match["value"], STRONG, "labelled as a code")
            continue
        match = CODE.search(text, cue.end(), sentence_end)
        if (
            match
            and "\n\n" not in text[cue.end() : match.start()]
            and (
                announced(view, cue.end(), match.start())
                or (PURPOSE.fullmatch(text, cue.end(), match.start()) and view.label(match.start()) <= OWN_LABELS)
            )
        ):
            yield view.entity(
                "one-time-code", *match.span(), re.sub(r"\D", "", match.group()), STRONG, "labelled as a code"
            )
    for match in SAYS.finditer(text):
        around = max(0, match.start() - REACH), match.end() + REACH
        spoken = SPOKEN_OF.search(text, *around)
        sent = not match["value"].isdigit() and match.group().startswith("text")
        if (
            sent
            or ACTION.match(text, match.end())
            or (spoken and not NO_CODE.search(text, max(0, spoken.start() - 14), spoken.end()))
        ):
            yield view.entity(
                "one-time-code", *match.span("value"), re.sub(r"\D", "", match["value"]), LIKELY, "read out as a code"
            )
    for match in GOOGLE.finditer(text):
        yield view.entity("one-time-code", *match.span(), re.sub(r"\D", "", match.group()), LIKELY, "layout of its own")
    for match in SHOWN_CODE.finditer(text):
        reason = "shown or entered as a code"
        yield view.entity("one-time-code", *match.span("value"), re.sub(r"\D", "", match["value"]), LIKELY, reason)
    for match in BEFORE_CUE.finditer(text):
        yield view.entity(
            "one-time-code", *match.span("value"), match["value"], STRONG, "named as a code right behind"
        )
    if view.sole and "code" in view.asked and len(view.groups_of_digits) <= 2:
        match = CODE.search(text)
        if (
            match
            and not view.label(match.start())
            and not view.is_lookalike(match.start())
            and len(text) <= 60
            and asked_code(view)
        ):
            yield view.entity(
                "one-time-code",
                *match.span(),
                re.sub(r"\D", "", match.group()),
                LIKELY,
                "a code was asked for just before",
            )


BEFORE_CUE = re.compile(
    r"(?<![\w./$-])(?P<value>\d{4,8}|\d{3}[ -]\d{3})\s(?:is|was) (?:your|my|the) (?:[\w'-]{1,20} ){0,3}"
    r"(?:verification|security|one[- ]time|login|log-in|authentication|access|sign-in|confirmation|temporary)? ?"
    r"(?:code|passcode|password|pin|(?:sign|log)[- ]in number)\b"
)
# What may stand between the label and the code: no other number's label.
BETWEEN = re.compile(
    r"(?:[\s:;#,.=*'\"()>-]|\b(?:is|was|i|you|we|got|received|sent|me|to|in|the|a|my|your|it|it's|its|here"
    r"|says|said|that|just|by|text|sms|email|number|for|this|from|are|shows|reads|as|on|phone|and|of|account"
    r"|login)\b)*+"
)


def announced(view: View, start: int, end: int) -> bool:
    """Whether only small words stand between the label and the number."""
    return BETWEEN.fullmatch(view.text, start, end) is not None


def asked_code(view: View) -> bool:
    """Whether the other side's last message spoke of a code that verifies."""
    before = view.document.before
    for index in range(len(before) - 1, max(-1, len(before) - 3), -1):
        earlier = before[index]
        if STRONG_CODE.search(earlier.folded, max(0, earlier.own_end - 300), earlier.own_end):
            return True
        if earlier.message.role is not view.document.message.role:
            return False
    return False
