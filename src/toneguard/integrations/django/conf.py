"""The setting ``TONEGUARD``, and the one pipeline that it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from toneguard.errors import SettingsError, ToneGuardError
from toneguard.heads.load import TIERS
from toneguard.pipeline import Pipeline
from toneguard.resources.settings import suggest
from toneguard.standards import load_standard

KEYS = ("standard", "tier", "hold")
HOLDS = ("warn", None)
NEEDED = ("onnxruntime", "tokenizers")
"""What the tier "accurate" needs installed."""


class Mistake(NamedTuple):
    """What is wrong with the setting: a number for the check, the sentence that names the key, and the fix."""

    number: int
    message: str
    fix: str


def given() -> Any:
    """The setting as it stands."""
    return getattr(settings, "TONEGUARD", {})


def mistakes(setting: Any) -> Iterator[Mistake]:
    """What is wrong with a value of ``TONEGUARD``."""
    if not isinstance(setting, Mapping):
        kind = type(setting).__name__
        yield Mistake(1, f"TONEGUARD is a {kind}.", f"Make it a dictionary; its keys are {', '.join(KEYS)}.")
        return
    for key in setting:
        if key not in KEYS:
            yield Mistake(2, f"TONEGUARD[{key!r:.40}] is not known.", f"{suggest(str(key)[:40], KEYS)}.")
    standard = setting.get("standard")
    if standard is not None and not isinstance(standard, str | Path):
        kind = type(standard).__name__
        yield Mistake(3, f"TONEGUARD['standard'] is a {kind}.", "Give the path of a standard.toml, a preset, or None.")
    elif standard is not None:
        try:
            load_standard(standard)
        except ToneGuardError as problem:
            fix = "Correct the file or the path, such as BASE_DIR / 'standard.toml'; None is the default standard."
            yield Mistake(3, f"TONEGUARD['standard'] cannot be used: {problem}", fix)
    tier = setting.get("tier")
    if tier is not None and tier not in TIERS:
        yield Mistake(4, f"TONEGUARD['tier'] is {tier!r:.40}.", f"Choose one of {', '.join(TIERS)}.")
    elif tier == "accurate" and not all(map(find_spec, NEEDED)):
        yield Mistake(
            4,
            "TONEGUARD['tier'] is 'accurate', whose packages are not installed.",
            "pip install 'toneguard[accurate]', or choose 'fast'.",
        )
    hold = setting.get("hold", "warn")
    if hold not in HOLDS:
        yield Mistake(
            5,
            f"TONEGUARD['hold'] is {hold!r:.40}.",
            "Choose 'warn' (the page asks before a reply on hold is sent) or None (it only shows the verdict). "
            "There is no 'block': what a page refuses can be sent around it.",
        )


def pipeline() -> Pipeline:
    """The process's pipeline; raises :class:`~toneguard.errors.ToneGuardError` where the setting is wrong."""
    setting = given()
    if not isinstance(setting, Mapping):
        raise SettingsError(" ".join(next(mistakes(setting))[1:]))
    standard = setting.get("standard")
    return make(None if standard is None else str(standard), setting.get("tier"))


def warns() -> bool:
    """Whether the page asks before a reply on hold is sent."""
    setting = given()
    return not isinstance(setting, Mapping) or setting.get("hold", "warn") == "warn"


@lru_cache(maxsize=4)
def make(standard: str | None, tier: str | None) -> Pipeline:
    """A pipeline, made once for each pair; threads may share it."""
    return Pipeline.from_standard(standard or "default", tier=tier)
