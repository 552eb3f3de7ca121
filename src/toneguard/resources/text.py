"""Text out of bytes."""

from __future__ import annotations

from toneguard.errors import InvalidInput


def decode(data: bytes, source: str) -> str:
    """The text of some bytes: UTF-8, or UTF-16 with its mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise InvalidInput(f"{source}: begins as UTF-16 but is broken; save it as UTF-8") from None
    if b"\0" in data[:8192]:
        raise InvalidInput(f"{source}: is binary, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise InvalidInput(f"{source}: not UTF-8 at line {line} (byte {problem.start}); save it as UTF-8") from None
