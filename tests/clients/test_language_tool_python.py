"""language-tool-python against a running server, in Python and at the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

language_tool_python = pytest.importorskip("language_tool_python")
pytestmark = pytest.mark.slow
BLAME = "You should have told us."


@pytest.fixture(scope="module")
def tool(running: str) -> Iterator[object]:
    """language-tool-python."""
    with language_tool_python.LanguageTool("en-AU", remote_server=running) as tool:
        yield tool


def test_it_finds_the_place_behind_an_emoji(tool: language_tool_python.LanguageTool) -> None:
    text = f"🙂 Hi Sam. {BLAME}"
    (match,) = tool.check(text)
    assert match.rule_id == "respect/blame-customer"
    assert text[match.offset : match.offset + match.error_length] == "You should have told"
    assert (match.category, match.rule_issue_type, match.sentence) == ("respect", "style", BLAME)


def test_it_corrects(tool: language_tool_python.LanguageTool) -> None:
    assert tool.correct("🙂 Please utilise the form.") == "🙂 Please use the form."


def test_without_a_match_and_with_a_disabled_rule(running: str) -> None:
    with language_tool_python.LanguageTool("en-US", remote_server=running) as tool:
        assert tool.check("Thanks, your refund left today.") == []
        assert tool.check(BLAME)
        tool.disabled_rules = {"respect/blame-customer"}
        assert tool.check(BLAME) == []
        assert tool.check("") == []


def test_at_the_command_line(running: str) -> None:
    port = running.rsplit(":", 1)[1]
    call = [sys.executable, "-m", "language_tool_python", "--remote-host", "127.0.0.1", "--remote-port", port, "-l", "en-US", "-"]
    done = subprocess.run(call, input=BLAME, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "respect/blame-customer" in done.stdout
