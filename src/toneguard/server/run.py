"""The server as a process: its log, its address, its stop."""

from __future__ import annotations

import logging
import signal
import socket
import sys

import uvicorn

from toneguard.errors import InvalidInput
from toneguard.pipeline import keep_loaded
from toneguard.server.app import make_app
from toneguard.server.patience import Patience
from toneguard.server.settings import Settings

log = logging.getLogger("toneguard.server")
CONNECTIONS = 1_000
"""Connections at once, beyond which new ones are told 503 before anything is read."""


class Server(uvicorn.Server):
    """Says where it listens, once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Bind and begin; raises :class:`~toneguard.errors.InvalidInput` where the address cannot be had."""
        try:
            await super().startup(sockets)
        except SystemExit:  # uvicorn has logged what the system said
            address = f"--host {self.config.host} --port {self.config.port}"
            raise InvalidInput(f"{address}: cannot listen there; choose another port, or 0 for a free one") from None
        for server in self.servers:
            for bound in server.sockets:
                host, port = bound.getsockname()[:2]
                log.info("listening at http://%s:%d", f"[{host}]" if ":" in host else host, port)


def serve(settings: Settings, *, log_requests: bool = False) -> None:
    """Serve until told to stop (SIGINT, SIGTERM): then no more is accepted, and what began is finished.

    Raises :class:`~toneguard.errors.SettingsError` for a standard that is wrong, and
    :class:`~toneguard.errors.InvalidInput` where the address is taken or not of this machine.
    """
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    log.setLevel(logging.INFO)
    logging.getLogger("toneguard.server.requests").setLevel(logging.INFO if log_requests else logging.WARNING)
    app = make_app(settings)
    keep_loaded()
    config = uvicorn.Config(
        app,
        http=Patience,
        host=settings.host.strip("[]"),
        port=settings.port,
        log_config=None,
        # Its own log of requests writes queries, which may hold what a customer wrote.
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=int(settings.seconds) + 5,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        # When all is finished, uvicorn raises the signal once more; to have stopped as asked is no failure.
        signal.signal(number, lambda *_: None)
    Server(config).run()
