"""LibreOffice, headless, with its built-in checker pointed at a running server."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).parent / "libreoffice.py"
BLAME = "You should have told us."
TEXTS = {
    "plain": BLAME,
    "emoji": f"🙂 {BLAME}",
    "replacement": "Please utilise the form.",
    "nothing": "Thanks, your refund left today.",
    "empty": "",
}


@pytest.fixture(scope="module")
def said(running: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What it says of each text."""
    profile = tmp_path_factory.mktemp("office")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    office = subprocess.Popen(
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
        call = ["/usr/bin/python3", str(SCRIPT), port, f"{running}/v2"]
        done = subprocess.run(call, input=json.dumps(list(TEXTS.values())), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        first, *rest = [json.loads(line) for line in done.stdout.splitlines()]
        return {"languages": first["languages"], **dict(zip(TEXTS, rest, strict=True))}
    finally:
        office.terminate()
        office.wait(30)


def test_it_lists_english(said: dict[str, Any]) -> None:
    assert "en" in said["languages"]


def test_it_underlines_the_place(said: dict[str, Any]) -> None:
    ((found,), (moved,)) = said["plain"], said["emoji"]
    assert (found["start"], found["length"]) == (0, 20)
    assert (moved["start"], moved["length"]) == (3, 20)
    # This version of the office has the two the other way round.
    short, long = sorted((found["short"], found["full"]), key=len)
    assert short == "This puts the blame on the customer."
    assert long.startswith(short)


def test_it_offers_what_to_write_instead(said: dict[str, Any]) -> None:
    assert said["replacement"][0]["replacements"] == ["use"]


def test_it_is_quiet_where_there_is_nothing_to_say(said: dict[str, Any]) -> None:
    assert said["nothing"] == said["empty"] == []
