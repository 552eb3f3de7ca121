"""What stands between RT and ToneGuard in these tests: it passes on, writes down what was asked, and can be gone or slow."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Relay:
    """Passes requests on to ``target``; ``asked`` holds the bodies of reviews, ``tokens`` what was shown with them."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.asked: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.delay = 0.0
        self._port = 0
        self._httpd: ThreadingHTTPServer | None = None
        self.come()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def come(self) -> None:
        """Listen, at the same port as before."""
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.pass_on(None)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                relay.asked.append(json.loads(body))
                relay.tokens.append(self.headers["Authorization"])
                self.pass_on(body)

            def pass_on(self, body: bytes | None) -> None:
                time.sleep(relay.delay)
                kind = {"Content-Type": self.headers["Content-Type"]} if body else {}
                request = urllib.request.Request(relay.target + self.path, body, kind)
                try:
                    with urllib.request.urlopen(request, timeout=30) as answer:
                        status, said = answer.status, answer.read()
                except urllib.error.HTTPError as refusal:
                    status, said = refusal.code, refusal.read()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        self._httpd = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._httpd.server_port
        threading.Thread(target=self._httpd.serve_forever, daemon=True).start()

    def go(self) -> None:
        """Be gone: nobody listens at the port."""
        if self._httpd:
            self._httpd.shutdown()
            self._httpd.server_close()
            self._httpd = None
