"""The server: three tools that read, change nothing and send nothing anywhere.

Only importing this module imports the SDK.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from toneguard._version import __version__
from toneguard.errors import SettingsError
from toneguard.messages import Channel, Conversation, Message, Role
from toneguard.pipeline import Pipeline
from toneguard.reviews import Level, Review, Verdict
from toneguard.rules import builtin_rules, resolve
from toneguard.rules.load import to_dict

INSTRUCTIONS = """\
ToneGuard checks replies to customers before they are sent. Call check_reply with every draft, and with what the
customer wrote before it. Send only what passes. On "revise" mend every warning and check again; on "hold" do not send:
an error may break the law or tell personal data; on "unknown" let a person look. Findings name a rule; explain_rule
says why it exists and shows sentences that raise it and that do not. Offsets are Unicode code points."""

MEANINGS = {
    Verdict.PASS: "Nothing must change.",
    Verdict.REVISE: "Change it before it goes out.",
    Verdict.HOLD: "Do not send this.",
    Verdict.UNKNOWN: "A required check could not run: let a person look.",
    None: "Read, not judged: only agents' messages are.",
}
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


class Turn(BaseModel):
    """One message of a conversation."""

    text: str
    role: Role = Field(description="Who wrote it.")
    id: str | None = None


class Problem(BaseModel):
    """A finding, as the writer of the reply needs it."""

    rule: str
    level: Level
    message: str
    advice: str = Field(description="What to do instead, in general.")
    replacements: list[str] = Field(description="Texts to put in place of start..end, best first.")
    start: int | None = Field(description="First code point; null where something is missing from the whole text.")
    end: int | None


class Checked(BaseModel):
    """What is said of one message."""

    message_id: str | None
    role: Role
    verdict: Verdict | None
    send: bool = Field(description="Whether it may be sent as it is.")
    meaning: str
    problems: list[Problem]
    review: dict[str, Any] | None = Field(description="The whole review with every score, where full was asked for.")


class CheckedConversation(BaseModel):
    """What is said of each message of a conversation."""

    verdict: Verdict | None = Field(description="The worst of the agents'.")
    messages: list[Checked]


Text = Annotated[str, Field(description="The draft, as it would be sent.")]
Before = Annotated[list[Turn], Field(description="What was written before it, oldest first.")]
Turns = Annotated[list[Turn], Field(description="The messages, oldest first.", min_length=1)]
Public = Annotated[bool | None, Field(description="Whether anybody can read it; null if that is not known.")]
Full = Annotated[bool, Field(description="Also give the whole review: every score with what it rests on.")]
RuleName = Annotated[str, Field(description="Such as respect/blame-customer.")]


def make_server(standard: str | Path | None = None, *, tier: str | None = None) -> MCPServer:
    """A server that judges by a standard (a path, a preset, or None for the default one).

    Raises :class:`~toneguard.errors.SettingsError` for a standard that is wrong and
    :class:`~toneguard.errors.InvalidInput` for an unknown tier.
    """
    pipeline = Pipeline.from_standard(standard or "default", tier=tier)
    rules = {**builtin_rules(), **pipeline.standard.rules}
    # At every level below, the SDK logs exceptions with what they say, which may quote a text.
    server = MCPServer("toneguard", version=__version__, instructions=INSTRUCTIONS, log_level="CRITICAL")

    @server.tool(title="Check a reply", annotations=READS)
    def check_reply(
        text: Text,
        before: Before = [],  # noqa: B006  (the protocol shows it; nobody changes it)
        channel: Channel | None = None,
        public: Public = None,
        full: Full = False,
    ) -> Checked:
        """Check a draft of a reply to a customer before it is sent: may it go, what is wrong, where, what instead."""
        earlier = [message_of(turn, channel, public) for turn in before]
        review = pipeline.review(Message(text, "agent", channel=channel, public=public), before=earlier)
        return checked(review, pipeline, full)

    @server.tool(title="Review a conversation", annotations=READS)
    def review_conversation(
        messages: Turns, channel: Channel | None = None, public: Public = None, full: Full = False
    ) -> CheckedConversation:
        """Review every message of a conversation, each in the light of those before it; agents' are judged."""
        turns = tuple(message_of(turn, channel, public) for turn in messages)
        found = pipeline.review_conversation(Conversation("", turns))
        return CheckedConversation(
            verdict=found.verdict,
            messages=[checked(review, pipeline, full) for review in found.reviews],
        )

    @server.tool(title="Explain a rule", annotations=READS)
    def explain_rule(rule: RuleName) -> dict[str, Any]:
        """Say what a rule looks for, why, on what authority, with sentences that raise it and that do not."""
        try:
            return to_dict(rules[resolve(rule, rules)])
        except SettingsError as problem:
            raise ToolError(str(problem)) from None

    return server


def message_of(turn: Turn, channel: Channel | None, public: bool | None) -> Message:
    """A turn as a message."""
    return Message(turn.text, turn.role, id=turn.id, channel=channel, public=public)


def checked(review: Review, pipeline: Pipeline, full: bool) -> Checked:
    """A review as an agent reads it: what barks first and worst first, without notes unless all is asked for."""
    remarks = [found for found in review.findings if full or found.level.barks]
    remarks.sort(key=lambda found: -found.level.rank)
    return Checked(
        message_id=review.message_id,
        role=review.role,
        verdict=review.verdict,
        send=review.verdict is Verdict.PASS,
        meaning=MEANINGS[review.verdict],
        problems=[
            Problem(
                rule=found.rule,
                level=found.level,
                message=found.message,
                advice=pipeline.standard.rules[found.rule].advice if found.rule in pipeline.standard.rules else "",
                replacements=list(found.replacements),
                start=found.span.start if found.span else None,
                end=found.span.end if found.span else None,
            )
            for found in remarks
        ],
        review=review.to_dict() if full else None,
    )
