"""The linear heads of the tier "fast": one table of weights for all questions, one sum for a batch of documents.

A document's columns are ``bias + sum of its n-grams' rows / sqrt(its length) + sum of feature rows``, each distinct
n-gram counted once, the length that of its words and word pairs; dividing keeps a long message from being surer than a
short one merely by length. Every part of that sum can be shown, so contributions are exact.
"""

from __future__ import annotations

import html
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toneguard.documents import Document, Tokens, parse
from toneguard.documents.answers import Answers, Plan
from toneguard.documents.encoder_text import ENTITY
from toneguard.documents.language import ENGLISH
from toneguard.errors import ModelError
from toneguard.findings import Contribution, Span
from toneguard.heads.features import FEELING, Seen, look_at
from toneguard.heads.grams import Grams
from toneguard.heads.meaning import Meaning
from toneguard.resources.models import model_file, read_manifest

if TYPE_CHECKING:
    import numpy as np

MODEL, WEIGHTS = "heads", "weights.npz"
SHOWN_WORDS = 5
"""Words and word pairs that are shown one by one among contributions; the others stand together."""
DATE = (2026, 1, 1, 0, 0, 0)
"""A fixed date in the archive, so that the same weights are the same bytes."""


class LinearHeads:
    """Weights of all questions. Immutable and shared by threads; make it with :func:`load_linear_heads`.

    ``rows`` holds a row of weights for each n-gram of ``grams`` and feature of ``features`` (both name rows), the
    first row being nothing and the last the bias. Scored in double precision, whatever the weights are stored in.
    """

    def __init__(
        self, grams: Mapping[str, int], features: Mapping[str, int], rows: np.ndarray[Any, Any], plan: Plan, digest: str
    ) -> None:
        self.grams = grams if isinstance(grams, Grams) else Grams(grams)
        self.features = features
        self.rows = rows
        self.plan = plan
        self.meaning = Meaning(plan, rows.shape[1])
        self.digest = digest

    @property
    def weights(self) -> Mapping[str, str]:
        """The digest of the weights, as a review names it."""
        return {"heads_fast": self.digest}

    def settled(self) -> LinearHeads:
        """The same heads with their calibration, which is linear, put into the weights: once, not by message."""
        rows = self.rows.copy()
        for head in self.plan.heads.values():
            rows[:, head.first : head.last] *= head.slopes
            rows[-1, head.first : head.last] += head.offsets
        # In double precision, in which sums are made: no weight is converted for each message.
        return LinearHeads(self.grams, self.features, rows.astype("float64"), self.plan.settled(), self.digest)

    def answers(self, documents: Sequence[Document]) -> list[Answers | None]:
        """What the heads say of each document; None where they cannot say: no text, or not English."""
        given: list[Answers | None] = [None] * len(documents)
        places = [
            index for index, document in enumerate(documents) if document.own_tokens and document.language in ENGLISH
        ]
        written = [unescaped(documents[index]) for index in places]
        seen = [look_at(document) for document in written]
        columns = self.columns(seen)
        rows = zip(places, written, seen, columns, self.meaning(columns).tolist(), strict=True)
        for index, document, one, row, meant in rows:
            # Places in a text that was unescaped are not those of the message, so it cannot be explained by them.
            same = document is documents[index]
            given[index] = Answers(self.plan, row, one if same else None, self if same else None, meant)
        return given

    def columns(self, seen: Sequence[Seen]) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The columns of each document (documents by columns), uncalibrated.

        One sum over all of a batch: each document's stretch is added up by itself, in its own order, so its columns
        are the same in any batch.
        """
        import numpy as np

        width = self.rows.shape[1]
        if not seen:
            return np.zeros((0, width))
        words, word_starts = self.grams.rows([one.terms for one in seen])
        numbers: list[int] = []
        amounts: list[float] = []
        starts: list[int] = []
        bias = len(self.rows) - 1
        feature_of = self.features.get
        for one in seen:
            starts.append(len(numbers))
            numbers.append(bias)
            amounts.append(1.0)
            numbers += map(feature_of, one.features, repeat(0))  # row 0 is nothing: features that no head weighs
            amounts += one.features.values()
        scales = np.array([one.scale for one in seen])
        by_words = np.add.reduceat(self.rows.take(words, axis=0), word_starts, axis=0, dtype=np.float64)
        parts = self.rows.take(np.array(numbers), axis=0) * np.array(amounts)[:, None]
        return np.asarray(by_words * scales[:, None] + np.add.reduceat(parts, np.array(starts), axis=0))

    def contributions(
        self,
        seen: Seen,
        tokens: Tokens,
        columns: Mapping[str, float],
        reasons: Mapping[str, str],
        places: Mapping[str, Sequence[Span]],
    ) -> tuple[Contribution, ...]:
        """What moved a weighed sum of columns ("head.column"), summing to it exactly.

        Features come with the ``places`` that they were seen at (shared evenly) and their ``reasons`` in words; words
        of feeling share theirs by their ratings; then the strongest n-grams, what is left of them, and the bias.
        """
        weigh = self.weigher(columns)
        shown: list[Contribution] = []
        feeling = 0.0
        for name, value in seen.features.items():
            row = self.features.get(name)
            if row is None:
                continue
            amount = weigh(row) * value
            if name in FEELING:
                feeling += amount
                continue
            spans = places.get(name, ())
            reason = reasons.get(name, name.replace("_", " "))
            if spans:
                shown += [Contribution(span, amount / len(spans), reason) for span in spans]
            else:
                shown.append(Contribution(None, amount, reason))
        total = sum(part.amount for part in seen.reading.contributions)
        if total:
            shown += [
                Contribution(part.span, feeling * part.amount / total, part.reason)
                for part in seen.reading.contributions
            ]
        elif feeling:
            shown.append(Contribution(None, feeling, "words of feeling"))
        grams, scale = seen.grams, seen.scale
        parts = [
            (text, index, weigh(row) * scale)
            for text, index in grams.items()
            if (row := self.grams.get(text)) is not None
        ]
        top = sorted(parts, key=lambda part: abs(part[2]), reverse=True)[:SHOWN_WORDS]
        for text, index, amount in sorted(top, key=lambda part: part[1]):
            first = index - 1 if " " in text else index
            shown.append(Contribution(Span(tokens.starts[first], tokens.ends[index]), amount, "wording"))
        rest = sum(part[2] for part in parts) - sum(part[2] for part in top)
        shown.append(Contribution(None, rest, "the other words"))
        offset = sum(weight * self.scaling(name)[1] for name, weight in columns.items())
        shown.append(Contribution(None, weigh(len(self.rows) - 1) + offset, "where every message starts"))
        return tuple(shown)

    def weigher(self, columns: Mapping[str, float]) -> Any:
        """The function that gives a row's weight in the weighed sum of calibrated columns."""
        wanted = [(self.scaling(name)[2], weight * self.scaling(name)[0]) for name, weight in columns.items()]
        rows = self.rows
        return lambda row: sum(float(rows[row, place]) * weight for place, weight in wanted)

    def scaling(self, name: str) -> tuple[float, float, int]:
        """Slope, offset and place of a column, named "head.column"."""
        head, _, column = name.partition(".")
        calibration = self.plan.heads[head]
        at = calibration.columns.index(column)
        return calibration.slopes[at], calibration.offsets[at], calibration.first + at


def unescaped(document: Document) -> Document:
    """The document as its writer saw it: web forms send "&#39;" for an apostrophe."""
    if "&" not in document.folded or not ENTITY.search(document.text, 0, document.own_end):
        return document
    text = ENTITY.sub(lambda match: html.unescape(match.group()), document.text)
    return parse(replace(document.message, text=text, language="en"))


@lru_cache(maxsize=1)
def load_linear_heads() -> LinearHeads:
    """The heads that ship, checked against their manifest; raises :class:`ModelError` if damaged."""
    manifest = read_manifest(MODEL)
    try:
        plan = Plan.read(manifest["heads"])
    except (KeyError, TypeError, ValueError) as problem:
        raise ModelError(f"model {MODEL!r}: its manifest lacks what it needs ({type(problem).__name__})") from None
    return read_linear_heads(model_file(MODEL, WEIGHTS), plan, manifest["files"][WEIGHTS][:16]).settled()


def read_linear_heads(path: Path, plan: Plan, digest: str) -> LinearHeads:
    """Heads from their npz file: arrays only, nothing that could run."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as arrays:
            grams = bytes(arrays["grams"]).decode("utf-8").split("\n")
            features = bytes(arrays["features"]).decode("utf-8").split("\n")
            rows = arrays["rows"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, AttributeError, zipfile.BadZipFile, zlib.error) as problem:
        raise ModelError(f"model {MODEL!r}: its weights cannot be read ({type(problem).__name__})") from None
    if len(rows) != len(grams) + len(features) + 2:
        raise ModelError(f"model {MODEL!r}: names and weights differ in number")
    return LinearHeads(
        {text: number for number, text in enumerate(grams, 1)},
        {text: number for number, text in enumerate(features, len(grams) + 1)},
        rows,
        plan,
        digest,
    )


def write_linear_heads(path: Path, grams: Sequence[str], features: Sequence[str], rows: np.ndarray[Any, Any]) -> None:
    """Write heads, byte for byte the same for the same weights: ``rows`` are n-grams, features, bias, in that order."""
    import numpy as np

    arrays: dict[str, np.ndarray[Any, Any]] = {
        "grams": np.frombuffer("\n".join(grams).encode("utf-8"), dtype=np.uint8),
        "features": np.frombuffer("\n".join(features).encode("utf-8"), dtype=np.uint8),
        # Two bytes a weight are enough: rounding them moves no probability by more than a thousandth.
        "rows": np.concatenate([np.zeros((1, rows.shape[1])), rows]).astype(np.float16),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", DATE), buffer.getvalue(), zipfile.ZIP_DEFLATED)
