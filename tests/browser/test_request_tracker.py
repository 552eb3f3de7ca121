"""The script on Request Tracker's reply pages, before a stand-in for RT: what it makes of answers that are none of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "request-tracker" / "static" / "toneguard" / "reply.js"
BOX = """<!doctype html><form><input name="UpdateType" value="response"><textarea id="UpdateContent"></textarea></form>
<script type="module" src="/static/reply.js" data-toneguard-box="UpdateContent" data-toneguard-ticket="12"
  data-toneguard-proxy="/ToneGuard"></script>"""
REVIEW = '{"verdict": "pass", "scores": {}, "findings": [], "skipped": []}'


@pytest.mark.parametrize(("status", "comes_back"), [(502, True), (503, True), (200, False), (403, False)])
def test_an_answer_that_is_a_page(page: Page, server: str, status: int, comes_back: bool) -> None:
    answers = [{"status": status, "content_type": "text/html", "body": "<p>A page"}]

    def review(route: Route) -> None:
        route.fulfill(**(answers.pop() if answers else {"content_type": "application/json", "body": REVIEW}))

    page.route("**/Ticket/Update.html", lambda route: route.fulfill(content_type="text/html", body=BOX))
    page.route("**/static/reply.js", lambda route: route.fulfill(path=SCRIPT, content_type="text/javascript"))
    page.route("**/ToneGuard/Review.html", review)
    page.goto(f"{server}/Ticket/Update.html")
    expect(page.locator("[data-toneguard]")).to_have_count(1)
    page.fill("#UpdateContent", "Thanks, it left today.")
    expect(page.locator("[data-toneguard]")).to_have_count(1 if comes_back else 0)
    if comes_back:
        expect(page.locator(".badge")).to_contain_text("Pass")
