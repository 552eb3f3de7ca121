"""A running server, a headless Chromium, and pages of an invented help desk."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest
from serving import Running

if importlib.util.find_spec("playwright") is None:  # make test-browser installs it
    collect_ignore_glob = ["test_*.py"]
else:
    from chromium import browser, page, playwright  # noqa: F401


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a ToneGuard server that runs while the tests do."""
    running = Running()
    yield running.address
    running.stop()
