"""One-time codes, sent to show that somebody is who they say: known only by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import LIKELY, STRONG, Entity
from toneguard.analysers.privacy.view import View

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
BOOKED = re.compile(
    r"[^.!?\n]{0,60}\b(?:bookings?|flights?|reservations?|itinerary|hotel|check-?in|ferry)\b"
)
"""A confirmation code that stands on one of these is the booking's own number."""
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
OTHER_ACTION = re.compile(r" to \w")  # "enter 48213377 to track it": what is done with it is said, and is no log-in
GOOGLE = re.compile(r"(?<![\w-])g-\d{3} ?\d{3}(?![\w-])")  # the layout of one sender's codes
OWN_LABELS = frozenset({"code", "cvv"})
SPOKEN_OF = re.compile(r"\b(?:code|passcode|otp|verif\w*|(?:sign|log)(?:ging|ing)?[- ]?(?:in|on)|authenticat\w*)\b")


def find_codes(view: View) -> Iterator[Entity]:
    """Four to eight digits announced as a code that was sent or that verifies somebody."""
    text = view.text
    for cue in STRONG_CODE.finditer(text):
        if NO_CODE.search(text, max(0, cue.start() - 12), cue.end()) and not cue.group().startswith(
            ("access", "passcode")
        ):
            continue
        if cue.group() == "confirmation code" and BOOKED.match(text, cue.end()):
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
            or (
                spoken
                and not OTHER_ACTION.match(text, match.end())
                and not NO_CODE.search(text, max(0, spoken.start() - 14), spoken.end())
            )
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
