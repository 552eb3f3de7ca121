"""Where reviews are made: a few threads and a short bench, so that the event loop stays free to answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from toneguard.server.refusals import busy, too_slow

Result = TypeVar("Result")


class Workroom:
    """Runs ``threads`` calls at once and lets ``waiting`` more wait, each for ``seconds`` at most in all.

    Whoever comes when the bench is full is refused at once (429). A call that takes too long is refused (503); its
    thread cannot be stopped, so it keeps its place until it is done, and the server never does more than it can.
    """

    def __init__(self, threads: int, waiting: int, seconds: float) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        self._places = threads + waiting
        self._seconds = seconds
        self.taken = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns; raises what it raises, and ``Refused`` where there is no room or no time."""
        if self.taken >= self._places:
            raise busy()
        self.taken += 1
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="review")
        future = self._pool.submit(work)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: call_soon(loop, self._leave))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError:
            raise too_slow(self._seconds) from None

    def _leave(self) -> None:
        self.taken -= 1

    def close(self) -> None:
        """Finish what was begun, drop what waits."""
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=True, cancel_futures=True)


def call_soon(loop: asyncio.AbstractEventLoop, function: Callable[[], None]) -> None:
    """Call the function in the loop, unless that has ended meanwhile."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(function)
