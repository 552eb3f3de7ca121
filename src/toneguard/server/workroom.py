"""Where reviews are made: a few threads and a short bench, so that the event loop stays free to answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from toneguard.server.refusals import busy, too_slow

Result = TypeVar("Result")


class Workroom:
    """Runs ``threads`` calls at once and lets ``waiting`` more wait, each for ``seconds`` at most in all.

    Whoever asks for work takes a place for as long as the request lasts (:meth:`place`); when all are taken, the next
    is refused at once (429). A call that takes too long is refused (503); its thread cannot be stopped, so the place
    is kept until that is done, and the server never does more than it can.
    """

    def __init__(self, threads: int, waiting: int, seconds: float) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        self._places = threads + waiting
        self._seconds = seconds
        self.taken = 0

    def refuse_if_full(self) -> None:
        """Raises ``Refused`` where all places are taken."""
        if self.taken >= self._places:
            raise busy()

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """A place, held while the request that asks for work lasts; raises ``Refused`` where there is none."""
        self.refuse_if_full()
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1

    async def run(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns, for whoever holds a place; raises what it raises, and ``Refused`` after the time."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="review")
        future = self._pool.submit(work)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError:
            raise too_slow(self._seconds) from None
        finally:
            if not future.done():  # given up while its thread works on
                loop = asyncio.get_running_loop()
                self.taken += 1
                future.add_done_callback(lambda _: call_soon(loop, self._leave))

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
