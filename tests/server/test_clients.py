"""Published clients of the LanguageTool protocol, unchanged, against a running server.

Those that are no Python packages are in ``tests/clients``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

language_tool_python = pytest.importorskip("language_tool_python")
pylanguagetool = pytest.importorskip("pylanguagetool")

BLAME = "You should have told us."


@pytest.fixture(scope="module")
def tool(running: str) -> Iterator[object]:
    """language-tool-python."""
    with language_tool_python.LanguageTool("en-AU", remote_server=running) as tool:
        yield tool


def test_language_tool_python_finds_the_place_behind_an_emoji(tool: language_tool_python.LanguageTool) -> None:
    text = f"🙂 Hi Sam. {BLAME}"
    (match,) = tool.check(text)
    assert match.rule_id == "respect/blame-customer"
    assert text[match.offset : match.offset + match.error_length] == "You should have told"
    assert (match.category, match.rule_issue_type, match.sentence) == ("respect", "style", BLAME)


def test_language_tool_python_corrects(tool: language_tool_python.LanguageTool) -> None:
    assert tool.correct("🙂 Please utilise the form.") == "🙂 Please use the form."


def test_language_tool_python_without_a_match_and_with_a_disabled_rule(running: str) -> None:
    with language_tool_python.LanguageTool("en-US", remote_server=running) as tool:
        assert tool.check("Thanks, your refund left today.") == []
        assert tool.check(BLAME)
        tool.disabled_rules = {"respect/blame-customer"}
        assert tool.check(BLAME) == []
        assert tool.check("") == []


def test_language_tool_python_at_the_command_line(running: str) -> None:
    port = running.rsplit(":", 1)[1]
    call = [sys.executable, "-m", "language_tool_python", "--remote-host", "127.0.0.1", "--remote-port", port, "-l", "en-US", "-"]
    done = subprocess.run(call, input=BLAME, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "respect/blame-customer" in done.stdout


@pytest.fixture(scope="module")
def ask(running: str) -> Callable[..., dict]:
    """pylanguagetool's function."""

    def check(text: str, **more: str) -> dict:
        return pylanguagetool.api.check(text, api_url=f"{running}/v2/", lang="en-US", **more)

    return check


def test_pylanguagetool(ask: Callable[..., dict]) -> None:
    (match,) = ask(f"🙂 {BLAME}")["matches"]
    assert (match["offset"], match["length"]) == (3, 20)
    assert ask("Thanks, your refund left today.")["matches"] == []
    assert ask(BLAME, disabled_rules="respect/blame-customer")["matches"] == []
    with pytest.raises(Exception, match="Missing 'text' or 'data' parameter"):
        ask(None)


def test_pylanguagetool_at_the_command_line(running: str) -> None:
    def run(text: str) -> subprocess.CompletedProcess[str]:
        call = [str(Path(sys.executable).parent / "pylanguagetool"), "-a", f"{running}/v2/", "-l", "en-US"]
        return subprocess.run(call, input=text, capture_output=True, text=True, timeout=60)

    bad, good = run(f"🙂 {BLAME}"), run("Thanks, your refund left today.")
    assert (bad.returncode, good.returncode) == (1, 0), bad.stderr + good.stderr
    assert "This puts the blame on the customer." in bad.stdout
