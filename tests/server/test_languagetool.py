"""The LanguageTool protocol: bodies that its clients can read, offsets as Java counts them, errors in plain text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from toneguard.findings import Span
from toneguard.server.languagetool.annotated import read_data

CONTRACT = Draft202012Validator(json.loads((Path(__file__).parent / "languagetool.schema.json").read_text(encoding="utf-8")))
BLAME = "You should have told us."
BAD = f"Hi Sam,\n\nKindly note that we can't find it. {BLAME} We don't do refunds.\n\nKind regards,\nAlva"


def check(client: TestClient, **form: str) -> dict[str, Any]:
    """A checked text, held to the contract: every place says what its context shows."""
    sent = client.post("/v2/check", data={"language": "en-AU", **form})
    assert sent.status_code == 200, sent.text
    body: dict[str, Any] = sent.json()
    CONTRACT.validate(body)
    if "text" in form:
        whole = form["text"]
    else:
        data = json.loads(form["data"])
        whole = data.get("text") or "".join(part.get("text", part.get("markup", "")) for part in data["annotation"])
    for match in body["matches"]:
        context = match["context"]
        shown = cut(context["text"], context["offset"], context["length"])
        assert shown == " ".join(cut(whole, match["offset"], match["length"]).splitlines())
    return body


def cut(text: str, offset: int, length: int) -> str:
    """As a client in Java or JavaScript cuts."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def found(body: dict[str, Any], text: str) -> dict[str, str]:
    """What was found, by rule."""
    return {match["rule"]["id"]: cut(text, match["offset"], match["length"]) for match in body["matches"]}


def test_findings_stand_at_their_places(client: TestClient) -> None:
    body = check(client, text=BAD)
    rules = found(body, BAD)
    assert rules["respect/blame-customer"] == "You should have told"
    assert rules["law/au/consumer-guarantees/no-refunds"] == "We don't do refunds"
    blame = next(match for match in body["matches"] if match["rule"]["id"] == "respect/blame-customer")
    assert blame["sentence"] == BLAME
    assert blame["rule"]["category"] == {"id": "respect", "name": "respect"}
    swap = check(client, text="Please utilise the form.")["matches"][0]
    assert [one["value"] for one in swap["replacements"]] == ["use"]
    assert BLAME in [cut(BAD, start, end - start) for start, end in body["sentenceRanges"]]


def test_offsets_count_utf_16(client: TestClient) -> None:
    (match,) = check(client, text=f"🙂👍🏽 {BLAME}")["matches"]
    assert (match["offset"], match["length"]) == (7, 20)


def test_a_long_text_has_a_short_context(client: TestClient) -> None:
    filler = "Your parcel left our warehouse in Geelong today. "
    (match,) = check(client, text=filler * 3 + BLAME + " " + filler * 3)["matches"]
    assert match["context"]["text"].startswith("...") and match["context"]["text"].endswith("...")
    assert len(match["context"]["text"]) < 120


def test_offsets_count_markup_and_markup_is_not_read(client: TestClient) -> None:
    parts = [
        {"markup": "<p title='you should have asked'>"},
        {"text": "🙂 You should "},
        {"markup": "<b>"},
        {"text": "have told"},
        {"markup": "</b>"},
        {"text": " us."},
        {"markup": "<br>", "interpretAs": "\n\n"},
        {"text": "Thanks!"},
    ]
    sent = "".join(part.get("text", part.get("markup", "")) for part in parts)
    for data in (json.dumps({"annotation": parts}), json.dumps({"annotation": parts}, ensure_ascii=False)):
        assert found(check(client, data=data), sent) == {"respect/blame-customer": "You should <b>have told"}
    assert found(check(client, data=json.dumps({"text": BLAME})), BLAME) == {"respect/blame-customer": "You should have told"}


def test_nothing_to_say(client: TestClient) -> None:
    for form in ({"text": ""}, {"text": "Thanks, your refund left today."}, {"data": '{"annotation": []}'}):
        assert check(client, **form)["matches"] == []
    assert check(client, data='{"annotation": [{"markup": "<p>you should have told us</p>"}]}')["matches"] == []


def test_rules_and_categories_are_chosen_by_name(client: TestClient) -> None:
    def rules(**form: str) -> set[str]:
        return set(found(check(client, text=BAD, **form), BAD))

    everything = rules()
    assert rules(disabledRules="RESPECT/blame-customer,none/such") == everything - {"respect/blame-customer"}
    assert rules(disabledCategories="LAW, plain") == {name for name in everything if not name.startswith(("law/", "plain/"))}
    assert rules(enabledOnly="true", enabledRules="respect/blame-customer") == {"respect/blame-customer"}
    assert rules(enabledOnly="true", enabledCategories="law/au") == {"law/au/consumer-guarantees/no-refunds"}


def test_picky_shows_notes_too(client: TestClient) -> None:
    text = "Call me on 0491 570 006, and let me know as per our chat."
    quiet, picky = (set(found(check(client, text=text, level=level), text)) for level in ("default", "picky"))
    assert quiet <= picky
    notes = {one["rule"] for one in client.post("/v1/reviews", json={"draft": text}).json()["findings"] if one["level"] == "note" and one["span"]}
    assert picky - quiet == notes


def test_masks_are_no_words_to_write(client: TestClient) -> None:
    text = "Hi Sam, is your card still 4111 1111 1111 1111, and your number 0491 570 006? Please utilise the form."
    offered = {match["rule"]["id"]: [one["value"] for one in match["replacements"]] for match in check(client, text=text, level="picky")["matches"]}
    privacy = {rule for rule in offered if rule.startswith("privacy/")}
    assert len(privacy) >= 2
    assert [words for rule, words in offered.items() if words] == [["use"]]


@pytest.mark.parametrize("language", ["en", "en-US", "en-us", "en_GB", "EN-AU", "en-AU-x-1", "auto"])
def test_every_english_is_checked(client: TestClient, language: str) -> None:
    assert check(client, text=BLAME, language=language)["matches"]


def test_auto_prefers_a_variant_and_says_what_it_saw(client: TestClient) -> None:
    body = check(client, text=BAD, language="auto", preferredVariants="de-DE,en-GB")
    assert body["language"]["code"] == "en-GB"
    assert body["language"]["detectedLanguage"]["code"] == "en"
    german = check(client, text="Guten Tag, Ihre Bestellung ist heute bei uns eingegangen und wird morgen verschickt.", language="auto")
    assert german["language"]["detectedLanguage"]["code"] == "de"


@pytest.mark.parametrize(
    ("form", "status", "says"),
    [
        ({"language": "en"}, 400, "Missing 'text' or 'data'"),
        ({}, 400, "Missing 'text' or 'data'"),
        ({"text": "a", "data": "{}", "language": "en"}, 400, "not both"),
        ({"text": "a"}, 400, "Missing 'language'"),
        ({"text": "a", "language": "de-DE"}, 400, "'auto' or English"),
        ({"text": "a", "language": "en-US", "preferredVariants": "en-GB"}, 400, "language=auto"),
        ({"text": "a", "language": "en", "level": "mild"}, 400, "default, picky"),
        ({"text": "a", "language": "en", "enabledOnly": "maybe"}, 400, "false, true"),
        ({"text": "a", "language": "en", "enabledOnly": "true"}, 400, "must specify enabled rules"),
        ({"text": "a", "language": "en", "enabledOnly": "true", "enabledRules": "x/y", "disabledRules": "a/b"}, 400, "cannot specify"),
        ({"text": "a" * 100_001, "language": "en"}, 413, "limit of 100000"),
        ({"data": json.dumps({"annotation": [{"markup": "<" * 100_001}]}), "language": "en"}, 413, "limit of 100000"),
        ({"data": "", "language": "en"}, 400, "not JSON"),
        ({"data": "[" * 50_000, "language": "en"}, 400, "not JSON"),
        ({"data": "[]", "language": "en"}, 400, "JSON object"),
        ({"data": "{}", "language": "en"}, 400, "'text' or 'annotation'"),
        ({"data": '{"annotation": 1}', "language": "en"}, 400, "must be a list"),
        ({"data": '{"annotation": [{"text": "a"}, {}]}', "language": "en"}, 400, "data.annotation.1"),
        ({"data": '{"annotation": [{"text": "a", "markup": "b"}]}', "language": "en"}, 400, "data.annotation.0"),
        ({"data": '{"annotation": [{"text": 1}]}', "language": "en"}, 400, "data.annotation.0.text"),
        ({"data": '{"annotation": [{"markup": "a", "interpretAs": 1}]}', "language": "en"}, 400, "data.annotation.0.interpretAs"),
    ],
)
def test_mistakes_are_plain_text(client: TestClient, form: dict[str, str], status: int, says: str) -> None:
    sent = client.post("/api/v2/check", data=form)
    assert sent.status_code == status
    assert sent.headers["content-type"].startswith("text/plain")
    assert sent.text.startswith("Error: ") and says in sent.text


def test_bodies_that_are_no_form(client: TestClient) -> None:
    for kind, body in (
        ("application/json", b'{"text": "a", "language": "en"}'),
        ("application/x-www-form-urlencoded", b"\xff\x00=%%%&&;&text"),
        ("application/x-www-form-urlencoded", b"a=1&" * 1_000),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("multipart/form-data", b"text=a"),
    ):
        sent = client.post("/v2/check", content=body, headers={"Content-Type": kind})
        assert sent.status_code == 400, (kind, sent.text)
        assert sent.headers["content-type"].startswith("text/plain")


def test_a_text_that_is_not_encoded_is_read(client: TestClient) -> None:
    """So sends LibreOffice 7.4."""
    form = f"text=🙂 Café — {BLAME}&language=en-US".encode()
    sent = client.post("/v2/check", content=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert [match["offset"] for match in sent.json()["matches"]] == [10]


def test_bytes_that_are_no_utf_8_are_read_all_the_same(client: TestClient) -> None:
    form = b"language=en&text=caf%E9+%ED%A0%BD " + BLAME.encode()
    sent = client.post("/v2/check", content=form, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert [match["rule"]["id"] for match in sent.json()["matches"]] == ["respect/blame-customer"]


@pytest.mark.parametrize("base", ["/v2", "/api/v2"])
def test_what_else_clients_ask(client: TestClient, base: str) -> None:
    languages = client.get(f"{base}/languages").json()
    assert {"name": "English (US)", "code": "en", "longCode": "en-US"} in languages
    assert client.get(f"{base}/info").json()["software"]["name"] == "ToneGuard"
    assert client.get(f"{base}/maxtextlength").text == "100000"
    unknown = client.get(f"{base}/words")
    assert unknown.status_code == 404 and unknown.headers["content-type"].startswith("text/plain")
    wrong = client.get(f"{base}/check")
    assert wrong.status_code == 405 and wrong.headers["allow"] == "POST"


@given(st.lists(st.tuples(st.sampled_from(["text", "markup", "as"]), st.text(max_size=4)), max_size=8), st.data())
def test_places_lie_where_they_were_sent(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    sent = [
        {"text": value} if kind == "text" else {"markup": f"<{value}>", **({"interpretAs": value} if kind == "as" else {})}
        for kind, value in parts
    ]
    read = read_data(json.dumps({"annotation": sent}))
    start = data.draw(st.integers(0, len(read.plain)))
    end = data.draw(st.integers(start, len(read.plain)))
    place = read.place(Span(start, end))
    assert 0 <= place.start <= place.end <= len(read.sent)
    if all(kind == "text" for kind, _ in parts):
        assert read.sent[place.start : place.end] == read.plain[start:end]


def test_matches_in_a_sentence_without_end_show_only_their_surroundings(client: TestClient) -> None:
    """Each would repeat all of it otherwise, and the answer would grow with the square of the text."""
    found = client.post("/v2/check", data={"text": "you should have told us and " * 500, "language": "en-AU"})
    blames = [match for match in found.json()["matches"] if match["rule"]["id"] == "respect/blame-customer"]
    assert len(blames) == 500
    assert all("you should have told" in match["sentence"] and len(match["sentence"]) < 200 for match in blames)
