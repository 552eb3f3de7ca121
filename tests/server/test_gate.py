"""Safe by default: who may call, how much, how fast, and what is written down."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from serving import HOME
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from toneguard.errors import InvalidInput
from toneguard.pipeline import Pipeline
from toneguard.server.app import make_app
from toneguard.server.bodies import Bodies
from toneguard.server.gate import WORK
from toneguard.server.refusals import Refused
from toneguard.server.settings import Settings, read_standards

TOKEN = "correct-horse-battery"
SECRET = "My card is 4111 1111 1111 1111."
Make = Callable[..., TestClient]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example.com"])
def test_without_a_token_it_serves_this_machine_only(host: str) -> None:
    with pytest.raises(InvalidInput, match="TONEGUARD_TOKEN"):
        Settings(host=host)
    assert Settings(host=host, token=TOKEN).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_none(host: str) -> None:
    assert Settings(host=host).token is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"token": "short"}, "16 or more"),
        ({"token": "with spaces in the middle"}, "16 or more"),
        ({"origins": ("*",)}, "https://desk.example.com"),
        ({"origins": ("https://desk.example.com/path",)}, "https://desk.example.com"),
        ({"standards": {"outlet": None}}, "default"),
        ({"threads": 0}, "threads"),
        ({"waiting": -1}, "waiting"),
    ],
)
def test_settings_that_do_not_go_together(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        Settings(**wrong)
    assert "correct" not in repr(Settings(token=TOKEN))


def test_standards_by_name() -> None:
    assert read_standards([]) == {"default": None}
    assert read_standards(["a.toml", "outlet=b.toml"]) == {"default": "a.toml", "outlet": "b.toml"}
    assert read_standards(["outlet=strict"]) == {"outlet": "strict", "default": None}
    assert read_standards(["./a=b.toml"]) == {"default": "./a=b.toml"}
    for wrong in (["a.toml", "b.toml"], ["outlet="], ["x=a", "x=b"], [""]):
        with pytest.raises(InvalidInput):
            read_standards(wrong)


def test_the_token_is_asked_for(make_client: Make) -> None:
    client = make_client("https://desk.example.com", token=TOKEN)
    good, bad = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": f"Bearer {TOKEN}x"}
    for call in (
        lambda headers: client.post("/v1/reviews", json={"draft": "Hi"}, headers=headers),
        lambda headers: client.get("/v1/rules/respect/blame-customer", headers=headers),
        lambda headers: client.get("/metrics", headers=headers),
        lambda headers: client.post("/v2/check", data={"text": "Hi", "language": "en"}, headers=headers),
    ):
        assert [call(headers).status_code for headers in ({}, bad, {"Authorization": TOKEN}, good)] == [401, 401, 401, 200]
    for path in ("/healthz", "/readyz", "/openapi.json", "/v2/languages"):
        assert client.get(path).status_code == 200
    refused = client.post("/v1/reviews", json={"draft": "Hi"})
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.json()["error"]["code"] == "unauthorised"


def test_clients_of_the_protocol_send_the_token_as_api_key(make_client: Make) -> None:
    client = make_client("https://desk.example.com", token=TOKEN)
    asked = {"text": "Hi", "language": "en", "username": "mina"}
    for name in ("apiKey", "api_key"):
        assert client.post("/api/v2/check", data={**asked, name: TOKEN}).status_code == 200
    refused = client.post("/v2/check", data={**asked, "apiKey": "é"})
    assert refused.status_code == 401
    assert refused.headers["content-type"].startswith("text/plain")


def test_web_pages_need_to_be_on_the_list(make_client: Make) -> None:
    client = make_client(origins=("https://desk.example.com",))

    def ask(origin: str | None, path: str = "/v1/reviews") -> Any:
        headers = {"Origin": origin} if origin else {}
        return client.post(path, json={"draft": "Hi"}, headers=headers)

    assert ask(None).status_code == 200
    assert ask(HOME).status_code == 200  # its own page
    for origin in ("https://desk.example.com", "chrome-extension://abcdef", "moz-extension://0f-1a"):
        assert ask(origin).headers["access-control-allow-origin"] == origin
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9", "https://desk.example.com.evil.example", "https://x", "http://["):
        refused = ask(origin)
        assert refused.status_code == 403
        assert "access-control-allow-origin" not in refused.headers
        assert ask(origin, "/v2/check").status_code == 403


def test_a_browser_may_ask_what_it_may_ask(make_client: Make) -> None:
    client = make_client(origins=("https://desk.example.com",), token=TOKEN)
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,authorization"}
    good = client.options("/v1/reviews", headers={"Origin": "https://desk.example.com", **asks})
    assert good.status_code == 200
    assert good.headers["access-control-allow-origin"] == "https://desk.example.com"
    assert client.options("/v1/reviews", headers={"Origin": "https://evil.example", **asks}).status_code == 400


def test_a_page_of_another_name_does_not_reach_loopback(make_client: Make) -> None:
    """A name that a stranger's server lets point to 127.0.0.1: its page and we are then of the same origin."""
    client = make_client()
    for host in ("rebound.example:8081", "rebound.example", "127.0.0.1.rebound.example", "[::", "[::1].x", "\xff"):
        headers = {"Host": host.encode("latin-1"), "Origin": b"http://" + host.encode("latin-1")}
        assert client.post("/v1/reviews", json={"draft": "Hi"}, headers=headers).status_code == 421
    for host in ("localhost:8081", "LOCALHOST", "localhost.:8081", "[::1]:8081", "127.0.0.1"):
        assert client.post("/v1/reviews", json={"draft": "Hi"}, headers={"Host": host}).status_code == 200


def test_large_bodies_are_refused_before_they_are_read(make_client: Make) -> None:
    client = make_client(max_body=1_000)
    assert client.post("/v1/reviews", json={"draft": "x" * 2_000}).status_code == 413
    chunks = (b"x" * 100 for _ in range(1_000))
    refused = client.post("/v2/check", content=chunks, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert refused.status_code == 413
    assert refused.headers["content-type"].startswith("text/plain")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Reviews of texts with "slow" in them last until the event is set."""
    go = threading.Event()
    review = Pipeline.review

    def wait(self: Pipeline, text: Any, **more: Any) -> Any:
        if "slow" in getattr(text, "text", text):
            assert go.wait(30)
        return review(self, text, **more)

    monkeypatch.setattr(Pipeline, "review", wait)
    return go


def test_whoever_comes_when_the_bench_is_full_is_told_at_once(make_client: Make, slow: threading.Event) -> None:
    client = make_client(threads=1, waiting=2)

    def ask(_: int) -> int:
        return client.post("/v1/reviews", json={"draft": "slow"}).status_code

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(ask, number) for number in range(3)]
        while "toneguard_reviews_in_hand 3.0" not in client.get("/metrics").text:
            time.sleep(0.01)
        began = time.perf_counter()
        refused = client.post("/v1/reviews", json={"draft": "Hi"})
        protocol = client.post("/v2/check", data={"text": "Hi", "language": "en"})
        assert client.get("/healthz").status_code == 200  # the loop is free
        assert time.perf_counter() - began < 1
        slow.set()
        assert [one.result(30) for one in asked] == [200, 200, 200]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert protocol.status_code == 429 and protocol.text.startswith("Error: ")
    assert client.post("/v1/reviews", json={"draft": "Hi"}).status_code == 200


def test_a_review_that_lasts_too_long_is_given_up(make_client: Make, slow: threading.Event) -> None:
    client = make_client(threads=1, waiting=0, seconds=0.2)
    late = client.post("/v1/reviews", json={"draft": "slow"})
    assert (late.status_code, late.json()["error"]["code"]) == (503, "timeout")
    # Its thread still works, and nothing is piled upon it.
    assert client.post("/v1/reviews", json={"draft": "Hi"}).status_code == 429
    slow.set()
    for _ in range(100):
        if client.post("/v1/reviews", json={"draft": "Hi"}).status_code == 200:
            return
        time.sleep(0.02)
    pytest.fail("the place is never free again")


def test_no_text_is_logged_or_counted(
    make_client: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = make_client()
    caplog.set_level(logging.DEBUG)
    client.post("/v1/reviews", json={"draft": SECRET, "before": [{"role": "customer", "text": SECRET, "id": SECRET}]})
    client.post("/v2/check", data={"text": SECRET, "language": "en"})
    client.get("/v2/check", params={"text": SECRET})
    client.get(f"/v1/rules/{SECRET}")
    client.get(f"/{SECRET}")
    client.request("MY4111", "/v1/reviews")

    def fails(self: Pipeline, text: Any, **more: Any) -> Any:
        raise ValueError(f"cannot read {text.text}")

    monkeypatch.setattr(Pipeline, "review", fails)
    failed = client.post("/v1/reviews", json={"draft": SECRET})
    assert failed.status_code == 500 and "4111" not in failed.text
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("toneguard")]
    assert any("ValueError at " in line for line in ours)
    assert any(line.startswith("POST /v1/reviews 200") for line in ours)
    assert not any("4111" in line for line in ours)
    numbers = client.get("/metrics").text
    assert 'toneguard_requests_total{method="POST",route="/v1/reviews",status="200"} 1.0' in numbers
    assert "4111" not in numbers


def test_whoever_has_gone_gives_up_the_place(slow: threading.Event) -> None:
    """Reviews that wait for a client that has gone are never made; one that has begun is finished."""
    app = make_app(Settings(threads=1, waiting=2))

    async def ask(draft: str, *, goes_after: float = 30) -> int:
        return (await Asked(app, "/v1/reviews", body_of(draft, goes_after))()).status

    async def scene() -> list[int]:
        assert await asyncio.gather(*(ask("slow", goes_after=0.2) for _ in range(3))) == [499, 499, 499]
        begun = asyncio.create_task(ask("Hi"))
        also = asyncio.create_task(ask("Hi"))
        await asyncio.sleep(0.1)
        full = await ask("Hi")  # one place is taken by the review that began
        slow.set()
        return [full, await begun, await also]

    assert asyncio.run(scene()) == [429, 200, 200]


class Asked:
    """What a request sent to the application directly was answered; its body is read from ``body``, piece by piece."""

    def __init__(self, app: Any, path: str, body: Callable[[], Any], method: str = "POST") -> None:
        self.app, self.body = app, body
        headers = [(b"host", b"localhost"), (b"content-type", b"application/json")]
        self.scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers}
        self.status = 0
        self.headers = Headers()

    async def __call__(self) -> Asked:
        await self.app(self.scope, self.receive, self.send)
        return self

    async def receive(self) -> dict[str, Any]:
        return dict(await self.body())

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], Headers(raw=message["headers"])


def body_of(draft: str, goes_after: float = 30) -> Callable[[], Any]:
    pieces = iter([f'{{"draft": "{draft}"}}'.encode()])

    async def body() -> dict[str, Any]:
        for piece in pieces:
            return {"type": "http.request", "body": piece}
        await asyncio.sleep(goes_after)
        return {"type": "http.disconnect"}

    return body


def test_when_full_it_refuses_before_a_body_is_read_and_still_says_how_it_is(slow: threading.Event) -> None:
    app = make_app(Settings(threads=1, waiting=1))
    read = []

    async def unread() -> dict[str, Any]:
        read.append(1)
        return {"type": "http.disconnect"}

    async def scene() -> None:
        async with app.router.lifespan_context(app):
            begun = [asyncio.create_task(Asked(app, "/v1/reviews", body_of("slow"))()) for _ in range(2)]
            metrics = Asked(app, "/metrics", body_of(""), "GET")
            await asyncio.sleep(0.2)
            for path in ("/v1/reviews", "/v1/conversations", "/v2/check", "/api/v2/check"):
                refused = await Asked(app, path, unread)()
                assert (refused.status, refused.headers["retry-after"]) == (429, "1")
            assert read == []
            for asked in (metrics, *(Asked(app, path, body_of(""), "GET") for path in ("/healthz", "/readyz", "/v2/info"))):
                assert (await asked()).status == 200
            slow.set()
            assert [(await one).status for one in begun] == [200, 200]
            assert (await Asked(app, "/v1/reviews", body_of("Hi"))()).status == 200

    asyncio.run(scene())


def test_whoever_sends_slowly_takes_no_place(slow: threading.Event) -> None:
    app = make_app(Settings(threads=1, waiting=0))
    arrives = asyncio.Event()

    async def late() -> dict[str, Any]:
        await arrives.wait()
        arrives.clear()
        return {"type": "http.request", "body": b'{"draft": "Hi"}'}

    async def scene() -> None:
        waits = asyncio.create_task(Asked(app, "/v1/reviews", late)())
        await asyncio.sleep(0.05)
        assert (await Asked(app, "/v1/reviews", body_of("Hi"))()).status == 200
        begun = asyncio.create_task(Asked(app, "/v1/reviews", body_of("slow"))())
        await asyncio.sleep(0.1)
        arrives.set()  # whole at last, but the place has gone to another
        assert (await waits).status == 429
        slow.set()
        assert (await begun).status == 200

    asyncio.run(scene())


def test_half_a_body_of_whoever_has_gone_is_not_read() -> None:
    async def scene() -> None:
        messages = [{"type": "http.request", "body": b'{"draft"', "more_body": True}, {"type": "http.disconnect"}]

        async def receive() -> dict[str, Any]:
            return messages.pop(0)

        async with Bodies(1_000, 10).held(Headers(), receive):
            pytest.fail("there is no whole body")

    with pytest.raises(Refused, match="gone"):
        asyncio.run(scene())


def test_every_route_that_works_asks_for_room() -> None:
    paths = make_app(Settings()).openapi()["paths"]
    taken = {path for path, methods in paths.items() if "post" in methods}
    assert taken == {path for path in WORK if not path.startswith("/api/")}  # the same routes again, not described


def test_a_body_is_held_once() -> None:
    size = 2_000_000

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * size, "more_body": False}

    async def held() -> int:
        async with Bodies(size, 1.0).held(Headers({}), receive) as body:
            assert len(body) == size
            return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        assert asyncio.run(held()) < 1.5 * size
    finally:
        tracemalloc.stop()
