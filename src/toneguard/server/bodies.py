"""Bodies of requests, read before any work begins: within their size, their time, and what all may hold together."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from starlette.datastructures import Headers
from starlette.types import Receive

from toneguard.server.presence import gone
from toneguard.server.refusals import Refused, busy

ALL_TOGETHER = 16
"""How many bodies of full size may be held at once; small ones by the thousand."""
DROPPED = 4
"""How many times the full size is read and dropped before a refusal: whoever is refused while still sending sees a
broken connection instead of the answer."""


class Bodies:
    """Reads bodies of at most ``largest`` bytes, each within ``seconds``."""

    def __init__(self, largest: int, seconds: float) -> None:
        self._largest = largest
        self._seconds = seconds
        self._held = 0

    @contextlib.asynccontextmanager
    async def held(self, headers: Headers, receive: Receive) -> AsyncIterator[bytes]:
        """The whole body, held for as long as the request lasts; raises ``Refused``."""
        declared = headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > self._largest:
            if headers.get("expect", "").lower() != "100-continue":  # that one sends nothing before we answer
                await self._drop(receive)
            raise self._too_large()
        body, whole = bytearray(), b""
        try:
            try:
                async with asyncio.timeout(self._seconds):
                    await self._read(body, receive)
            except TimeoutError:
                late = f"The request did not arrive within {self._seconds:g} s."
                raise Refused(408, "too-slow", late, headers={"Connection": "close"}) from None
            whole = bytes(body)
            body.clear()  # or each would be held twice
            yield whole
        finally:
            self._held -= len(body) + len(whole)

    async def _read(self, body: bytearray, receive: Receive) -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise gone()
            piece = message.get("body", b"")
            body += piece
            self._held += len(piece)
            more = message.get("more_body", False)
            if len(body) > self._largest:
                self._held -= len(body)
                body.clear()
                if more:
                    await self._drop(receive)
                raise self._too_large()
            if self._held > ALL_TOGETHER * self._largest:
                raise busy()

    async def _drop(self, receive: Receive) -> None:
        """Read on and keep nothing, within the time of a request and a bounded size."""
        left = DROPPED * self._largest
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                while left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    if not message.get("more_body", False):
                        return

    def _too_large(self) -> Refused:
        close = {"Connection": "close"}
        return Refused(413, "too-large", f"The request is larger than {self._largest} bytes.", headers=close)
