"""Twice the text, twice the work: for every recogniser on what is worst for it, and for the analyser and the masks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_doubles, assert_linear, lines_run
from test_privacy_fuzz import FINDERS

from toneguard.analysers.privacy import Privacy, redact
from toneguard.analysers.privacy.view import View
from toneguard.documents import parse, parse_conversation
from toneguard.messages import Message

pytestmark = pytest.mark.slow  # counts every line that runs, on some 400 texts; test_privacy_hostile.py has the worst

CUES = (
    "my card cvv expiry tfn abn acn medicare licence passport crn ssn nino nhs ird bsb account number sort code routing iban"
    " bank phone dob password is pin api key code otp address: po box apt St name: I'm this is under here thanks dot ip Mr 7\n"
)
"""One of every word that makes a recogniser look closer, once."""

ANY = ("1 ", "a.", "-", "A ", "St ", "(0", "http://", "Unit 1/", "1", "1-", "1\u200b", "\n", " ", "1\n", "É", "<CARD-1>", "\ud800")
"""Bad for somebody: every recogniser reads these."""
WORST = {
    "find_emails": ("@", "a@", "a.b@", "a.b@c.", "%-", "://a@", "a@a.a.a.a.", "-a@b-"),
    "find_spelled_emails": (" at ", "a dot ", "(at)", "a at b dot ", "[at]a.b dot ", "@ a . ", "a dash "),
    "find_url_secrets": ("https://a.b/?token=", "https://a:", "https://a:b@", "https://a/reset/", "?token=a", "&a_", "https://a_"),
    "find_passwords": ("password for a ", "password: ", "password is a ", "pin ", "my card pin is ", "eyja.", "sk_live_a", "aiza"),
    "find_ips": ("1.", "1.1.1.1.", "1.1.1.1 ", ":", "a:", "::1 ", "ab:ab:", "version 1.1.1.1 "),
    "find_cards": ("4111 1111 1111 1111 ", "4111-", "4111111111111112 ", "4 1 1 1 ", "4\n", "exp 1/30 ", "cvv 123 ", "1 1/30 123 "),
    "find_ibans": ("GB82WEST", "gb82 ", "no93 8601 ", "de89-", "ab12cd34", "a1"),
    "find_accounts": ("bsb 000-000 ", "000-000 12345", "account 12345 ", "bank 000-000, ", "11 1111 1111111 11 ", "routing 021000021 "),
    "find_identifiers": ("tfn 123 456 782 ", "123 456 ", "ab 12 12 ", "passport a", "licence ", "2123 45670 1 ", "medicare ", "crn 1"),
    "find_phones": ("0491 570 006 ", "+61 4", "+1 (2", "0(", "00 ", "phone 1 ", "202-555-0100 ", "1 ext ", "1.1-1 1"),
    "find_codes": ("code ", "otp 1", "verification code is ", "1234 is your ", "otp is, ", "security code door code "),
    "find_birth_dates": ("dob ", "born 1/1/", "1 jan ", "1/1/1990 ", "dob of 1.1.", "may 1 "),
    "find_addresses": ("1 a st ", "12 Wattle St, Kyneton VIC 3444 ", "po box 1, ", "nsw ", "St a, ", "1 1st ", "cnr A St & ", "cnr a ", "rmb 1, a a road "),
    "find_abroad": ("apt 1 ", "1 a a apt 1 ", "address is 1 a ", "1 a, ", "sy8 1zz ", "1 a a, sy8 1zz ", "door 1, a, ", "a", "aweg ", "aweg 1, 12345 ", "1 rue a ", "via a ", "v15 xk72 "),
    "find_names": ("Sam ", "my name is ", "name: Sam ", "from: ", "Hi Sam and ", "I'm Sam ", "Mr ", "thanks Sam ", "Sam here ", "Regards,\nSam\n", "O'", "A. ", "van ", "Sam Sam ", "the Zed, ", "Zed-", "sam "),
}  # fmt: skip
CASES = [(name, unit) for name in FINDERS for unit in (*WORST[name], *ANY)]


def repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.parametrize(("name", "unit"), CASES)
def test_lines(name: str, unit: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        document = parse(Message(text=CUES + repeated(unit, size), role="customer"))
        return lambda: list(FINDERS[name](View(document)))

    assert_doubles(prepare, 1_000, f"{name} {unit}")


@pytest.mark.parametrize("name", FINDERS)
def test_time(name: str) -> None:
    """From 10 kB to 80 kB: no count of lines shows what an expression does inside one."""
    for unit in WORST[name]:

        def prepare(size: int, unit: str = unit) -> Callable[[], object]:
            document = parse(Message(text=CUES + repeated(unit, size), role="customer"))
            view = View(document)
            return lambda: list(FINDERS[name](view))

        assert_linear(prepare, 10_000, f"{name} {unit}")


CONTACTS = ("a@b.co ", "your email is a@b.co ", "0491 570 006\n", "Sam Lee, ", "your card is 4111 1111 1111 1111. ", "order 4821 ", "12 Wattle St, ")


@pytest.mark.parametrize("unit", CONTACTS)
def test_findings_in_a_conversation(unit: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = repeated(unit, size)
        documents = parse_conversation([Message(text=text, role=role) for role in ("customer", "agent")])
        return lambda: Privacy().analyse(documents)

    assert_doubles(prepare, 2_000, unit)


@pytest.mark.parametrize("unit", [*CONTACTS, "Sam ", "1 ", "tfn 123 456 782 "])
def test_masks(unit: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = repeated(unit, size)
        return lambda: redact(text)

    assert_doubles(prepare, 2_000, unit)


def test_the_measure_sees_quadratic_work() -> None:
    """What the tests above rest on."""

    def prepare(size: int) -> Callable[[], object]:
        documents = parse_conversation([Message(text="hm", role="customer")] * (size // 10))
        return lambda: [list(document.before) and View(before) for document in documents for before in document.before]

    assert lines_run(prepare(10)) < lines_run(prepare(40))
    with pytest.raises(AssertionError, match="lines for one, two and four times as much"):
        assert_doubles(prepare, 200)
