"""language-tool-python against a running server, in Python and at the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import language_tool_python
import pytest

pytestmark = pytest.mark.slow
BLAME = "You should have told us."


@pytest.fixture
def tool(running: str) -> Iterator[language_tool_python.LanguageTool]:
    """language-tool-python."""
    with language_tool_python.LanguageTool("en-AU", remote_server=running) as tool:
        yield tool


def test_an_emoji_before_the_match(tool: language_tool_python.LanguageTool) -> None:
    text = f"🙂 Hi Sam. {BLAME}"
    (match,) = tool.check(text)
    assert match.rule_id == "respect/blame-customer"
    assert text[match.offset : match.offset + match.error_length] == "You should have told"
    assert (match.category, match.rule_issue_type, match.sentence) == ("respect", "style", BLAME)


def test_annotated_data(tool: language_tool_python.LanguageTool) -> None:
    """It sends no annotated data: the nearest it has is to check the regions that a pattern picks out of the markup."""
    text = f'<p title="{BLAME}">Hi Sam 🙂</p><p>🙂 {BLAME}</p>'
    (match,) = tool.check_matching_regions(text, r"(?<=>)[^<>]+(?=</p>)")
    assert match.offset == text.rindex("You should")
    assert text[match.offset : match.offset + match.error_length] == "You should have told"


def test_no_match(tool: language_tool_python.LanguageTool) -> None:
    assert tool.check("Thanks, your refund left today.") == []


def test_a_disabled_rule(tool: language_tool_python.LanguageTool) -> None:
    assert tool.check(BLAME)
    tool.disabled_rules = {"respect/blame-customer"}
    assert tool.check(BLAME) == []


def test_missing_text(tool: language_tool_python.LanguageTool) -> None:
    """An empty text has no matches; for None it sends no field, and shows what the server says to that."""
    assert tool.check("") == []
    with pytest.raises(language_tool_python.exceptions.LanguageToolError, match="Missing 'text' or 'data' parameter"):
        tool.check(None)


def test_it_corrects(tool: language_tool_python.LanguageTool) -> None:
    assert tool.correct("🙂 Please utilise the form.") == "🙂 Please use the form."


def test_masks_are_no_words_to_write(tool: language_tool_python.LanguageTool) -> None:
    text = "Is your card still 4111 1111 1111 1111?"
    (match,) = tool.check(text)
    assert match.rule_id.startswith("privacy/")
    assert tool.correct(text) == text


def test_at_the_command_line(running: str) -> None:
    port = running.rsplit(":", 1)[1]
    call = [sys.executable, "-m", "language_tool_python", "--remote-host", "127.0.0.1", "--remote-port", port, "-l", "en-US", "-"]
    done = subprocess.run(call, input=BLAME, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "respect/blame-customer" in done.stdout
