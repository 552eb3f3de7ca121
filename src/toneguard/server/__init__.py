"""The HTTP server: reviews of drafts while they are typed, and the LanguageTool protocol for clients that speak it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    host: Annotated[str, typer.Option(help="Where to listen; others than loopback need a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8081,
    standard: Annotated[
        list[str] | None,
        typer.Option(
            "--standard",
            "-s",
            metavar="[NAME=]FILE|PRESET",
            help="A standard by name, repeated for several; without NAME the default one. Read anew when it changes.",
        ),
    ] = None,
    tier: Annotated[str | None, typer.Option(help="The models: fast or accurate; otherwise the standard's.")] = None,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="TONEGUARD_TOKEN",
            show_envvar=True,
            help="What callers must send (Bearer, or apiKey). Better in the environment or a file than here.",
        ),
    ] = None,
    token_file: Annotated[Path | None, typer.Option(help="A file that holds the token.")] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A web page that may call, such as https://desk.example.com; repeat it."),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Reviews made at once; more than one seldom helps.")] = 1,
    waiting: Annotated[int, typer.Option(min=0, max=10_000, help="Requests that may wait; more are told 429.")] = 64,
    seconds: Annotated[float, typer.Option(min=0.1, max=300, help="The longest that a request may take.")] = 10.0,
    log_requests: Annotated[
        bool, typer.Option("--log-requests", help="Log method, route, status and time of every request; never a text.")
    ] = False,
) -> None:
    """Serve reviews over HTTP, for previews in helpdesks and for clients of the LanguageTool protocol.

    Answers this machine only, unless --host and a token say otherwise. Needs the extra server.

    Example: toneguard serve --standard standard.toml --standard outlet=outlet.toml
    """
    from toneguard.errors import InvalidInput, MissingExtra

    try:
        import fastapi  # noqa: F401  (only whether they are there)
        import prometheus_client  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise MissingExtra("toneguard serve", "server") from None
    from toneguard.server.run import serve
    from toneguard.server.settings import Settings, read_standards

    if token_file is not None:
        try:
            token = token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise InvalidInput(f"--token-file {token_file}: cannot be read") from None
    settings = Settings(
        host=host,
        port=port,
        standards=read_standards(standard or ()),
        tier=tier,
        token=token or None,
        origins=tuple(allow_origin or ()),
        threads=threads,
        waiting=waiting,
        seconds=seconds,
    )
    serve(settings, log_requests=log_requests)
