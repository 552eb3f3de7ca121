"""What comes in: messages and conversations. Frozen, plain data, JSON both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from toneguard.errors import InvalidInput

MAX_TEXT = 100_000
"""Characters of one message that an HTTP door reads."""
MAX_CONVERSATION = 300_000
"""Characters of a message and all before it that an HTTP door reads at once."""


class Role(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Channel(StrEnum):
    """Where a message was written."""

    EMAIL = "email"
    CHAT = "chat"
    SMS = "sms"
    SOCIAL = "social"
    WEB = "web"
    REVIEW = "review"
    PHONE = "phone"
    OTHER = "other"


Choice = TypeVar("Choice", bound=StrEnum)


def choose(kind: type[Choice], value: object, field_name: str) -> Choice:
    """The member of ``kind`` that ``value`` names; raises :class:`InvalidInput` that lists the members."""
    if isinstance(value, kind):
        return value
    try:
        return kind(str(value) if isinstance(value, str) else "")
    except ValueError:
        shown = repr(value) if isinstance(value, str) and len(value) <= 30 else f"a {type(value).__name__}"
        allowed = ", ".join(member.value for member in kind)
        raise InvalidInput(f"{field_name}: {shown} is not one of {allowed}") from None


def read_time(text: str) -> datetime:
    """The moment of an ISO 8601 text; raises :class:`InvalidInput`."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput("sent_at: not an ISO 8601 date and time") from None


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """One text by one writer.

    ``text`` may be empty and may hold anything a ``str`` can hold; it is never shown in a ``repr``.
    ``role`` is a :class:`Role` or its string. ``sent_at`` is a ``datetime`` (or ISO 8601 string),
    ``language`` an ISO 639-1 code if it is known; otherwise the language is recognised. ``public`` says whether
    anybody can read it (None: not known; an answer to a review then counts as public).

    Raises :class:`~toneguard.errors.InvalidInput` for a text that is no ``str`` or an unknown role or channel.
    """

    text: str = field(repr=False)
    role: Role
    id: str | None
    sent_at: datetime | None
    author: str | None = field(repr=False)
    channel: Channel | None
    language: str | None
    public: bool | None

    # Written out, so that type checkers know that the strings are welcome and the attributes are not strings.
    def __init__(
        self,
        text: str,
        role: Role | str = Role.AGENT,
        id: str | None = None,  # noqa: A002
        sent_at: datetime | str | None = None,
        author: str | None = None,
        channel: Channel | str | None = None,
        language: str | None = None,
        public: bool | None = None,
    ) -> None:
        if not isinstance(text, str):
            raise InvalidInput(f"text: expected str, got {type(text).__name__}")
        store = object.__setattr__
        store(self, "text", text)
        store(self, "role", role if type(role) is Role else choose(Role, role, "role"))
        store(self, "id", id)
        store(self, "sent_at", read_time(sent_at) if isinstance(sent_at, str) else sent_at)
        store(self, "author", author)
        store(self, "channel", channel and choose(Channel, channel, "channel"))
        store(self, "language", language)
        store(self, "public", public)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; ``from_dict`` gives the same message back."""
        return {
            "text": self.text,
            "role": self.role.value,
            "id": self.id,
            "sent_at": self.sent_at.isoformat() if self.sent_at else None,
            "author": self.author,
            "channel": self.channel.value if self.channel else None,
            "language": self.language,
            "public": self.public,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Message:
        """A message from :meth:`to_dict` data; missing fields take their defaults."""
        return cls(**known_fields(cls, data, required=("text",)))


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages in the order in which they were written; ``id`` names the conversation in results."""

    id: str
    messages: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.id, str):
            raise InvalidInput(f"id: expected str, got {type(self.id).__name__}")
        messages = tuple(self.messages)
        for position, message in enumerate(messages):
            if not isinstance(message, Message):
                raise InvalidInput(f"messages[{position}]: expected Message, got {type(message).__name__}")
        object.__setattr__(self, "messages", messages)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; ``from_dict`` gives the same conversation back."""
        return {"id": self.id, "messages": [message.to_dict() for message in self.messages]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Conversation:
        """A conversation from :meth:`to_dict` data."""
        fields = known_fields(cls, data, required=("id",))
        if not isinstance(fields.get("messages", ()), Iterable):
            raise InvalidInput("messages: expected a list")
        return cls(id=fields["id"], messages=tuple(Message.from_dict(m) for m in fields.get("messages", ())))


def known_fields(cls: type, data: object, *, required: tuple[str, ...]) -> dict[str, Any]:
    """``data`` as keyword arguments for a dataclass; raises :class:`InvalidInput` for wrong or missing names."""
    if not isinstance(data, Mapping):
        raise InvalidInput(f"expected an object with fields, got {type(data).__name__}")
    names = list(cls.__dataclass_fields__)  # type: ignore[attr-defined]
    for name in data:
        if name not in names:
            raise InvalidInput(f"unknown field {str(name)[:40]!r}; known: {', '.join(names)}")
    for name in required:
        if name not in data:
            raise InvalidInput(f"missing field {name!r}")
    return dict(data)


def as_message(value: Message | tuple[str, str] | Mapping[str, Any] | str) -> Message:
    """A :class:`Message` from a message, a ``(role, text)`` pair, a mapping, or a bare text of a customer."""
    if isinstance(value, Message):
        return value
    if isinstance(value, str):
        return Message(text=value, role=Role.CUSTOMER)
    if isinstance(value, Mapping):
        return Message.from_dict(value)
    if isinstance(value, tuple | list) and len(value) == 2:
        return Message(text=value[1], role=value[0])
    raise InvalidInput(f"before: expected Message, (role, text) or mapping, got {type(value).__name__}")
