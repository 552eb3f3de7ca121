"""Numbers that were sent in several messages."""

from __future__ import annotations

import pytest
from analysers.privacy.privacy_cases import found
from hypothesis import given, settings
from hypothesis import strategies as st

import toneguard
from toneguard.analysers.privacy import entities
from toneguard.analysers.privacy.recognise import continuations
from toneguard.documents import parse_conversation

CARD = (("customer", "my card is 4111 1111"),)


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (CARD, "1111 1111", [("payment-card", "1111 1111")]),
        (CARD, "1111 1111 exp 09/28", [("payment-card", "1111 1111"), ("card-expiry", "09/28")]),
        ((("customer", "its 4111"), ("customer", "1111"), ("customer", "1111")), "1111", [("payment-card", "1111")]),
        ((("customer", "Sure, you can ring me on 0491 570..."),), "156 after 5", [("phone-number", "156")]),
        ((("customer", "my TFN is 123 456"),), "782", [("tax-file-number", "782")]),
        ((("customer", "medicare 2123 45"),), "...6701", [("medicare-number", "6701")]),
        ((("agent", "Your BSB and account?"), ("customer", "BSB 062-000 acct 1048")), "2231", [("bank-account", "2231")]),
    ],
)
def test_the_last_piece_is_found(before, text, expected) -> None:
    given = [(rule, value) for rule, value, *_ in found(text, *before)]
    assert given == expected


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ((("customer", "my card is 4111 1111"),), "1111 1112"),  # no card
        ((("customer", "order number 4111 1111"),), "1111 1111"),
        ((("agent", "4111 1111"),), "1111 1111"),  # another writer
        ((("customer", "my card is 4111 1111"), ("agent", "And the rest?")), "no, 2 lamps"),
        ((("customer", "ring me on 0491 570 156"),), "2 lamps, 3 cups"),
        ((("customer", "We ordered 12"),), "4 came"),
    ],
)
def test_quiet(before, text) -> None:
    assert found(text, *before) == []


def test_masking_a_conversation_hides_every_piece() -> None:
    conversation = toneguard.Conversation(
        id="c",
        messages=(
            toneguard.Message(text="my card is 4111 1111", role="customer"),
            toneguard.Message(text="1111 1111, thanks", role="customer"),
            toneguard.Message(text="Order 4111 1111", role="customer"),
        ),
    )
    masked = toneguard.redact(conversation)
    assert [message.text for message in masked.messages] == [
        "my card is <CARD-1>", "<CARD-1>, thanks", "Order 4111 1111",
    ]  # fmt: skip
    assert toneguard.redact(masked) == masked


def test_a_finding_for_the_piece_in_its_own_message() -> None:
    review = toneguard.review("1111 1111", role="customer", before=[("customer", "card: 4111 1111")])
    assert [(f.rule, f.span) for f in review.findings if f.rule.startswith("privacy/")] == [
        ("privacy/payment-card", (0, 9))
    ]
    assert "1111" not in review.to_json()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["customer", "customer", "agent"]),
            st.lists(st.sampled_from(["4111", "1111 1111", "my card is", "bsb 062-000", "0491 570", "156", "...", "then", "tfn 123 456", "782", "😡", "> 12", "\n", "order", "2"]), max_size=5).map(" ".join),
        ),
        max_size=7,
    )
)
def test_pieces_lie_inside_their_messages_and_masking_is_done_once(turns: list[tuple[str, str]]) -> None:
    messages = tuple(toneguard.Message(text=text, role=role) for role, text in turns)
    for document in parse_conversation(messages):
        for entity in entities(document):
            assert 0 <= entity.span.start < entity.span.end <= len(document.text)
        for _, earlier in continuations(document):
            for back, span in earlier:
                assert 0 <= span.start < span.end <= len(document.before[-back].text)
    masked = toneguard.redact(toneguard.Conversation(id="c", messages=messages))
    assert toneguard.redact(masked) == masked


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("I rang at 1030", "128 gb is what the box says"),
        ("my phone has 128", "2026 is the year on it"),
        ("I called 3", "570 156 is the number of the queue"),
        ("phone bought in 2024", "10482276 is what the till printed"),
        ("my number is 0491", "2026"),
        ("it went up by 50%", "4111 1111 1111"),
    ],
)
def test_numbers_in_a_row_are_no_telephone(first: str, then: str) -> None:
    assert found(then, ("customer", first)) == []


@pytest.mark.parametrize(
    ("first", "then", "rule"),
    [
        ("ring me on 0491", "570 156", "phone-number"),
        ("my UK mobile is +44 7700", "900 123", "phone-number"),
        ("my card is 4111 1111 🙂", "1111 1111", "payment-card"),
    ],
)
def test_pieces_in_other_clothes(first: str, then: str, rule: str) -> None:
    assert [entity for entity, *_ in found(then, ("customer", first))] == [rule]
