"""Values of archives as JSON and as the cells of tables."""

from __future__ import annotations

import math
import re
from base64 import b64encode
from datetime import date, datetime, time
from typing import Any

from toneguard.reviews import dump

SURROGATE = re.compile("[\ud800-\udfff]")


def plain(value: object) -> Any:
    """A value that JSON has no form for (Parquet's times, decimals, bytes), as one that it has."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return str(value)


def as_json(value: Any) -> Any:
    """``value`` with all that JSON cannot hold replaced (see :func:`plain`); NaN and infinity become None."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {str(name): as_json(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    return plain(value)


def as_cell(value: Any) -> str | None:
    """``value`` as the text of a cell: lists and objects as JSON, lone surrogates as U+FFFD."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool | dict | list | tuple):
        text = dump(as_json(value), None)
    else:
        value = as_json(value)
        text = "" if value is None else str(value)
    return text if text.isascii() else SURROGATE.sub("�", text)
