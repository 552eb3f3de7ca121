"""A running server, a headless Chromium, and pages of an invented help desk."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from serving import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

if importlib.util.find_spec("playwright") is None:  # make test-browser installs it
    collect_ignore_glob = ["test_*.py"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a ToneGuard server that runs while the tests do."""
    running = Running()
    yield running.address
    running.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; the test fails if its scripts raise anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield from watched(context)
    context.close()


def watched(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(10_000)
    found = context.new_page()
    problems: list[str] = []
    found.on("pageerror", lambda problem: problems.append(str(problem)))
    yield found
    assert problems == []
