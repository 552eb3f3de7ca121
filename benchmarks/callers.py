"""Callers of a server, in a process of their own: ``python callers.py HOST PORT``.

Reads one job a line on standard input (JSON), and answers each with a line: ``{"seconds": 5, "times": {"200": [...]}}``
with times in milliseconds by status, "failed" for connections that broke. Plain HTTP/1.1 over kept connections, as
little work as can be, so that what is timed is the server.

A job ``{"asks": "reviews", "clients": 8, "seconds": 5}`` lets each client ask again as soon as it is answered (closed
loop); with ``"requests": 1000`` it ends after so many. With ``"per_second": 500`` requests are due at even intervals
whoever is still waiting, up to ``clients`` at once, and times count from when they were due.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drafts import bodies
from figures import due

PATHS = {"reviews": "POST /v1/reviews", "nothing": "POST /nothing", "healthz": "GET /healthz"}
PATIENCE = 60
"""Seconds that an answer is waited for."""


class Caller(asyncio.Protocol):
    """One kept connection; one question at a time."""

    def __init__(self) -> None:
        self.transport: Any = None
        self._answer: asyncio.Future[str] | None = None
        self._got = bytearray()
        self._whole = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def ask(self, request: bytes) -> asyncio.Future[str]:
        """The status of the answer, once the whole of it is there."""
        self._answer = asyncio.get_running_loop().create_future()
        self._got.clear()
        self._whole = -1
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._got += data
        if self._whole < 0:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._got[:end]).lower()
            at = head.find(b"content-length:")
            self._whole = end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
        if len(self._got) >= self._whole and self._answer and not self._answer.done():
            self._answer.set_result(self._got[9:12].decode())

    def connection_lost(self, _: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(ConnectionError("closed"))


class Crowd:
    """Callers of one address."""

    def __init__(self, host: str, port: int) -> None:
        self.address = host, port
        self.host = host
        self.drafts = bodies()

    def requests(self, asks: str) -> Iterator[bytes]:
        """What is sent, without end."""
        head = f"{PATHS[asks]} HTTP/1.1\r\nHost: {self.host}\r\n".encode()
        if asks == "healthz":
            return itertools.repeat(head + b"\r\n")
        head += b"Content-Type: application/json\r\nContent-Length: "
        return (head + b"%d\r\n\r\n" % len(body) + body for body in self.drafts)

    async def connect(self) -> Caller:
        """A new connection."""
        _, caller = await asyncio.get_running_loop().create_connection(Caller, *self.address)
        return caller

    async def run(
        self, asks: str, clients: int, seconds: float = 3600, requests: int = 10**9, per_second: float = 0
    ) -> dict[str, Any]:
        """One job."""
        callers = [await self.connect() for _ in range(clients)]
        sent = self.requests(asks)
        times: dict[str, list[float]] = defaultdict(list)
        numbers = itertools.count()
        began = time.perf_counter()
        ends = began + seconds

        async def one(caller: Caller) -> None:
            while (number := next(numbers)) < requests:
                start = time.perf_counter()
                if per_second:
                    start = began + due(number, per_second)
                    if start >= ends:
                        return
                    if (left := start - time.perf_counter()) > 0:
                        await asyncio.sleep(left)
                elif start >= ends:
                    return
                try:
                    async with asyncio.timeout(PATIENCE):
                        status = await caller.ask(next(sent))
                except (OSError, TimeoutError):
                    status = "failed"
                times[status].append((time.perf_counter() - start) * 1e3)
                if caller.transport.is_closing():
                    with contextlib.suppress(OSError):
                        caller = await self.connect()

        await asyncio.gather(*(one(caller) for caller in callers))
        lasted = time.perf_counter() - began
        for caller in callers:
            caller.transport.close()
        return {"seconds": lasted, "times": times}


class Callers:
    """The process of callers, as seen by whoever gives it jobs."""

    def __init__(self, host: str, port: int) -> None:
        command = [sys.executable, str(Path(__file__).resolve()), host, str(port)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self, **job: Any) -> None:
        """Give it a job."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()

    def end(self) -> dict[str, Any]:
        """What came of it."""
        assert self.process.stdout
        return dict(json.loads(self.process.stdout.readline()))

    def run(self, **job: Any) -> dict[str, Any]:
        """Both."""
        self.begin(**job)
        return self.end()

    def stop(self) -> None:
        """No more jobs."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)


def main() -> None:
    crowd = Crowd(sys.argv[1], int(sys.argv[2]))
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)  # the callers' own pauses are not the server's
    for line in sys.stdin:
        print(json.dumps(asyncio.run(crowd.run(**json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
