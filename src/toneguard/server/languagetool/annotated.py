"""Texts with markup between them: what is read, and where each place of it lies in what was sent."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toneguard.findings import Span
from toneguard.server.refusals import Refused
from toneguard.server.requests import whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what is read (``at`` on) and of what was sent (``sent``); ``exact`` unless it is markup."""

    at: int
    sent: Span
    exact: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """``plain`` is what is read, ``sent`` all that was sent, markup included; offsets are code points."""

    plain: str
    sent: str
    pieces: tuple[Piece, ...]

    def place(self, span: Span) -> Span:
        """Where a stretch of the plain text lies in what was sent; one that touches markup takes all of it in."""
        first = self._piece(span.start)
        start = first.sent.start + (span.start - first.at if first.exact else 0)
        if span.end <= span.start:
            return Span(start, start)
        last = self._piece(span.end - 1)
        return Span(start, last.sent.start + span.end - last.at if last.exact else last.sent.end)

    def _piece(self, place: int) -> Piece:
        return self.pieces[max(0, bisect_right(self.pieces, place, key=lambda piece: piece.at) - 1)]


def bare(text: str) -> Annotated:
    """A text without markup."""
    return Annotated(text, text, (Piece(0, Span(0, len(text)), exact=True),))


def read_data(data: str) -> Annotated:
    """The ``data`` of the protocol: ``{"text": ...}`` or ``{"annotation": [{"text"} or {"markup", "interpretAs"}]}``.

    Raises :class:`~toneguard.server.refusals.Refused`, which names the place.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise wrong("'data' is not JSON", "data") from None
    if not isinstance(found, Mapping):
        raise wrong("'data' must be a JSON object with 'text' or 'annotation'", "data")
    if ("text" in found) == ("annotation" in found):
        raise wrong("Set either 'text' or 'annotation' in 'data'", "data")
    if "text" in found:
        return bare(text_of(found, "text", "data"))
    parts = found["annotation"]
    if not isinstance(parts, list):
        raise wrong("'data.annotation' must be a list", "data.annotation")
    plain: list[str] = []
    sent: list[str] = []
    pieces: list[Piece] = []
    at = place = 0
    for index, part in enumerate(parts):
        field = f"data.annotation.{index}"
        if not isinstance(part, Mapping) or ("text" in part) == ("markup" in part):
            raise wrong(f"'{field}' must hold either 'text' or 'markup'", field)
        exact = "text" in part
        if exact and "interpretAs" in part:
            raise wrong(f"'{field}': 'interpretAs' goes with 'markup' only", field)
        given = text_of(part, "text" if exact else "markup", field)
        read = given if exact else text_of(part, "interpretAs", field) if part.get("interpretAs") is not None else ""
        if read:
            pieces.append(Piece(at, Span(place, place + len(given)), exact))
        plain.append(read)
        sent.append(given)
        at += len(read)
        place += len(given)
    return Annotated("".join(plain), "".join(sent), tuple(pieces) or bare("").pieces)


def text_of(part: Mapping[str, Any], key: str, field: str) -> str:
    """A text, or a refusal that names where it should stand."""
    value = part[key]
    if not isinstance(value, str):
        raise wrong(f"'{field}.{key}' must be a text", f"{field}.{key}")
    return str(whole(value))


def wrong(message: str, field: str | None) -> Refused:
    """A mistake in the form."""
    return Refused(400, "invalid", message, field)
