"""Text of our own is what its cards say: varied, composed, and frozen where it is held back."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from toneguard.analysers.privacy import RULES

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
FILES = sorted(path for path in CORPORA.rglob("*.jsonl") if path.parent.name != "second")  # labels alone


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def grams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPORA)))
def test_no_two_texts_are_cut_from_one_cloth(path: Path) -> None:
    """No two share more than half of their word 4-grams: slot-filled texts would."""
    texts = [grams(row["text"]) for row in rows(path)]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, found in enumerate(texts):
        for gram in found:
            where[gram].append(index)
    for index, found in enumerate(texts):
        shared = Counter(other for gram in found for other in where[gram] if other > index)
        alike = [other for other, count in shared.items() if count > 0.5 * min(len(found), len(texts[other]))]
        assert not alike, f"rows {index + 1} and {alike[0] + 1}"


def test_every_corpus_has_a_card() -> None:
    for path in FILES:
        assert any((folder / "card.md").exists() for folder in (path.parent, path.parent.parent))


def test_the_demo_archive_is_what_its_card_says() -> None:
    messages = rows(CORPORA / "demo/archive.jsonl")
    conversations = {row["conversation_id"] for row in messages}
    assert (len(conversations), len(messages)) == (156, 753)
    assert {row["author_id"] for row in messages if row["author_role"] == "agent"} == {
        "priya",
        "tomasz",
        "callum",
        "mei",
        "bronte",
        "aisha",
    }
    assert {row["channel"] for row in messages} == {"email", "chat", "sms", "social", "web"}


def test_the_clean_replies_are_enough() -> None:
    assert len(rows(CORPORA / "clean/replies.jsonl")) >= 300


@pytest.mark.parametrize("name", ["service/frozen", "service/blind", "privacy/frozen"])
def test_what_is_held_back_is_frozen(name: str) -> None:
    folder = CORPORA / name
    assert {path.name for path in folder.glob("*.jsonl")} <= set((folder / "SHA256SUMS").read_text().split())
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, file = line.split()
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("path", sorted((CORPORA / "privacy").rglob("*.jsonl")), ids=lambda path: path.stem)
def test_marks_of_personal_data_lie_in_their_texts(path: Path) -> None:
    for row in rows(path):
        assert row["kind"] in ("personal", "lookalike", "clean")
        assert bool(row["spans"]) == (row["kind"] == "personal"), row["id"]
        ends = 0
        for span in sorted(row["spans"], key=lambda span: span["start"]):
            assert ends <= span["start"] < span["end"] <= len(row["text"]), row["id"]
            assert f"privacy/{span['entity']}" in RULES, row["id"]
            ends = span["end"]


def test_two_labellings_agree_as_the_card_says() -> None:
    from sklearn.metrics import cohen_kappa_score

    card = (CORPORA / "service/card.md").read_text(encoding="utf-8")
    for kind, field, weights, shown in (
        ("customers", "dissatisfaction", "quadratic", "dissatisfaction 0-4 | .71 (.95)"),
        ("customers", "sentiment", None, "sentiment | .87"),
        ("customers", "contact_type", None, "contact type | .92"),
        ("customers", "cause", None, "cause | .78"),
        ("replies", "warmth", "quadratic", "warmth | .58 (.91)"),
        ("replies", "assertiveness", "quadratic", "assertiveness | .32 (.68)"),
    ):
        first = {row["id"]: row[field] for row in rows(CORPORA / f"service/train/{kind}.jsonl")}
        second = {row["id"]: row[field] for row in rows(CORPORA / f"service/second/{kind}.jsonl")}
        kappa = cohen_kappa_score([first[name] for name in second], list(second.values()), weights=weights)
        assert shown in card
        assert f"{kappa:.2f}"[1:] in shown
