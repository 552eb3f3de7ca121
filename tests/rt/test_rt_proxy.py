"""RT's own side: who may ask, what is handed over, and what is logged."""

from __future__ import annotations

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest
from relay import Relay
from tracker import PASSWORD, ROOT, SHARE, TOKEN, Tracker

import toneguard as package

pytestmark = pytest.mark.slow

DRAFT = "Hé Mina 🙂 we don't do refunds, says the wombat."


class Visitor:
    """Somebody with a session of RT's, and no browser."""

    def __init__(self, tracker: Tracker, name: str | None = "bronte") -> None:
        self.tracker = tracker
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        if name:
            form = urllib.parse.urlencode({"user": name, "pass": PASSWORD}).encode()
            self.send("/NoAuth/Login.html", form, "application/x-www-form-urlencoded")

    def send(self, path: str, body: bytes | None, kind: str, referrer: str | None = "same") -> tuple[int, str, str]:
        """Status, type and text of the answer."""
        request = urllib.request.Request(self.tracker.address + path, body, {"Content-Type": kind})
        if referrer:
            request.add_header("Referer", self.tracker.address + "/" if referrer == "same" else referrer)
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()

    def review(self, ticket: Any, draft: Any = DRAFT, kind: str = "application/json", referrer: str | None = "same") -> tuple[int, str, str]:
        body = json.dumps({"ticket": ticket, "draft": draft}).encode()
        return self.send("/ToneGuard/Review.html", body, kind, referrer)


def test_the_review_comes_back_as_it_is(tracker: Tracker, ticket: int) -> None:
    status, kind, said = Visitor(tracker).review(ticket)
    assert (status, kind) == (200, "application/json; charset=utf-8")
    review = json.loads(said)
    assert review["verdict"] == "hold"
    (error,) = [one for one in review["findings"] if one["level"] == "error"]
    utf16 = DRAFT.encode("utf-16-le")
    assert utf16[2 * error["span"]["start"] : 2 * error["span"]["end"]].decode("utf-16-le") == "we don't do refunds"


def test_what_is_handed_over(tracker: Tracker, toneguard: Relay, ticket: int) -> None:
    """What customers and staff wrote to each other, as plain text, oldest first; no comment and no names."""
    Visitor(tracker).review(ticket)
    asked = toneguard.asked[-1]
    assert asked == {
        "draft": DRAFT,
        "role": "agent",
        "channel": "email",
        "public": False,
        "before": [
            {"role": "customer", "text": "Hello,\n\nthe kettle arrived cracked and I am furious.\n\nMina 🙁\n"},
            {"role": "agent", "text": "Hi Mina,\n\ncould you send us a photo?\n\n"},
            {"role": "customer", "text": "My daughter has sent it twice.\n"},
        ],
    }
    assert ("Comment", "Between us: she complains every month.") in tracker.correspondence(ticket)
    assert toneguard.tokens[-1] == f"Bearer {TOKEN}"


def test_only_the_newest_are_handed_over(tracker: Tracker, toneguard: Relay, ticket: int) -> None:
    for number in range(18):
        tracker.rest(f"ticket/{ticket}/correspond", {"Content": f"Answer {number}.", "ContentType": "text/plain"})
    tracker.rest(f"ticket/{ticket}/comment", {"Content": "A note at the end.", "ContentType": "text/plain"})
    Visitor(tracker).review(ticket)
    handed = [turn["text"] for turn in toneguard.asked[-1]["before"]]
    assert handed == ["Hi Mina,\n\ncould you send us a photo?\n\n", "My daughter has sent it twice.\n"] + [f"Answer {number}." for number in range(18)]


@pytest.mark.parametrize("name", ["mina@example.com", None])
def test_others_cannot_use_it(tracker: Tracker, toneguard: Relay, ticket: int, name: str | None) -> None:
    """Not even the ticket's own requestor; RT leads them elsewhere."""
    before = len(toneguard.asked)
    visitor = Visitor(tracker, name)
    for said in (visitor.review(ticket), visitor.send("/ToneGuard/Rule.html?name=plain/revert", None, "")):
        assert said[1].startswith("text/html")
        assert ("SelfService" if name else "Login") in said[2]
        assert "findings" not in said[2]
        assert "going back to an earlier state" not in said[2]
    assert len(toneguard.asked) == before


def test_staff_who_may_not_reply_cannot_use_it(tracker: Tracker, toneguard: Relay) -> None:
    before = len(toneguard.asked)
    assert Visitor(tracker, "reader").review(1)[0] == 403
    assert len(toneguard.asked) == before


@pytest.mark.parametrize("ticket", [999_999, "1 OR 1=1", "", None, [1], -1, True])
def test_tickets_that_are_none(tracker: Tracker, ticket: Any) -> None:
    assert Visitor(tracker).review(ticket)[0] == 403


@pytest.mark.parametrize("draft", ["", None, ["words"], {"a": 1}])
def test_drafts_that_are_none(tracker: Tracker, draft: Any) -> None:
    assert Visitor(tracker).review(1, draft)[0] == 400


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe"])
def test_bodies_that_are_none(tracker: Tracker, body: bytes) -> None:
    assert Visitor(tracker).send("/ToneGuard/Review.html", body, "application/json")[0] == 400


@pytest.mark.parametrize("referrer", [None, "https://elsewhere.example.com/page"])
def test_requests_of_other_sites(tracker: Tracker, toneguard: Relay, referrer: str | None) -> None:
    """RT's own check: it shows its page about forged requests, and nothing is asked."""
    before = len(toneguard.asked)
    _, kind, said = Visitor(tracker).review(1, referrer=referrer)
    assert kind.startswith("text/html")
    assert "cross-site request forgery" in said
    assert len(toneguard.asked) == before


def test_forms_of_other_sites(tracker: Tracker, toneguard: Relay) -> None:
    """What a form can send without asking first is no JSON."""
    before = len(toneguard.asked)
    visitor = Visitor(tracker)
    asked = json.dumps({"ticket": 1, "draft": DRAFT})
    form = urllib.parse.urlencode({"POSTDATA": asked})
    parts = f'--x\r\nContent-Disposition: form-data; name="POSTDATA"\r\n\r\n{asked}\r\n--x--\r\n'
    for kind, body in (("text/plain", asked), ("application/x-www-form-urlencoded", form), ("multipart/form-data; boundary=x", parts)):
        assert visitor.send("/ToneGuard/Review.html", body.encode(), kind)[0] == 400
    assert len(toneguard.asked) == before


def test_rules(tracker: Tracker) -> None:
    visitor = Visitor(tracker)
    status, kind, said = visitor.send("/ToneGuard/Rule.html?name=plain/revert", None, "")
    assert (status, kind) == (200, "application/json; charset=utf-8")
    assert json.loads(said)["rule"] == "plain/revert"
    for name in ("no/such-rule", "../metrics", "", "a//b", "plain/revert%3Fx=1"):
        assert visitor.send(f"/ToneGuard/Rule.html?name={name}", None, "")[0] == 404


def test_a_draft_that_is_too_long_is_refused_and_not_asked_again(tracker: Tracker) -> None:
    assert Visitor(tracker).review(1, "word " * 30_000)[0] in (413, 422)


def test_a_server_that_says_nothing_is_gone(tracker: Tracker, toneguard: Relay) -> None:
    toneguard.delay = 8
    try:
        began = time.monotonic()
        assert Visitor(tracker).review(1)[0] == 503
        assert time.monotonic() - began < 6
    finally:
        toneguard.delay = 0


def test_nothing_of_it_is_in_the_log(tracker: Tracker, toneguard: Relay, ticket: int) -> None:
    """On any level, whether the server answers, is gone, or the request is refused."""
    visitor = Visitor(tracker)
    visitor.review(ticket)
    visitor.review(ticket, referrer=None)
    visitor.review(ticket, kind="text/plain")
    Visitor(tracker, None).review(ticket)
    toneguard.go()
    try:
        assert visitor.review(ticket)[0] == 503
    finally:
        toneguard.come()
    said = tracker.log + (tracker.folder / "server.log").read_text(encoding="utf-8")
    assert "[debug]" in said
    assert "ToneGuard does not answer" in said
    for words in ("wombat", "furious", "photo?", "complains every month", TOKEN):
        assert words not in said


def test_what_customers_write_does_not_travel_in_the_clear(tracker: Tracker) -> None:
    """Addresses of servers that are asked, and that are not."""
    addresses = "http://127.0.0.1:8081/ http://localhost http://[::1]:8081 https://toneguard.example.com/at http://toneguard.example.com http://127.0.0.1.example.com ftp://127.0.0.1 127.0.0.1:8081"
    program = "RT->LoadConfig; RT->Init; for (@ARGV) { RT->Config->Set(ToneGuardURL => $_); print RT::Extension::ToneGuard->_Server // '-', qq{\\n} }"
    said = tracker.call("perl", f"-I{SHARE}/lib", "-MRT", "-e", program, *addresses.split()).stdout.split()
    assert said == ["http://127.0.0.1:8081", "http://localhost", "http://[::1]:8081", "https://toneguard.example.com/at", "-", "-", "-", "-"]


def test_the_version_is_the_packages_own() -> None:
    module = (ROOT / "request-tracker" / "lib" / "RT" / "Extension" / "ToneGuard.pm").read_text(encoding="utf-8")
    found = re.search(r"^our \$VERSION = '(.*)';$", module, re.MULTILINE)
    assert found and found[1] == package.__version__
