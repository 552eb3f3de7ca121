"""Telephone numbers: the Australian plan first, then numbers with a plus, then other countries' where a word says so.

Australia: ACMA numbering plan (02, 03, 07, 08 and 8 digits; 04 and 05 mobiles; +61). Numbers beginning 13, 1300 and
1800 belong to businesses and are no finding, nor are free-call and shared-cost numbers elsewhere. Other countries'
plans: the phonenumbers library, loaded when a candidate exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

G = r"[ .\-]{0,2}"  # what people put between groups
S = r"[ .\-]{1,2}"
AUSTRALIAN = re.compile(
    r"(?<![\w/=@#$£€.+-])(?<!\w-)(?<!\d )(?:"
    # with the country code: +61 4.., 0061 4.., +61 (0)2 ...
    rf"(?P<country>(?:\+|00{G}|0011{G})61{G}\(?0?\)?{G}|(?<!\d)61{S})(?:[45]\d{{2}}{G}\d{{3}}{G}\d{{3}}"
    rf"|[45]\d{G}\d{{3}}{G}\d{{4}}|\(?[2378]\)?{G}\d{{4}}{G}\d{{4}}|[2378]\d{G}\d{{3}}{G}\d{{4}}"
    rf"|[2-578](?:{G}\d\d){{4}})"
    # mobiles
    rf"|0[45]\d{{2}}{G}\d{{3}}{G}\d{{3}}|0[45]\d{{2}}{S}\d{{2}}{S}\d{{2}}{S}\d{{2}}"
    rf"|\(0[45]\d{{2}}\){G}\d{{3}}{G}\d{{3}}|0[45]\d{S}\d{{3}}{S}\d{{4}}|0[45](?:{S}\d\d){{4}}"
    rf"|0[45]{S}\d{{4}}{S}\d{{4}}"
    # landlines
    rf"|\(0[2378]\){G}\d{{4}}{G}\d{{4}}|0[2378]{G}\d{{4}}{G}\d{{4}}"
    rf"|0[2378]{G}\d{{2}}{S}\d{{2}}{S}\d{{2}}{S}\d{{2}}|0[2378]\d{{2}}{S}\d{{3}}{S}\d{{3}}"
    r")(?!\w)(?![-./:]\d)(?! \d)"
)
PLUS = re.compile(r"(?<![\w=])\+\(?\d{1,3}(?:[ .()\-/]{0,3}\d){6,14}(?: ?(?:x|ext\.?) ?\d{1,5})?(?!\w)")
ZEROS = re.compile(r"(?<![\w=+])00[1-9]\d{0,2}(?:[ .()\-]{0,3}\d){7,12}(?!\w)")
# North America writes its numbers in a way that little else is written.
AMERICAN = re.compile(
    r"(?<![\w/=$.+-])(?<!\d )(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}([-.]))[2-9]\d{2}[-. ]\d{4}(?: ?(?:x"
    r"|ext\.?) ?\d{1,5})?(?!\w)(?![-.]\d)"
)
# Any other number that a telephone word announces.
OTHER = re.compile(
    r"(?<![\w=$£€.@#])(?<!\w-)(?!\d+\.\d+\.\d+\.\d)\(?\d(?:[ .()\-]{0,3}\d){6,13}(?!\w)(?![/:]\d)"
)
REGIONS = (
    "AU",
    "NZ",
    "GB",
    "US",
    "IN",
    "IE",
    "SG",
    "DE",
    "FR",
    "IL",
    "JP",
    "BR",
    "CN",
    "ZA",
    "PH",
    "MY",
    "HK",
)
BUSINESS = re.compile(
    r"(?:1[38]00\d{6}|13\d{4}|1?8(?:00|33|44|55|66|77|88)\d{7}|0800\d{6,7}|0808\d{7}|03(?:0[036]|3[03]|4[345]"
    r"|7[01])\d{7}|084[345]\d{7}|087[0-3]\d{7}|0508\d{6}|180\d{4})\Z"
)
LOCAL = re.compile(r"[2-9]\d{3}[ -]?\d{4}\Z")
# Where the word that says "telephone" stands right behind: "416 60 039 office".
TRAILING = re.compile(r"[ ,(-]{0,3}(?:mobile|mob|cell|phone|tel|fax|home|work|office)\b")
# Eleven digits in these groups are no Australian number, of anything.
BRITISH = re.compile(r"\(?0(?:2\d\)? \d{4}|1\d1\)? \d{3}|7\d{3}\)? \d{3}) \d{3,4}|\(?0[17]\d{3}\)? \d{6}")
SHORTEST = 8
LONG = 9
DATE = re.compile(r"(?<![\d./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![./-]?\d)")


def find_phones(view: View) -> Iterator[Entity]:
    """Telephone numbers of people, as surely as their form and the words around them allow."""
    if view.longest < (SHORTEST - 1 if "phone" in view.groups else SHORTEST):
        return
    text = view.text
    taken: set[int] = set()
    for match in AUSTRALIAN.finditer(text):
        start, end = match.span()
        entity = australian(view, match)
        if entity:
            taken.update(range(start, end))
            yield entity
    if "+" in text:
        for match in PLUS.finditer(text):
            if match.start() not in taken and not view.in_url(match.start()):
                taken.update(range(*match.span()))
                yield from international(view, match)
    context = "phone" in view.groups
    for match in AMERICAN.finditer(text):
        if taken.isdisjoint(range(*match.span())) and not view.in_url(match.start()):
            entity = american(view, match)
            if entity:
                taken.update(range(*match.span()))
                yield entity
    if context:
        for expression in (ZEROS, OTHER):
            for match in expression.finditer(text):
                if taken.isdisjoint(range(*match.span())):
                    entity = announced(view, match)
                    if entity:
                        taken.update(range(*match.span()))
                        yield entity


def plain(text: str) -> str:
    """The digits of a number, and its plus."""
    return re.sub(r"[^0-9+]", "", text)


def australian(view: View, match: re.Match[str]) -> Entity | None:
    """A number of the Australian plan; a solid row of digits that something else announces is that other thing."""
    start, end = match.span()
    digits = plain(match.group()).lstrip("+")
    national = re.sub(r"^(?:0011|00)?61\(?0?", "0", digits) if match["country"] else digits
    if len(set(national)) < 3 or view.in_url(start):
        return None
    label = view.label(start)
    reason = view.context("phone", start, end)
    grouped = not match.group().isdigit()
    mobile = grouped and national.startswith(("04", "05")) and not label
    if view.named_behind(start) or (view.is_lookalike(start) and not mobile):
        return None
    if (
        label
        and "phone" not in label
        and not (grouped and not label & {"tax file", "medicare", "account", "nhs", "passport", "licence"})
    ):
        return None
    if reason:
        confidence = CERTAIN
    elif match["country"] or national.startswith("04"):
        confidence = STRONG
    elif grouped:
        confidence = LIKELY
    else:
        # Ten digits beginning 02, 03, 05, 07 or 08, without a word: as likely an order number.
        if not view.sole or view.digits > 10:
            return None
        confidence = POSSIBLE
    return view.entity(
        "phone-number", start, end, "+61" + national[1:], confidence, "format of Australia", reason
    )


def international(view: View, match: re.Match[str]) -> Iterator[Entity]:
    """A number with a plus and a country code."""
    import phonenumbers

    written = match.group()
    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return
    start, end = match.span()
    reason = view.context("phone", start, end)
    valid = phonenumbers.is_valid_number(number)
    if is_business(number) or not (valid or phonenumbers.is_possible_number(number)):
        return
    if not valid and not reason and len(plain(written)) < 11:
        return
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    confidence = CERTAIN if valid else LIKELY
    yield view.entity(
        "phone-number",
        start,
        end,
        value,
        confidence,
        "international format",
        "valid in its country's plan" if valid else "",
        reason,
    )


def is_business(number: Any) -> bool:
    """Free-call, shared-cost and company-wide numbers are nobody's own."""
    from phonenumbers import PhoneNumberType, number_type

    return number_type(number) in (
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
    )


def american(view: View, match: re.Match[str]) -> Entity | None:
    """A North American number in its own layout."""
    start, end = match.span()
    digits = re.split(r"x|ext", plain_until_extension(match.group()))[0]
    national = digits[-10:]
    label = view.label(start)
    if BUSINESS.match(national) or view.is_lookalike(start) or (label and not label & {"phone", "ssn"}):
        return None
    reason = view.context("phone", start, end)
    return view.entity(
        "phone-number",
        start,
        end,
        "+1" + national,
        STRONG if reason else LIKELY,
        "format of North America",
        reason,
    )


def plain_until_extension(text: str) -> str:
    """The digits before an extension."""
    return re.sub(r"\D", "", re.split(r"x|ext", text)[0])


def announced(view: View, match: re.Match[str]) -> Entity | None:
    """A number in any other layout that a telephone word announces and some country's plan allows."""
    start, end = match.span()
    written = match.group()
    digits = plain(written)
    label = view.label(start)
    if (label and "phone" not in label) or view.is_lookalike(start) or view.in_url(start):
        return None
    if len(set(digits)) < 3 or BUSINESS.match(digits) or DATE.search(written):
        return None
    reason = view.context("phone", start, end)
    direct = (
        "phone" in label
        or TRAILING.match(view.text, end) is not None
        or (reason != "" and BRITISH.fullmatch(written) is not None)
    )
    if not direct and not (reason and view.sole and len(digits) >= LONG):
        return None
    if direct and LOCAL.match(written):
        return view.entity("phone-number", start, end, digits, LIKELY, "format of a local number", reason)
    region, value = plan(f"+{digits[2:]}" if digits.startswith("00") else written)
    if region:
        form = f"format of {region}"
        return (
            view.entity("phone-number", start, end, value, STRONG if direct else POSSIBLE, form, reason)
            if value
            else None
        )
    if direct and len(digits) >= SHORTEST - 1 and not written.isdigit():
        return view.entity("phone-number", start, end, digits, POSSIBLE, "format", reason)
    return None


def plan(written: str) -> tuple[str, str]:
    """The first country whose plan has this number, and the number (empty for a business's); else empty texts."""
    import phonenumbers

    for region in REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return phonenumbers.region_code_for_number(number) or region, "" if is_business(number) else value
    return "", ""
