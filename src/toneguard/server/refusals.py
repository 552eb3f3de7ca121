"""What the server says when it cannot do what was asked. No refusal holds a customer's text."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse, PlainTextResponse, Response

PROTOCOL = ("/v2/", "/api/v2/")
"""Paths of the LanguageTool protocol, whose errors are plain text."""


class Refused(Exception):
    """A request that is answered with ``status`` (4xx: the caller's mistake, 5xx: ours).

    ``code`` is for programs, ``message`` for people; ``field`` is the path of what is wrong in the request, such as
    ``before.0.role``.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.headers = dict(headers or {})


def busy() -> Refused:
    """More is asked at once than the server takes on."""
    return Refused(429, "busy", "Too much is asked at once; ask again in a second.", headers={"Retry-After": "1"})


def too_slow(seconds: float) -> Refused:
    """The review took longer than it may."""
    return Refused(503, "timeout", f"The review took longer than {seconds:g} s; send a shorter text.")


def unauthorised(field: str | None = None) -> Refused:
    """The token is missing or wrong."""
    message = "This server asks for a token: Authorization: Bearer TOKEN (or apiKey, where the protocol has it)."
    return Refused(401, "unauthorised", message, field, {"WWW-Authenticate": "Bearer"})


def answer(refused: Refused, path: str) -> Response:
    """The response: plain text for the LanguageTool protocol, JSON elsewhere."""
    if path.startswith(PROTOCOL):
        # The protocol's clients show this line to their user.
        return PlainTextResponse(f"Error: {refused.message}", refused.status, refused.headers)
    body = {"error": {"code": refused.code, "message": refused.message, "field": refused.field}}
    return JSONResponse(body, refused.status, refused.headers)
