"""The server in this process, and one as it runs: a process of its own on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from serving import HOME, Running
from starlette.testclient import TestClient

from toneguard.server.app import make_app
from toneguard.server.settings import Settings


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """A caller on this machine of a server as it is by default."""
    with TestClient(make_app(Settings()), base_url=HOME) as client:
        yield client


@pytest.fixture
def make_client() -> Iterator[Callable[..., TestClient]]:
    """Callers of servers with other settings."""
    opened: list[TestClient] = []

    def make(base_url: str = HOME, **settings: Any) -> TestClient:
        client = TestClient(make_app(Settings(**settings)), base_url=base_url)
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def running() -> Iterator[str]:
    """The address of a server that runs while the tests do."""
    server = Running()
    yield server.address
    server.stop()
