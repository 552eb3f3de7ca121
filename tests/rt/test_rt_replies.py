"""Replies and comments in RT's own pages, typed in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect
from relay import Relay
from tracker import LogIn, Tracker

pytestmark = pytest.mark.slow

BAD = "Hi Mina, we don't do refunds. You should have told us about the fault. Please revert back to us."
GOOD = "Hi Mina, I'm sorry that your kettle arrived cracked. A new one left today and will be with you on Thursday."


def visit(page: Page, tracker: Tracker, path: str) -> None:
    page.goto(f"{tracker.address}/{path}", referer=f"{tracker.address}/")  # RT lets nobody in from elsewhere


def respond(page: Page, tracker: Tracker, ticket: int, action: str = "Respond") -> None:
    visit(page, tracker, f"Ticket/Update.html?id={ticket}&Action={action}")


def quote(page: Page, tracker: Tracker, ticket: int, at: int = 0) -> None:
    """Answer a message of the ticket's, with it in the box."""
    history = tracker.rest(f"ticket/{ticket}/history?fields=Type&per_page=100")["items"]
    said = [item["id"] for item in history if item["Type"] in ("Create", "Correspond")]
    visit(page, tracker, f"Ticket/Update.html?id={ticket}&Action=Respond&QuoteTransaction={said[at]}")


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("#cke_UpdateContent iframe")


def write(page: Page, text: str, box: Locator | None = None) -> None:
    """Type into CKEditor, once it is there, or into ``box``."""
    (box or frame(page).locator("body[contenteditable=true]")).click()
    page.keyboard.type(text)


def underlined(page: Page) -> list[str]:
    """The words that are highlighted in CKEditor's frame, the worst first."""
    inner = next(one for one in page.frames if one != page.main_frame and one.locator("body[contenteditable=true]").count())
    found: list[str] = inner.evaluate(
        "['error', 'warning', 'suggestion', 'note'].flatMap((level) => ['', '-dark'].flatMap((tone) => [...(CSS.highlights.get(`toneguard-${level}${tone}`) ?? [])].map(String)))"
    )
    return found


def turn_to(page: Page, rule: str) -> Locator:
    """Open the card by keyboard and go on to a rule."""
    page.keyboard.press("Control+Home")
    page.keyboard.press("Alt+Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_focused()
    while rule not in (card.locator("summary").text_content() or ""):
        page.keyboard.press("Alt+ArrowRight")
        page.wait_for_timeout(50)
    return card


def mend(page: Page) -> None:
    """Apply what the cards offer until nothing is held."""
    turn_to(page, "no-refunds").get_by_role("button", name="Use this sentence").click()
    expect(page.locator(".badge")).to_contain_text("Revise")
    turn_to(page, "plain/revert").get_by_role("button", name="Please reply").click()
    expect(page.locator(".badge")).to_contain_text("Revise1")


def send(page: Page) -> None:
    page.get_by_role("button", name="Update Ticket").click()


def sent(page: Page) -> None:
    expect(page.get_by_text("Correspondence added").first).to_be_visible()


def test_a_reply_in_the_rich_editor(page: Page, log_in: LogIn, tracker: Tracker, toneguard: Relay, ticket: int) -> None:
    log_in("bronte")
    respond(page, tracker, ticket)
    write(page, BAD)
    expect(page.locator(".badge")).to_contain_text("Hold3")
    assert underlined(page) == ["we don't do refunds", "You should have told", "Please revert back"]
    mend(page)
    assert underlined(page) == ["You should have told"]
    send(page)
    sent(page)
    kind, said = tracker.correspondence(ticket)[-1]
    assert kind == "Correspond"
    assert "We don't refund if you've simply changed your mind." in said.replace("&#39;", "'")
    assert "Please reply to us." in said
    assert "revert" not in said
    assert "toneguard" not in said
    assert "Please reply to us." in tracker.mails()[-1]
    assert toneguard.asked[-1]["channel"] == "email"


def test_the_editors_own_undo(page: Page, log_in: LogIn, tracker: Tracker, ticket: int) -> None:
    log_in("bronte")
    respond(page, tracker, ticket)
    write(page, BAD)
    expect(page.locator(".badge")).to_contain_text("Hold3")
    turn_to(page, "plain/revert").get_by_role("button", name="Please reply").click()
    body = frame(page).locator("body")
    expect(body).to_contain_text("Please reply to us")
    page.wait_for_timeout(200)
    page.keyboard.press("Control+z")
    expect(body).to_have_text(BAD)
    page.keyboard.press("Control+y")
    expect(body).to_have_text(BAD.replace("Please revert back", "Please reply"))


def test_a_reply_in_the_plain_box(page: Page, log_in: LogIn, tracker: Tracker, ticket: int) -> None:
    log_in("priya")
    respond(page, tracker, ticket)
    box = page.locator("#UpdateContent")
    write(page, BAD, box)
    expect(page.locator(".badge")).to_contain_text("Hold3")
    assert page.locator(".mirror .mark").all_text_contents() == ["we don't do refunds", "You should have told", "Please revert back"]
    mend(page)
    expect(box).to_have_value(re.compile("Please reply to us"))
    send(page)
    sent(page)
    kind, said = tracker.correspondence(ticket)[-1]
    assert kind == "Correspond"
    assert "We don't refund if you've simply changed your mind." in said
    assert "Please reply to us." in said


def test_a_quoted_message_is_not_judged(page: Page, log_in: LogIn, tracker: Tracker, ticket: int) -> None:
    """RT puts what is answered into the box; the customer's anger is not the writer's."""
    log_in("bronte")
    quote(page, tracker, ticket)
    expect(frame(page).locator("blockquote")).to_contain_text("furious")
    expect(page.locator(".badge")).to_have_text("✓Pass")  # nor is the line that says who wrote it
    frame(page).locator("body").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Please revert back to us.\n")
    expect(page.locator(".badge")).to_contain_text("1")
    assert underlined(page) == ["Please revert back"]


@pytest.mark.parametrize("writer", ["bronte", "priya"])
def test_a_comment_is_left_alone(page: Page, log_in: LogIn, tracker: Tracker, toneguard: Relay, ticket: int, writer: str) -> None:
    log_in(writer)
    before = len(toneguard.asked)
    respond(page, tracker, ticket, "Comment")
    write(page, BAD, page.locator("#UpdateContent") if writer == "priya" else None)
    page.wait_for_timeout(1500)
    assert page.locator("[data-toneguard]").count() == 0
    assert len(toneguard.asked) == before
    page.locator("#UpdateType").select_option("response", force=True)  # what was a note becomes a reply
    expect(page.locator(".badge")).to_contain_text("Hold")
    page.locator("#UpdateType").select_option("private", force=True)
    expect(page.locator("[data-toneguard]")).to_have_count(0)
    send(page)
    expect(page.get_by_text("Comments added").first).to_be_visible()
    assert tracker.correspondence(ticket)[-1][0] == "Comment"


def test_the_source_of_a_reply_is_not_underlined(page: Page, log_in: LogIn, tracker: Tracker, ticket: int) -> None:
    """Setting the content makes CKEditor's frame anew; the preview is in the new one."""
    log_in("bronte")
    respond(page, tracker, ticket)
    write(page, GOOD)
    expect(page.locator(".badge")).to_be_visible()
    page.evaluate("(text) => CKEDITOR.instances.UpdateContent.setData(`<p>${text}</p>`)", BAD)
    expect(page.locator(".badge")).to_contain_text("Hold3")
    assert page.locator("[data-toneguard]").count() == 1
    assert len(underlined(page)) == 3


@pytest.mark.parametrize("path", ["Ticket/ModifyAll.html?id={}", "m/ticket/reply?id={}&Action=Respond"])
def test_other_pages_with_a_reply_box(page: Page, log_in: LogIn, tracker: Tracker, toneguard: Relay, ticket: int, path: str) -> None:
    log_in("priya")
    visit(page, tracker, path.format(ticket))
    page.locator("[name=UpdateType]").select_option("response", force=True)
    write(page, BAD, page.locator("#UpdateContent"))
    expect(page.locator(".badge")).to_contain_text("Hold3")
    assert [turn["role"] for turn in toneguard.asked[-1]["before"]] == ["customer", "agent", "customer"]


@pytest.mark.parametrize("path", ["Ticket/Create.html?Queue=1", "Ticket/Forward.html?id={}", "Search/Bulk.html?Query=id=1"])
def test_boxes_that_are_for_no_ticket_or_no_customer(page: Page, log_in: LogIn, tracker: Tracker, path: str) -> None:
    log_in("bronte")
    visit(page, tracker, path.format(1))
    expect(page.locator("textarea.messagebox")).to_have_count(1)
    assert page.locator("script[data-toneguard-box]").count() == 0


def test_a_customer_in_self_service_is_left_alone(page: Page, log_in: LogIn, tracker: Tracker, ticket: int) -> None:
    log_in("mina@example.com")
    visit(page, tracker, f"SelfService/Update.html?id={ticket}")
    expect(page.locator("textarea.messagebox")).to_have_count(1)
    assert page.locator("script[data-toneguard-box]").count() == 0


@pytest.mark.parametrize("how", ["no referrer", "logged out"])
def test_where_rt_itself_refuses_nothing_is_asked_again(page: Page, log_in: LogIn, tracker: Tracker, toneguard: Relay, how: str) -> None:
    """Each refused request would leave its draft in RT's session, for the page that asks whether it was meant."""
    log_in("priya")
    respond(page, tracker, 1)
    page.wait_for_load_state("networkidle")  # RT asks for recipients, and would go to the log-in page itself
    asked: list[str] = []
    page.on("request", lambda request: "Review.html" in request.url and asked.append(request.url))
    if how == "logged out":
        page.context.clear_cookies()
    else:
        page.route("**/Review.html", lambda route: route.fulfill(response=route.fetch(headers={**route.request.headers, "referer": "https://elsewhere.example.com/"})))
    before = len(toneguard.asked)
    box = page.locator("#UpdateContent")
    with page.expect_request("**/Review.html"):
        write(page, BAD, box)
    expect(page.locator("[data-toneguard]")).to_have_count(0)
    write(page, " And more.", box)
    page.wait_for_timeout(1500)
    assert len(asked) == 1
    assert len(toneguard.asked) == before


def test_the_server_goes_and_comes_back(page: Page, log_in: LogIn, tracker: Tracker, toneguard: Relay, ticket: int) -> None:
    log_in("bronte")
    toneguard.go()
    try:
        respond(page, tracker, ticket)
        with page.expect_response("**/ToneGuard/Review.html") as answered:
            write(page, BAD)
        assert answered.value.status == 503
        expect(page.locator(".badge")).to_be_hidden()
        assert underlined(page) == []
        send(page)
        sent(page)
        assert "You should have told us about the fault." in tracker.correspondence(ticket)[-1][1]
        respond(page, tracker, ticket)
        write(page, BAD)
        page.wait_for_timeout(1000)
        expect(page.locator(".badge")).to_be_hidden()
    finally:
        toneguard.come()
    expect(page.locator(".badge")).to_contain_text("Hold3")
