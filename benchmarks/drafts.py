"""Drafts to review, each with a short conversation before it: our own corpora, put together anew for every request."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
SOURCES = ("service/train/replies.jsonl", "service/train/customers.jsonl", "demo/archive.jsonl")
NUMBER = "70000000"
"""Stands in every draft, and is another in every request, so that no draft comes twice."""
POOL = 5_000


def sentences(text: str) -> list[str]:
    """Cut after a full stop, a question or an exclamation mark, or a line."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]


def read(name: str) -> list[dict]:
    """The lines of a corpus."""
    return [json.loads(line) for line in (CORPORA / name).read_text(encoding="utf-8").splitlines()]


def requests(count: int = POOL, seed: int = 7) -> list[dict]:
    """Bodies of ``POST /v1/reviews``: half the sentences of one reply and of another, after one to three messages."""
    replies, customers, archive = (read(name) for name in SOURCES)
    written = [row["text"] for row in replies] + [row["text"] for row in archive if row["author_role"] == "agent"]
    asked = [row["text"] for row in customers] + [row["text"] for row in archive if row["author_role"] == "customer"]
    pick = random.Random(seed)
    made = []
    for _ in range(count):
        parts: list[str] = []
        for text in (pick.choice(written), pick.choice(written)):
            found = sentences(text)
            parts += pick.sample(found, (len(found) + 1) // 2)
        parts.insert(pick.randrange(len(parts) + 1), f"It is ticket {NUMBER} in our list.")
        turns = [("customer", asked), ("agent", written), ("customer", asked)][: pick.choice((1, 3))]
        before = [{"role": role, "text": pick.choice(texts)} for role, texts in turns]
        made.append({"draft": " ".join(parts), "channel": "email", "before": before})
    return made


def bodies(seed: int = 7, count: int = POOL) -> Iterator[bytes]:
    """Bodies without end, no two alike."""
    pool = [json.dumps(one, ensure_ascii=False).encode() for one in requests(count, seed)]
    mark, number = NUMBER.encode(), int(NUMBER)
    while True:
        for body in pool:
            number += 1
            yield body.replace(mark, b"%08d" % number)


def describe() -> str:
    """What is asked, in one line."""
    made = requests()
    drafts = sum(len(one["draft"]) for one in made) / len(made)
    earlier = [len(turn["text"]) for one in made for turn in one["before"]]
    return (
        f"{len(made):,} drafts put together from {', '.join(SOURCES)}, numbered so that none comes twice: {drafts:.0f} "
        f"characters on average, after {len(earlier) / len(made):.1f} messages of {sum(earlier) / len(earlier):.0f}"
    )
