"""The reader of the tier "accurate": what the encoder says of a document, blended with what the linear heads say.

One reads sentences, the others count words, and they err on different messages. Each column is a weighed sum of both,
``slope * encoder's + beside * linear heads' + offset``, with weights from the encoder's manifest that were fitted on
messages neither had been fitted on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from toneguard.documents import Document
from toneguard.documents.answers import Answers, Encoded, Plan
from toneguard.documents.encoder_text import encoder_text
from toneguard.errors import ModelError
from toneguard.heads.encoder import MODEL, Encoder, load_encoder
from toneguard.heads.linear import LinearHeads, load_linear_heads
from toneguard.resources.models import read_manifest


class BlendedHeads:
    """Both tiers' heads as one reader. Immutable and safe to share by threads; make it with :func:`load_blended_heads`.

    ``heads`` must be settled (see :meth:`LinearHeads.settled`); ``table`` is the blend of the encoder's manifest.
    Raises :class:`ModelError` for a table that lacks something or was fitted with other linear heads.
    """

    def __init__(self, encoder: Encoder, heads: LinearHeads, table: Mapping[str, Any]) -> None:
        self._encoder = encoder
        self._heads = heads
        try:
            if table["linear_heads"] != heads.digest:
                raise ModelError(f"model {MODEL!r}: its blend was fitted with other linear heads; fit it again")
            plan = Plan.read(table)
            self._parts = tuple(
                (calibration.first + index, slope, heads.plan.heads[name].first + index, float(beside), offset)
                for row, (name, calibration) in zip(table["heads"], plan.heads.items(), strict=True)
                for index, (slope, beside, offset) in enumerate(
                    zip(calibration.slopes, row["beside"], calibration.offsets, strict=True)
                )
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise ModelError(f"model {MODEL!r}: its blend lacks what it needs ({type(problem).__name__})") from None
        self.plan = plan.settled()

    @property
    def weights(self) -> Mapping[str, str]:
        """The digests of both tiers' weights, as a review names them."""
        return {"heads_accurate": self._encoder.digest, **self._heads.weights}

    def answers(self, documents: Sequence[Document]) -> list[Answers | None]:
        """What both say of each document; None where they cannot say: no text, or not English."""
        return [
            self._answer(document, beside) if beside else None
            for document, beside in zip(documents, self._heads.answers(documents), strict=True)
        ]

    def _answer(self, document: Document, beside: Answers) -> Answers | None:
        text = encoder_text(document)
        if not text:
            return None
        # No model that could say what moved them: the encoder's part cannot be taken apart.
        columns, lower = self._encoder.run(text)
        blended = self.blend(columns.tolist(), beside.columns)
        return Answers(self.plan, blended, beside.seen, encoded=Encoded(self._encoder.digest, lower))

    def blend(self, columns: Sequence[float], beside: Sequence[float]) -> list[float]:
        """Blended columns, calibrated, of the encoder's own and the (settled) linear heads'."""
        return [
            slope * columns[place] + weight * float(beside[other]) + offset
            for place, slope, other, weight, offset in self._parts
        ]


@lru_cache(maxsize=1)
def load_blended_heads() -> BlendedHeads:
    """The heads of the tier "accurate" that ship; made once a process.

    Raises :class:`~toneguard.errors.MissingExtra` where the extra ``accurate`` is not installed and
    :class:`~toneguard.errors.ModelError` for weights that are damaged or do not belong together.
    """
    encoder = load_encoder()
    return BlendedHeads(encoder, load_linear_heads(), read_manifest(MODEL).get("blend", {}))
