"""A running server, a headless Chromium, and pages of an invented help desk."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from serving import Running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

if importlib.util.find_spec("playwright") is None:  # make test-browser installs it
    collect_ignore_glob = ["test_*.py"]
else:
    from chromium import launch, watched


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
    started = launch(playwright)
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page; the test fails if its scripts raise anything."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield from watched(context)
    context.close()
