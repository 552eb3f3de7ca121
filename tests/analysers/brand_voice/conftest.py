"""Replies of the demo shop's agents, whose habits differ, and voices fitted on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toneguard.analysers.brand_voice import Voice
from toneguard.analysers.brand_voice.fit import fit_voice

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def agents() -> dict[str, list[str]]:
    """The replies of each agent of the demo archive, in the archive's order, without the shortest."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "corpora/demo/archive.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["author_role"] == "agent" and len(row["text"].split()) >= 8:
            found.setdefault(row["author_id"], []).append(row["text"])
    return found


@pytest.fixture(scope="session")
def two_sided(agents: dict[str, list[str]]) -> Voice:
    """Bronte, chatty, against the formal Mei and the careful Priya."""
    return fit_voice(agents["bronte"][:30], agents["mei"][:20] + agents["priya"][:20], name="bronte")


@pytest.fixture(scope="session")
def alone(agents: dict[str, list[str]]) -> Voice:
    """Mei, with nothing to hold her against but the background."""
    return fit_voice(agents["mei"][:25], name="mei")
