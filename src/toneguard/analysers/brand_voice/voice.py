"""A fitted brand voice as plain data, and its file: one JSON text, no code in it, checked when it is read.

A voice holds no example text: only phrases that occur in at least three replies of the team or of the shipped
background, without names and numbers, and numbers that say how they weigh.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, NoReturn

from toneguard.analysers.brand_voice.features import VERSION
from toneguard.analysers.brand_voice.style import START
from toneguard.errors import ModelError

FORMAT = "toneguard brand voice"
SCHEMA = 2
NUMBERS = ("intercept", "slope", "offset", "bend")


class StyleWeight(NamedTuple):
    """How a style feature counts: ``weight`` times ``(value - mean) / scale``, cut to -3..3; then, where
    ``spread`` is above 0, minus the voice's ``bend`` times how far (in ``spread``, at most 3) the value
    lies from ``centre``, the mean of the team's examples, less ``usual``, how far these lie themselves.
    """

    name: str
    mean: float
    scale: float
    weight: float
    centre: float
    spread: float
    usual: float


class PhraseWeight(NamedTuple):
    """How a phrase counts: ``weight`` times its ``importance`` over the length of all importances in a reply.

    ``on`` and ``off`` say in how many on-brand and other examples it occurs.
    """

    phrase: str
    importance: float
    weight: float
    on: int
    off: int

    @property
    def described(self) -> str:
        """The phrase in words for people: in quotation marks, or as the opening of a sentence."""
        first, _, second = self.phrase.partition(" ")
        return f'a sentence that begins with "{second}"' if first == START else f'"{self.phrase}"'


class VectorWeight(NamedTuple):
    """How one number of an encoder's vector counts: ``weight`` times what it is above the examples' ``mean``."""

    mean: float
    weight: float


@dataclass(frozen=True, slots=True)
class Voice:
    """A brand voice.

    ``contrast`` is what the on-brand examples were held against: the team's own ``off-brand`` examples, or
    the ``background`` of general service replies that ships with ToneGuard. ``on`` and ``off`` count the
    examples used; ``left_out`` says what was not, and why. ``abstains`` is empty, or why this voice scores
    nothing. ``metrics`` come from cross-validation: ``auc`` with its 95 % interval ``auc_low``..``auc_high``,
    ``own_kept`` and ``other_kept``, the shares of each side on the right side of 0.5, and ``folds``.

    ``encoder`` is the digest of the encoder whose vectors count, as ``vector`` says; both are empty for a voice
    that scores in every tier. Without that encoder such a voice says nothing.

    A reply's log-odds are ``slope * (intercept + styles + phrases + vector) + offset``; ``own`` holds what the
    on-brand examples got without their own help, sorted (at most 101 quantiles).
    """

    name: str
    contrast: Literal["off-brand", "background"]
    on: int
    off: int
    left_out: tuple[str, ...] = ()
    abstains: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)
    styles: tuple[StyleWeight, ...] = ()
    phrases: tuple[PhraseWeight, ...] = ()
    encoder: str = ""
    vector: tuple[VectorWeight, ...] = ()
    intercept: float = 0.0
    slope: float = 1.0
    offset: float = 0.0
    bend: float = 0.0
    own: tuple[float, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, without the digest; :meth:`from_dict` gives the same voice back."""
        return {
            "format": FORMAT,
            "schema": SCHEMA,
            "features": VERSION,
            "name": self.name,
            "contrast": self.contrast,
            "on": self.on,
            "off": self.off,
            "left_out": list(self.left_out),
            "abstains": self.abstains,
            "metrics": dict(sorted(self.metrics.items())),
            **{name: getattr(self, name) for name in NUMBERS},
            "own": list(self.own),
            "styles": [list(style) for style in self.styles],
            "phrases": [list(phrase) for phrase in self.phrases],
            "encoder": self.encoder,
            "vector": [list(row) for row in self.vector],
        }

    @property
    def digest(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of everything this voice holds."""
        return digest_of(self.to_dict())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the voice to ``path`` (JSON, UTF-8), whole or not at all; raises ``OSError`` if that
        fails.
        """
        target = Path(path)
        data = self.to_dict()
        text = json.dumps({**data, "digest": digest_of(data)}, allow_nan=False, indent=0)
        draft = target.with_name(f"{target.name}.part")
        draft.write_text(text + "\n", encoding="utf-8", newline="\n")
        draft.replace(target)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Voice:
        """Give the voice in ``path``; raises :class:`ModelError` if it is missing, damaged or of another
        version.
        """
        try:
            text = Path(path).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise ModelError(f"{path}: there is no such brand voice; fit one: toneguard brand fit") from None
        except (OSError, UnicodeDecodeError) as problem:
            reason = getattr(problem, "strerror", None) or "it is no UTF-8 text"
            raise ModelError(f"{path}: the brand voice cannot be read ({reason})") from None
        try:
            data = json.loads(text, parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            raise ModelError(f"{path}: damaged brand voice (no complete JSON text); fit it again") from None
        try:
            return cls.from_dict(data)
        except ModelError as problem:
            raise ModelError(f"{path}: {problem}") from None

    @classmethod
    def from_dict(cls, data: object) -> Voice:
        """Give a voice from :meth:`to_dict` data (with or without ``digest``); raises :class:`ModelError`."""
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ModelError("this is no brand voice of ToneGuard")
        for key, wanted in (("schema", SCHEMA), ("features", VERSION)):
            if data.get(key) != wanted:
                found = f"{key} {str(data.get(key))[:20]}, this ToneGuard reads {wanted}"
                raise ModelError(f"brand voice of another version ({found}); fit it again")
        body = {key: value for key, value in data.items() if key != "digest"}
        if "digest" in data and data["digest"] != digest_of(body):
            raise ModelError(
                "damaged brand voice: its content does not have the digest that it names; fit it again"
            )
        try:
            return cls.checked(body)
        except (KeyError, TypeError, ValueError, OverflowError) as problem:
            where = str(problem)[:60] if isinstance(problem, ValueError) else "its fields"
            raise ModelError(f"damaged brand voice ({where}); fit it again") from None

    @classmethod
    def checked(cls, data: Mapping[str, Any]) -> Voice:
        """Give the voice of fields whose types and ranges are checked; raises ``KeyError``, ``TypeError``,
        ``ValueError``.
        """
        if data["contrast"] not in ("off-brand", "background"):
            raise ValueError("contrast")
        voice = cls(
            name=text(data["name"]),
            contrast=data["contrast"],
            on=whole(data["on"]),
            off=whole(data["off"]),
            left_out=tuple(text(item) for item in data["left_out"]),
            abstains=text(data["abstains"]),
            metrics={text(key): number(value) for key, value in data["metrics"].items()},
            styles=tuple(StyleWeight(text(row[0]), *map(number, row[1:])) for row in data["styles"]),
            phrases=tuple(
                PhraseWeight(text(phrase), number(importance), number(weight), whole(on), whole(off))
                for phrase, importance, weight, on, off in data["phrases"]
            ),
            encoder=text(data["encoder"]),
            vector=tuple(VectorWeight(*map(number, row)) for row in data["vector"]),
            own=tuple(number(value) for value in data["own"]),
            **{name: number(data[name]) for name in NUMBERS},
        )
        if any(style.scale <= 0 or style.spread < 0 for style in voice.styles):
            raise ValueError("scale of a style feature")
        if any(phrase.importance <= 0 or not phrase.phrase for phrase in voice.phrases):
            raise ValueError("importance of a phrase")
        if bool(voice.encoder) != bool(voice.vector):
            raise ValueError("encoder")
        return voice


def digest_of(data: Mapping[str, Any]) -> str:
    """First 16 hexadecimal digits of the SHA-256 of ``data`` as canonical JSON."""
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def refuse_constant(name: str) -> NoReturn:
    """JSON has no NaN and no Infinity, though Python's reader would take them."""
    raise ValueError(f"{name} is no number")


def text(value: object) -> str:
    """``value``, which must be a text."""
    if not isinstance(value, str):
        raise TypeError("expected a text")
    return value


def number(value: object) -> float:
    """``value`` as a finite float."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError("expected a number")
    return float(value)


def whole(value: object) -> int:
    """``value``, which must be a whole number from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError("expected a whole number")
    return value
