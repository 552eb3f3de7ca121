"""Bank accounts: IBAN (ISO 13616, check by modulus 97), BSB and account (Australia), sort code (UK), routing (US), NZ.

Only the IBAN and the US routing number carry check digits; the others need their words beside them, because six digits
with a dash in the middle are also part numbers and dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toneguard.analysers.privacy.entity import CERTAIN, LIKELY, STRONG, Entity
from toneguard.analysers.privacy.identifiers import compact
from toneguard.analysers.privacy.view import View

IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]){11,30}")
BSB = re.compile(r"(?<![\d/=$.])(?<!\d[ -])\d{3}[ –-]?\d{3}(?![\d/]|[.-]\d)(?! \d{3}\b(?! ?\d))")
SORT_CODE = re.compile(r"(?<![\d/=.-])\d{2}[ -]?\d{2}[ -]?\d{2}(?![\d/]|[.-]\d)")
ACCOUNT = re.compile(r"(?<![\d/=$.-])\d(?:[ -]?\d){4,11}(?![\w/]|[.-]\d)")
ROUTING = re.compile(r"(?<![\w/=.-])\d{9}(?![\w/]|[.-]\d)")
NEW_ZEALAND = re.compile(r"(?<![\w/=.-])\d{2}[ -]\d{4}[ -]\d{7}[ -]\d{2,3}(?![\w/]|[.-]\d)")
PAIR = re.compile(
    r"\d(?<![\w/=.-]\d)\d{2}-\d{3}[ ,/|]{1,3}(?:(?:acc(?:t|ount)?|a/c)\.?(?: no\.?| number)?[: ]{1,2})?"
    r"(?:\d{5,10}|\d{3,4} \d{3,5})(?![\w/]|[.-]\d)(?! \d)"
)
# "062-000 acct 1048 2231": one account, not two numbers.
JOINED = re.compile(r" (?:account|acct|acc|a/c)\.? (?=\d)")
REACH = 80
GROUPED_ACCOUNT = re.compile(r"\d{4} \d{4}")
NO_DIGIT = re.compile(r"\D")


def find_ibans(view: View) -> Iterator[Entity]:
    """IBANs: country, length and check digits all hold. A trailing word or number is left out."""
    for match in IBAN.finditer(view.text):
        start = match.start()
        for end in iban_ends(match):
            written = view.cased[start:end]
            if (written.isupper() or written.islower()) and iban_holds(compact(match.group()[: end - start])):
                reason = "context nearby" if view.near("bank", start, end) or "iban" in view.text else ""
                yield view.entity(
                    "iban",
                    start,
                    end,
                    compact(match.group()[: end - start]),
                    CERTAIN,
                    "format",
                    "check digits hold",
                    reason,
                )
                break


def iban_ends(match: re.Match[str]) -> Iterator[int]:
    """Where an IBAN of the country's own length would end, then nothing: other countries have no IBAN."""
    length = IBAN_LENGTHS.get(match.group()[:2])
    if length is None:
        return
    count = 0
    for position, character in enumerate(match.group()):
        count += character.isalnum()
        if count == length:
            following = match.string[match.start() + position + 1 : match.start() + position + 2]
            if not following.isalnum():
                yield match.start() + position + 1
            return


def iban_holds(number: str) -> bool:
    """Modulus 97 and the country's own structure."""
    from stdnum import iban

    return bool(iban.is_valid(number, check_country=False))


def find_accounts(view: View) -> Iterator[Entity]:
    """BSB, sort code and routing numbers where they are so called, and the account numbers that go with them."""
    coded = list(bank_codes(view))
    yield from coded
    if "account" in view.groups and ("bank" in view.groups or coded or follows_bsb(view)):
        yield from account_numbers(view)
    if "bank" in view.groups and not coded:
        yield from pairs(view)
    for match in NEW_ZEALAND.finditer(view.text) if view.digits >= 15 else ():
        if "bank" in view.groups or "account" in view.groups or new_zealand_holds(match.group()):
            yield account(view, *match.span(), STRONG, "layout of its own")


def bank_codes(view: View) -> Iterator[Entity]:
    """Labelled codes of a bank, with the account number that follows at once."""
    for group, expression in (("bsb", BSB), ("sort code", SORT_CODE), ("routing", ROUTING)):
        for match in expression.finditer(view.text) if group in view.groups else ():
            start, end = match.span()
            reason = view.context(group, start, end)
            direct = reason.startswith("labelled")
            if not reason or (not direct and match.group().isdigit()):
                continue
            if group == "routing":
                if routing_holds(match.group()):
                    yield account(view, start, end, CERTAIN, "check digit holds", reason)
                continue
            joint = JOINED.match(view.text, end) if group == "bsb" else None
            tail = ACCOUNT.match(view.text, joint.end() if joint else following_number(view.text, end))
            yield account(
                view, start, tail.end() if tail else end, CERTAIN if direct else LIKELY, "format", reason
            )


def follows_bsb(view: View) -> bool:
    """Whether a BSB was spoken of in the message before: people send it and the account one after the other."""
    return view.sole and "bsb" in view.asked


def account_numbers(view: View) -> Iterator[Entity]:
    """Numbers labelled "account" where a bank is spoken of: without it, this is the customer's account with a shop."""
    for match in ACCOUNT.finditer(view.text):
        start, end = match.span()
        label = view.label(start)
        if (
            "account" in label
            and not label & {"phone", "card"}
            and (view.near("bank", start, end, REACH, REACH) or follows_bsb(view))
        ):
            yield account(view, start, end, STRONG, "format", "labelled 'account'", "context 'bank' nearby")
        elif (
            not label
            and "bsb" in view.groups
            and GROUPED_ACCOUNT.fullmatch(match.group())
            and view.near("account", start, end, REACH, 0)
        ):
            yield account(view, start, end, LIKELY, "format", "context 'account' nearby")


def pairs(view: View) -> Iterator[Entity]:
    """BSB and account number together, in the layout of both, near a word for a bank."""
    for match in PAIR.finditer(view.text):
        start, end = match.span()
        if view.near("bank", start, end) and not view.is_lookalike(start):
            named = any(map(str.isalpha, match.group())) or not view.label(start).isdisjoint(
                ("account", "bsb")
            )
            yield account(
                view, start, end, STRONG if named else LIKELY, "layout of its own", "context 'bank' nearby"
            )


def account(view: View, start: int, end: int, confidence: float, *because: str) -> Entity:
    """A bank account entity; its value is the digits."""
    value = NO_DIGIT.sub("", view.text[start:end])
    return view.entity("bank-account", start, end, value, confidence, *because)


def following_number(text: str, end: int) -> int:
    """Where a number begins that only signs keep apart from the one that ends here."""
    position = end
    while position < len(text) and position - end < 4 and text[position] in " /,-|:\n":
        position += 1
    return position if position > end else len(text)


def routing_holds(number: str) -> bool:
    """ABA routing number: weights 3 7 1."""
    from stdnum.us import rtn

    return bool(rtn.is_valid(number))


def new_zealand_holds(number: str) -> bool:
    """New Zealand bank account: branch and modulus as published by the banks."""
    from stdnum.nz import bankaccount

    return bool(bankaccount.is_valid(number))


# ISO 13616 registry: characters of an IBAN by country.
IBAN_LENGTHS = {
    code: int(length)
    for code, length in (
        entry.split(":")
        for entry in (
            "ad:24 ae:23 al:28 at:20 az:28 ba:20 be:16 bg:22 bh:22 bi:27 br:29 by:28 ch:21 cr:22 cy:28 cz:24"
            " de:22 dj:27 dk:18 do:28 ee:20"
            " eg:29 es:24 fi:18 fk:18 fo:18 fr:27 gb:22 ge:22 gi:23 gl:18 gr:27 gt:28 hn:28 hr:21 hu:28 ie:22"
            " il:23 iq:23 is:26 it:27 jo:30"
            " kw:30 kz:20 lb:28 lc:32 li:21 lt:20 lu:20 lv:21 ly:25 mc:27 md:24 me:22 mk:19 mn:20 mr:27 mt:31"
            " mu:30 ni:28 nl:18 no:15 om:23"
            " pk:24 pl:28 ps:29 pt:25 qa:29 ro:24 rs:22 ru:33 sa:24 sc:31 sd:18 se:24 si:19 sk:24 sm:27 so:23"
            " st:25 sv:28 tl:23 tn:24 tr:26"
            " ua:29 va:22 vg:24 xk:20 ye:30"
        ).split()
    )
}
