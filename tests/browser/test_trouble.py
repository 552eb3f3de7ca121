"""When the server is slow, gone, full or strange: the writer never notices more than an absence."""

from __future__ import annotations

import pytest
from desk import AREA, BAD, EDITOR, highlighted, open_desk, underlined
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

BY_HAND = """async () => {
  preview.detach();
  const { attach } = await import("/static/preview.js");
  window.asked = [];
  const fetcher = (request) => new Promise((answer) => asked.push({ request, answer }));
  window.preview = attach(document.querySelector("#reply"), { fetcher, delay: 50 });
  window.reply = (at, verdict, start, end) => asked[at].answer({ status: 200, retryAfter: null, body: {
    verdict, scores: {}, skipped: [], provenance: {},
    findings: [{ rule: "respect/blame-customer", level: "warning", message: "Blame.", span: { start, end }, replacements: [] }],
  } });
}"""
"""A server whose answers the test gives one by one."""


def test_stale_answers_are_dropped(page: Page, server: str) -> None:
    open_desk(page, server)
    page.evaluate(BY_HAND)
    page.fill("#reply", "You failed.")
    page.wait_for_function("asked.length === 1")
    page.fill("#reply", "We failed. You failed.")
    page.wait_for_function("asked.length === 2")
    page.evaluate("reply(1, 'revise', 11, 21)")
    expect(page.locator(".mark")).to_have_text("You failed")
    page.evaluate("reply(0, 'hold', 0, 10)")  # the answer to what stood there before
    page.wait_for_timeout(200)
    assert underlined(page) == ["You failed"]
    expect(page.locator(".badge")).to_contain_text("Revise")


def test_an_answer_that_comes_while_typing_on_is_not_shown(page: Page, server: str) -> None:
    open_desk(page, server)
    page.evaluate(BY_HAND)
    page.fill("#reply", "You failed.")
    page.wait_for_function("asked.length === 1")
    page.evaluate("document.querySelector('#reply').value = 'Hello'; reply(0, 'revise', 0, 10)")
    page.wait_for_timeout(100)
    expect(page.locator(".badge")).to_be_hidden()


def test_typing_waits_for_nobody(page: Page, server: str) -> None:
    open_desk(page, server)
    page.evaluate(BY_HAND)  # never answers
    page.locator("#reply").press_sequentially(BAD, delay=5)
    expect(page.locator("#reply")).to_have_value(BAD)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent.")).to_be_visible()


def test_it_vanishes_when_the_server_is_gone_and_comes_back(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    expect(page.locator(".mark")).to_have_count(3)
    page.route("**/v1/reviews", lambda route: route.abort())
    page.fill("#reply", BAD + " Thanks.")
    expect(page.locator(".mark")).to_have_count(0)
    expect(page.locator(".badge")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("")
    page.unroute("**/v1/reviews")
    expect(page.locator(".mark")).to_have_count(3, timeout=6000)  # by itself, after a pause


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, "oops"), (429, "{}"), (413, '{"error": {"code": "too_large", "message": "", "field": "draft"}}'), (200, "<p>a proxy</p>"), (200, '{"findings": 3}')],
)
def test_strange_answers_are_no_answers(page: Page, server: str, status: int, body: str) -> None:
    open_desk(page, server)
    page.evaluate("window.gone = []; preview.update({ onGone: (status) => gone.push(status) })")
    page.route("**/v1/reviews", lambda route: route.fulfill(status=status, body=body, content_type="application/json"))
    page.fill("#reply", BAD)
    page.wait_for_timeout(500)
    expect(page.locator(".badge")).to_be_hidden()
    assert page.evaluate("gone[0]") == status


def test_a_full_server_is_asked_again_when_it_says(page: Page, server: str) -> None:
    open_desk(page, server)
    asked = []

    def busy(route: Route) -> None:
        asked.append(route)
        if len(asked) == 1:
            route.fulfill(status=429, headers={"Retry-After": "0.3"}, body="{}", content_type="application/json")
        else:
            route.continue_()

    page.route("**/v1/reviews", busy)
    page.fill("#reply", BAD)
    expect(page.locator(".mark")).to_have_count(3)
    assert len(asked) == 2


def test_nothing_is_asked_about_nothing_or_a_book(page: Page, server: str) -> None:
    open_desk(page, server)
    asked = []
    page.on("request", lambda request: asked.append(request) if "/v1/reviews" in request.url else None)
    page.fill("#reply", "  \n ")
    page.fill("#reply", "We don't do refunds. " * 2000)
    page.wait_for_timeout(400)
    assert asked == []


@pytest.mark.parametrize("box", [AREA, EDITOR], ids=["textarea", "rich text"])
def test_what_the_page_fills_in_is_read_too(page: Page, server: str, box: str) -> None:
    """A canned reply is put into the box without any event."""
    open_desk(page, server, box)
    page.evaluate("(text) => { const box = document.querySelector('#reply'); box[box.tagName === 'TEXTAREA' ? 'value' : 'textContent'] = text }", BAD)
    expect(page.locator(".badge")).to_contain_text("Hold")


def test_hostile_text_stays_text(page: Page, server: str) -> None:
    open_desk(page, server, AREA)
    page.fill("#reply", "<img src=x onerror=\"window.hit = 1\"> You should have told us & <script>hit = 2</script>")
    expect(page.locator(".mark.warning")).to_have_text("You should have told")
    page.evaluate("preview.open(0)")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate("window.hit") is None


def test_however_long_the_server_asks_to_wait_it_is_not_asked_at_once(page: Page, server: str) -> None:
    open_desk(page, server)
    page.evaluate(BY_HAND)
    page.fill("#reply", "You failed.")
    page.wait_for_function("asked.length === 1")
    page.evaluate("asked[0].answer({ status: 429, body: null, retryAfter: 3000000 })")  # more than a timer can count
    page.wait_for_timeout(300)
    assert page.evaluate("asked.length") == 1


def test_a_rule_is_asked_for_once_however_often_it_was_found(page: Page, server: str) -> None:
    open_desk(page, server)
    told = page.evaluate("""async () => {
      const { ruleOf } = await import("/static/preview/talk.js");
      let asked = 0;
      const statuses = [503, 200];
      const fetcher = async () => ({ status: statuses[asked++] ?? 200, body: { why: "Because." } });
      const both = () => Promise.all([ruleOf(fetcher, "a/b"), ruleOf(fetcher, "a/b")]);
      return [await both(), await both(), asked];
    }""")
    assert told == [[None, None], [{"why": "Because."}] * 2, 2]


def test_words_on_their_way_are_not_written_once_it_is_detached(page: Page, server: str) -> None:
    open_desk(page, server, EDITOR)
    page.evaluate(BY_HAND)
    page.locator("#reply").fill("You failed.")
    page.wait_for_function("asked.length === 1")
    page.evaluate("reply(0, 'revise', 0, 10)")
    page.wait_for_function("preview.findings.length === 1")
    page.evaluate("preview.apply(preview.findings[0], 'We failed'); preview.detach()")
    page.wait_for_timeout(400)
    assert page.inner_text("#reply") == "You failed."
    assert highlighted(page) == []
    assert page.evaluate("asked.length") == 1
