"""With $ToneGuardHold a reply on hold goes back to its writer first; nobody is kept from sending it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from relay import Relay
from test_rt_replies import BAD, GOOD, frame, quote, respond, send, sent, write
from tracker import LogIn, Tracker

pytestmark = pytest.mark.slow


def replies(tracker: Tracker, ticket: int) -> int:
    return len([kind for kind, _ in tracker.correspondence(ticket) if kind == "Correspond"])


def held(page: Page, writer: str) -> None:
    """RT shows the form again, with what was written and why it was not sent."""
    expect(page.get_by_text("Not sent yet: ToneGuard would hold this reply.").first).to_be_visible()
    expect(page.get_by_text("This reads as if refunds don't exist").first).to_be_visible()
    expect(page.locator("#ToneGuardSend")).not_to_be_checked()
    box = page.locator("#UpdateContent") if writer == "priya" else frame(page).locator("body")
    words = box.input_value() if writer == "priya" else box.text_content()
    assert words and BAD in words


@pytest.mark.parametrize("writer", ["bronte", "priya"])
def test_a_reply_on_hold_is_sent_the_second_time(page: Page, log_in: LogIn, holding: Tracker, ticket: int, writer: str) -> None:
    log_in(writer, holding)
    respond(page, holding, ticket)
    before = replies(holding, ticket)
    write(page, BAD, page.locator("#UpdateContent") if writer == "priya" else None)
    send(page)
    held(page, writer)
    assert replies(holding, ticket) == before
    send(page)  # as it is, without saying so
    held(page, writer)
    page.get_by_text("Send this reply anyway").click()
    send(page)
    sent(page)
    assert replies(holding, ticket) == before + 1
    assert "You should have told us about the fault." in holding.correspondence(ticket)[-1][1].replace("&#39;", "'")


def test_consent_is_for_the_words_that_were_held(page: Page, log_in: LogIn, holding: Tracker, ticket: int) -> None:
    log_in("priya", holding)
    respond(page, holding, ticket)
    write(page, BAD, page.locator("#UpdateContent"))
    send(page)
    held(page, "priya")
    page.get_by_text("Send this reply anyway").click()
    page.locator("#UpdateContent").fill(BAD + " All sales are final.")
    send(page)
    held(page, "priya")
    page.locator("#UpdateContent").fill(GOOD)
    send(page)
    sent(page)
    assert holding.correspondence(ticket)[-1] == ("Correspond", GOOD)


def test_comments_and_good_replies_pass(page: Page, log_in: LogIn, holding: Tracker, toneguard: Relay, ticket: int) -> None:
    log_in("priya", holding)
    respond(page, holding, ticket)
    write(page, GOOD, page.locator("#UpdateContent"))
    send(page)
    sent(page)
    before = len(toneguard.asked)
    respond(page, holding, ticket, "Comment")
    write(page, BAD, page.locator("#UpdateContent"))
    send(page)
    expect(page.get_by_text("Comments added").first).to_be_visible()
    assert len(toneguard.asked) == before


@pytest.mark.parametrize("writer", ["bronte", "priya"])
def test_what_is_quoted_is_not_held(page: Page, log_in: LogIn, holding: Tracker, ticket: int, writer: str) -> None:
    holding.rest(f"ticket/{ticket}/correspond", {"Content": "<p>We don't do refunds.</p>", "ContentType": "text/html"})
    log_in(writer, holding)
    quote(page, holding, ticket, -1)
    box = page.locator("#UpdateContent") if writer == "priya" else frame(page).locator("body[contenteditable=true]")
    box.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type(f"{GOOD}\n")
    send(page)
    sent(page)
    assert "do refunds" in holding.correspondence(ticket)[-1][1]


def test_nobody_is_held_by_a_server_that_is_gone(page: Page, log_in: LogIn, holding: Tracker, toneguard: Relay, ticket: int) -> None:
    log_in("bronte", holding)
    respond(page, holding, ticket)
    write(page, BAD)
    toneguard.go()
    try:
        send(page)
        sent(page)
    finally:
        toneguard.come()


def test_it_is_off_unless_asked_for(page: Page, log_in: LogIn, tracker: Tracker, ticket: int) -> None:
    log_in("priya")
    respond(page, tracker, ticket)
    write(page, BAD, page.locator("#UpdateContent"))
    send(page)
    sent(page)
