"""How a server is to behave. Everything that could let strangers in is off unless it is asked for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from toneguard.errors import InvalidInput

DEFAULT = "default"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s*]+")
MAX_MESSAGES = 1_000
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``toneguard serve`` was asked for.

    ``standards`` are files or presets by name; ``default`` is among them. ``tier`` overrides the tier that the
    standards name. Without a ``token`` the server answers on loopback only. ``origins`` are the web pages (beside its
    own and beside browser extensions) that may call it. ``threads`` review at once (one is best: they are Python, which
    takes turns anyway, and with more of them the loop that answers waits longer for its own), ``waiting`` more may
    wait; whoever comes then is told to come back. Times are in seconds, sizes in characters or bytes.

    Raises :class:`~toneguard.errors.InvalidInput` where they do not go together.
    """

    host: str = "127.0.0.1"
    port: int = 8081
    standards: Mapping[str, str | None] = field(default_factory=lambda: {DEFAULT: None})
    tier: str | None = None
    token: str | None = field(default=None, repr=False)
    origins: tuple[str, ...] = ()
    threads: int = 1
    waiting: int = 64
    seconds: float = 10.0
    reload_every: float = 1.0
    max_body: int = 4 * 1024 * 1024

    def __post_init__(self) -> None:
        if not self.token and not is_loopback(self.host):
            raise InvalidInput(
                f"--host {self.host}: other machines could reach this server, so it needs a token "
                f"({SHORTEST_TOKEN} characters or more): in the environment as TONEGUARD_TOKEN, or --token-file FILE"
            )
        if self.token is not None and not re.fullmatch(rf"[!-~]{{{SHORTEST_TOKEN},}}", self.token):
            raise InvalidInput(f"token: expected {SHORTEST_TOKEN} or more printable ASCII characters without spaces")
        for origin in self.origins:
            if not ORIGIN.fullmatch(origin):
                raise InvalidInput(
                    f"--allow-origin {origin!r:.60}: expected scheme and host, such as https://desk.example.com"
                )
        if DEFAULT not in self.standards:
            raise InvalidInput(f"standards: one must be named {DEFAULT!r}")
        for name in ("threads", "seconds", "reload_every", "max_body"):
            if getattr(self, name) <= 0:
                raise InvalidInput(f"{name}: expected more than 0")
        if self.waiting < 0:
            raise InvalidInput("waiting: expected 0 or more")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host.lower() in ("localhost", "localhost."):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_standards(given: Iterable[str]) -> dict[str, str | None]:
    """``NAME=FILE`` (or a preset), repeated; ``FILE`` alone is the default one. Raises :class:`InvalidInput`."""
    standards: dict[str, str | None] = {}
    for item in given:
        name, equals, source = item.partition("=")
        if not equals or not NAME.fullmatch(name):
            name, source = DEFAULT, item
        if not source:
            raise InvalidInput(f"--standard {name}=: name a file or a preset")
        if name in standards:
            raise InvalidInput(f"--standard: {name!r} is given twice")
        standards[name] = source
    standards.setdefault(DEFAULT, None)
    return standards
