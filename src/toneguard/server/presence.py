"""Whether the client still waits: work for one that has gone is given up."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toneguard.server.refusals import Refused


def gone() -> Refused:
    """The client closed its connection; nobody reads this, but counts and logs name it (499, as nginx does)."""
    return Refused(499, "gone", "The client has gone.")


async def while_there(app: ASGIApp, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
    """Run ``app`` on a request whose whole ``body`` has been read, until its client goes.

    Raises what ``app`` raises, and :func:`gone`: what had not begun then never begins, so that its place is free.
    """
    leaves = asyncio.create_task(departure(receive))
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await asyncio.shield(leaves)
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def run() -> None:
        await app(scope, again, send)

    work = asyncio.create_task(run())
    try:
        await asyncio.wait({work, leaves}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
            await asyncio.wait({work})
        if work.cancelled():
            raise gone()
        work.result()
    finally:
        leaves.cancel()
        work.cancel()


async def departure(receive: Receive) -> Message:
    """What the server says when the client has gone, or has its whole answer."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return message
