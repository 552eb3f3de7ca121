"""Payment cards, with the code and expiry date beside them.

Numbers: ISO/IEC 7812-1 (issuer prefix, 12 to 19 digits, Luhn check digit); brand prefixes as the card schemes publish
them. PCI DSS v4.0.1 forbids sending them unprotected through end-user messaging (4.2.2) and keeping the code (3.3.1).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, STRONG, Entity
from toneguard.analysers.privacy.view import View

# As printed on the card: four groups of four (and up to three more digits), or the groups of American Express and
# Diners Club. No fifth group of four: that is a tracking number.
GROUPED = re.compile(
    r"(?<![\w/=])(?<!\w[-.])"
    r"(?:\d{4}([ .\t-]{1,3}|\n)\d{4}\1\d{4}\1\d{4}(?!\1?\d{4}(?!\d))(?:\1?\d{1,3}(?![\d/-]))?"
    r"|\d{4}([ .\t-]{1,3})\d{6}\2\d{4,5})(?!\w)"
)
# Four digits before, set apart by the same sign: the number has a fifth group and is no card.
FIFTH_GROUP = re.compile(r"(?:\A|(?<=[\s:]))\d{4}(?P<sign>[ .-])\d{4}(?P=sign)")
SOLID = re.compile(r"(?<![\w/=.])(?<!\w-)\d{12,19}(?![\w]|[.-]\d)")
LOOSE = re.compile(r"(?<![\w/=])\d(?:[ .\n/-]{0,3}\d){11,18}(?!\w)")

# Brand, first digits (as ranges of equal length), and lengths.
BRANDS: tuple[tuple[str, tuple[tuple[int, int], ...], frozenset[int]], ...] = (
    ("Visa", ((4, 4),), frozenset({13, 16, 19})),
    ("Mastercard", ((51, 55), (2221, 2720)), frozenset({16})),
    ("American Express", ((34, 34), (37, 37)), frozenset({15})),
    ("Discover", ((6011, 6011), (644, 649), (65, 65)), frozenset({16, 17, 18, 19})),
    ("Diners Club", ((300, 305), (3095, 3095), (36, 36), (38, 39)), frozenset({14, 15, 16})),
    ("JCB", ((3528, 3589),), frozenset({16})),
    ("JCB", ((2131, 2131), (1800, 1800)), frozenset({15})),
    ("UnionPay", ((62, 62),), frozenset({16, 17, 18, 19})),
    ("Maestro", ((50, 50), (56, 58), (60, 60), (63, 64), (66, 69)), frozenset(range(12, 20))),
    ("UATP", ((1, 1),), frozenset({15})),
)
RARE = frozenset({"Maestro", "UATP"})
"""Brands whose prefixes are so wide that a bare number says nothing."""

EXPIRY = re.compile(r"(?<![\w/.-])(0?[1-9]|1[0-2])\s{0,2}[/-]\s{0,2}((?:20)?[2-4]\d)(?![\w/-]|\.\d)")
# Other ways to write one, behind a word that says so: "exp 0530", "06 26", "August 2026".
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SAID_EXPIRY = re.compile(
    r"(?<![\w/.-])(?:(?P<month>0[1-9]|1[0-2]) ?(?P<year>[2-4]\d)"
    rf"|(?P<name>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?,? (?P<full>20[2-4]\d))(?![\w/-]|\.\d)"
)
CODE = re.compile(r"(?<![\w./$-])\d{3,4}(?![\w/%-]|[.,]\d)")
CODE_REACH = 40
NOT_SIGNS = re.compile(r"[a-z0-9]")
SEPARATORS = str.maketrans("", "", " .-/\n\t")


def brand_of(digits: str) -> str:
    """The scheme that issues numbers of this prefix and length, or an empty text."""
    for brand, prefixes, lengths in BRANDS:
        if len(digits) in lengths and any(
            low <= int(digits[: len(str(low))]) <= high for low, high in prefixes
        ):
            return brand
    return ""


def find_cards(view: View) -> Iterator[Entity]:
    """Card numbers, and the expiry dates and codes written near them."""
    cards = sorted(card_numbers(view)) if view.longest >= 12 else []
    yield from (view.entity("payment-card", *card) for card in cards)
    ends = [end for _, end, *_ in cards]
    expiries: list[tuple[int, int]] = []
    if cards or not view.groups.isdisjoint(("expiry", "cvv")):
        for entity, place in expiry_dates(view, ends):
            expiries.append(place)
            yield entity
    if cards or "cvv" in view.groups:
        yield from security_codes(view, [card[:2] for card in cards], expiries)


def card_numbers(view: View) -> Iterator[tuple[int, int, str, float, str, str, str]]:
    """Start, end, digits, confidence and reasons of each card number."""
    for expression in (GROUPED, SOLID, LOOSE) if "card" in view.groups else (GROUPED, SOLID):
        for match in expression.finditer(view.text):
            start, end = match.span()
            if expression is GROUPED and FIFTH_GROUP.search(view.text, max(0, start - 8), start + 5):
                continue
            sixteen = four_groups_end(view.text, start, end) if expression is GROUPED else end
            for stop in dict.fromkeys((sixteen, end)):
                digits = view.text[start:stop].translate(SEPARATORS)
                brand = brand_of(digits)
                if (brand or "card" in view.groups) and luhn_holds(digits) and not view.in_url(start):
                    confidence, reason = trust(view, start, stop, brand, expression)
                    if confidence:
                        form = f"format of {brand}" if brand else "number of digits"
                        yield start, stop, digits, confidence, form, "check digit holds", reason
                        break


def trust(view: View, start: int, end: int, brand: str, layout: re.Pattern[str]) -> tuple[float, str]:
    """How sure a number with brand and check digit is a card (0.0: not at all), and the reason beside these."""
    grouped = layout is GROUPED
    label = view.label(start)
    reason = view.context("card", start, end)
    if not reason and grouped and view.near("card", start, end):
        reason = "context 'card' nearby"
    if view.is_lookalike(start):
        # An order number stays one whatever its check digit says, unless it is written as on a card and called one.
        if grouped and reason:
            return STRONG, reason
        return (LIKELY, "grouped as on a card") if grouped and not label else (0.0, "")
    if not brand:
        return (LIKELY, reason) if reason.startswith("labelled") else (0.0, "")
    if reason:
        return CERTAIN, reason
    if label & {"expiry", "cvv"}:
        return STRONG, "labelled as a card"
    if brand in RARE or layout is LOOSE or end - start < 14 or (label and not grouped):
        return 0.0, ""
    return (STRONG, "grouped as on a card") if grouped else (LIKELY, "no context")


def four_groups_end(text: str, start: int, end: int) -> int:
    """Where sixteen digits end, if more follow after a space: that may be the code on the back."""
    count = 0
    for position in range(start, end):
        count += text[position].isdigit()
        if count == 16 and position + 1 < end and not text[position + 1].isdigit():
            return position + 1
    return end


def luhn_holds(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1; a number of one or two different digits is nobody's."""
    from stdnum import luhn

    return bool(luhn.is_valid(digits)) and len(set(digits)) > 1


def last_end(ends: list[int], start: int) -> int | None:
    """The last of the sorted ``ends`` that is not behind ``start``, if it is within reach."""
    position = bisect_right(ends, start) - 1
    return ends[position] if position >= 0 and start - ends[position] <= CODE_REACH else None


def expiry_dates(view: View, card_ends: list[int]) -> Iterator[tuple[Entity, tuple[int, int]]]:
    """Month and year after a card number, or labelled as an expiry where a card is spoken of; with the place."""
    for match in EXPIRY.finditer(view.text):
        start, end = match.span()
        label = view.label(start)
        if last_end(card_ends, start) is not None:
            reason = "after a card number"
        elif ("expiry" in label or ("card" in label and view.near("expiry", start, start, 30, 0))) and (
            view.near("card", start, end) or "cvv" in view.groups or "card" in view.asked
        ):
            reason = "labelled 'expiry'"
        elif not label and view.sole and "expiry" in view.asked and "card" in view.asked:
            reason = "'expiry' was the subject just before"
        else:
            continue
        month, year = match.groups()
        value = f"{int(month):02d}/{year[-2:]}"
        yield view.entity("card-expiry", start, end, value, STRONG, "format", reason), (start, end)
    for match in SAID_EXPIRY.finditer(view.text) if "expiry" in view.groups or "cvv" in view.groups else ():
        start, end = match.span()
        on_card = view.text.startswith((" on front", " on the front", " on the card", " on it"), end)
        if (
            "expiry" in view.label(start) and (card_ends or "cvv" in view.groups or view.near("card", start, end))
        ) or (on_card and "cvv" in view.groups):
            month = match["month"] or f"{MONTHS.index(match['name']) + 1:02d}"
            value = f"{month}/{(match['year'] or match['full'])[-2:]}"
            yield view.entity("card-expiry", start, end, value, LIKELY, "labelled 'expiry'"), (start, end)


def security_codes(
    view: View, cards: list[tuple[int, int]], expiries: list[tuple[int, int]]
) -> Iterator[Entity]:
    """Three or four digits that are labelled, or that follow a card number and its expiry."""
    taken = sorted([*cards, *expiries])
    ends = sorted(end for _, end in taken)
    card_ends = [end for _, end in cards]
    for match in CODE.finditer(view.text):
        start, end = match.span()
        inside = bisect_right(taken, (start, len(view.text))) - 1
        if inside >= 0 and start < taken[inside][1]:
            continue
        label = view.label(start)
        after = last_end(ends, start)
        if "cvv" in label or ("code" in label and cards and end - start == 3):
            reason, confidence = "labelled as the code on the card", STRONG
        elif (
            after is not None
            and end - start == 3
            and last_end(card_ends, start) is not None
            and not NOT_SIGNS.search(view.text, after, start)
        ):
            reason, confidence = "after a card number", LIKELY
        elif view.sole and "cvv" in view.asked and not label and len(view.groups_of_digits) == 1:
            reason, confidence = "the code was asked for just before", LIKELY
        else:
            continue
        yield view.entity("card-security-code", start, end, match.group(), confidence, "format", reason)
