"""pylanguagetool, a published client of the LanguageTool protocol, unchanged, against a running server.

Clients that are no Python packages or may not be installed with ours are in ``tests/clients``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pylanguagetool = pytest.importorskip("pylanguagetool")

BLAME = "You should have told us."


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
