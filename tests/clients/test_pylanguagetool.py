"""pylanguagetool against a running server, in Python and at the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pylanguagetool
import pytest

pytestmark = pytest.mark.slow
BLAME = "You should have told us."
FINE = "Thanks, your refund left today."
SAID = "This puts the blame on the customer."


@pytest.fixture(scope="module")
def ask(running: str) -> Callable[..., dict]:
    """pylanguagetool's function."""

    def check(text: str | None, **more: str) -> dict:
        return pylanguagetool.api.check(text, api_url=f"{running}/v2/", lang="en-US", **more)

    return check


def command(running: str, *more: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """pylanguagetool's command."""
    call = [str(Path(sys.executable).parent / "pylanguagetool"), "-a", f"{running}/v2/", "-l", "en-US", "--no-color", *more]
    return subprocess.run(call, input=text, capture_output=True, text=True, timeout=60)


def test_an_emoji_before_the_match(ask: Callable[..., dict], running: str) -> None:
    (match,) = ask(f"🙂 {BLAME}")["matches"]
    assert (match["offset"], match["length"]) == (3, 20)
    done = command(running, text=f"🙂 {BLAME}")
    assert done.returncode == 1, done.stderr
    assert SAID in done.stdout and f"🙂 {BLAME}" in done.stdout


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("html", f'<p title="You should have asked us.">Hi Sam 🙂</p><pre>{BLAME} {BLAME}</pre><p>You <b>should have</b> told us.</p>'),
        ("md", f"# Hi Sam 🙂\n\n`{BLAME} {BLAME}` You **should have** told us.\n"),
    ],
    ids=["html", "markdown"],
)
def test_annotated_data(running: str, tmp_path: Path, kind: str, text: str) -> None:
    """It sends no annotated data, only plain text: it takes the markup of HTML and Markdown out itself before."""
    (tmp_path / f"reply.{kind}").write_text(text, encoding="utf-8")
    marked = command(running, str(tmp_path / f"reply.{kind}"))
    assert marked.returncode == 1, marked.stderr
    assert marked.stdout.count(SAID) == 1
    assert "You should have told us." in marked.stdout and "<b>" not in marked.stdout and "**" not in marked.stdout
    (tmp_path / "reply.txt").write_text(text, encoding="utf-8")
    assert command(running, str(tmp_path / "reply.txt")).stdout.count(SAID) == 2


def test_no_match(ask: Callable[..., dict], running: str) -> None:
    assert ask(FINE)["matches"] == []
    done = command(running, text=FINE)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_disabled_rule(ask: Callable[..., dict], running: str) -> None:
    assert ask(BLAME)["matches"]
    assert ask(BLAME, disabled_rules="respect/blame-customer")["matches"] == []
    assert ask(BLAME, disabled_categories="respect")["matches"] == []
    done = command(running, "-d", "respect/blame-customer", text=BLAME)
    assert done.returncode == 0, done.stdout + done.stderr


def test_missing_text(ask: Callable[..., dict], running: str) -> None:
    """Its function sends an empty text, or no field for None; its command asks nobody and exits with 2."""
    assert ask("")["matches"] == []
    with pytest.raises(ValueError, match="Missing 'text' or 'data' parameter"):
        ask(None)
    done = command(running, text="\n")
    assert done.returncode == 2 and "input file is required" in done.stdout


def test_masks_are_no_words_to_write(ask: Callable[..., dict]) -> None:
    (match,) = ask("Is your card still 4111 1111 1111 1111?")["matches"]
    assert match["rule"]["id"].startswith("privacy/") and match["replacements"] == []
