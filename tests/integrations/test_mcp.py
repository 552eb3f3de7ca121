"""The MCP server as an agent meets it: through the SDK's own client, over standard input and output."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from toneguard.messages import Conversation, Message
from toneguard.pipeline import Pipeline
from toneguard.rules import builtin_rules
from toneguard.rules.load import to_dict

CRACKED = {"role": "customer", "text": "The kettle arrived cracked."}
SECRET = "My card is 4111 1111 1111 1111, call 0491 570 006."


def talk(asks: Callable[[ClientSession], Any], tmp_path: Path, *arguments: str) -> tuple[Any, str]:
    """What the function got out of a server that was started for it, and what the server said on standard error."""
    noise = tmp_path / "stderr.txt"

    async def session() -> Any:
        server = StdioServerParameters(command=sys.executable, args=["-m", "toneguard", "mcp", *arguments])
        with noise.open("w", encoding="utf-8") as log:
            async with stdio_client(server, errlog=log) as streams, ClientSession(*streams) as client:
                await client.initialize()
                return await asks(client)

    return anyio.run(session), noise.read_text(encoding="utf-8")


def test_an_agent_learns_what_it_may_send_and_mends_the_rest(tmp_path: Path) -> None:
    async def asks(client: ClientSession) -> list[Any]:
        bad = await client.call_tool("check_reply", {"text": "We don't do refunds.", "before": [CRACKED]})
        why = await client.call_tool("explain_rule", {"rule": bad.structured_content["problems"][0]["rule"]})
        mended = "I'm sorry it arrived cracked, Mina. You can choose a refund or a new kettle; which would you like?"
        good = await client.call_tool("check_reply", {"text": mended, "before": [CRACKED], "channel": "email"})
        return [bad, why, good]

    (bad, why, good), said = talk(asks, tmp_path)
    assert (bad.structured_content["verdict"], bad.structured_content["send"]) == ("hold", False)
    first, second = bad.structured_content["problems"]
    assert (first["rule"], first["level"], first["start"], first["end"]) == (
        "law/au/consumer-guarantees/no-refunds", "error", 0, 19,
    )  # fmt: skip
    assert first["advice"]
    assert (second["rule"], second["start"]) == ("empathy/no-apology-after-complaint", None)
    assert bad.structured_content["review"] is None
    assert why.structured_content == to_dict(builtin_rules()[first["rule"]])
    assert (good.structured_content["verdict"], good.structured_content["send"]) == ("pass", True)
    assert said == ""


def test_it_gives_the_reviews_that_every_door_gives(tmp_path: Path) -> None:
    async def asks(client: ClientSession) -> list[Any]:
        turns = [{**CRACKED, "id": "m1"}, {"role": "agent", "text": "We don't do refunds.", "id": "m2"}]
        whole = await client.call_tool("review_conversation", {"messages": turns, "full": True})
        one = await client.call_tool("check_reply", {"text": "We don't do refunds.", "before": [CRACKED], "full": True})
        return [whole.structured_content, one.structured_content]

    (whole, one), _ = talk(asks, tmp_path, "--standard", "strict")
    pipeline = Pipeline.from_standard("strict")
    messages = (Message(CRACKED["text"], "customer", id="m1"), Message("We don't do refunds.", id="m2"))
    expected = pipeline.review_conversation(Conversation("", messages))
    assert [message["review"] for message in whole["messages"]] == [review.to_dict() for review in expected.reviews]
    assert whole["verdict"] == "hold"
    assert [message["verdict"] for message in whole["messages"]] == [None, "hold"]
    assert one["review"] == pipeline.review("We don't do refunds.", before=[("customer", CRACKED["text"])]).to_dict()


def test_tools_say_what_they_take_and_that_they_change_nothing(tmp_path: Path) -> None:
    async def asks(client: ClientSession) -> Any:
        return (await client.list_tools()).tools

    tools, _ = talk(asks, tmp_path)
    assert [tool.name for tool in tools] == ["check_reply", "review_conversation", "explain_rule"]
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint and not tool.annotations.open_world_hint


def test_mistakes_are_answers_and_no_text_is_logged(tmp_path: Path) -> None:
    calls: list[tuple[str, dict[str, Any], str]] = [
        ("explain_rule", {"rule": "respect/blame"}, "did you mean 'respect/blame-customer'?"),
        ("check_reply", {}, "text"),
        ("check_reply", {"text": SECRET, "before": [{"role": "boss", "text": SECRET}]}, "before.0.role"),
        ("check_reply", {"text": SECRET, "channel": "fax"}, "channel"),
        ("review_conversation", {"messages": []}, "messages"),
        ("send_reply", {"text": SECRET}, "send_reply"),
    ]

    async def asks(client: ClientSession) -> list[Any]:
        found = [await client.call_tool(name, arguments) for name, arguments, _ in calls]
        return [*found, await client.call_tool("check_reply", {"text": ""})]

    (*wrong, after), said = talk(asks, tmp_path)
    for answer, (name, _, says) in zip(wrong, calls, strict=True):
        assert answer.is_error, name
        assert says in answer.content[0].text
    assert after.structured_content["verdict"] == "pass"
    assert "4111" not in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--standard", "nowhere.toml"), "nowhere.toml"), (("--tier", "best"), "tier: 'best' is not one of")],
)
def test_a_wrong_call_ends_in_a_clear_line_and_two(arguments: tuple[str, ...], says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "toneguard", "mcp", *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr and "Traceback" not in done.stderr


def test_without_the_sdk_it_names_the_line_that_installs_it() -> None:
    script = (
        "import sys; sys.modules['mcp'] = None; sys.argv = ['toneguard', 'mcp'];"
        "from toneguard.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "pip install 'toneguard[mcp]'" in done.stderr


def test_it_ends_when_nobody_is_there(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "toneguard", "mcp"], capture_output=True, stdin=subprocess.DEVNULL, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
