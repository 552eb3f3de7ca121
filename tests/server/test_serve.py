"""``toneguard serve`` as a process: how it starts, what it says, how it stops."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import Running

SECRET = "My card is 4111 1111 1111 1111."


def serve(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "toneguard", "serve", "--port", "0", *arguments]
    return subprocess.run(call, capture_output=True, text=True, timeout=60, **more)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--host", "0.0.0.0"), "TONEGUARD_TOKEN"),
        (("--token-file", "nowhere.txt"), "nowhere.txt"),
        (("--standard", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_a_wrong_call_ends_in_a_clear_line_and_two(arguments: tuple[str, ...], says: str) -> None:
    done = serve(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr and "Traceback" not in done.stderr


def test_without_its_packages_it_names_the_line_that_installs_them() -> None:
    script = (
        "import sys; sys.modules['fastapi'] = None; sys.argv = ['toneguard', 'serve'];"
        "from toneguard.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'toneguard[server]'" in done.stderr


def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = serve("--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "cannot listen there" in done.stderr and "address already in use" in done.stderr and "Traceback" not in done.stderr


def test_it_logs_no_text_and_finishes_what_it_began(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("correct-horse-battery\n", encoding="utf-8")
    server = Running("--token-file", str(token), "--log-requests", "--standard", "outlet=strict")
    headers = {"Authorization": "Bearer correct-horse-battery"}
    talk = {"messages": [{"role": "agent", "text": f"{SECRET} You should have told us. " * 20}] * 200}
    answers = []

    def ask() -> None:
        answers.append(httpx.post(f"{server.address}/v1/conversations", json=talk, headers=headers, timeout=60).status_code)

    with httpx.Client(base_url=server.address, headers=headers) as client:
        assert client.get("/readyz").status_code == 200
        assert client.get("/v2/check", params={"text": SECRET}).status_code == 405
        assert client.post("/v2/check", data={"text": SECRET, "language": "en"}).status_code == 200
        asking = threading.Thread(target=ask)
        asking.start()
        while "toneguard_reviews_in_hand 1.0" not in client.get("/metrics").text:
            time.sleep(0.01)
    assert server.stop() == 0
    asking.join(60)
    assert answers == [200]
    assert "POST /v2/check 200" in server.said
    assert "4111" not in server.said and "correct-horse" not in server.said


LONG = {"messages": [{"role": "agent", "text": "You should have told us. " * 20}] * 200}


def test_all_that_was_taken_on_is_finished_before_it_stops() -> None:
    server = Running("--threads", "1", "--waiting", "4")
    answers = []

    def ask() -> None:
        answers.append(httpx.post(f"{server.address}/v1/conversations", json=LONG, timeout=60).status_code)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for one in asking:
        one.start()
    while "toneguard_reviews_in_hand 3.0" not in httpx.get(f"{server.address}/metrics").text:
        assert not answers, "too quick for this test"
        time.sleep(0.01)
    assert server.stop() == 0
    for one in asking:
        one.join(60)
    assert answers == [200, 200, 200]


def test_whoever_is_refused_while_sending_reads_why_and_may_go_on() -> None:
    server = Running("--threads", "1", "--waiting", "0", "--seconds", "60")
    host, port = server.address.removeprefix("http://").rsplit(":", 1)
    long = {"messages": LONG["messages"] * 3}
    begun = threading.Thread(target=lambda: httpx.post(f"{server.address}/v1/conversations", json=long, timeout=60))
    begun.start()
    try:
        while "toneguard_reviews_in_hand 1.0" not in httpx.get(f"{server.address}/metrics").text:
            time.sleep(0.01)
        with socket.create_connection((host, int(port)), timeout=20) as line:
            size = 3_000_000
            line.sendall(f"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode())
            refused = b""
            while b"ask again in a second" not in refused:  # before a byte of the body is sent
                refused += line.recv(1_000)
            assert refused.startswith(b"HTTP/1.1 429") and b"retry-after: 1" in refused.lower()
            line.sendall(b"x" * size)
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        begun.join(60)
        server.stop()


def test_a_large_body_is_refused_in_words_even_while_it_is_sent() -> None:
    server = Running()
    host, port = server.address.removeprefix("http://").rsplit(":", 1)
    size = 5_000_000
    try:
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(f"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode())
            for _ in range(size // 50_000):
                line.sendall(b"x" * 50_000)
                time.sleep(0.002)
            assert line.recv(100).startswith(b"HTTP/1.1 413")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            expects = "Expect: 100-continue\r\n"
            line.sendall(f"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\n{expects}Content-Length: {size}\r\n\r\n".encode())
            assert line.recv(100).startswith(b"HTTP/1.1 413")
    finally:
        server.stop()


def test_whoever_sends_slowly_is_not_waited_for() -> None:
    server = Running("--seconds", "0.5")
    host, port = server.address.removeprefix("http://").rsplit(":", 1)
    try:
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(b"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{")
            assert line.recv(100).startswith(b"HTTP/1.1 408")
    finally:
        server.stop()


def test_the_environment_holds_the_token() -> None:
    server = Running(env={**os.environ, "TONEGUARD_TOKEN": "correct-horse-battery"})
    try:
        assert httpx.get(f"{server.address}/metrics").status_code == 401
    finally:
        server.stop()
