"""django-helpdesk with ToneGuard installed as the README says, from signing in to the reply that is sent."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk import underlined
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
TESTS = Path(__file__).resolve().parents[1]
DRAFT = "Hi Moana, it is not our fault, you should have read the terms. Please revert back to us."
SEED = """
import django; django.setup()
from helpdesk.models import PreSetReply
from helpdesk_site.tickets import follow_up, open_ticket
open_ticket("My kettle arrived cracked and I'm so upset.", ("agent", "Which kettle is it?"), ("customer", "The blue one."))
noted = open_ticket("Which colours do you have?", title="Colours")
follow_up(noted, "customer", "I am furious: the kettle arrived cracked.", public=False)
open_ticket("Which colours do you have?", ("customer", "I am furious: the kettle arrived cracked."), title="Colours")
PreSetReply.objects.create(name="Refunds", body="Hi Moana, we don't do refunds.")
"""


class Site(NamedTuple):
    """A help desk that runs."""

    address: str
    database: Path

    def comments(self, ticket: int) -> list[tuple[str, int]]:
        """What stands in a ticket: comments, and whether they are public."""
        with sqlite3.connect(self.database) as database:
            return database.execute("select comment, public from helpdesk_followup where ticket_id = ? order by id", [ticket]).fetchall()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, set up by every migration, in a process of its own."""
    folder = tmp_path_factory.mktemp("helpdesk")
    env = {**os.environ, "HELPDESK_SITE": str(folder), "HELPDESK_MIGRATIONS": "1", "DJANGO_SETTINGS_MODULE": "helpdesk_site.settings", "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    manage = [sys.executable, "-m", "django"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=env, check=True)
    subprocess.run([sys.executable, "-c", SEED], env=env, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([*manage, "runserver", address, "--noreload"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://{address}/login/")
        yield Site(f"http://{address}", folder / "db.sqlite3")
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the help desk does not start")


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """A page on which an agent is signed in."""
    yield from signed_in(browser, site, viewport={"width": 1280, "height": 900})


def signed_in(browser: Browser, site: Site, **options: Any) -> Iterator[Page]:
    """A page; nothing but the site may be asked for anything, and no script of ours may fail (some of the site's do)."""
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda problem: problems.append(problem.stack or str(problem)))
    sign_in(page, site)
    yield page
    assert [url for url in asked if not url.startswith((site.address, "data:", "blob:"))] == []
    assert [problem for problem in problems if "toneguard" in problem] == []
    context.close()


def sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/login/")
    page.fill("[name=username]", "bronte")
    page.fill("[name=password]", "wattle and banksia")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: "login" not in url)


def respond(page: Page, site: Site, ticket: int = 1) -> Any:
    """Open a ticket where replies are typed, and give the box."""
    page.goto(f"{site.address}/tickets/{ticket}/")
    page.click("#respond-tab")
    box = page.locator("#commentBox")
    expect(box).to_be_visible()
    return box


def badge(page: Page, verdict: str = "") -> Any:
    """Our badge; the help desk has others."""
    return page.locator(f"[data-toneguard] .badge{verdict and '.' + verdict}")


def test_a_bad_reply_is_seen_mended_and_sent(desk: Page, site: Site) -> None:
    box = respond(desk, site)
    box.press_sequentially(DRAFT)
    revert = desk.locator(".mark.suggestion", has_text="Please revert back")
    expect(revert).to_be_visible(timeout=30_000)  # the first review of a process loads the models
    assert "it is not our fault, you" in "".join(underlined(desk))  # two findings, one in the other
    expect(badge(desk)).to_contain_text("Revise")
    revert.hover(force=True)
    card = desk.locator("section.card")
    expect(card.locator(".why")).not_to_be_empty()
    card.get_by_role("button", name="Please reply").click()
    expect(box).to_have_value(DRAFT.replace("Please revert back", "Please reply"))
    expect(revert).to_have_count(0)
    expect(desk.locator(".mark").first).to_be_visible()
    good = "Hi Moana, I'm so sorry that your kettle came cracked. A new one leaves today and will be with you on Thursday."
    box.fill(good)
    expect(badge(desk, "pass")).to_be_visible()
    desk.click("#ticket-respond-form button[type=submit]")
    expect(desk.get_by_text("A new one leaves today")).to_be_visible()
    assert site.comments(1)[-1] == (good, 1)


def test_the_conversation_counts_and_private_notes_do_not(desk: Page, site: Site) -> None:
    words = "Hi Moana, the blue one is on its way and will be with you on Thursday."
    found = []
    for ticket in (3, 2):
        box = respond(desk, site, ticket)
        with desk.expect_response("**/review") as answer:
            box.fill(words)
        sent = answer.value.request.post_data_json
        assert sent == {"draft": words, "explain": False}  # the site knows the rest
        found.append({one["rule"] for one in answer.value.json()["findings"]})
    assert "empathy/no-apology-after-complaint" in found[0]
    assert "empathy/no-apology-after-complaint" not in found[1]


def test_sure_is_asked_of_a_reply_on_hold(desk: Page, site: Site) -> None:
    """Filled in by a canned reply, which the page does without an event."""
    respond(desk, site)
    desk.select_option("#id_preset", label="Refunds")
    expect(badge(desk, "hold")).to_be_visible()
    before = site.comments(1)
    send = desk.locator("#ticket-respond-form button[type=submit]")
    send.click()
    question = desk.get_by_role("dialog", name="Send this reply?")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Go back").click()
    assert site.comments(1) == before
    desk.keyboard.press("Escape")
    send.click()
    desk.get_by_role("button", name="Send anyway").click()
    desk.wait_for_load_state("networkidle")
    assert site.comments(1)[-1] == ("Hi Moana, we don't do refunds.", 1)


def test_a_private_note_is_nobodys_business(desk: Page, site: Site) -> None:
    box = respond(desk, site)
    box.fill(DRAFT)
    expect(badge(desk)).to_be_visible()
    desk.uncheck("#id_public")
    expect(desk.locator("[data-toneguard]")).to_have_count(0)
    desk.check("#id_public")
    expect(badge(desk)).to_contain_text("Revise")


def test_signed_out_elsewhere_the_page_goes_on(desk: Page, site: Site) -> None:
    box = respond(desk, site)
    box.fill(DRAFT)
    expect(desk.locator(".mark").first).to_be_visible()
    desk.context.clear_cookies()
    with desk.expect_response("**/review") as answer:
        box.fill(DRAFT + " Thanks.")
    assert answer.value.status == 403
    expect(badge(desk)).to_be_hidden()
    assert underlined(desk) == []
    expect(box).to_have_value(DRAFT + " Thanks.")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 800)], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_our_parts(browser: Browser, site: Site, width: int, height: int, scheme: Any) -> None:
    look = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "reduced_motion": "reduce"}
    for page in signed_in(browser, site, **look):
        box = respond(page, site)
        box.fill(DRAFT)
        expect(page.locator(".mark").first).to_be_visible()
        assert page.locator("[data-toneguard] .root.dark").count() == (scheme == "dark")  # the help desk has both looks
        assert ours(page) == []
        box.press("Control+Home")
        page.keyboard.press("Alt+Enter")
        card = page.get_by_role("dialog")
        expect(card.locator(".why")).to_be_visible()
        assert ours(page) == []
        place = card.bounding_box()
        assert place
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width


def ours(page: Page) -> list[Any]:
    """What axe finds wrong with our parts; the help desk's own are its own."""
    found = Axe().run(page, context="[data-toneguard]").response
    assert found["passes"], "nothing was looked at"
    violations: list[Any] = found["violations"]
    return violations
