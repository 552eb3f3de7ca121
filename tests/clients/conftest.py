"""A running server for clients that are no part of our development tools: ``make test-clients`` installs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Running


@pytest.fixture(scope="session")
def running() -> Iterator[str]:
    """The server's address."""
    server = Running()
    yield server.address
    server.stop()
