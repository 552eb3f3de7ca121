"""The app for Zendesk's ticket sidebar, as it is built, with a running server and a stand-in for Zendesk's SDK."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import BAD
from playwright.sync_api import Browser, Page, expect
from serving import Running

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SDK = "https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"
TOKEN = "kestrel-harbour-77"
MINA = {"id": 1, "name": "Mina", "role": "end-user"}
OSCAR = {"id": 2, "name": "Oscar", "role": "agent"}
CONVERSATION = [
    {"author": MINA, "channel": {"name": "email"}, "message": {"content": "<p>The kettle arrived cracked</p><p>and I am furious.</p>", "contentType": "text/html"}},
    {"author": OSCAR, "channel": {"name": "internal"}, "message": {"content": "Third complaint from this grump.", "contentType": "text/plain"}},
    {"author": {"name": "Zendesk", "role": "system"}, "channel": {"name": "web"}, "message": {"content": "Ticket received.", "contentType": "text/plain"}},
    {"author": MINA, "message": {"content": "Nobody says who may read this.", "contentType": "text/plain"}},
    {"author": MINA, "channel": {"name": "web"}, "isPublic": False, "message": {"content": "Kept between us.", "contentType": "text/plain"}},
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def app() -> Iterator[str]:
    """The origin of the app as `make zendesk` builds it: not the server's own."""
    subprocess.run(["make", "-s", "zendesk"], cwd=ROOT, check=True)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(ROOT / "dist" / "zendesk")))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(scope="module")
def allowing(app: str) -> Iterator[str]:
    """A server that asks for a token and lets the app call."""
    running = Running("--allow-origin", app, env={**os.environ, "TONEGUARD_TOKEN": TOKEN})
    yield running.address
    running.stop()


def open_ticket(page: Page, app: str, server: str, text: str = "", /, **more: Any) -> None:
    """Open the app beside a ticket, in whose editor ``text`` stands; keys with two underscores are paths of the ticket."""
    ticket = {"comment.text": text, "comment.type": "publicReply", "comment.useRichText": False, "ticket.conversation": [], "colorScheme": "light"}
    settings = {"server": server, "token": TOKEN, "standard": None, "confirm_at_hold": False}
    for name, value in more.items():
        (ticket if "__" in name or name == "colorScheme" else settings)[name.replace("__", ".")] = value
    page.add_init_script(f"window.ticket = {json.dumps(ticket)}; window.installed = {json.dumps(settings)};")
    page.route(SDK, lambda route: route.fulfill(path=Path(__file__).parent / "zaf_sdk.js", content_type="text/javascript"))
    page.goto(f"{app}/assets/iframe.html?origin=https%3A%2F%2Fdesk.example.com&app_guid=1")


def write(page: Page, text: str, path: str = "comment.text") -> None:
    page.evaluate("([path, text]) => zendesk.write({ [path]: text })", [path, text])


def comment(page: Page) -> str:
    found: str = page.evaluate("ticket['comment.text']")
    return found


def asked(page: Page) -> list[dict[str, Any]]:
    """What the page asks the server to review, from now on."""
    found: list[dict[str, Any]] = []
    page.on("request", lambda request: found.append(request.post_data_json) if request.url.endswith("/v1/reviews") and request.method == "POST" else None)
    return found


def test_a_reply_is_read_while_it_is_typed_and_mended(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing)
    expect(page.locator("#verdict")).to_contain_text("Nothing yet")
    write(page, BAD)
    expect(page.locator("#verdict")).to_contain_text("Hold")
    findings = page.locator("#findings > li")
    expect(findings).to_have_count(3)
    expect(findings.first).to_contain_text("“we don't do refunds”")
    findings.first.locator("summary").click()
    expect(findings.first.locator(".why")).not_to_be_empty()
    expect(findings.first.get_by_role("list", name="Sources")).to_contain_text("ACCC")
    page.get_by_role("button", name="Please reply").click()
    expect(findings).to_have_count(2)
    assert comment(page) == BAD.replace("Please revert back", "Please reply")
    page.get_by_role("button", name="Use this sentence").click()
    expect(page.locator("#verdict")).to_contain_text("Revise")
    assert "we don't do refunds" not in comment(page) and comment(page).startswith("Hi Sam, ")


def test_a_change_is_taken_back(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD)
    page.get_by_role("button", name="Please reply").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.click()
    expect(page.locator("#findings > li")).to_have_count(3)
    assert comment(page) == BAD
    expect(undo).to_be_hidden()
    page.get_by_role("button", name="Please reply").click()
    expect(undo).to_be_visible()
    write(page, "Something else altogether.")
    expect(undo).to_be_hidden()


def test_a_change_that_comes_too_late_is_not_written(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD)
    fix = page.get_by_role("button", name="Please reply")
    expect(fix).to_be_visible()
    page.evaluate("ticket['comment.text'] = '🙂 Well: ' + ticket['comment.text']")  # no event yet
    fix.click()
    expect(page.get_by_text("Changed.")).to_be_visible()
    assert comment(page) == "🙂 Well: " + BAD.replace("Please revert back", "Please reply")
    page.evaluate("ticket['comment.text'] = 'Hello.'")
    page.get_by_role("button", name="Use this sentence").click()
    expect(page.get_by_text("cannot be changed from here")).to_be_visible()
    assert comment(page) == "Hello."


def test_zendesk_may_refuse_a_change(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD)
    expect(page.locator("#findings > li")).to_have_count(3)
    page.evaluate("zendesk.refuses = true")
    page.get_by_role("button", name="Please reply").click()
    expect(page.get_by_text("Zendesk did not take the change.")).to_be_visible()
    assert comment(page) == BAD


def test_an_emoji_before_the_words(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, "👋🏽 Hi Sam 🙂! Please revert back to us.")
    expect(page.locator("#findings .said")).to_have_text("“Please revert back”")
    page.get_by_role("button", name="Please reply").click()
    expect(page.locator("#findings > li")).to_have_count(0)
    assert comment(page) == "👋🏽 Hi Sam 🙂! Please reply to us."


def test_rich_text_keeps_its_form(page: Page, app: str, allowing: str) -> None:
    html = (
        '<div class="zd-comment" dir="auto"><p>Hi Sam &amp; Jo 🙂,</p><p>Please <b>revert</b> <i>back</i> to <a href="https://example.com/?a=1&amp;b=2">us</a>.</p>'
        '<blockquote>You should have told us.</blockquote><img src="/hit" onerror="hit = 1"></div>'
    )
    open_ticket(page, app, allowing, html, comment__useRichText=True)
    expect(page.locator("#findings > li")).to_have_count(1)  # what is quoted is not the agent's
    expect(page.locator("#findings .said")).to_have_text("“Please revert back”")
    expect(page.locator("#findings .line")).to_have_text("Line 2")
    page.get_by_role("button", name="Please reply").click()
    expect(page.locator("#findings > li")).to_have_count(0)
    assert comment(page) == html.replace("Please <b>revert</b> <i>back</i>", "Please reply")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#findings > li")).to_have_count(1)
    assert comment(page) == html
    assert page.evaluate("typeof hit") == "undefined"


def test_an_internal_note_is_neither_checked_nor_sent(page: Page, app: str, allowing: str) -> None:
    sent = asked(page)
    open_ticket(page, app, allowing, BAD, comment__type="internalNote", confirm_at_hold=True)
    expect(page.locator("#verdict")).to_contain_text("internal note")
    write(page, BAD + " Again.")
    page.wait_for_timeout(700)
    assert sent == []
    assert page.evaluate("zendesk.save()") is True
    write(page, "publicReply", "comment.type")
    expect(page.locator("#verdict")).to_contain_text("Hold")
    write(page, "internalNote", "comment.type")
    expect(page.locator("#verdict")).to_contain_text("internal note")
    expect(page.locator("#findings > li")).to_have_count(0)
    assert len(sent) == 1


def test_the_customer_is_heard_and_internal_notes_are_not(page: Page, app: str, allowing: str) -> None:
    sent = asked(page)
    open_ticket(page, app, allowing, "Hi Mina, a new kettle left today and will be with you on Thursday.", ticket__conversation=CONVERSATION)
    expect(page.locator("#findings")).to_contain_text("apolog")
    assert sent[0]["before"] == [
        {"role": "customer", "text": "The kettle arrived cracked\n\nand I am furious."},
        {"role": "system", "text": "Ticket received."},
    ]
    calm = [{"author": MINA, "channel": {"name": "email"}, "message": {"content": "When does my kettle come?", "contentType": "text/plain"}}]
    page.evaluate("(calm) => zendesk.write({ 'ticket.conversation': calm })", calm)
    expect(page.locator("#verdict")).to_contain_text("Pass")


def test_a_message_without_words_is_passed_over(page: Page, app: str, allowing: str) -> None:
    sent = asked(page)
    empty = {"author": MINA, "channel": {"name": "email"}, "message": None}  # such as a picture alone
    said = {"author": MINA, "channel": {"name": "email"}, "message": {"content": "Where is it?", "contentType": "text/plain"}}
    odd = [None, {"author": None}, {"author": MINA, "channel": {"name": 7}, "message": {}}]
    open_ticket(page, app, allowing, "Thanks, it left today.", ticket__conversation=[said, empty, *odd])
    expect(page.locator("#verdict")).to_contain_text("Pass")
    assert sent[0]["before"] == [{"role": "customer", "text": "Where is it?"}]


def test_a_long_conversation_is_heard_from_its_end(page: Page, app: str, allowing: str) -> None:
    sent = asked(page)
    talk = [{"author": MINA, "channel": {"name": "chat"}, "message": {"content": f"Message {at}.", "contentType": "text/plain"}} for at in range(40)]
    open_ticket(page, app, allowing, "Thanks, it left today.", ticket__conversation=talk)
    expect(page.locator("#verdict")).to_contain_text("Pass")
    assert [turn["text"] for turn in sent[0]["before"]] == [f"Message {at}." for at in range(20, 40)]


@pytest.mark.parametrize(("kind", "channel", "public"), [("publicReply", None, False), ("twitterReply", "social", True)])
def test_where_it_is_written_is_told(page: Page, app: str, allowing: str, kind: str, channel: str | None, public: bool) -> None:
    sent = asked(page)
    open_ticket(page, app, allowing, "Thanks, it left today.", comment__type=kind)
    expect(page.locator("#verdict")).to_contain_text("Pass")
    assert (sent[0]["channel"], sent[0]["public"]) == (channel, public)


def test_a_new_ticket_has_no_conversation(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD)
    page.add_init_script("delete ticket['ticket.conversation']")
    page.reload()
    expect(page.locator("#verdict")).to_contain_text("Hold")


def test_the_server_goes_and_comes_back(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD, confirm_at_hold=True)
    expect(page.locator("#verdict")).to_contain_text("Hold")
    page.route("**/v1/reviews", lambda route: route.abort())
    write(page, BAD + " More.")
    expect(page.locator("#verdict")).to_contain_text("No answer")
    expect(page.locator("#verdict")).to_contain_text(f"--allow-origin {app}")
    expect(page.locator("#findings > li")).to_have_count(0)
    assert page.evaluate("zendesk.save()") is True
    page.unroute("**/v1/reviews")
    expect(page.locator("#verdict")).to_contain_text("Hold", timeout=8000)


def test_a_server_that_hangs_holds_nothing_up(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, confirm_at_hold=True)
    expect(page.locator("#verdict")).to_contain_text("Nothing yet")
    page.route("**/v1/reviews", lambda route: None)
    write(page, BAD)
    assert page.evaluate("(async () => { const from = performance.now(); const said = await zendesk.save(); return [said, performance.now() - from < 3000] })()") == [True, True]


def test_a_server_that_does_not_allow_the_app(page: Page, app: str, server: str) -> None:
    open_ticket(page, app, server, BAD)
    expect(page.locator("#verdict")).to_contain_text(f"--allow-origin {app}")


def test_a_wrong_token_is_told(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD, token="not-the-token-at-all", confirm_at_hold=True)
    expect(page.locator("#verdict")).to_contain_text("does not take the token")
    assert page.evaluate("zendesk.save()") is True


@pytest.mark.parametrize(("address", "says"), [("", "looks like"), ("http://toneguard.example.com", "needs https")])
def test_wrong_settings_are_told(page: Page, app: str, address: str, says: str) -> None:
    open_ticket(page, app, address, BAD)
    expect(page.locator("#verdict")).to_contain_text(says)


def test_an_unknown_standard_is_told(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD, standard="nowhere")
    expect(page.locator("#verdict")).to_contain_text("Not read")
    expect(page.locator("#verdict")).to_contain_text("no standard of this name")


def test_submitting_is_stopped_only_where_that_is_asked_for(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, BAD)
    expect(page.locator("#verdict")).to_contain_text("Hold")
    assert page.evaluate("zendesk.save()") is True


def test_submitting_is_asked_about_once(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, confirm_at_hold=True)
    expect(page.locator("#verdict")).to_contain_text("Nothing yet")
    said = page.evaluate("(text) => { zendesk.write({ 'comment.text': text }); return zendesk.save() }", BAD)  # before any verdict was shown
    assert said.startswith("ToneGuard would hold this reply. ") and "submit it again" in said
    assert "refunds." not in said.split("Change it")[1]
    assert page.evaluate("zendesk.save()") is True
    write(page, BAD + " Indeed.")
    assert page.evaluate("zendesk.save()") != True  # noqa: E712  (a text)
    write(page, "Thanks, your refund left today.")
    assert page.evaluate("zendesk.save()") is True


def test_personal_data_is_not_repeated(page: Page, app: str, allowing: str) -> None:
    open_ticket(page, app, allowing, "Hi Sam,\n\nis your card still 4111 1111 1111 1111?")
    expect(page.locator("#findings .line").first).to_have_text("Line 2")
    assert "4111" not in page.locator("main").inner_text()
    expect(page.get_by_role("button", name=re.compile("<CARD"))).to_have_count(0)


def test_hostile_text_stays_text(page: Page, app: str, allowing: str) -> None:
    hostile = "<img src=x onerror=\"hit = 1\"> Please revert back <script>hit = 2</script>"
    open_ticket(page, app, allowing, hostile)
    expect(page.locator("#findings > li").first).to_be_visible()
    write(page, f"<p>{hostile}</p>")
    page.evaluate("zendesk.write({ 'comment.useRichText': true })")
    expect(page.locator("#findings .said").first).to_have_text("“Please revert back”")
    assert page.evaluate("typeof hit") == "undefined"
    assert page.locator("main img, main script").count() == 0


def test_nothing_else_is_asked(page: Page, app: str, allowing: str) -> None:
    """Zendesk's SDK, the app's own files and the server: no request to anybody else."""
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    open_ticket(page, app, allowing, f'<p>{BAD}</p><img src="https://tracker.example.com/pixel.gif">', comment__useRichText=True, ticket__conversation=CONVERSATION)
    expect(page.locator("#verdict")).to_contain_text("Hold")
    assert [url for url in urls if not url.startswith((f"{app}/assets/", allowing, SDK))] == []


def test_outside_zendesk_it_says_so(page: Page, app: str) -> None:
    page.route(SDK, lambda route: route.fulfill(body="window.ZAFClient = { init: () => false }", content_type="text/javascript"))
    page.goto(f"{app}/assets/iframe.html")
    expect(page.locator("#verdict")).to_contain_text("Not in Zendesk")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 480])
def test_everybody_can_use_it(browser: Browser, app: str, allowing: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    open_ticket(page, app, allowing, BAD, colorScheme=scheme)
    expect(page.locator("#findings > li")).to_have_count(3)
    page.locator("#findings summary").first.click()
    page.get_by_role("button", name="Please reply").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.locator("#findings > li")).to_have_count(2)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(21, 26, 30)")
    name, size = page.evaluate("zendesk.invoked.at(-1)")
    assert name == "resize" and size["width"] == "100%" and int(size["height"].removesuffix("px")) > 300
    page.evaluate("zendesk.fire('colorScheme.changed', 'dark')")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 26, 30)"
    context.close()
