"""The arithmetic of the preview's benchmark, and its callers against a small server."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from callers import Crowd
from drafts import bodies, requests, sentences
from figures import FLOORS, Slice, cell, due, percentile, ratio, shares, slices, summary, table


@pytest.mark.parametrize(
    ("share", "expected"), [(0, 1), (0.01, 1), (0.5, 50), (0.501, 51), (0.95, 95), (0.99, 99), (1, 100)]
)
def test_percentiles_are_of_the_nearest_rank(share: float, expected: int) -> None:
    assert percentile(range(100, 0, -1), share) == expected


def test_percentiles_of_little() -> None:
    assert percentile([7], 0.99) == 7
    assert percentile([1, 2], 0.5) == 1
    assert math.isnan(percentile([], 0.5))
    with pytest.raises(ValueError, match="0 to 1"):
        percentile([1], 50)


def test_ratios_and_shares() -> None:
    assert ratio(6, 4) == 1.5
    assert math.isnan(ratio(6, 0)) and math.isnan(ratio(6, math.nan))
    assert shares({"200": 30, "429": 10}) == {"200": 0.75, "429": 0.25}
    assert math.isnan(shares({"200": 0})["200"])


def test_a_summary_is_of_all_slices() -> None:
    found = summary([[1, 2, 3], [], [10, 20, 30]], 2)
    assert (found.count, found.per_second, found.p50, found.p99, found.spread) == (6, 3, 3, 30, (2, 20))
    assert math.isnan(summary([[]], 1).p50)


@pytest.mark.parametrize(("clients", "seconds", "rounds"), [(1, 60, 12), (32, 5, 1), (8, 3, 4)])
def test_a_level_asks_for_all_in_every_round(clients: int, seconds: float, rounds: int) -> None:
    planned = slices(clients, seconds, rounds)
    assert sum(one.seconds for one in planned if one.asks == "reviews") == pytest.approx(seconds)
    for number in range(rounds):
        assert {one.asks for one in planned[3 * number : 3 * number + 3]} == {"reviews", *FLOORS}
    for floor in FLOORS:
        assert sum(one.seconds for one in planned if one.asks == floor) == pytest.approx(seconds / 5)
    assert {one.clients for one in planned} == {clients}


def test_no_thing_always_comes_first() -> None:
    assert {one.asks for one in slices(1, 60, 12)[::3]} == {"reviews", *FLOORS}
    assert slices(1, 10, 1)[0] == Slice("reviews", 1, 10)
    for wrong in ((0, 1, 1), (1, 0, 1), (1, 1, 0)):
        with pytest.raises(ValueError, match="expected"):
            slices(*wrong)


def test_what_is_due_when() -> None:
    assert [due(number, 4) for number in range(4)] == [0, 0.25, 0.5, 0.75]
    with pytest.raises(ValueError, match="more than 0"):
        due(1, 0)


def test_a_table() -> None:
    assert [cell(value) for value in (1234, 1234.5, 12.34, 1.234, 0.0, math.nan, "a")] == ["1,234", "1,234", "12.3", "1.23", "0.00", "-", "a"]
    assert table(["a", "b"], [[1, 2.5]]) == "| a | b |\n| --- | --- |\n| 1 | 2.50 |"


def test_no_draft_comes_twice() -> None:
    found = list(itertools.islice(bodies(count=50), 200))
    drafts = [json.loads(body)["draft"] for body in found]
    assert len(set(drafts)) == 200
    assert [json.loads(body) for body in itertools.islice(bodies(count=50), 200)] == [json.loads(body) for body in found]
    assert all(one["before"][-1]["role"] == "customer" for one in requests(20))
    assert sentences("One. Two!  Three\n\nfour?") == ["One.", "Two!", "Three", "four?"]


@pytest.fixture
def slow_port() -> Iterator[int]:
    """A server that takes 50 ms for every answer, and refuses every third request."""
    numbers = itertools.count(1)

    class Slow(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert "draft" in asked
            time.sleep(0.05)
            body = b"x" * 100_000
            self.send_response(429 if next(numbers) % 3 == 0 else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_callers_time_every_answer_by_its_status(slow_port: int) -> None:
    found = asyncio.run(Crowd("127.0.0.1", slow_port).run("reviews", 2, requests=12))
    assert {status: len(times) for status, times in found["times"].items()} == {"200": 8, "429": 4}
    assert all(45 <= one < 10_000 for times in found["times"].values() for one in times)
    assert found["seconds"] >= 0.3  # two at once, six each


def test_whoever_has_to_wait_for_a_caller_is_timed_from_when_it_was_due(slow_port: int) -> None:
    found = asyncio.run(Crowd("127.0.0.1", slow_port).run("reviews", 1, seconds=0.25, per_second=40))
    times = sorted(one for each in found["times"].values() for one in each)
    assert len(times) == 10  # as many as were due, though one caller does 20 a second
    assert times[-1] > 200
