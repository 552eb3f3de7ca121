"""Debian's Chromium, without a head and without a network of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def watched(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test if its scripts raise anything."""
    context.set_default_timeout(10_000)
    found = context.new_page()
    problems: list[str] = []
    found.on("pageerror", lambda problem: problems.append(str(problem)))
    yield found
    assert problems == []


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; the test fails if its scripts raise anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    yield from watched(context)
    context.close()
