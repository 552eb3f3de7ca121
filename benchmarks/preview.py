"""The preview server: latency beside an empty endpoint, memory, overload, and the time from keystroke to underline.

``python benchmarks/preview.py [--seconds 60] [--requests 100000] [--keystrokes 200] [--threads N] [--waiting N]``

Server and callers run in a process each. Every level alternates reviews with two floors of the same server in the same
minute: ``POST /nothing`` with the same bodies, whose route does nothing, and ``GET /healthz``. Read the ratios: on a
shared machine the absolutes are upper bounds.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import drafts
from callers import Callers
from figures import FLOORS, Summary, percentile, ratio, shares, slices, summary, table
from keystrokes import keystrokes
from served import Served

LEVELS = (1, 8, 32)
WARM_UP = 2_000
"""Requests before anything is timed or weighed."""
CROWD = 8
"""Callers at once while memory is watched."""


def level(callers: Callers, clients: int, seconds: float, rounds: int) -> dict[str, Summary]:
    """One level of so many parallel clients."""
    times: dict[str, list[Sequence[float]]] = {asks: [] for asks in ("reviews", *FLOORS)}
    lasted = dict.fromkeys(times, 0.0)
    for one in slices(clients, seconds, rounds):
        found = callers.run(asks=one.asks, clients=one.clients, seconds=one.seconds)
        if set(found["times"]) != {"200"}:
            counts = {status: len(values) for status, values in found["times"].items()}
            raise RuntimeError(f"{one.asks} with {clients} clients were answered {counts}")
        times[one.asks].append(found["times"]["200"])
        lasted[one.asks] += found["seconds"]
    return {asks: summary(times[asks], lasted[asks]) for asks in times}


def latencies(callers: Callers, seconds: float, rounds: int) -> float:
    """All levels, printed; the most reviews a second that any of them held."""
    rows = []
    best = 0.0
    for clients in LEVELS:
        began = time.perf_counter()
        found = level(callers, clients, seconds, rounds)
        lasted = time.perf_counter() - began
        reviews = found["reviews"]
        best = max(best, reviews.per_second)
        for asks, one in found.items():
            spread = f"{one.spread[0]:.1f} to {one.spread[1]:.1f}"
            rows.append([clients, asks, one.count, one.per_second, one.p50, one.p99, spread])
        for floor in FLOORS:
            name = f"reviews / {floor}"
            p50, p99 = ratio(reviews.p50, found[floor].p50), ratio(reviews.p99, found[floor].p99)
            rows.append([clients, name, "", ratio(reviews.per_second, found[floor].per_second), p50, p99, ""])
        say(f"{clients} clients: {lasted:.0f} s in {rounds} rounds")
    say(table(["clients", "asks", "answers", "a second", "p50 ms", "p99 ms", "p50 of the rounds"], rows))
    return best


def memory(server: Served, callers: Callers, requests: int) -> None:
    """Resident memory before, while and after so many reviews."""
    rows: list[list[object]] = [[0, server.resident_mb(), 1.0, 0.0]]
    first = server.resident_mb()
    began = time.perf_counter()
    for step in range(4):
        callers.run(asks="reviews", clients=CROWD, requests=requests // 4)
        now = server.resident_mb()
        rows.append([requests // 4 * (step + 1), now, ratio(now, first), time.perf_counter() - began])
    say(f"Memory, {CROWD} clients, after {WARM_UP:,} requests to warm up and the levels above:")
    say(table(["reviews", "resident MB", "ratio", "seconds"], rows))


def overload(server: Served, held: float, places: int, seconds: float) -> None:
    """Twice the rate that it holds, and twice the callers that it takes on, who ask again at once when refused."""
    callers, watcher = Callers(server.host, server.port), Callers(server.host, server.port)

    def row(name: str, status: str, share: str, values: Sequence[float], lasted: float) -> list[object]:
        return [name, status, share, len(values) / lasted, percentile(values, 0.5), percentile(values, 0.99)]

    jobs: Mapping[str, dict[str, Any]] = {
        f"twice the rate ({2 * held:,.0f} a second)": {"clients": 4 * places, "per_second": 2 * held},
        f"twice the callers ({2 * places}), asking again at once": {"clients": 2 * places},
    }
    rows = []
    try:
        for name, job in jobs.items():
            before = server.resident_mb()
            # Ten connections, so that a slow answer does not hold up the next question.
            watcher.begin(asks="healthz", clients=10, per_second=20, seconds=seconds)
            found = callers.run(asks="reviews", seconds=seconds, **job)
            watched = watcher.end()
            parts = shares({status: len(values) for status, values in found["times"].items()})
            for status, values in sorted(found["times"].items()):
                rows.append(row(name, status, f"{parts[status]:.1%}", values, found["seconds"]))
            for status, values in sorted(watched["times"].items()):
                rows.append(row(name, f"/healthz {status}", "", values, watched["seconds"]))
            say(f"{name}: {found['seconds']:.0f} s; memory {before:.0f} MB before, {server.resident_mb():.0f} MB after")
    finally:
        callers.stop()
        watcher.stop()
    say(table(["overload", "status", "share", "a second", "p50 ms", "p99 ms"], rows))


def underlines(address: str, count: int) -> None:
    """From keystroke to underline."""
    began = time.perf_counter()
    times, missed = keystrokes(address, count)
    found = {name: [percentile(values, at) for at in (0.5, 0.95, 1)] for name, values in times.items()}
    for name in ("all", "rest"):
        found[f"{name} / floor"] = [ratio(*pair) for pair in zip(found[name], found["floor"], strict=True)]
    rows = [[name, *values] for name, values in found.items()]
    say(f"{len(times['floor'])} keystrokes, {missed} without an underline, in {time.perf_counter() - began:.0f} s")
    say(table(["from key to", "p50 ms", "p95 ms", "most ms"], rows))


def verdicts(address: str) -> str:
    """What the reviews said, from the server's own numbers."""
    with urllib.request.urlopen(f"{address}/metrics") as answer:
        lines = answer.read().decode()
    found = re.findall(r'toneguard_reviews_total\{role="agent",verdict="(\w+)"\} (\S+)', lines)
    parts = shares({name: int(float(count)) for name, count in found})
    return ", ".join(f"{name} {part:.0%}" for name, part in parts.items())


def busy() -> str:
    """How much else the machine does: the system's mean number of runnable processes."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def say(text: str) -> None:
    """Print at once: a run takes minutes."""
    print(text, "", sep="\n", flush=True)


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="of reviews at each level, and of each overload")
    parser.add_argument("--rounds", type=int, default=12, help="slices of each level")
    parser.add_argument("--requests", type=int, default=100_000, help="while memory is watched")
    parser.add_argument("--keystrokes", type=int, default=200, help="0 leaves the browser out")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--waiting", type=int, default=64)
    arguments = parser.parse_args()
    cores, system = len(os.sched_getaffinity(0)), platform.system()
    say(f"{datetime.date.today()}: {cores} cores, {system}, Python {platform.python_version()}; load {busy()} at first")
    say(f"{arguments}\n{drafts.describe()}")
    server = Served("--threads", str(arguments.threads), "--waiting", str(arguments.waiting))
    callers = Callers(server.host, server.port)
    held = 0.0

    def measure() -> None:
        nonlocal held
        say(f"memory when it listens: {server.resident_mb():.0f} MB")
        callers.run(asks="reviews", clients=CROWD, requests=WARM_UP)
        held = latencies(callers, arguments.seconds, arguments.rounds)

    parts: list[Callable[[], None]] = [
        measure,
        lambda: memory(server, callers, arguments.requests),
        lambda: overload(server, held, arguments.threads + arguments.waiting, arguments.seconds),
        lambda: say(f"verdicts of all reviews: {verdicts(server.address)}"),
    ]
    if arguments.keystrokes:
        parts.append(lambda: underlines(server.address, arguments.keystrokes))
    try:
        for part in parts:
            part()
            say(f"(load {busy()})")
    finally:
        callers.stop()
        say(f"exit code when asked to stop: {server.stop()}")


if __name__ == "__main__":
    main()
