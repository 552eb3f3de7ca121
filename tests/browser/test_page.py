"""The page at /, where a newcomer pastes a customer's message and a draft."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import BAD, EDITOR, open_desk, underlined
from playwright.sync_api import Browser, Page, expect

import toneguard

pytestmark = pytest.mark.browser


def test_a_newcomer_sees_at_once_what_it_does(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server)
    expect(page.locator("#verdict")).to_contain_text("Hold")
    expect(page.locator("#reading")).to_contain_text("dissatisfaction")
    first = page.locator("#findings > li").first
    expect(first).to_contain_text("“we don't do refunds”")
    first.locator("summary").click()
    expect(first.get_by_role("list", name="Sources")).to_contain_text("ACCC")
    assert underlined(page)[0] == "we don't do refunds"
    assert all(url.startswith((server, "data:")) for url in asked)


@pytest.mark.parametrize("path", ["/", "/static/index.html"])
def test_it_keeps_to_a_policy_without_inline_styles_or_scripts(page: Page, server: str, path: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    answer = page.goto(server + path)
    assert answer
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    page.get_by_role("button", name="“You should have told”").click()
    expect(page.get_by_role("dialog")).to_be_focused()
    assert page.locator("#measures .dot").first.evaluate("dot => dot.style.left") != ""
    assert said == []


def test_every_example_shows_something_of_its_own(page: Page, server: str) -> None:
    page.goto(server)
    verdicts = []
    for button in page.locator("#examples button").all():
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        verdicts.append(page.locator("#verdict .word").inner_text())
    assert verdicts[0] == "Hold" and verdicts[-1] == "Pass" and len(verdicts) == 4
    expect(page.locator("#findings > li")).to_have_count(0)  # the last one is well said


def test_writing_fixing_and_undoing(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.locator("#findings > li").first).to_be_visible()
    page.fill("#customer", "")
    page.fill("#draft", BAD)
    expect(page.locator("#findings > li")).to_have_count(3)
    page.locator("#findings").get_by_role("button", name="Please reply").click()
    expect(page.locator("#draft")).to_have_value(BAD.replace("Please revert back", "Please reply"))
    expect(page.locator("#findings > li")).to_have_count(2)
    page.get_by_role("button", name="Use this sentence").click()
    expect(page.locator("#verdict")).to_contain_text("Revise")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator("#draft")).to_have_value(BAD)
    expect(page.locator("#verdict")).to_contain_text("Hold")


def test_a_finding_leads_to_its_words(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("button", name="“You should have told”").click()
    expect(page.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#draft")).to_be_focused()


def test_reasons_stay_open_while_writing_on(page: Page, server: str) -> None:
    page.goto(server)
    reason = page.locator("#findings details").first
    reason.locator("summary").click()
    page.locator("#draft").press("Control+End")
    page.keyboard.type(" And more.")
    page.wait_for_timeout(600)
    expect(reason).to_have_attribute("open", "")


def test_personal_data_is_not_repeated(page: Page, server: str) -> None:
    page.goto(server)
    page.get_by_role("button", name="A slip of privacy").click()
    expect(page.locator("#findings")).to_contain_text("Show me where")
    assert "4111" not in page.locator(".sees").inner_text()
    expect(page.get_by_role("button", name="<CARD-1>")).to_have_count(0)  # a mask is no reply


def test_what_the_customer_says_changes_the_review(page: Page, server: str) -> None:
    page.goto(server)
    page.fill("#draft", "Hi Sam, a new kettle left today and will be with you on Thursday.")
    page.fill("#customer", "Hello, when does my kettle come?")
    expect(page.locator("#verdict")).to_contain_text("Pass")
    expect(page.locator("#findings > li")).to_have_count(0)
    page.fill("#customer", "The kettle arrived cracked and I am furious!")
    expect(page.locator("#findings")).to_contain_text("apolog")


def test_the_server_goes_and_comes_back(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.locator("#verdict")).to_contain_text("Hold")
    page.route("**/v1/reviews", lambda route: route.abort())
    page.locator("#draft").press("Control+End")
    page.keyboard.type(" More.")
    expect(page.locator("#verdict")).to_contain_text("No answer")
    expect(page.locator("#findings > li")).to_have_count(0)
    assert page.input_value("#draft").endswith(" More.")
    page.unroute("**/v1/reviews")
    expect(page.locator("#verdict")).to_contain_text("Hold", timeout=8000)


def test_a_token_is_asked_for_where_the_server_wants_one(page: Page, server: str) -> None:
    def doorkeeper(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.headers.get("authorization") == "Bearer sesame":
            route.continue_()
        else:
            route.fulfill(status=401, content_type="application/json", body='{"error": {"code": "unauthorised", "message": "", "field": null}}')

    page.route("**/v1/**", doorkeeper)
    page.goto(server)
    page.get_by_label("This server asks for a token").fill("sesame")
    page.get_by_role("button", name="Go in").click()
    expect(page.locator("#verdict")).to_contain_text("Hold")
    page.reload()
    expect(page.locator("#verdict")).to_contain_text("Hold")


def test_measures_are_shown_on_their_own_scale(page: Page, server: str) -> None:
    page.goto(server)
    shown = page.evaluate("import('/static/scores.js').then(({ SHOWN }) => SHOWN.map(({ name, low, high }) => [name, low, high]))")
    measures = {measure.name: measure for measure in toneguard.Pipeline().measures}
    assert len(shown) >= 8
    for name, low, high in shown:
        assert (measures[name].low, measures[name].high) == (pytest.approx(low), high), name
    expect(page.locator(".measures > div")).to_have_count(len(shown))


def test_what_cannot_be_said_says_why(page: Page, server: str) -> None:
    page.goto(server)
    page.fill("#draft", "Done.")
    expect(page.locator(".measures > div", has_text="Reading grade")).to_contain_text("cannot say")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height", "scale"), [(1360, 900, 1), (390, 844, 2), (640, 450, 2)], ids=["wide", "narrow", "zoomed"])
def test_everybody_can_use_it(browser: Browser, server: str, scheme: str, width: int, height: int, scale: int) -> None:
    """No violation that axe knows, no sideways scrolling (also at 200 %), and the card inside the window."""
    context = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=scale, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(server)
    expect(page.locator("#findings > li").first).to_be_visible()
    page.locator("#findings summary").first.click()
    assert Axe().run(page).response["violations"] == []
    page.locator("#draft").press("Control+Home")
    page.keyboard.press("Alt+Enter")
    card = page.get_by_role("dialog")
    expect(card.locator(".why")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    box = card.bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()


def test_a_finger_is_enough(browser: Browser, server: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(server)
    page.locator(".mirror .mark.suggestion").last.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box = page.locator(".mirror .mark.suggestion").last.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 20, box["y"] + box["height"] / 2)
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("revert")
    card.get_by_role("button", name="Please reply").tap()
    expect(page.locator("#draft")).to_have_value(re.compile("Please reply to us with a photo"))
    context.close()


def test_rich_text_and_the_question_are_accessible(page: Page, server: str) -> None:
    open_desk(page, server, f'<form action="/sent">{EDITOR}<button>Send</button></form>', confirmAtHold=True)
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    expect(page.locator(".badge")).to_contain_text("Hold")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Go back"))).to_be_focused()
    assert Axe().run(page).response["violations"] == []
