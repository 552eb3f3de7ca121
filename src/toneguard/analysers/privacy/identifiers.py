"""Numbers that states and banks give to people: one table row each.

Formats and check algorithms: python-stdnum's sources (ATO, ABR, ASIC, SSA, HMRC, NHS, IRD specifications) and, for
Medicare, the national e-health specification. Nine and ten digits are also order numbers, so every one of these
needs a word that says what it is; a few have a layout of their own that is a reason by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, POSSIBLE, STRONG, Entity
from toneguard.analysers.privacy.view import View

NOT_PLAIN = re.compile(r"[^a-z0-9]")


def compact(text: str) -> str:
    """Letters and digits only."""
    return NOT_PLAIN.sub("", text)


def tfn_holds(number: str) -> bool:
    """Tax file number of nine digits: weights 1 4 3 7 5 8 6 9 10, sum divisible by 11 (all zeros would pass)."""
    from stdnum.au import tfn

    return len(number) == 9 and number.strip("0") != "" and bool(tfn.is_valid(number))


def abn_holds(number: str) -> bool:
    """Australian business number: first digit less one, weights 10 1 3 ... 19, sum divisible by 89."""
    from stdnum.au import abn

    return bool(abn.is_valid(number))


def acn_holds(number: str) -> bool:
    """Australian company number: weights 8 to 1, complement to ten."""
    from stdnum.au import acn

    return bool(acn.is_valid(number))


def medicare_holds(number: str) -> bool:
    """Medicare card: begins with 2 to 6; weights 1 3 7 9 1 3 7 9 over eight digits give the ninth."""
    total = sum(int(digit) * weight for digit, weight in zip(number, (1, 3, 7, 9, 1, 3, 7, 9), strict=False))
    return (
        len(number) in (10, 11) and number[0] in "23456" and total % 10 == int(number[8]) and number[9] != "0"
    )


def ssn_holds(number: str) -> bool:
    """US social security number by area, group and serial, or a taxpayer number (ITIN) of the 900 areas."""
    from stdnum.us import ssn

    if number[0] == "9":
        return number[3:5] in TAXPAYER_GROUPS
    return bool(ssn.is_valid(number))


# IRS: the fourth and fifth digits of an ITIN.
TAXPAYER_GROUPS = frozenset(
    str(group) for group in (*range(50, 66), *range(70, 89), 90, 91, 92, *range(94, 100))
)


def nino_holds(number: str) -> bool:
    """UK national insurance number by its prefix rules; QQ is the published placeholder, written where one belongs."""
    prefix = number[:2]
    return prefix == "qq" or not (
        prefix in {"bg", "gb", "kn", "nk", "nt", "tn", "zz"}
        or set(prefix) & set("dfiquv")
        or prefix[1] == "o"
    )


def nhs_holds(number: str) -> bool:
    """NHS number: weights 10 to 2, modulus 11."""
    from stdnum.gb import nhs

    return bool(nhs.is_valid(number))


def ird_holds(number: str) -> bool:
    """New Zealand IRD number: modulus 11 with a second set of weights."""
    from stdnum.nz import ird

    return bool(ird.is_valid(number))


def four_digits(number: str) -> bool:
    """What can be said of a document number of which every state has its own form: it holds at least four digits."""
    return sum(character.isdigit() for character in number) >= 4


DIGIT = re.compile(r"\d")
REACH = 60
# "09 418 226 3 (Victoria)": the state that gave out a licence.
STATES = (
    "(?:act|nsw|nt|qld|sa|tas|vic|wa|victorian?|queensland|tasmanian?|new south wales|western australian?"
    "|south australian?|northern territory|canberra)"
)
STATE = re.compile(rf",? ?\(?(?:issued )?(?:in |by )?{STATES}\b")
STATE_BEFORE = re.compile(rf"\b{STATES}\b[^.!?\n]{{0,24}}\Z")
DRIVERS = re.compile(r"\bdriv(?:er|ing)\W?s? licen[cs]e")
DRIVERS_REACH = 140
# "his builder's licence no. 48213C": of a trade or a thing, published by who gives it out.
OTHER_LICENCE = re.compile(
    r"\b(?:build(?:er|ing)|plumb(?:er|ing)|electric(?:al|ian)|contract(?:or|ing)|trade|liquor|business|fishing)\W?s?"
    r" licen[cs]es?\b[^.!?\n]*(?:\bno\.[^.!?\n]*)?\Z"
)
SPACED = re.compile(r"\d{3}[ -]\d{3}[ -]\d{3}|[a-z]\d{5,6}")
ANYWHERE = 400
CHECKED = "check digit holds"
RULED = "format rules hold"
UNCHECKABLE = "validity not checkable"


class Identifier(NamedTuple):
    """A row: the rule, the cue group that must stand near, the layout, what else must hold, and what that shows.

    ``alone`` is a layout so peculiar that, with the test, it needs no word beside it; ``digits`` are the fewest digits
    of that layout. ``label_only`` asks for the word right before the number, or for a question just before.
    """

    rule: str
    group: str
    layout: re.Pattern[str]
    holds: Callable[[str], bool]
    shows: str
    alone: re.Pattern[str] | None = None
    digits: int = 9
    label_only: bool = False


def pattern(layout: str) -> re.Pattern[str]:
    """A layout that stands by itself: no letter, digit or joined sign before or after it."""
    return re.compile(rf"(?<![\w/=$£€.])(?<!\w-)(?<!\d )(?:{layout})(?!\w)(?![-/.][0-9a-z])(?! \d{{3}})")


def labelled(layout: str) -> re.Pattern[str]:
    """A layout that may be written right behind its label ("TFN123456782")."""
    return re.compile(rf"(?<![\d/=$£€.])(?<![\d][ -])(?:{layout})(?!\w)(?![-/.][0-9a-z])")


IDENTIFIERS = (
    Identifier(
        "medicare-number",
        "medicare",
        labelled(r"[2-6]\d{3}(?:[ .-]?\d){6}(?:[ /-]?\d)?"),
        medicare_holds,
        CHECKED,
        alone=pattern(r"[2-6]\d{3} \d{5} \d(?:[ /-]\d)?"),
    ),
    Identifier("tax-file-number", "tax file", labelled(r"\d(?:[ .-]?\d){8}"), tfn_holds, CHECKED),
    Identifier(
        "australian-business-number",
        "abn",
        labelled(r"\d{2}[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3}"),
        abn_holds,
        CHECKED,
        alone=pattern(r"\d{2} \d{3} \d{3} \d{3}"),
    ),
    Identifier(
        "australian-company-number", "acn", labelled(r"\d{3}[ .-]?\d{3}[ .-]?\d{3}"), acn_holds, CHECKED
    ),
    Identifier(
        "centrelink-reference",
        "crn",
        labelled(r"\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?[a-z]"),
        four_digits,
        UNCHECKABLE,
    ),
    Identifier(
        "us-social-security-number",
        "ssn",
        labelled(r"\d{3}[ .-]?\d{2}[ .-]?\d{4}"),
        ssn_holds,
        RULED,
        alone=pattern(r"(?!9)\d{3}-\d{2}-\d{4}"),
    ),
    Identifier(
        "uk-national-insurance-number",
        "nino",
        pattern(r"[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d]"),
        nino_holds,
        RULED,
        alone=pattern(r"(?!qq)[a-z]{2} \d{2} \d{2} \d{2} [a-d]|[a-z]{2}-\d{2}-\d{2}-\d{2}-[a-d]"),
        digits=6,
    ),
    Identifier("nhs-number", "nhs", labelled(r"\d(?:[ -]?\d){9}"), nhs_holds, CHECKED),
    Identifier("nz-ird-number", "ird", labelled(r"\d(?:[ -]?\d){7,8}"), ird_holds, CHECKED),
    Identifier(
        "passport-number",
        "passport",
        pattern(r"[a-z]{1,2} ?\d{7}[a-z]?|[a-z]\d{8}|\d{8,9}"),
        four_digits,
        UNCHECKABLE,
    ),
    # Every state has its own form and the published lists disagree, so the form says nothing of validity.
    Identifier(
        "driver-licence",
        "licence",
        pattern(
            r"\d{3}[ -]?\d{3}[ -]?\d{3,4}|\d{2} \d{3} \d{3} \d|\d{2}[ -]\d{3}[ -]\d{3}|\d{3} \d{4}"
            r"|\d{4} \d{3,4}|[a-z]{0,2}\d{4,10}[a-z]?|\d{2,4}[a-z]{1,3}\d{2,5}|[a-z]{5}\d{6}[a-z9]{2}\d[a-z]{2}"
        ),
        four_digits,
        UNCHECKABLE,
        label_only=True,
    ),
)
ROWS = {identifier.group: identifier for identifier in IDENTIFIERS}


def find_identifiers(view: View) -> Iterator[Entity]:
    """Identifiers that a word near them announces, or whose layout is unlike anything else."""
    for group in sorted(ROWS.keys() & view.groups):
        yield from announced(view, ROWS[group])
    for row in IDENTIFIERS:
        if row.alone is None or view.longest < row.digits or row.group in view.groups:
            continue
        for match in row.alone.finditer(view.text):
            start, end = match.span()
            number = compact(match.group())
            if row.holds(number) and not view.label(start) and not view.is_lookalike(start):
                yield view.entity(row.rule, start, end, number, POSSIBLE, "layout of its own", row.shows)


def announced(view: View, row: Identifier) -> Iterator[Entity]:
    """The numbers of one row that its words announce."""
    last = ("", 0)  # how the last one was written, and where it ended
    for match in row.layout.finditer(view.text):
        start, end = match.span()
        number = compact(match.group())
        reason = view.context(row.group, start, end) if row.holds(number) else ""
        if row.label_only and reason and OTHER_LICENCE.search(view.text, max(0, start - REACH), start):
            continue
        written = DIGIT.sub("0", match.group())
        if row.label_only and (not reason or reason.startswith("context")):
            between = view.text[last[1] : start]
            if written == last[0] and len(between) <= REACH and "." not in between and not view.label(start):
                yield view.entity(row.rule, start, end, number, LIKELY, "written as the one before")
            elif (reason and by_state(view, start, end)) or is_drivers(view, start, match.group()):
                yield view.entity(row.rule, start, end, number, LIKELY, "format", row.shows, reason)
            continue
        direct = reason.startswith("labelled")
        if not direct and row.holds(number) and by_itself(row, view, start, end):
            reason = reason or f"context '{row.group}' in the message"
        elif not reason or (not direct and view.is_lookalike(start)):
            continue
        if reason.startswith("context") and not distinct(row, match.group()):
            continue
        last = written, end
        confidence = (STRONG, CERTAIN)[direct] if row.shows == CHECKED else (LIKELY, STRONG)[direct]
        yield view.entity(row.rule, start, end, number, confidence, "format", row.shows, reason)


def by_itself(row: Identifier, view: View, start: int, end: int) -> bool:
    """Whether a word for it anywhere near is enough: a check digit holds and nothing else announces the number.

    An ABN (one number of 89 passes) and a Centrelink number with its letter may have another label.
    """
    if row.shows != CHECKED and row.group != "crn":
        return False
    if not view.label(start):
        return not view.is_lookalike(start) and view.near(row.group, start, end, ANYWHERE, ANYWHERE)
    return row.group in ("abn", "crn") and view.near(row.group, start, end, after=0)


def by_state(view: View, start: int, end: int) -> bool:
    """Whether a state stands beside the number of a licence."""
    if STATE.match(view.text, end) or view.text.startswith(" issued in", end):
        return True
    return not view.label(start) and STATE_BEFORE.search(view.text, max(0, start - 40), start) is not None


def is_drivers(view: View, start: int, written: str) -> bool:
    """Whether somebody spoke of a driver's licence shortly before, and the number is spaced as one."""
    return (
        SPACED.fullmatch(written) is not None
        and not view.label(start)
        and DRIVERS.search(view.text, max(0, start - DRIVERS_REACH), start) is not None
    )


def distinct(row: Identifier, written: str) -> bool:
    """Whether a number that is only near its word has a test passed, or a letter in it."""
    return row.shows == CHECKED or row.group == "ssn" or any(character.isalpha() for character in written)
