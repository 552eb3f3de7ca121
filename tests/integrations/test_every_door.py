"""One conversation through every door: each gives the same Review. A new door adds itself to ``DOORS``."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pandas as pd
import pytest

from toneguard.messages import Conversation, Message
from toneguard.pipeline import Pipeline
from toneguard.reviews import Review

TALK = Conversation(
    "c1",
    (
        Message("The kettle arrived cracked 😡 and nobody answers. My number is 0491 570 006.", "customer", id="m1"),
        Message("Hi {{name}}, you should have told us sooner. We don't do refunds.", "agent", id="m2"),
        Message("That's the third time I've asked! I'm going to the ombudsman.", "customer", id="m3"),
        Message("I'm so sorry about that, Mina. You can choose a refund or a new kettle; which suits you?", "agent", id="m4"),
        Message("", "agent", id="m5"),
    ),
)
PAIRS = [(message.role.value, message.text) for message in TALK.messages]
ROWS = [{"conversation_id": "c1", "message_id": one.id, "role": one.role.value, "text": one.text} for one in TALK.messages]
Data = list[dict[str, Any]]


def library(tmp_path: Path) -> Data:
    """Message by message, as the preview asks."""
    pipeline = Pipeline()
    return [
        pipeline.review(message, before=TALK.messages[:place]).to_dict() for place, message in enumerate(TALK.messages)
    ]


def command_line(tmp_path: Path) -> Data:
    """``toneguard review``, which gives messages no id."""
    reviews = []
    for place, (role, text) in enumerate(PAIRS):
        earlier = [part for who, said in PAIRS[:place] for part in ("--before", f"{who}: {said}")]
        call = [sys.executable, "-m", "toneguard", "review", "-", "--role", role, "-f", "json", "--fail-on", "never"]
        done = subprocess.run([*call, *earlier], input=text.encode(), capture_output=True, check=True)
        reviews.append({**json.loads(done.stdout), "message_id": TALK.messages[place].id})
    return reviews


def archive(tmp_path: Path) -> Data:
    """``toneguard score``, row by row."""
    source, out = tmp_path / "talk.jsonl", tmp_path / "scores.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "toneguard", "score", str(source), "--out", str(out)], capture_output=True, check=True
    )
    return [json.loads(line)["review"] for line in out.read_text(encoding="utf-8").splitlines()]


def spacy_component(tmp_path: Path) -> Data:
    """Documents in a batch, with what came before in their context."""
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("toneguard")
    contexts = [
        {"role": message.role.value, "id": message.id, "before": PAIRS[:place]}
        for place, message in enumerate(TALK.messages)
    ]
    texts = [message.text for message in TALK.messages]
    docs = nlp.pipe(zip(texts, contexts, strict=True), as_tuples=True)
    return [doc._.toneguard.to_dict() for doc, _ in docs]


def mcp_server(tmp_path: Path) -> Data:
    """The tool that reviews a conversation, through the SDK's client."""
    pytest.importorskip("mcp")
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def ask() -> Any:
        server = StdioServerParameters(command=sys.executable, args=["-m", "toneguard", "mcp"])
        async with stdio_client(server) as streams, ClientSession(*streams) as client:
            await client.initialize()
            turns = [{"id": one.id, "role": one.role.value, "text": one.text} for one in TALK.messages]
            return await client.call_tool("review_conversation", {"messages": turns, "full": True})

    return [one["review"] for one in anyio.run(ask).structured_content["messages"]]


def http_server(tmp_path: Path) -> Data:
    """The whole conversation, and each message as a preview asks; offsets counted back into code points."""
    pytest.importorskip("fastapi")
    from serving import HOME
    from starlette.testclient import TestClient

    from toneguard.server.app import make_app
    from toneguard.server.settings import Settings

    turns = [{"id": one.id, "role": one.role.value, "text": one.text} for one in TALK.messages]
    with TestClient(make_app(Settings()), base_url=HOME) as client:
        reviews = client.post("/v1/conversations", json={"id": "c1", "messages": turns, "explain": True}).json()["reviews"]
        for place, (role, text) in enumerate(PAIRS):
            asked = {"draft": text, "role": role, "before": turns[:place], "explain": True}
            one = client.post("/v1/reviews", json=asked).json()
            assert {**one, "message_id": TALK.messages[place].id} == reviews[place]
    return [in_code_points(review) for review in reviews]


def django_helpdesk(tmp_path: Path) -> Data:
    """A ticket's archive; and each reply as its page asks for it before it is sent."""
    pytest.importorskip("helpdesk")
    from helpdesk_site import database

    database()
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client
    from helpdesk_site.tickets import follow_up, open_ticket, person

    previews = {}
    out = tmp_path / "scores.jsonl"
    with transaction.atomic():
        client = Client()
        client.force_login(person("bronte"))
        ticket = open_ticket(TALK.messages[0].text)
        names = {"description": "m1"}
        for message in TALK.messages[1:]:
            if message.role == "agent":
                asked = {"draft": message.text, "explain": True}
                answer = client.post(f"/toneguard/tickets/{ticket.pk}/review", asked, content_type="application/json")
                previews[message.id] = in_code_points(renamed({**answer.json(), "message_id": message.id}, names, message.id))
            names[str(follow_up(ticket, message.role.value, message.text).pk)] = message.id or ""
        call_command("toneguard_score", "--out", str(out), verbosity=0)
        transaction.set_rollback(True)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    scored = [renamed({**row["review"], "message_id": names[row["message_id"]]}, names, None) for row in rows]
    for review in scored:
        assert review == previews.get(review["message_id"], review)
    return [*scored, previews["m5"]]  # an empty comment is no message


def renamed(review: dict[str, Any], names: dict[str, str], own: str | None) -> dict[str, Any]:
    """Evidence by our own names of messages; what has none is the draft."""
    for found in review["findings"]:
        for evidence in found["evidence"]:
            evidence["message_id"] = names.get(evidence["message_id"], own)
    return review


def in_code_points(review: dict[str, Any]) -> dict[str, Any]:
    """A review that counts UTF-16 code units, counted back."""
    texts = {one.id: one.text for one in TALK.messages}
    assert review.pop("offsets") == "utf-16"
    own = texts[review["message_id"]]
    for score in review["scores"].values():
        for contribution in score["contributions"]:
            count_back(contribution, own)
    for found in review["findings"]:
        count_back(found, own)
        for evidence in found["evidence"]:
            count_back(evidence, texts.get(evidence["message_id"], own))
    return review


def count_back(holder: dict[str, Any], text: str) -> None:
    """Code points where there were UTF-16 code units."""
    units = text.encode("utf-16-le")
    if holder["span"]:
        holder["span"] = {end: len(units[: 2 * at].decode("utf-16-le")) for end, at in holder["span"].items()}


DOORS: dict[str, Callable[[Path], Data]] = {
    "library": library,
    "command line": command_line,
    "archive": archive,
    "spaCy": spacy_component,
    "MCP": mcp_server,
    "HTTP": http_server,
    "django-helpdesk": django_helpdesk,
}


@pytest.fixture(scope="module")
def expected() -> tuple[Review, ...]:
    return Pipeline().review_conversation(TALK).reviews


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_same_review(door: str, expected: tuple[Review, ...], tmp_path: Path) -> None:
    found = DOORS[door](tmp_path)
    for review, wanted in zip(found, expected, strict=True):
        assert review == wanted.to_dict()


def test_the_conversation_is_worth_asking_about(expected: tuple[Review, ...]) -> None:
    rules = {found.rule for review in expected for found in review.findings}
    assert {"respect/blame-customer", "law/au/consumer-guarantees/no-refunds", "privacy/phone-number"} <= rules
    assert [review.verdict and review.verdict.value for review in expected] == [None, "hold", None, "pass", "pass"]


def test_pandas_gives_the_rows_of_the_same_reviews(expected: tuple[Review, ...]) -> None:
    import toneguard.integrations.pandas  # noqa: F401  (registers the accessor)

    found = pd.DataFrame(ROWS).toneguard.review(message_id="message_id")
    for (_, row), review in zip(found.iterrows(), expected, strict=True):
        given = {name: value for name, value in row.items() if not pd.isna(value)}
        assert given == {name: value for name, value in review.to_row().items() if value is not None}


def test_scikit_learn_gives_the_numbers_of_the_same_reviews(expected: tuple[Review, ...]) -> None:
    from toneguard.integrations.sklearn import ReviewFeatures

    model = ReviewFeatures(measures=list(expected[0].scores), counts=True)
    found = model.transform([Conversation("", TALK.messages[: place + 1]) for place in range(len(TALK.messages))])
    rows = [review.to_row() for review in expected]
    wanted = np.array([[row[name] for name in model.get_feature_names_out()] for row in rows], dtype=float)
    assert np.array_equal(found, wanted, equal_nan=True)
