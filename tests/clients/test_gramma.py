"""gramma (npm) against a running server: its command line, plain and with Markdown as annotated data."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
BLAME = "You should have told us."
GRAMMA = os.environ.get("GRAMMA", "gramma")


def gramma(
    running: str, folder: Path, text: str, *more: str, name: str = "reply.txt", **settings: object
) -> subprocess.CompletedProcess[str]:
    """``gramma check``, told by its settings where the server is."""
    (folder / name).write_text(text, encoding="utf-8")
    config = {"api_url": f"{running}/v2/check", "api_key": "", "language": "en-AU", "dictionary": [], "rules": {}, **settings}
    (folder / ".gramma.json").write_text(json.dumps(config), encoding="utf-8")
    call = [GRAMMA, "check", name, "-p", "-n", *more]
    return subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=60)


def test_an_emoji_before_the_match(running: str, tmp_path: Path) -> None:
    done = gramma(running, tmp_path, f"🙂 {BLAME}\n")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Context: 🙂 You should have told us." in done.stdout


def test_annotated_data(running: str, tmp_path: Path) -> None:
    """Markdown is sent as annotated data: code is not read, and the emphasis is in nobody's way."""
    text = f"# Hi Sam 🙂\n\n`You should have asked us.` **{BLAME}**\n"
    plain = gramma(running, tmp_path, text)
    marked = gramma(running, tmp_path, text, name="reply.md")
    assert (plain.stdout.count("blame on the customer"), marked.stdout.count("blame on the customer")) == (2, 1)


def test_no_match(running: str, tmp_path: Path) -> None:
    done = gramma(running, tmp_path, "Thanks, your refund left today.\n")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_disabled_rule(running: str, tmp_path: Path) -> None:
    """It knows categories only, which are our packs."""
    done = gramma(running, tmp_path, f"{BLAME}\n", rules={"respect": False})
    assert done.returncode == 0, done.stdout + done.stderr


def test_missing_text(running: str, tmp_path: Path) -> None:
    """An empty file has no matches; as a module, without a text it sends no field and throws what the server says."""
    assert gramma(running, tmp_path, "").returncode == 0
    script = f"require('gramma').check(undefined, {{ api_url: '{running}/v2/check', language: 'en-AU' }}).catch((problem) => console.log(problem.message))"
    folder = Path(GRAMMA).parents[2] if "/" in GRAMMA else tmp_path
    done = subprocess.run(["node", "-e", script], cwd=folder, capture_output=True, text=True, timeout=60)
    assert "Missing 'text' or 'data' parameter" in done.stdout, done.stderr
