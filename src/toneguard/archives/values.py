"""Single values of an archive's cells, read into the types that messages hold.

Each function takes what a JSON, CSV or Parquet cell may hold and raises ``ValueError`` where it cannot be
read. The texts of these errors never quote the value: a shifted column may hold a customer's words.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from toneguard.messages import Channel, Role

ROLES = {
    **dict.fromkeys(("customer", "user", "end-user", "enduser", "client", "contact"), Role.CUSTOMER),
    **dict.fromkeys(("agent", "admin", "staff", "operator", "representative", "teammate"), Role.AGENT),
    "bot": Role.BOT,
    "system": Role.SYSTEM,
}
"""Role by the names that helpdesks use for it."""

CHANNELS = {
    **{channel.value: channel for channel in Channel},
    **dict.fromkeys(("e-mail", "mail"), Channel.EMAIL),
    **dict.fromkeys(("live-chat", "livechat", "messaging", "messenger", "whatsapp"), Channel.CHAT),
    **dict.fromkeys(("text", "mms"), Channel.SMS),
    **dict.fromkeys(("twitter", "x", "facebook", "instagram", "mastodon"), Channel.SOCIAL),
    **dict.fromkeys(("form", "web-form", "portal", "help-center", "help-centre"), Channel.WEB),
    **dict.fromkeys(("voice", "call", "telephone"), Channel.PHONE),
    **dict.fromkeys(("reviews", "google-review", "app-store", "trustpilot"), Channel.REVIEW),
}
"""Channel by the names that helpdesks use for it; anything else is ``other``."""

FLAGS = {**dict.fromkeys(("true", "1", "yes", "y", "t"), True), **dict.fromkeys(("false", "0", "no", "n", "f"), False)}
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
# "Tue Oct 31 22:10:47 +0000 2017". Not strptime: it follows the process's locale, and is ten times slower.
TWITTER = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d?) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})")
UNIX = re.compile(r"-?\d{9,16}(\.\d+)?")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
LANGUAGE = re.compile(r"([A-Za-z]{2,3})([-_][A-Za-z0-9_-]+)?")


def plain_name(value: object) -> str:
    """A name as the tables above spell it: lower case, hyphens for spaces and underscores."""
    return str(value).strip().lower().replace("_", "-").replace(" ", "-")


def read_role(value: object) -> Role:
    """The role that a helpdesk's name for it means."""
    if isinstance(value, str):
        role = ROLES.get(value) or ROLES.get(plain_name(value))
        if role is not None:
            return role
        raise ValueError(f"not a role; accepted: {', '.join(ROLES)}")
    raise ValueError(f"expected a role's name, got {kind(value)}")


def read_flag(value: object) -> bool | None:
    """A yes or no, as archives write it; None for an empty cell and for what is neither."""
    if isinstance(value, bool):
        return value
    return FLAGS.get(str(value).strip().lower())


def read_channel(value: object) -> Channel | None:
    """The channel; None for an empty cell. A channel we have no name for is ``other``, never an error."""
    if value is None or value == "":
        return None
    return CHANNELS.get(plain_name(value), Channel.OTHER)


def read_language(value: object) -> str | None:
    """The ISO 639 code without its region (``en-AU`` gives ``en``); None where the cell holds no code."""
    found = LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else None


def read_id(value: object) -> str | None:
    """An identifier as a string; None for an empty cell. Whole floats lose the point that pandas adds."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and math.isfinite(value):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, float):
        return None
    if isinstance(value, Decimal):
        return str(value)
    raise ValueError(f"expected a string or a number, got {kind(value)}")


def read_number(value: object) -> float | None:
    """A position within a conversation; None for an empty cell."""
    if type(value) is int:
        return float(value)
    if value is None or value == "":
        return None
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return float(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError(f"expected a number, got {kind(value)}")


def read_time(value: object) -> datetime | None:
    """A moment with its time zone (UTC where none is given); None for an empty cell.

    Reads ISO 8601, seconds since 1970 (a number or a numeral; milliseconds where the number is too large for
    seconds) and Twitter's form.
    """
    if isinstance(value, str):
        return time_from_text(value.strip())
    if value is None:
        return None
    if isinstance(value, datetime):
        return zoned(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return from_unix(value)
    raise ValueError(f"expected a time, got {kind(value)}")


def time_from_text(text: str) -> datetime | None:
    """:func:`read_time` for a stripped string."""
    if not text:
        return None
    if UNIX.fullmatch(text):
        return from_unix(float(text))
    if found := TWITTER.fullmatch(text):
        month, day, hour, minute, second, sign, east, past, year = found.groups()
        offset = timedelta(hours=int(east), minutes=int(past))
        zone = timezone(-offset if sign == "-" else offset) if offset else UTC
        if month in MONTHS:
            clock = int(hour), int(minute), int(second)
            return datetime(int(year), MONTHS[month], int(day), *clock, tzinfo=zone)
    try:
        return zoned(datetime.fromisoformat(text))
    except ValueError:
        raise ValueError("not ISO 8601, seconds since 1970 or Twitter's form of a time") from None


def from_unix(seconds: float) -> datetime:
    """The moment so many seconds (or, from 1e11, milliseconds) after 1970."""
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) >= 1e11 else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise ValueError("a number of seconds outside the calendar") from None


def zoned(moment: datetime) -> datetime:
    """The same moment, in UTC where it had no zone: conversations must be sortable."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def kind(value: object) -> str:
    """What a value is, in the words of JSON, without saying what it holds."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "other text"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    return f"a {type(value).__name__}"
