"""Masking: typed tokens, stable in a conversation; a second pass changes nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from privacy_cases import MARK
from test_privacy_entities import ALL
from test_privacy_hostile import TEXTS

from toneguard.analysers.privacy import Masker, redact
from toneguard.analysers.privacy.keyed import read_key
from toneguard.analysers.privacy.redaction import Tokens, redact_text
from toneguard.documents import parse
from toneguard.errors import InvalidInput
from toneguard.messages import Conversation, Message

TALK = Conversation(
    id="talk",
    messages=(
        Message(
            text="Hi, my card 4111 1111 1111 1111 exp 09/28 was charged twice for order 55318.\n\nThanks\nEleni Karras\n0491 570 156",
            role="customer",
            id="m1",
        ),
        Message(
            text="Hi Eleni,\n\nIs 4111111111111111 the card? Karras is the name I have.\n\nPriya",
            role="agent",
            id="m2",
        ),
        Message(text="Yes Priya. Ring +61 491 570 156 or write to eleni.k@example.org", role="customer", id="m3"),
    ),
)


def test_a_conversation() -> None:
    assert [message.text for message in redact(TALK).messages] == [
        "Hi, my card <CARD-1> exp <EXPIRY-1> was charged twice for order 55318.\n\nThanks\n<PERSON-1>\n<PHONE-1>",
        "Hi <PERSON-1>,\n\nIs <CARD-1> the card? <PERSON-1> is the name I have.\n\n<PERSON-2>",
        "Yes <PERSON-2>. Ring <PHONE-1> or write to <EMAIL-1>",
    ]


def test_redacting_twice_changes_nothing() -> None:
    once = redact(TALK)
    assert redact(once) == once


def test_the_same_type_comes_back() -> None:
    message = Message(
        text="tfn 123 456 782", role="agent", id="m", sent_at=datetime(2026, 3, 2, tzinfo=UTC), author="Priya"
    )
    masked = redact(message)
    assert masked.text == "tfn <TFN-1>"
    assert (masked.role, masked.id, masked.sent_at, masked.author) == (message.role, "m", message.sent_at, "Priya")
    assert redact("tfn 123 456 782") == "tfn <TFN-1>"
    assert redact("nothing here") == "nothing here"
    assert redact(Conversation(id="empty")) == Conversation(id="empty")


def test_two_people_of_one_name_are_kept_apart() -> None:
    masked = redact(
        Conversation(
            id="two",
            messages=(
                Message(text="Name: Sam Lee", role="customer"),
                Message(text="Name: Sam Wong", role="customer"),
                Message(text="Hi Sam, all good.", role="agent"),
            ),
        )
    )
    assert [message.text for message in masked.messages] == [
        "Name: <PERSON-1>",
        "Name: <PERSON-2>",
        "Hi <PERSON-3>, all good.",
    ]


def test_a_first_name_met_first_belongs_to_the_first_full_name() -> None:
    masker = Masker()
    assert masker.redact("Hi Sam,") == "Hi <PERSON-1>,"
    assert masker.redact("Name: Sam Lee") == "Name: <PERSON-1>"
    assert masker.redact("Name: Sam Wong") == "Name: <PERSON-2>"


def test_one_masker_keeps_its_tokens() -> None:
    masker = Masker()
    assert masker.redact("ring 0491 570 156") == "ring <PHONE-1>"
    assert masker.redact("not 0491 570 110 but 0491570156") == "not <PHONE-2> but <PHONE-1>"


def test_tokens_of_an_earlier_pass_are_not_given_again() -> None:
    assert redact("<PHONE-1> or 0491 570 156") == "<PHONE-1> or <PHONE-2>"


def test_quoted_history_and_team_mailboxes_are_masked_too() -> None:
    text = "Thanks, done.\n\nOn Thu, 16 Apr 2026 at 14:02, Shop <orders@example.com> wrote:\n> Call 0491 570 156"
    masked = redact(text)
    assert "@" not in masked
    assert "0491" not in masked


def test_own_order_numbers_stay() -> None:
    assert redact("my 0491570156", order_numbers=[r"0491\d{6}"]) == "my 0491570156"


def test_a_document() -> None:
    document = parse(Message(text="0491 570 156 and 0491 570 156", role="customer"))
    assert redact_text(document, Tokens()) == "<PHONE-1> and <PHONE-1>"


@pytest.mark.parametrize("marked", ALL)
def test_every_marked_value_is_hidden(marked: str) -> None:
    text = MARK.sub(r"\2", marked)
    masked = redact(text)
    for value in MARK.findall(marked):
        assert value[1] not in masked
    assert redact(masked) == masked


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_stable_after_one_pass(text: str) -> None:
    masked = redact(text)
    assert redact(masked) == masked


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["customer", "agent"])), max_size=4))
def test_any_conversation_is_stable_after_one_pass(turns: list[tuple[str, str]]) -> None:
    conversation = Conversation(id="c", messages=tuple(Message(text=text, role=role) for text, role in turns))
    masked = redact(conversation)
    assert len(masked.messages) == len(turns)
    assert redact(masked) == masked


KEY, OTHER_KEY = b"k" * 32, b"o" * 32


def test_keyed_tokens_are_the_same_in_every_conversation_and_for_one_key_only() -> None:
    def tokens(text: str, key: bytes) -> set[str]:
        return set(re.findall(r"<[^>]+>", redact(text, key=key)))

    first = tokens("Ring 0491 570 156 or mele@example.com", KEY)
    assert len(first) == 2
    assert tokens("mele@example.com, +61 491 570 156", KEY) == first
    assert tokens("mele@example.com, +61 491 570 156", OTHER_KEY).isdisjoint(first)


@pytest.mark.parametrize("options", [{"key": KEY}, {"last_four": True}, {"key": KEY, "last_four": True}])
def test_masking_twice_changes_nothing_whatever_the_tokens(options: dict[str, Any]) -> None:
    text = "I'm Mina Haddad, 0491 570 006, card 4111 1111 1111 1111, TFN 123 456 782, mina@example.com"
    masked = redact(text, **options)
    assert redact(masked, **options) == redact(masked) == masked
    assert "4111 1111" not in masked
    assert "123 456" not in masked


def test_the_last_four_digits_stay_of_what_people_name_by_them() -> None:
    masked = redact("card 4111 1111 1111 1111, 0491 570 006, TFN 123 456 782", last_four=True)
    assert masked == "card <CARD-1:1111>, <PHONE-1:0006>, TFN <TFN-1>"


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 31])
def test_a_key_that_can_be_guessed_is_refused(key: bytes) -> None:
    with pytest.raises(InvalidInput, match="can be guessed"):
        redact("0491 570 156", key=key)


def test_a_key_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"mask\.key: cannot be read"):
        read_key(tmp_path / "mask.key")
    (tmp_path / "mask.key").write_bytes(KEY)
    assert read_key(tmp_path / "mask.key") == KEY
