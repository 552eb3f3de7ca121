"""Headers that never arrive do not hold a connection for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import uvicorn

from toneguard.server import patience

HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"


async def slow_app(scope: dict, receive: Callable[[], Awaitable[dict]], send: Callable[[dict], Awaitable[None]]) -> None:
    """Answers after twice the time that headers have."""
    await asyncio.sleep(0.6)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def test_only_headers_that_do_not_come_end_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEADERS_SECONDS", 0.3)
    config = uvicorn.Config(slow_app, http=patience.Patience, port=0, lifespan="off", log_config=None)
    server = uvicorn.Server(config)

    async def scene() -> None:
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            async with asyncio.timeout(10):
                for sent in (b"", HEAD):  # nothing, and half of it
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.write(sent)
                    assert await reader.read() == b""
                    writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                for _ in range(2):  # a slow answer is waited for, and so is the next request on the same connection
                    writer.write(HEAD + b"\r\n")
                    assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200")
                    await asyncio.sleep(0.5)
                writer.write(HEAD)
                assert await reader.read() == b""
                writer.close()
        finally:
            await server.shutdown()

    asyncio.run(scene())
