"""Request Tracker with our extension, a ToneGuard server that it asks, and a browser: ``make test-rt`` installs them."""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from relay import Relay
from serving import Running
from tracker import PASSWORD, ROOT, TOKEN, LogIn, Tracker

if TYPE_CHECKING:
    from playwright.sync_api import Page

if importlib.util.find_spec("playwright") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    from chromium import browser, page, playwright  # noqa: F401
    from playwright.sync_api import expect

TICKETS = 28
"""As many as the tests together spoil by replying."""
numbers = iter(range(1, TICKETS + 1))


@pytest.fixture(scope="session")
def toneguard() -> Iterator[Relay]:
    """The server that RT asks; it can be gone."""
    server = Running()
    relay = Relay(server.address)
    yield relay
    relay.go()
    server.stop()


@pytest.fixture(scope="session")
def tracker(toneguard: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    """RT with the extension as `make rt` builds it, and otherwise as it comes."""
    subprocess.run(["make", "-s", "rt"], cwd=ROOT, check=True)
    found = Tracker(tmp_path_factory.mktemp("rt"), toneguard.address, ToneGuardToken=TOKEN, ToneGuardTimeout=2)
    found.initialise(TICKETS)
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def holding(tracker: Tracker, toneguard: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    """The same RT under a second address, where replies on hold go back to their writers."""
    found = Tracker(tmp_path_factory.mktemp("holding"), toneguard.address, tracker.database, ToneGuardHold=1)
    found.start()
    yield found
    found.stop()


@pytest.fixture
def ticket() -> int:
    """The number of a ticket that no other test has touched."""
    return next(numbers)


@pytest.fixture
def log_in(page: Page, tracker: Tracker) -> LogIn:
    """Log a person in as people do."""

    def by_form(name: str, at: Tracker = tracker) -> None:
        page.goto(at.address)
        page.locator("input[name=user]").fill(name)
        page.locator("input[name=pass]").fill(PASSWORD)
        page.locator("input[type=submit]").click()
        page.wait_for_load_state()
        expect(page.get_by_text("Logged in as").first).to_be_visible()

    return by_form
