"""Who may come in, with how much, and what is written down of it: the layer around every route."""

from __future__ import annotations

import contextlib
import hmac
import logging
import re
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toneguard.errors import whereabouts
from toneguard.server.bodies import Bodies
from toneguard.server.metrics import Metrics
from toneguard.server.presence import while_there
from toneguard.server.refusals import Refused, answer, unauthorised
from toneguard.server.settings import Settings, is_loopback
from toneguard.server.workroom import Workroom

log = logging.getLogger("toneguard.server")
requests = logging.getLogger("toneguard.server.requests")
EXTENSION = re.compile(r"(chrome|moz|safari-web)-extension://[A-Za-z0-9-]+")
"""Origins of browser extensions: their users installed them, and web pages cannot pretend to be one."""
HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]+)(?::\d+)?")
"""A ``Host`` header: the name, and the port if it is told."""
OPEN = frozenset({"/", "/healthz", "/readyz", "/openapi.json"})
"""Paths without a token: they tell nothing about anybody."""
WORK = frozenset({"/v1/reviews", "/v1/conversations", "/v2/check", "/api/v2/check"})
"""Paths that ask for work (by POST), of which there is only so much at once."""
CHECKS_ITSELF = re.compile(r"(/api)?/v2/[a-z]+")
"""Paths of the LanguageTool protocol, which may carry the token in the form; they ask :func:`knows_token`."""


class Gate:
    """Checks host, origin, token, room and size before a request goes on; counts, logs, turns errors into answers."""

    def __init__(self, app: ASGIApp, settings: Settings, workroom: Workroom, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.workroom = workroom
        self.metrics = metrics
        self.bodies = Bodies(settings.max_body, settings.seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (b"x-content-type-options", b"nosniff")]}
            await send(message)

        try:
            headers = Headers(scope=scope)
            check_host(headers, self.settings)
            check_origin(headers, self.settings)
            if not is_open(scope) and not knows_token(headers, self.settings):
                raise unauthorised()
            works = scope["method"] == "POST" and scope["path"] in WORK
            if works:
                # Before the body is read, and long before it is parsed: to say no must cost next to nothing. Only a
                # whole body takes the place, so that whoever sends slowly takes none from others.
                self.workroom.refuse_if_full()
            async with self.bodies.held(headers, receive) as body:
                with self.workroom.place() if works else contextlib.nullcontext():
                    await while_there(self.app, scope, body, receive, note)
        except Refused as refused:
            if not status:
                await answer(refused, scope["path"])(scope, receive, note)
        except Exception as problem:
            log.error("%s", whereabouts(problem))
            if not status:
                failed = Refused(500, "failed", "The server failed; what it was sent is not kept.")
                await answer(failed, scope["path"])(scope, receive, note)
        finally:
            self.write_down(scope, status, time.perf_counter() - began)

    def write_down(self, scope: Scope, status: int, seconds: float) -> None:
        """Count the request, and log it by its route: a path or query may hold what a customer wrote."""
        route, method = route_of(scope), scope["method"]
        if method not in ("GET", "HEAD", "POST", "OPTIONS"):
            method = "other"
        self.metrics.requests.labels(method, route, str(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        requests.info("%s %s %d %.1f ms", method, route, status, seconds * 1000)


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The route that answered, as it was declared."""
    return str(getattr(scope.get("route"), "path", None) or "other")


def is_open(scope: Scope) -> bool:
    """Whether the gate lets the request pass without a token."""
    path = scope["path"]
    # A browser asks what it may ask (OPTIONS) without credentials.
    return (
        path in OPEN
        or path.startswith("/static/")
        or CHECKS_ITSELF.fullmatch(path) is not None
        or scope["method"] == "OPTIONS"
    )


def knows_token(headers: Headers, settings: Settings, given: str | None = None) -> bool:
    """Whether the request brings the token, as a Bearer or as ``given``; always, where none is asked for."""
    if settings.token is None:
        return True
    scheme, _, value = headers.get("authorization", "").partition(" ")
    offered = [value.strip()] if scheme.lower() == "bearer" else []
    offered += [given] if given else []
    wanted = settings.token.encode()
    return any(hmac.compare_digest(one.encode("utf-8", "replace"), wanted) for one in offered)


def check_host(headers: Headers, settings: Settings) -> None:
    """Without a token only loopback names are answered, so that no web page reaches us by a name of its own."""
    host = HOST.fullmatch(headers.get("host", "localhost"))
    if settings.token is None and not (host and is_loopback(host[1])):
        raise Refused(421, "wrong-host", "Without a token this server answers to localhost and 127.0.0.1 only.", "Host")


def check_origin(headers: Headers, settings: Settings) -> None:
    """Refuse web pages that are not on the list; programs send no origin."""
    origin = headers.get("origin")
    if origin is None or allowed_origin(origin, settings):
        return
    if origin.partition("://")[2] != headers.get("host"):
        raise Refused(
            403, "origin", "This web page may not call this server; allow it with --allow-origin ORIGIN.", "Origin"
        )


def allowed_origin(origin: str, settings: Settings) -> bool:
    """Whether a page of another host may call."""
    return origin in settings.origins or EXTENSION.fullmatch(origin) is not None
