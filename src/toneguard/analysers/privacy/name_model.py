"""Weighs what is seen of a candidate: a linear model whose weights lie in ``models/names``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from toneguard.errors import ModelError
from toneguard.resources.models import model_file, read_manifest

MODEL, WEIGHTS = "names", "weights.json"


class NameModel:
    """Weights by feature, and the words that people write small; immutable and shared by threads.

    ``digest`` is that of the weights: part of a review's provenance.
    """

    def __init__(self, weights: Mapping[str, float], lower: Iterable[str], threshold: float, digest: str) -> None:
        self.weights = dict(weights)
        self.lower = frozenset(lower)
        self.digest = digest
        self.threshold = threshold
        """From which probability on a candidate is a name."""

    def probability(self, features: Iterable[str]) -> float:
        """The probability that a candidate of which these features are seen is a person's name."""
        weight = self.weights.get
        total = sum([weight(feature, 0.0) for feature in features])
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def load_name_model() -> NameModel:
    """The model that ships, checked against its manifest; raises :class:`ModelError` if it is damaged."""
    manifest = read_manifest(MODEL)
    try:
        data = json.loads(model_file(MODEL, WEIGHTS).read_text(encoding="utf-8"))
        digest = manifest["files"][WEIGHTS][:16]
        return NameModel(data["weights"], data["lower"].split(), float(manifest["threshold"]), digest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ModelError(f"model {MODEL!r}: its weights cannot be read ({type(problem).__name__})") from None
