"""LibreOffice, headless, with its built-in checker pointed at a running server."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from serving import Running

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).parent / "libreoffice.py"
BLAME = "You should have told us."
TEXTS: dict[str, list[tuple[str, bool]]] = {
    "plain": [(BLAME, False)],
    "emoji": [(f"🙂 {BLAME}", False)],
    "formatted": [("🙂 Hi Sam, you ", False), ("should have", True), (" told us.", False)],
    "replacement": [("Please utilise the form.", False)],
    "card": [("Is your card still 4111 1111 1111 1111?", False)],
    "nothing": [("Thanks, your refund left today.", False)],
    "empty": [("", False)],
}
STANDARD = """name = "lenient"
version = "1"
extends = "default"

[rules]
"respect/blame-customer" = "off"
"""


def office(server: str, profile: Path) -> dict[str, Any]:
    """What an office says of each text that is told to ask ``server``, and which languages it checks then."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    started = subprocess.Popen(
        [
            shutil.which("soffice") or "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{profile}",
            f"--accept=socket,host=127.0.0.1,port={port};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        call = ["/usr/bin/python3", str(SCRIPT), port, f"{server}/v2"]
        done = subprocess.run(call, input=json.dumps(list(TEXTS.values())), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        first, *rest = [json.loads(line) for line in done.stdout.splitlines()]
        return {"languages": first["languages"], **dict(zip(TEXTS, rest, strict=True))}
    finally:
        started.terminate()
        started.wait(30)


@pytest.fixture(scope="module")
def said(running: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What it says with the default standard."""
    return office(running, tmp_path_factory.mktemp("office"))


def test_it_lists_english(said: dict[str, Any]) -> None:
    assert "en" in said["languages"]


def test_an_emoji_before_the_match(said: dict[str, Any]) -> None:
    ((found,), (moved,)) = said["plain"], said["emoji"]
    assert (found["start"], found["length"]) == (0, 20)
    assert (moved["start"], moved["length"]) == (3, 20)
    # This version of the office has the two the other way round.
    short, long = sorted((found["short"], found["full"]), key=len)
    assert short == "This puts the blame on the customer."
    assert long.startswith(short)


def test_annotated_data(said: dict[str, Any]) -> None:
    """It sends no annotated data: of a document with formatting it sends the plain text of each paragraph."""
    (found,) = said["formatted"]
    assert (found["start"], found["length"]) == (11, 20)


def test_no_match(said: dict[str, Any]) -> None:
    assert said["nothing"] == []


def test_a_disabled_rule(said: dict[str, Any], tmp_path: Path) -> None:
    """It cannot name rules to leave out (its ``ignoreRule`` does nothing): what is off is off in the server's standard."""
    (tmp_path / "lenient.toml").write_text(STANDARD, encoding="utf-8")
    lenient = Running("--standard", str(tmp_path / "lenient.toml"))
    try:
        found = office(lenient.address, tmp_path / "profile")
    finally:
        lenient.stop()
    assert said["plain"] and found["plain"] == []
    assert found["replacement"] == said["replacement"]


def test_missing_text(said: dict[str, Any]) -> None:
    """Of an empty document there is nothing to ask."""
    assert said["empty"] == []


def test_it_offers_what_to_write_instead(said: dict[str, Any]) -> None:
    assert said["replacement"][0]["replacements"] == ["use"]


def test_masks_are_no_words_to_write(said: dict[str, Any]) -> None:
    (found,) = said["card"]
    assert found["replacements"] == []
