"""Reply pages of an invented help desk: at the server's own address, or at one of their own."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Page

AREA = '<form action="/sent"><label>Reply <textarea id="reply" name="reply" rows="8" cols="60"></textarea></label><button>Send</button></form>'
EDITOR = '<div id="reply" contenteditable role="textbox" aria-label="Reply" aria-multiline="true" style="min-height:8em;width:30em"></div>'

BAD = "Hi Sam, we don't do refunds. You should have told us about the fault. Please revert back to us."
"""A law error, a warning without and a suggestion with other words to use."""


def open_desk(page: Page, server: str, box: str = AREA, **options: Any) -> None:
    """Open a page with ``box`` and attach the preview to its ``#reply`` with ``options``."""
    attach = f"""<script type="module">
      import {{ attach }} from "/static/preview.js";
      window.preview = attach(document.querySelector("#reply"), {json.dumps({"delay": 100, **options})});
    </script>"""
    page.route(f"{server}/desk", lambda route: route.fulfill(content_type="text/html", body=html(box + attach)))
    page.route(f"{server}/sent*", lambda route: route.fulfill(content_type="text/html", body=html("<p>Sent.</p>")))
    page.goto(f"{server}/desk")
    page.wait_for_function("window.preview")


@contextlib.contextmanager
def desk_at(pages: Mapping[str, str], strict: str = "") -> Iterator[str]:
    """The address of a desk of its own with ``pages`` by path; the one at ``strict`` forbids all but its own words."""

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if path == strict:
                self.send_header("Content-Security-Policy", "default-src 'none'; form-action 'self'")
            self.end_headers()
            self.wfile.write(html(pages.get(path, "<p>Sent.</p>")).encode())

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}"
    finally:
        httpd.shutdown()
        httpd.server_close()


def html(body: str) -> str:
    return f'<!doctype html><html lang="en-AU"><head><title>Desk</title></head><body><main><h1>Ticket 12</h1>{body}</main></body></html>'


def underlined(page: Page) -> list[str]:
    """The words that are underlined in a textarea, in order."""
    return page.locator(".mirror .mark").all_text_contents()


def highlighted(page: Page) -> list[str]:
    """The words that are highlighted in a contenteditable, in order of level."""
    found: list[str] = page.evaluate(
        "['error', 'warning', 'suggestion', 'note'].flatMap((level) => [...(CSS.highlights.get(`toneguard-${level}`) ?? [])].map(String))"
    )
    return found
