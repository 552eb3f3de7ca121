"""Model Context Protocol: a guardrail that an agent which drafts replies asks before it sends one."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["command"]


def command(
    standard: Annotated[
        str | None,
        typer.Option("--standard", "-s", metavar="FILE|PRESET", help="A standard.toml, or a preset."),
    ] = None,
    tier: Annotated[str | None, typer.Option(help="The models: fast or accurate; otherwise the standard's.")] = None,
) -> None:
    """Serve check_reply, review_conversation and explain_rule to agents, over standard input and output.

    Speaks the Model Context Protocol until standard input ends. Needs the extra mcp.

    Example of a client's settings: {"command": "toneguard", "args": ["mcp", "--standard", "standard.toml"]}
    """
    from toneguard.errors import MissingExtra

    try:
        import mcp  # noqa: F401  (only whether it is there)
    except ImportError:
        raise MissingExtra("toneguard mcp", "mcp") from None
    from toneguard.integrations.mcp.server import make_server

    make_server(standard, tier=tier).run("stdio")
