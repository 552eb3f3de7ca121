"""What callers send to the routes of our own, as FastAPI validates and documents it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from toneguard.messages import MAX_CONVERSATION, MAX_TEXT, Channel, Conversation, Message, Role
from toneguard.offsets import MAX_EXPLAINED
from toneguard.server.refusals import Refused
from toneguard.server.settings import MAX_MESSAGES

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def whole(value: Any) -> Any:
    """A text without halves of characters, such as a box sends while half an emoji is deleted; as long as before."""
    return LONE_SURROGATE.sub("�", value) if isinstance(value, str) else value


def no_number(value: Any) -> Any:
    """A time as ISO 8601 text; a number could be seconds or milliseconds of anything."""
    if value is not None and not isinstance(value, str):
        raise ValueError("expected an ISO 8601 date and time")
    return value


# The length stands first, so that its mistake speaks of characters.
Text = Annotated[str, Field(max_length=MAX_TEXT), BeforeValidator(whole)]
Name = Annotated[str, Field(max_length=200), BeforeValidator(whole)]
StandardName = Annotated[
    Name | None, Field(description="One of the standards that the server was started with; null is the default one.")
]
Public = Annotated[StrictBool | None, Field(description="Whether anybody can read it; null if that is not known.")]
Explain = Annotated[
    StrictBool,
    Field(
        description="Whether each score also says which words moved it, and how much (`contributions`); "
        f"for {MAX_EXPLAINED} characters under review at most."
    ),
]
Where = Annotated[Channel | None, Field(description="Where it is written.")]


class Strict(BaseModel):
    """A body whose unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid")


class Turn(Strict):
    """One message of a conversation, in the JSON form of the library."""

    text: Text
    role: Role = Field(description="Who wrote it.")
    id: Name | None = None
    sent_at: Annotated[datetime | None, BeforeValidator(no_number)] = None
    author: Name | None = None
    channel: Where = None
    language: Annotated[str | None, Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code, if it is known.")] = None
    public: Public = None

    def message(self, channel: Channel | None = None, public: bool | None = None) -> Message:
        """The message; what it does not say itself it has from the whole."""
        return Message(
            self.text,
            self.role,
            id=self.id,
            sent_at=self.sent_at,
            author=self.author,
            channel=self.channel or channel,
            language=self.language,
            public=public if self.public is None else self.public,
        )


class Draft(Strict):
    """A draft with what was written before it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "draft": "We don't do refunds.",
                    "role": "agent",
                    "channel": "email",
                    "before": [{"role": "customer", "text": "The kettle arrived cracked 😡"}],
                    "standard": None,
                    "public": False,
                }
            ]
        }
    )

    draft: Text = Field(description="The message under review, as it would be sent.")
    role: Role = Field(default=Role.AGENT, description="Who writes it; only an agent's message is judged.")
    channel: Where = None
    before: list[Turn] = Field(
        default=[], max_length=MAX_MESSAGES, description="What was written before it, oldest first."
    )
    standard: StandardName = None
    public: Public = None
    explain: Explain = False

    def messages(self) -> list[Message]:
        """All messages, the draft last."""
        earlier = [turn.message(self.channel, self.public) for turn in self.before]
        draft = Message(self.draft, self.role, channel=self.channel, public=self.public)
        explainable([draft], self.explain)
        return short_enough([*earlier, draft], "before")


class Talk(Strict):
    """A whole conversation."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "c1",
                    "messages": [
                        {"id": "m1", "role": "customer", "text": "The kettle arrived cracked 😡"},
                        {"id": "m2", "role": "agent", "text": "We don't do refunds."},
                    ],
                    "standard": None,
                }
            ]
        }
    )

    id: Name = Field(default="", description="Names the conversation in the answer.")
    messages: list[Turn] = Field(max_length=MAX_MESSAGES, description="Oldest first.")
    channel: Where = None
    standard: StandardName = None
    public: Public = None
    explain: Explain = False

    def conversation(self) -> Conversation:
        """The conversation."""
        turns = [turn.message(self.channel, self.public) for turn in self.messages]
        explainable(turns, self.explain)
        return Conversation(self.id, tuple(short_enough(turns, "messages")))


def short_enough(messages: list[Message], field: str) -> list[Message]:
    """The messages, unless they hold too much together."""
    size = sum(len(message.text) for message in messages)
    if size > MAX_CONVERSATION:
        limit = f"All messages together hold {size} characters; at most {MAX_CONVERSATION} are read at once."
        raise Refused(413, "too-large", limit, field)
    return messages


def explainable(messages: Iterable[Message], explain: bool) -> None:
    """Refuses to explain so much that the answer would be out of all proportion."""
    size = sum(len(message.text) for message in messages)
    if explain and size > MAX_EXPLAINED:
        limit = f"{size} characters are under review; at most {MAX_EXPLAINED} can be explained at once."
        raise Refused(413, "too-large", limit, "explain")


def path_of(place: Iterable[str | int]) -> str:
    """``before.0.role`` of the place of a mistake."""
    steps = [str(step) for step in place]
    return ".".join(steps[1:] if steps[:1] in (["body"], ["path"], ["query"]) else steps)
