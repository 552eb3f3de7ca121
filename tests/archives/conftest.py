"""A pipeline that answers at once, with real reviews, and small archives to give it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from toneguard.archives import Rejection, Row
from toneguard.archives.formats import open_archive
from toneguard.archives.rows import Record, RowMaker
from toneguard.findings import Score, Span
from toneguard.messages import Conversation, Message, Role
from toneguard.reviews import ConversationReview, Level, Provenance, Remark, Review, Scores, Verdict

PROVENANCE = Provenance("0", "fast", "plain@1", "0", "0", {})


def review_of(message: Message) -> Review:
    """A review that depends on the message alone: words, a mood, and a finding where the text says "policy"."""
    words = len(message.text.split())
    mood = -0.5 if "broken" in message.text else 0.25
    agent = message.role is Role.AGENT
    findings = []
    place = message.text.find("policy")
    if agent and place >= 0:
        findings.append(Remark("plain/policy", Span(place, place + 6), "Say what you can do.", level=Level.WARNING))
    scores = {
        "sentiment": Score("sentiment", mood, "1 word", label="negative" if mood < 0 else "positive"),
        "words": Score("words", float(words), "counted"),
        "flesch_reading_ease": Score("flesch_reading_ease", None, f"cannot say: {words} words are fewer than 30"),
        "brand_voice": Score("brand_voice", None, "cannot say: not fitted" if agent else "asked of agent messages only"),
    }
    return Review(
        message_id=message.id,
        role=message.role,
        language="en",
        verdict=(Verdict.REVISE if findings else Verdict.PASS) if agent else None,
        scores=Scores(scores),
        findings=tuple(findings),
        skipped=(),
        provenance=PROVENANCE,
    )


class FakePipeline:
    """Reads ahead in batches of five conversations, as the real one does in its own."""

    def __init__(self) -> None:
        self.seen: list[Conversation] = []
        self.keep = True

    def review_many(self, conversations: Iterable[Conversation]) -> Iterator[ConversationReview]:
        batch: list[Conversation] = []
        for conversation in conversations:
            batch.append(conversation)
            if self.keep:
                self.seen.append(conversation)
            if len(batch) == 5:
                yield from map(self.result, batch)
                batch = []
        yield from map(self.result, batch)

    @staticmethod
    def result(conversation: Conversation) -> ConversationReview:
        return ConversationReview(conversation.id, tuple(map(review_of, conversation.messages)))


@pytest.fixture
def pipeline() -> FakePipeline:
    return FakePipeline()


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Four messages in two conversations, with a column that we do not know."""
    return [
        {"conversation_id": "a", "message_id": "a1", "author_role": "customer", "seq": 1, "text": "It came broken.", "team": "x"},
        {"conversation_id": "a", "message_id": "a2", "author_role": "agent", "seq": 2, "text": "It is our policy.", "team": "x"},
        {"conversation_id": "b", "message_id": "b1", "author_role": "customer", "seq": 1, "text": "Where is it?", "team": "y"},
        {"conversation_id": "b", "message_id": "b2", "author_role": "agent", "seq": 2, "text": "On its way today.", "team": "y"},
    ]  # fmt: skip


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Writes objects (or, where they are strings, lines as they are) as JSON lines."""

    def write(rows: Iterable[Any], name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def read() -> Callable[..., tuple[list[Row], list[Rejection]]]:
    """Usable and rejected rows of a file, in its order."""

    def split(path: Path, mapping: dict[str, str] | None = None) -> tuple[list[Row], list[Rejection]]:
        maker = RowMaker(mapping)
        made = [maker.make(found) if isinstance(found, Record) else found for found in open_archive(path)()]
        good = [row for row in made if isinstance(row, Row)]
        return good, [row for row in made if isinstance(row, Rejection)]

    return split
