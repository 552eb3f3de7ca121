"""The preview module on a textarea: what an agent sees and does."""

from __future__ import annotations

import pytest
from desk import AREA, BAD, desk_at, open_desk, underlined
from playwright.sync_api import Page, expect
from serving import Running

pytestmark = pytest.mark.browser


def test_a_bad_reply_is_underlined_while_it_is_typed(page: Page, server: str) -> None:
    open_desk(page, server)
    page.locator("#reply").press_sequentially(BAD)
    expect(page.locator(".mark.error")).to_have_text("we don't do refunds")
    assert underlined(page) == ["we don't do refunds", "You should have told", "Please revert back"]
    expect(page.locator(".badge")).to_have_text("✕Hold3")
    expect(page.get_by_role("textbox", name="Reply", exact=True)).to_be_visible()  # its name is still its own
    expect(page.get_by_role("status")).to_have_text("ToneGuard: Hold: do not send this. 1 error, 1 warning, 1 suggestion. Alt Enter reads them.")


def test_underlines_lie_under_their_words(page: Page, server: str) -> None:
    """The mirror wraps as the textarea does: a click on the words lands where the underline is."""
    open_desk(page, server)
    page.fill("#reply", "Thank you for writing, Sam. " * 9 + BAD)
    for words in ("we don't do refunds", "Please revert back"):
        box = page.locator(".mark", has_text=words).bounding_box()
        assert box
        page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
        caret = page.evaluate("document.querySelector('#reply').selectionStart")
        start = page.input_value("#reply").index(words)
        assert start <= caret <= start + len(words)
        page.keyboard.press("Escape")  # or the card would lie over the next line


def test_pointing_shows_why_and_one_click_fixes(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    page.locator(".mark", has_text="Please revert back").hover(force=True)
    card = page.get_by_role("dialog")
    expect(card).to_contain_text("going back to an earlier state")
    expect(card.locator(".why")).not_to_be_empty()
    card.get_by_role("button", name="Please reply").click()
    expect(page.locator("#reply")).to_have_value(BAD.replace("Please revert back", "Please reply"))
    expect(page.locator("#reply")).to_be_focused()
    expect(page.locator(".mark.suggestion")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#reply")).to_have_value(BAD)
    expect(page.locator(".mark.suggestion")).to_have_count(1)


def test_the_card_goes_when_the_pointer_does(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    page.locator(".mark.warning").hover(force=True)
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    card.hover()  # it stays while it is pointed at
    page.wait_for_timeout(500)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_all_of_it_by_keyboard(page: Page, server: str) -> None:
    open_desk(page, server)
    page.locator("#reply").press_sequentially(BAD)
    expect(page.locator(".mark")).to_have_count(3)
    page.keyboard.press("Control+Home")
    page.keyboard.press("Alt+Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_focused()
    expect(card).to_contain_text("1 of 3")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    expect(card).to_contain_text("3 of 3")
    card.get_by_role("button", name="Please reply").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reply")).to_have_value(BAD.replace("Please revert back", "Please reply"))
    expect(page.locator(".mark")).to_have_count(2)
    page.keyboard.press("Alt+Enter")
    expect(card).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("#reply")).to_be_focused()


def test_a_law_finding_offers_a_sentence(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    expect(page.locator(".mark.error")).to_have_count(1)
    page.evaluate("preview.open(0)")
    page.get_by_role("button", name="Use this sentence").click()
    assert page.input_value("#reply").startswith("Hi Sam, We don't refund if you've simply changed your mind.")
    assert "we don't do refunds" not in page.input_value("#reply")
    expect(page.locator(".mark.error")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#reply")).to_have_value(BAD)


def test_an_open_card_survives_another_review(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    expect(page.locator(".mark")).to_have_count(3)
    page.evaluate("preview.open(2)")
    with page.expect_response("**/v1/reviews"):
        page.evaluate("preview.check()")
    page.get_by_role("button", name="Please reply").click()
    expect(page.locator("#reply")).to_have_value(BAD.replace("Please revert back", "Please reply"))


def test_ignored_here_means_here(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    expect(page.locator(".mark.warning")).to_have_count(1)
    page.evaluate("preview.open(1)")
    page.get_by_role("button", name="Ignore here").click()
    expect(page.locator(".mark.warning")).to_have_count(0)
    page.locator("#reply").press("End")
    page.keyboard.type(" You should have told me too.")
    expect(page.locator(".mark.warning")).to_have_count(0)  # the same words
    expect(page.locator(".badge")).to_contain_text("Hold")  # the verdict is the server's
    page.evaluate("preview.open(0)")
    expect(page.get_by_role("button", name="Ignore here")).to_have_count(0)  # not at an error


def test_offsets_stand_an_emoji(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", "🙂👩‍🔧 " + BAD)
    expect(page.locator(".mark.error")).to_have_text("we don't do refunds")
    page.evaluate("preview.open(2)")
    page.get_by_role("button", name="Please reply").click()
    expect(page.locator("#reply")).to_have_value("🙂👩‍🔧 " + BAD.replace("Please revert back", "Please reply"))


def test_underlines_move_with_the_words_before_the_next_answer(page: Page, server: str) -> None:
    open_desk(page, server, delay=60_000)
    page.fill("#reply", BAD)
    page.evaluate("preview.check()")
    expect(page.locator(".mark")).to_have_count(3)
    page.locator("#reply").press("Control+Home")
    page.keyboard.type("G'day. ")
    assert underlined(page) == ["we don't do refunds", "You should have told", "Please revert back"]
    page.locator("#reply").press("Control+End")
    for _ in range(7):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Backspace")  # in "back", which is now "bak"
    assert underlined(page) == ["we don't do refunds", "You should have told", "Please revert back"][: len(underlined(page))]


def test_what_the_customer_wrote_counts(page: Page, server: str) -> None:
    open_desk(page, server, before=[{"role": "customer", "text": "The kettle arrived cracked and I am furious."}])
    page.fill("#reply", "Hi Sam, a new kettle left today and will be with you on Thursday.")
    expect(page.locator(".badge")).to_contain_text("Pass")
    page.locator(".badge").click()
    expect(page.get_by_role("dialog")).to_contain_text("apolog")


@pytest.mark.parametrize("verdict", ["pass", "hold"])
def test_sure_is_asked_at_hold_only(page: Page, server: str, verdict: str) -> None:
    open_desk(page, server, confirmAtHold=True)
    page.fill("#reply", BAD if verdict == "hold" else "Hi Sam, your refund of $40 left today.")
    expect(page.locator(f".badge.{verdict}")).to_be_visible()
    page.get_by_role("button", name="Send", exact=True).click()
    if verdict == "hold":
        question = page.get_by_role("dialog", name="Send this reply?")
        expect(question).to_be_visible()
        question.get_by_role("button", name="Go back").click()
        expect(page.locator("section.card")).to_be_focused()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("button", name="Send anyway").click()
    expect(page.get_by_text("Sent.")).to_be_visible()


def test_sure_is_asked_of_the_keyboard_too(page: Page, server: str) -> None:
    """A page that sends by Ctrl+Enter, or by a button without a form."""
    open_desk(page, server, AREA + '<button id="out">Out</button>', confirmAtHold=True, send="#out")
    page.evaluate("""() => {
      window.sent = [];
      document.querySelector("#reply").addEventListener("keydown", (event) => event.ctrlKey && event.key === "Enter" && sent.push("key"));
      document.querySelector("#out").addEventListener("click", () => sent.push("click"));
    }""")
    page.fill("#reply", BAD)
    expect(page.locator(".badge.hold")).to_be_visible()
    for act in (lambda: page.keyboard.press("Control+Enter"), lambda: page.locator("#out").click()):
        before = page.evaluate("sent.length")
        act()
        expect(page.get_by_role("dialog", name="Send this reply?")).to_be_visible()
        assert page.evaluate("sent.length") == before
        page.get_by_role("button", name="Send anyway").click()
        assert page.evaluate("sent.length") == before + 1
    assert page.evaluate("sent") == ["key", "click"]


def test_the_page_hears_no_keys_that_are_ours(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    expect(page.locator(".mark")).to_have_count(3)
    page.evaluate("window.heard = []; for (const name of ['keydown', 'click']) document.addEventListener(name, (event) => heard.push(event.type)); preview.open(0)")
    page.keyboard.press("j")
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("heard") == []


def test_it_moves_with_what_the_page_puts_above(page: Page, server: str) -> None:
    open_desk(page, server)
    page.fill("#reply", BAD)
    expect(page.locator(".mark")).to_have_count(3)
    before = page.locator(".mark.error").bounding_box()
    page.evaluate("document.querySelector('h1').after(Object.assign(document.createElement('div'), { style: 'height: 150px' }))")
    after = page.locator(".mark.error").bounding_box()
    assert before and after and after["y"] == before["y"] + 150


def test_a_hidden_tab_shows_nothing(page: Page, server: str) -> None:
    open_desk(page, server, f'<div id="tab">{AREA}</div>')
    page.fill("#reply", BAD)
    expect(page.locator(".badge")).to_be_visible()
    page.evaluate("document.querySelector('#tab').style.display = 'none'")
    expect(page.locator(".badge")).to_be_hidden()
    page.evaluate("document.querySelector('#tab').style.display = ''")
    expect(page.locator(".badge")).to_be_visible()
    expect(page.locator(".mark")).to_have_count(3)


def test_attached_twice_is_attached_once(page: Page, server: str) -> None:
    open_desk(page, server)
    page.evaluate("import('/static/preview.js').then(({ attach }) => { attach(document.querySelector('#reply')) })")
    expect(page.locator("[data-toneguard]")).to_have_count(1)


def test_detached_it_leaves_nothing(page: Page, server: str) -> None:
    open_desk(page, server)
    before = page.evaluate("document.body.cloneNode(true).querySelector('[data-toneguard]').remove() ?? document.body.querySelectorAll('*').length - 1")
    page.fill("#reply", BAD)
    expect(page.locator(".badge")).to_be_visible()
    page.evaluate("preview.detach()")
    assert page.evaluate("document.body.querySelectorAll('*').length") == before
    page.fill("#reply", "We don't do refunds, ever.")
    page.wait_for_timeout(400)
    assert page.locator("[data-toneguard]").count() == 0


def test_it_goes_when_the_box_goes(page: Page, server: str) -> None:
    open_desk(page, server)
    page.evaluate("document.querySelector('#reply').remove()")
    expect(page.locator("[data-toneguard]")).to_have_count(0)


def test_a_page_of_another_address_may_be_allowed(page: Page) -> None:
    pages: dict[str, str] = {}
    with desk_at(pages) as desk:
        running = Running("--allow-origin", desk)
        pages["/"] = AREA + f"""<script type="module">
          import {{ attach }} from "{running.address}/static/preview.js";
          attach(document.querySelector("#reply"), {{ api: "{running.address}", delay: 100 }});
        </script>"""
        page.goto(desk)
        page.fill("#reply", BAD)
        expect(page.locator(".mark")).to_have_count(3)
        running.stop()


def test_wrong_use_is_told(page: Page, server: str) -> None:
    open_desk(page, server, AREA)
    problem = page.evaluate("import('/static/preview.js').then(({ attach }) => { try { attach(document.body) } catch (problem) { return problem.message } })")
    assert "textarea or a contenteditable" in problem
    problem = page.evaluate("import('/static/preview.js').then(({ attach }) => { try { attach(document.querySelector('#reply'), { rol: 1 }) } catch (problem) { return problem.message } })")
    assert problem.startswith("unknown option rol; known: api,")
