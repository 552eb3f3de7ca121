from __future__ import annotations

from datetime import datetime

import pytest

from toneguard.errors import InvalidInput
from toneguard.messages import Channel, Conversation, Message, Role, as_message


def test_a_message_takes_strings_for_role_channel_and_time() -> None:
    message = Message(text="Hi", role="customer", channel="chat", sent_at="2026-03-02T09:14:00+11:00")
    assert (message.role, message.channel) == (Role.CUSTOMER, Channel.CHAT)
    assert message.sent_at == datetime.fromisoformat("2026-03-02T09:14:00+11:00")


def test_a_message_survives_json() -> None:
    message = Message(text="Hi", role="customer", id="m1", sent_at="2026-03-02T09:14:00", channel="sms", language="en")
    assert Message.from_dict(message.to_dict()) == message
    conversation = Conversation(id="c1", messages=(message, Message(text="")))
    assert Conversation.from_dict(conversation.to_dict()) == conversation


def test_a_message_does_not_show_its_text() -> None:
    message = Message(text="My card is 4111 1111 1111 1111", author="Mina")
    assert "4111" not in repr(message)
    assert "Mina" not in repr(Conversation(id="c", messages=(message,)))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"text": None}, "text: expected str, got NoneType"),
        ({"text": b"Hi"}, "text: expected str, got bytes"),
        ({"text": "Hi", "role": "boss"}, "role: 'boss' is not one of customer, agent, bot, system"),
        ({"text": "Hi", "role": 3}, "role: a int is not one of"),
        ({"text": "Hi", "channel": "fax"}, "channel: 'fax' is not one of email"),
        ({"text": "Hi", "sent_at": "yesterday"}, "sent_at: not an ISO 8601"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: dict[str, object], named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        Message(**arguments)  # type: ignore[arg-type]


def test_unknown_and_missing_fields_are_named() -> None:
    with pytest.raises(InvalidInput, match=r"unknown field 'body'; known: text, role"):
        Message.from_dict({"text": "Hi", "body": "x"})
    with pytest.raises(InvalidInput, match="missing field 'text'"):
        Message.from_dict({"role": "agent"})
    with pytest.raises(InvalidInput, match=r"messages\[1\]: expected Message, got str"):
        Conversation(id="c", messages=(Message(text="Hi"), "Hi"))  # type: ignore[arg-type]


def test_what_was_written_before_may_be_pairs_texts_or_messages() -> None:
    assert as_message(("agent", "Hi")) == Message(text="Hi", role=Role.AGENT)
    assert as_message("Hi").role is Role.CUSTOMER
    assert as_message({"text": "Hi", "role": "bot"}).role is Role.BOT
    with pytest.raises(InvalidInput, match="before: expected Message"):
        as_message(7)  # type: ignore[arg-type]
