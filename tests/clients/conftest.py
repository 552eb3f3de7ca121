"""A running server for clients that are no part of our development tools: ``make test-clients`` installs them."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest
from serving import Running

NEEDED = {"test_language_tool_python.py": "language_tool_python", "test_pylanguagetool.py": "pylanguagetool"}
collect_ignore = [name for name, package in NEEDED.items() if importlib.util.find_spec(package) is None]


@pytest.fixture(scope="session")
def running() -> Iterator[str]:
    """The server's address."""
    server = Running()
    yield server.address
    server.stop()
