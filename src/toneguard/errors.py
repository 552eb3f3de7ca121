"""The few exceptions that ToneGuard raises. None of them ever holds a customer's text."""

from __future__ import annotations

import traceback


class ToneGuardError(Exception):
    """Base of every exception that ToneGuard raises on purpose."""


class InvalidInput(ToneGuardError, ValueError):
    """What was handed in cannot be used: the message names the field, what was found and what is allowed."""


class SettingsError(ToneGuardError, ValueError):
    """A standard, rule or other settings file is wrong.

    The text starts with ``file:line:column`` where the place is known, and names the allowed values.
    """


class ModelError(ToneGuardError):
    """A trained model is missing, damaged or of another version."""


class ArchiveError(ToneGuardError):
    """A transcript archive cannot be opened or read at all (single bad rows are reported, not raised)."""


class MissingLayer(ToneGuardError):
    """An analyser read a layer of a document that it had not asked for."""


class MissingExtra(ToneGuardError, ImportError):
    """An optional dependency is not installed; the message holds the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part of ToneGuard. Install it: pip install 'toneguard[{extra}]'")


def whereabouts(problem: BaseException) -> str:
    """Type and last places of an unforeseen exception, for a log; not its text, which may quote a customer."""
    places = "; ".join(f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(problem.__traceback__)[-4:])
    return f"{type(problem).__name__} at {places}"
