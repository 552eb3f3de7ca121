"""The browser extension, as it is built, in pages of a help desk that knows nothing of ToneGuard."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import ARGUMENTS, CHROMIUM, watched
from desk import AREA, BAD, desk_at, highlighted, underlined
from playwright.sync_api import BrowserContext, Page, Playwright, expect

import toneguard

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
COMPLAINT = '<div class="from-customer">The kettle arrived cracked and I am furious.</div>'
EDITOR = """<div class="cke" style="overflow:hidden;width:32em"><iframe title="Reply" style="width:100%;height:8em"></iframe></div>
<textarea name="original" hidden></textarea>
<script>setTimeout(() => { document.querySelector("iframe").contentDocument.body.contentEditable = "true" }, 100)</script>"""
PAGES = {
    "/area": COMPLAINT + AREA + '<label>Search <textarea id="search" rows="1" style="height:1.5em"></textarea></label>',
    "/editor": COMPLAINT + EDITOR,
    "/rich": COMPLAINT + '<div id="reply" contenteditable role="textbox" aria-label="Reply" style="min-height:8em"><p></p></div>',
    "/strict": COMPLAINT + AREA,
}


@pytest.fixture(scope="module")
def desk() -> Iterator[str]:
    """The address of the help desk."""
    with desk_at(PAGES, strict="/strict") as address:
        yield address


@pytest.fixture(scope="module")
def extended(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A browser with the extension as `make extension` builds it."""
    subprocess.run(["make", "-s", "extension"], cwd=ROOT, check=True)
    built = ROOT / "dist" / "extension"
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path_factory.mktemp("profile")),
        executable_path=CHROMIUM,
        headless=True,
        args=[*ARGUMENTS, f"--disable-extensions-except={built}", f"--load-extension={built}"],
    )
    yield context
    context.close()


@pytest.fixture(scope="module")
def extension(extended: BrowserContext) -> str:
    """The extension's own address."""
    worker = extended.service_workers[0] if extended.service_workers else extended.wait_for_event("serviceworker")
    return re.match(r"chrome-extension://[a-z]+", worker.url)[0]  # type: ignore[index]


@pytest.fixture
def options(extended: BrowserContext, extension: str) -> Iterator[Page]:
    for page in watched(extended):
        page.goto(f"{extension}/options.html")
        yield page
        page.close()


@pytest.fixture
def page(extended: BrowserContext, options: Page, server: str, desk: str) -> Iterator[Page]:
    """A page, once the extension was told about the desk."""
    tell(options, server, desk)
    expect(options.get_by_role("status")).to_contain_text("answers")
    for page in watched(extended):
        yield page
        page.close()


def tell(options: Page, server: str, desk: str, **more: str) -> None:
    """Fill in the options page as a person does, and save."""
    options.get_by_label("Address").first.fill(server)
    for button in options.get_by_role("button", name="Remove").all():
        button.click()
    options.get_by_role("button", name="Add a site").click()
    options.locator(".address").fill(desk)
    options.locator(".boxes").fill(more.get("boxes", ""))
    options.locator(".customer").fill(more.get("customer", ".from-customer"))
    options.get_by_role("button", name="Save").click()


def test_the_options_page_tries_the_server(options: Page, server: str, desk: str) -> None:
    tell(options, server, desk)
    expect(options.get_by_role("status")).to_contain_text(f"ToneGuard {toneguard.__version__} answers, with the standard default@1")
    assert Axe().run(options).response["violations"] == []


@pytest.mark.parametrize(
    ("address", "site", "says"),
    [
        ("http://toneguard.example.com", "https://desk.example.com", "needs https"),
        ("http://127.0.0.1:9", "desk.example.com", "no address such as"),
        ("http://127.0.0.1:9", "http://127.0.0.1", "does not answer"),
    ],
)
def test_mistakes_in_the_options_are_told(options: Page, address: str, site: str, says: str) -> None:
    tell(options, address, site)
    expect(options.get_by_role("status")).to_contain_text(says)


def test_a_selector_that_is_none_is_told(options: Page, server: str, desk: str) -> None:
    tell(options, server, desk, boxes="textarea[")
    expect(options.get_by_role("status")).to_contain_text("“textarea[” is no CSS selector")


@pytest.mark.parametrize("path", ["/area", "/strict"])
def test_a_textarea_is_watched_and_mended(page: Page, desk: str, path: str) -> None:
    page.goto(desk + path)
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    expect(page.locator(".mark.error")).to_have_text("we don't do refunds")
    assert underlined(page)[1:] == ["You should have told", "Please revert back"]
    page.locator(".mark.suggestion").hover(force=True)
    expect(page.get_by_role("dialog").locator(".why")).not_to_be_empty()
    page.get_by_role("button", name="Please reply").click()
    expect(page.locator("#reply")).to_have_value(BAD.replace("Please revert back", "Please reply"))
    page.keyboard.press("Control+z")
    expect(page.locator("#reply")).to_have_value(BAD)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent.")).to_be_visible()


def test_it_reads_what_the_customer_wrote(page: Page, desk: str) -> None:
    page.goto(desk + "/area")
    page.locator("#reply").click()
    page.keyboard.type("Hi Sam, a new kettle left today and will be with you on Thursday.")
    page.locator(".badge").click()
    expect(page.get_by_role("dialog")).to_contain_text("apolog")


def test_small_boxes_are_left_alone(page: Page, desk: str) -> None:
    page.goto(desk + "/area")
    page.locator("#search").click()
    page.keyboard.type("We don't do refunds.")
    page.wait_for_timeout(800)
    assert page.locator("[data-toneguard]").count() == 0


def test_an_editor_in_a_frame(page: Page, desk: str) -> None:
    page.goto(desk + "/editor")
    page.wait_for_timeout(300)
    body = page.frame_locator("iframe").locator("body")
    body.click()
    page.keyboard.type(BAD)
    expect(page.locator(".badge")).to_contain_text("Hold")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Alt+Enter")
    card = page.get_by_role("dialog")
    expect(card).to_be_focused()
    while not card.get_by_role("button", name="Please reply").count():
        page.keyboard.press("Alt+ArrowRight")
        page.wait_for_timeout(50)
    card.get_by_role("button", name="Please reply").click()
    expect(body).to_contain_text("Please reply to us")


def test_rich_text_in_the_page(page: Page, desk: str) -> None:
    page.goto(desk + "/rich")
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    expect(page.locator(".badge")).to_contain_text("Hold")
    assert highlighted(page) == ["we don't do refunds", "You should have told", "Please revert back"]


def test_other_sites_are_left_alone(page: Page, desk: str) -> None:
    page.goto(desk.replace("127.0.0.1", "localhost") + "/area")
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    page.wait_for_timeout(800)
    assert page.locator("[data-toneguard]").count() == 0


def test_the_page_itself_asks_for_nothing(page: Page, server: str, desk: str) -> None:
    """Only the worker talks to the server, and only it knows the token."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk + "/area")
    page.locator("#reply").click()
    page.keyboard.type(BAD)
    expect(page.locator(".badge")).to_be_visible()
    assert not [url for url in asked if url.startswith(server)]


def test_the_version_is_the_packages_own() -> None:
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == toneguard.__version__
