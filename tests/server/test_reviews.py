"""The routes of our own: what they give, and how they answer mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from toneguard.messages import Conversation, Message
from toneguard.pipeline import Pipeline
from toneguard.rules import builtin_rules
from toneguard.rules.load import to_dict
from toneguard.server.openapi import components

SECRET = "My card is 4111 1111 1111 1111."
CRACKED = {"role": "customer", "text": "The kettle arrived cracked."}


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": {"schemas": components()}})


def test_a_draft_is_reviewed_in_the_light_of_what_came_before(client: TestClient) -> None:
    asked = {"draft": "We don't do refunds.", "channel": "email", "before": [CRACKED], "standard": None, "public": None, "explain": True}
    found = client.post("/v1/reviews", json=asked)
    assert found.status_code == 200
    schema("Review").validate(found.json())
    draft = Message("We don't do refunds.", "agent", channel="email")
    before = [Message(CRACKED["text"], "customer", channel="email")]
    assert found.json() == {**Pipeline().review(draft, before=before).to_dict(), "offsets": "utf-16"}
    assert found.json()["verdict"] == "hold"


def test_scores_are_explained_where_that_is_asked_for(client: TestClient) -> None:
    """The words behind scores are most of an answer: of 100,000 emoji they would make 50 MB."""
    turns = [{"role": "agent", "text": "You should have told us 😡"}]
    for path, asked in (("reviews", {"draft": turns[0]["text"]}), ("conversations", {"messages": turns})):
        brief, full = (client.post(f"/v1/{path}", json={**asked, "explain": explain}).json() for explain in (False, True))
        for one in [brief, *brief.get("reviews", [])]:
            schema("ConversationReview" if "reviews" in one else "Review").validate(one)
        some = full.get("reviews", [full])[0]["scores"]
        assert some["politeness"]["contributions"]
        for score in some.values():
            del score["contributions"]
        assert brief == full
    assert len(client.post("/v1/reviews", json={"draft": "😡" * 99_990}).content) < 20_000


def test_a_text_that_is_too_long_is_told_so_in_characters(client: TestClient) -> None:
    found = client.post("/v1/reviews", json={"draft": "x" * 100_001}).json()
    assert found["error"]["message"] == "String should have at most 100000 characters"


def test_a_customers_message_is_read_and_not_judged(client: TestClient) -> None:
    found = client.post("/v1/reviews", json={"draft": "It leaks!", "role": "customer"}).json()
    assert (found["role"], found["verdict"]) == ("customer", None)


def test_public_and_channel_count_for_what_came_before_too(client: TestClient) -> None:
    before = [{"role": "customer", "text": "I'm Mina Haddad, my number is 0491 570 006."}]
    asked = {"draft": "Hi Mina, is 0491 570 006 still right?", "before": before}
    rules = {
        public: {found["rule"] for found in client.post("/v1/reviews", json={**asked, "public": public}).json()["findings"]}
        for public in (True, False)
    }
    assert "privacy/public-personal-data" in rules[True] - rules[False]


def test_a_conversation_is_reviewed_message_by_message(client: TestClient) -> None:
    turns = [{"id": "m1", **CRACKED}, {"id": "m2", "role": "agent", "text": "🙂 You should have told us."}]
    found = client.post("/v1/conversations", json={"id": "c1", "messages": turns}).json()
    schema("ConversationReview").validate(found)
    talk = Conversation("c1", tuple(Message(turn["text"], turn["role"], id=turn["id"]) for turn in turns))
    expected = Pipeline().review_conversation(talk)
    assert [one["verdict"] for one in found["reviews"]] == [one.verdict and one.verdict.value for one in expected.reviews]
    assert (found["conversation_id"], found["verdict"], found["offsets"]) == ("c1", "revise", "utf-16")
    blame = next(one for one in found["reviews"][1]["findings"] if one["rule"] == "respect/blame-customer")
    assert blame["span"] == {"start": 3, "end": 23}


def test_the_librarys_own_form_of_a_conversation_is_welcome(client: TestClient) -> None:
    talk = Conversation("c1", (Message("Thanks!", "customer", sent_at="2026-03-01T10:00:00", author="mina", language="en"),))
    assert client.post("/v1/conversations", json=talk.to_dict()).status_code == 200
    assert client.post("/v1/conversations", json={"messages": []}).json()["reviews"] == []


def test_a_rule_says_what_explain_says(client: TestClient) -> None:
    name = "respect/blame-customer"
    assert client.get(f"/v1/rules/{name}").json() == json.loads(json.dumps(to_dict(builtin_rules()[name])))
    wrong = client.get("/v1/rules/respect/blame")
    assert wrong.status_code == 404
    assert "did you mean 'respect/blame-customer'" in wrong.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("reviews", {}, 422, "draft"),
        ("reviews", [], 422, None),
        ("reviews", {"draft": 3}, 422, "draft"),
        ("reviews", {"draft": SECRET, "role": "boss"}, 422, "role"),
        ("reviews", {"draft": SECRET, "tone": "nice"}, 422, "tone"),
        ("reviews", {"draft": SECRET, "channel": "fax"}, 422, "channel"),
        ("reviews", {"draft": SECRET, "before": [CRACKED, {"role": "customer"}]}, 422, "before.1.text"),
        ("reviews", {"draft": SECRET, "before": [{"role": SECRET, "text": ""}]}, 422, "before.0.role"),
        ("reviews", {"draft": SECRET, "before": [{**CRACKED, "sent_at": SECRET}]}, 422, "before.0.sent_at"),
        ("reviews", {"draft": SECRET, "standard": SECRET}, 404, "standard"),
        ("reviews", {"draft": "x" * 100_001}, 422, "draft"),
        ("reviews", {"draft": "", "before": [{"role": "agent", "text": "x" * 100_000}] * 4}, 413, "before"),
        ("reviews", {"draft": "x" * 20_001, "explain": True}, 413, "explain"),
        ("reviews", {"draft": "Hi", "explain": 1}, 422, "explain"),
        ("conversations", {"messages": [{"role": "agent", "text": "x" * 11_000}] * 2, "explain": True}, 413, "explain"),
        ("conversations", {"messages": [CRACKED] * 1_001}, 422, "messages"),
        ("conversations", {"messages": [{"text": SECRET}]}, 422, "messages.0.role"),
    ],
)
def test_mistakes_name_their_field_and_quote_nothing(
    client: TestClient, path: str, body: Any, status: int, field: str | None
) -> None:
    found = client.post(f"/v1/{path}", json=body)
    assert found.status_code == status
    schema("Error").validate(found.json())
    assert found.json()["error"]["field"] == field
    assert "4111" not in found.text


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"", 422),
        ("application/json", b'{"draft": ', 400),
        ("application/json", b'{"draft": "\xff\xfe"}', 400),
        ("application/json", b"\x00\x01\x02", 400),
        ("application/json", b"[" * 100_000, 400),
        ("text/plain", b'{"draft": "Hi"}', 415),
        ("application/x-www-form-urlencoded", b"draft=Hi", 415),
    ],
)
def test_what_is_no_json_is_refused(client: TestClient, kind: str, body: bytes, status: int) -> None:
    found = client.post("/v1/reviews", content=body, headers={"Content-Type": kind})
    assert found.status_code == status
    schema("Error").validate(found.json())


def test_half_an_emoji_is_read(client: TestClient) -> None:
    """A box sends one while the other half is being deleted; everything after it keeps its place."""
    body = b'{"draft": "\\ud83d You should have told us."}'
    found = client.post("/v1/reviews", content=body, headers={"Content-Type": "application/json"})
    assert found.json()["findings"][0]["span"] == {"start": 2, "end": 22}


def test_unknown_paths_and_methods(client: TestClient) -> None:
    for response, status in ((client.get("/v1/none"), 404), (client.get("/v1/reviews"), 405)):
        assert response.status_code == status
        schema("Error").validate(response.json())
    assert client.get("/v1/reviews").headers["allow"] == "POST"


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}
    for path in ("/healthz", "/readyz"):
        assert client.head(path).status_code == 200
    assert "_created" not in client.get("/metrics").text


def test_the_page_and_its_files_are_served_where_they_are(make_client: Any, tmp_path: Path) -> None:
    from toneguard.server.app import make_app
    from toneguard.server.settings import Settings

    (tmp_path / "index.html").write_text("<h1>ToneGuard</h1>", encoding="utf-8")
    (tmp_path / "preview.js").write_text("export {};", encoding="utf-8")
    with TestClient(make_app(Settings(), static=tmp_path), base_url="http://localhost") as client:
        page = client.get("/")
        assert page.text == "<h1>ToneGuard</h1>" and "default-src 'self'" in page.headers["content-security-policy"]
        assert "javascript" in client.get("/static/preview.js").headers["content-type"]
        assert client.get("/static/../index.py").status_code == 404
    with TestClient(make_app(Settings(), static=tmp_path / "none"), base_url="http://localhost") as client:
        assert client.get("/").status_code == 404
