"""A running server, a headless Chromium, and pages of an invented help desk."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

if importlib.util.find_spec("playwright") is None:  # make test-browser installs it
    collect_ignore_glob = ["test_*.py"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a ToneGuard server that runs while the tests do."""
    port = free_port()
    process = subprocess.Popen([sys.executable, str(Path(__file__).parent / "stand_in.py"), str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{address}/static/preview.js", timeout=2):
                    break
            except OSError:
                assert process.poll() is None, "the server did not start"
                assert time.monotonic() < end, "the server took too long to start"
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(10)


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
