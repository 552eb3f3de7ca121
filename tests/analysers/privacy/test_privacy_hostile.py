"""Any text: no crash, places inside the text, and time that grows with the length only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from privacy_cases import MARK, read
from test_privacy_entities import ALL

from toneguard.analysers.privacy import RULES, entities
from toneguard.documents import parse
from toneguard.messages import Message

PIECES = st.sampled_from(
    [MARK.sub(r"\2", text) for text in ALL]
    + [
        "4111",
        " ",
        "-",
        "+61",
        "@",
        ".",
        "at",
        "dot",
        "my card",
        "tfn",
        "12 Example St",
        "\u200b",
        "\ud800",
        "\n",
        "İ",
        "٤١١١",
        "<CARD-1>",
        ":",
        "password is",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=12).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["customer", "agent", "bot", "system"]))
def test_places_lie_inside(text: str, role: str) -> None:
    last = 0
    for entity in entities(parse(Message(text=text, role=role))):
        assert last <= entity.span.start < entity.span.end <= len(text)
        assert entity.rule in RULES
        assert 0 < entity.confidence <= 1
        assert entity.because
        last = entity.span.end


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_what_was_said_before_breaks_nothing(before: str, text: str) -> None:
    document = read(text, ("agent", before))
    assert entities(document) == entities(document)


HOSTILE = [
    "1", "1 ", "4111 ", "4111 1111 1111 1111 ", "card 4111 ", "order 4111111111111111 ", "0491 570 156 ", "+61 4", "+", "@", "a@",
    "a@a.", "a at b dot ", "at ", ".", ":", "ab:", "1::", "12 example street ", "st ", "unit 1/", "1/", "password is ", "pin 1", "code ",
    "verification code is ", "my name is ", "Sam ", "Sam Lee ", "hi ", "i'm ", "from: ", "Mr ", "GB82 ", "GB82WEST", "bsb 000-000 ",
    "account number 12345678 ", "tfn 123 456 782 ", "dob 1/1/1990 ", "1-", "\n", "1\n", " ", "https://a.b/?token=aaaaaa&", "a=",
    "4\u200b", "４", "apt 1 ", "address is 1 a ", "po box 1 ", "thanks ", " here, ", "<CARD-1>", "van der ", "123-45-6789 ", "eyj", "\ud800",
    "a.", "A ", "(0", "http://", "-", "É",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_linear_time(unit: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        document = parse(Message(text=(unit * (size // len(unit) + 1))[:size], role="customer"))
        return lambda: entities(document)

    assert_linear(prepare, 8_000, unit)
