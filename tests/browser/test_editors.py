"""The preview module on rich text: contenteditable elements and editors in frames."""

from __future__ import annotations

import pytest
from desk import BAD, EDITOR, highlighted, open_desk
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WORDS = ["we don't do refunds", "You should have told", "Please revert back"]


def test_findings_are_highlighted_where_they_stand(page: Page, server: str) -> None:
    open_desk(page, server, EDITOR)
    page.locator("#reply").click()
    page.keyboard.type("Hi Sam,\n\n🙂 " + BAD.removeprefix("Hi Sam, "))
    expect(page.locator(".badge")).to_contain_text("Hold3")
    assert highlighted(page) == WORDS
    assert "toneguard" not in page.locator("#reply").inner_html()  # the reply itself is left alone


def test_a_fix_keeps_the_markup_and_can_be_undone(page: Page, server: str) -> None:
    open_desk(page, server, EDITOR)
    page.evaluate("(text) => { document.querySelector('#reply').innerHTML = text; preview.check() }", "<p>Hi <b>Sam</b>,</p><p>Please <i>revert back</i> to us&nbsp;today.</p>")
    expect(page.locator(".badge")).to_be_visible()
    assert "Please revert back" in highlighted(page)
    before = page.locator("#reply").inner_html()
    page.evaluate("preview.open(preview.findings.findIndex(({ rule }) => rule === 'plain/revert'))")
    page.get_by_role("button", name="Please reply").click()
    expect(page.locator("#reply")).to_contain_text("Please reply to us")
    assert "<b>Sam</b>" in page.locator("#reply").inner_html()
    page.keyboard.press("Control+z")
    expect(page.locator("#reply")).to_contain_text("Please revert back")
    assert page.locator("#reply").inner_html().replace("&nbsp;", " ") == before.replace("&nbsp;", " ")


def test_an_editor_with_a_model_of_its_own_is_asked_first(page: Page, server: str) -> None:
    """Such editors take what is typed from `beforeinput`, and put back whatever else changes in the page."""
    open_desk(page, server, EDITOR)
    page.evaluate("""(text) => {
      const box = document.querySelector("#reply");
      box.textContent = window.model = text;
      box.addEventListener("beforeinput", (event) => {
        const [{ startOffset, endOffset }] = event.getTargetRanges();
        model = model.slice(0, startOffset) + event.dataTransfer.getData("text/plain") + model.slice(endOffset);
        event.preventDefault();
        box.textContent = model;
      });
    }""", BAD)
    expect(page.locator(".badge")).to_contain_text("3")
    page.evaluate("preview.open(2)")
    page.get_by_role("button", name="Please reply").click()
    page.wait_for_function("model.includes('Please reply to us')")
    expect(page.locator("#reply")).to_have_text(BAD.replace("Please revert back", "Please reply"))
    expect(page.locator(".badge")).to_contain_text("2")


def test_quoted_history_is_not_read(page: Page, server: str) -> None:
    open_desk(page, server, EDITOR)
    page.evaluate("(text) => { document.querySelector('#reply').innerHTML = text; preview.check() }", "<p>Your refund of $40 left today.</p><blockquote>You should have told us. We don't do refunds.</blockquote>")
    expect(page.locator(".badge")).to_have_text("✓Pass")
    assert highlighted(page) == []


def test_browsers_without_highlights_get_boxes(page: Page, server: str) -> None:
    page.add_init_script("delete window.Highlight")
    open_desk(page, server, EDITOR)
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    expect(page.locator(".box.error").first).to_be_attached()
    line = page.locator(".box.error").first.bounding_box()
    words = page.evaluate("""() => {
      const node = document.querySelector('#reply').firstChild, range = document.createRange();
      range.setStart(node, 8); range.setEnd(node, 27);
      const { left, bottom } = range.getBoundingClientRect();
      return [left, bottom];
    }""")
    assert line and abs(line["x"] - words[0]) < 2 and abs(line["y"] - words[1]) < 6


def test_pointing_works_in_rich_text(page: Page, server: str) -> None:
    open_desk(page, server, EDITOR)
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    expect(page.locator(".badge")).to_contain_text("3")
    x, y = page.evaluate("(() => { const { left, top, height } = [...CSS.highlights.get('toneguard-warning')][0].getBoundingClientRect(); return [left + 5, top + height / 2] })()")
    page.mouse.move(x, y)
    expect(page.get_by_role("dialog")).to_contain_text("blame on the customer")


def test_an_editor_in_a_frame_has_its_panel_beside_the_frame(page: Page, server: str) -> None:
    frame = '<div class="cke" style="overflow:hidden;width:32em;margin:3em"><iframe title="Reply" style="width:100%;height:7em"></iframe></div><textarea id="reply" hidden></textarea>'
    open_desk(page, server, frame)
    page.evaluate("""async () => {
      preview.detach();
      const { attach } = await import("/static/preview.js");
      const inner = document.querySelector("iframe").contentDocument;
      inner.body.contentEditable = "true";
      window.preview = attach(inner.body, { delay: 100 });
    }""")
    body = page.frame_locator("iframe").locator("body")
    body.click()
    page.keyboard.type(BAD)
    badge = page.locator(".badge")
    expect(badge).to_contain_text("Hold3")
    place, box = badge.bounding_box(), page.locator(".cke").bounding_box()
    assert place and box and abs(place["y"] + place["height"] / 2 - box["y"] - box["height"]) < 3
    page.keyboard.press("Control+Home")
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    page.evaluate("preview.open(2)")
    page.get_by_role("button", name="Please reply").click()
    expect(body).to_contain_text("Please reply to us")
    page.keyboard.type("!")  # the caret is back in the frame
    expect(body).to_contain_text("!")
    page.keyboard.press("Control+z")  # the browser counts what follows at once as the same typing
    expect(body).to_contain_text("Please revert back")
