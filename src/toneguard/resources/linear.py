"""Linear heads: a weight per word and word pair, a weight per named feature, and a calibration.

A message's log-odds are ``bias + sum of its n-gram weights / sqrt(number of its n-grams) + sum of feature weights``,
each distinct n-gram counted once; dividing keeps a long message from being surer than a short one merely by length.
Every part of that sum can be shown, so contributions are exact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from toneguard.documents import Tokens
from toneguard.errors import ModelError
from toneguard.findings import Contribution, Span
from toneguard.resources.models import model_file, read_manifest

if TYPE_CHECKING:
    import numpy as np


class Outcome(NamedTuple):
    """The log-odds of a message, the probability after calibration, and what it was of which head."""

    log_odds: float
    probability: float
    head: LinearHead
    grams: Mapping[str, int]
    features: Mapping[str, float]

    def contributions(
        self, tokens: Tokens, places: Mapping[str, Sequence[Span]], reasons: Mapping[str, str], words: int
    ) -> tuple[Contribution, ...]:
        """Contributions that sum to the log-odds.

        Features come with the ``places`` that they were seen at (shared evenly) and their ``reasons`` in words; then
        the strongest ``words`` of the n-grams, then what is left of them together, then the bias.
        """
        shown: list[Contribution] = []
        weights = self.head.features
        for name, value in self.features.items():
            if name in weights:
                amount = weights[name] * value
                spans = places.get(name, ())
                reason = reasons.get(name, name)
                if spans:
                    shown += [Contribution(span, amount / len(spans), reason) for span in spans]
                else:
                    shown.append(Contribution(None, amount, reason))
        scale = 1.0 / math.sqrt(len(self.grams)) if self.grams else 0.0
        known = self.head.grams
        parts = [(text, index, known[text] * scale) for text, index in self.grams.items() if text in known]
        top = sorted(parts, key=strength, reverse=True)[:words]
        for text, index, amount in sorted(top, key=place):
            first = index - 1 if " " in text else index
            shown.append(Contribution(Span(tokens.starts[first], tokens.ends[index]), amount, "wording"))
        rest = sum(map(amount_of, parts)) - sum(map(amount_of, top))
        shown.append(Contribution(None, rest, "the other words"))
        shown.append(Contribution(None, self.head.bias, "where every message starts"))
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class LinearHead:
    """Weights of one question, as plain data."""

    name: str
    grams: Mapping[str, float]
    features: Mapping[str, float]
    bias: float
    slope: float
    offset: float
    digest: str

    def score(self, grams: Mapping[str, int], features: Mapping[str, float]) -> Outcome:
        """Score one message given its n-grams (``Document.grams``) and its named features."""
        log_odds = self.bias
        if grams:
            log_odds += sum(filter(None, map(self.grams.get, grams))) / math.sqrt(len(grams))
        weights = self.features
        for name, value in features.items():
            log_odds += weights.get(name, 0.0) * value
        return Outcome(log_odds, sigmoid(self.slope * log_odds + self.offset), self, grams, features)


def strength(part: tuple[str, int, float]) -> float:
    """How much an n-gram moves the log-odds, either way."""
    return abs(part[2])


amount_of = itemgetter(2)
place = itemgetter(1)


def sigmoid(value: float) -> float:
    """The logistic function, without overflow."""
    return 1.0 / (1.0 + math.exp(-value)) if value >= 0 else math.exp(value) / (1.0 + math.exp(value))


@lru_cache(maxsize=16)
def load_head(model: str) -> LinearHead:
    """The head of ``models/<model>/weights.npz``; raises :class:`ModelError` if it is missing or damaged."""
    return read_head(model_file(model, "weights.npz"), model, read_manifest(model)["files"]["weights.npz"][:16])


def read_head(path: Path, name: str, digest: str) -> LinearHead:
    """A head from its npz file: arrays only, nothing that could run."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as arrays:
            grams = arrays["grams"].tobytes().decode("utf-8").split("\n")
            weights = arrays["gram_weights"].astype(np.float32).tolist()
            names = arrays["features"].tobytes().decode("utf-8").split("\n")
            feature_weights = arrays["feature_weights"].astype(np.float32).tolist()
            bias, slope, offset = (float(number) for number in arrays["scalars"])
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError(f"model {name!r}: its weights cannot be read ({type(problem).__name__})") from None
    if len(grams) != len(weights) or len(names) != len(feature_weights):
        raise ModelError(f"model {name!r}: names and weights differ in number")
    return LinearHead(
        name,
        dict(zip(grams, weights, strict=True)),
        dict(zip(names, feature_weights, strict=True)),
        bias,
        slope,
        offset,
        digest,
    )


def write_head(path: Path, head: LinearHead) -> None:
    """Write a head, byte for byte the same for the same weights."""
    import io
    import zipfile

    import numpy as np

    arrays: dict[str, np.ndarray[Any, Any]] = {
        "grams": np.frombuffer("\n".join(head.grams).encode("utf-8"), dtype=np.uint8),
        "gram_weights": np.array(list(head.grams.values()), dtype=np.float16),
        "features": np.frombuffer("\n".join(head.features).encode("utf-8"), dtype=np.uint8),
        "feature_weights": np.array(list(head.features.values()), dtype=np.float32),
        "scalars": np.array([head.bias, head.slope, head.offset], dtype=np.float64),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            # A fixed date: np.savez would write the time of day into the file.
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED
            )
