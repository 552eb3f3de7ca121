"""RT's tickets as an archive, and their scores."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tracker import ROOT, Tracker

pytestmark = pytest.mark.slow
EXPORT = ROOT / "dist" / "RT-Extension-ToneGuard" / "bin" / "toneguard-export"


def export(tracker: Tracker, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tracker.call(str(EXPORT), *arguments).stdout.splitlines()]


def test_tickets_are_written_and_scored(tracker: Tracker, ticket: int, tmp_path: Path) -> None:
    tracker.rest(f"ticket/{ticket}/correspond", {"Content": "<p>Hi Mina,</p><p>we don't do refunds.</p>", "ContentType": "text/html"})
    done = tracker.call(str(EXPORT))
    archive, scores = tmp_path / "tickets.jsonl", tmp_path / "scores.jsonl"
    archive.write_text(done.stdout, encoding="utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert f"{len(rows)} messages of " in done.stderr
    command = [sys.executable, "-m", "toneguard", "score", str(archive), "--out", str(scores)]
    scored = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert scored.returncode == 0, scored.stdout + scored.stderr
    found = [json.loads(line) for line in scores.read_text(encoding="utf-8").splitlines()]
    assert len(found) == len(rows)
    ours = [row for row in found if row["conversation_id"] in (ticket, str(ticket))]
    assert [row["author_role"] for row in ours] == ["customer", "agent", "customer", "agent"]
    assert [row["review"]["verdict"] for row in ours] == [None, "pass", None, "hold"]
    assert "furious" not in scores.read_text(encoding="utf-8")


def test_what_is_written_of_one_ticket(tracker: Tracker, ticket: int) -> None:
    rows = export(tracker, "--query", f"id = {ticket}")
    assert [row["author_role"] for row in rows] == ["customer", "agent", "customer"]
    assert [row["author_id"] for row in rows] == [None, "bronte", None]
    assert [row["seq"] for row in rows] == [0, 1, 2]
    assert {(row["conversation_id"], row["channel"], row["is_public"], row["queue"]) for row in rows} == {(ticket, "email", False, "General")}
    assert rows[0]["text"] == "Hello,\n\nthe kettle arrived cracked and I am furious.\n\nMina 🙁\n"
    assert rows[0]["created_at"].endswith("Z")
    assert "complains" not in json.dumps(rows)  # the comment


def test_queries(tracker: Tracker) -> None:
    assert export(tracker, "--query", "Queue = 'No such queue'") == []
    assert {row["conversation_id"] for row in export(tracker, "--query", "id = 1 OR id = 2")} == {1, 2}


def test_a_query_that_is_none_is_told(tracker: Tracker) -> None:
    done = subprocess.run([str(EXPORT), "--query", "Queue = "], env=tracker.env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "--query: " in done.stderr


def test_the_program_explains_itself(tracker: Tracker) -> None:
    assert "--query TICKETSQL" in tracker.call(str(EXPORT), "--help").stdout
    wrong = subprocess.run([str(EXPORT), "--qeury", "x"], capture_output=True, text=True)
    assert wrong.returncode == 2
