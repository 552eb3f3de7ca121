"""The encoder of the tier "accurate": reads one text and says something to every question that it has a head for.

Weights are an 8-bit ONNX graph (``models/encoder``), run by ONNX Runtime on one thread, one unpadded message a run:
8-bit ranges are found anew for each run, so a neighbour in a batch would move a message's scores. Packages of the
extra ``accurate`` are imported when an encoder is made, not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toneguard.documents import Document
from toneguard.documents.answers import Encoded, Plan
from toneguard.documents.encoder_text import encoder_text
from toneguard.errors import MissingExtra, ModelError
from toneguard.heads.word_pieces import EXTRA, WordPieces
from toneguard.resources.models import model_file, read_manifest

if TYPE_CHECKING:
    import numpy as np

MODEL = "encoder"
GRAPH, VOCABULARY = "encoder.onnx", "vocab.txt"
OUTPUTS = ["columns", "lower"]


class Encoder:
    """Runs the encoder. Immutable and safe to share by threads; make it with :func:`load_encoder`.

    ``plan`` says what its columns mean by themselves, as the linear heads learn them. The tier's answers are blended
    with theirs (:mod:`toneguard.heads.blended`).

    Raises :class:`MissingExtra` where the extra ``accurate`` is not installed and :class:`ModelError` for files that
    are not what their manifest names.
    """

    def __init__(self, graph: Path, vocabulary: Path, table: Mapping[str, Any], digest: str) -> None:
        self.digest = digest
        try:
            self._pieces = WordPieces(vocabulary, limit=table["limit"], first=table["first"])
            self.plan = Plan.read(table)
            self._session = open_session(graph)
            if missing := {*OUTPUTS} - {output.name for output in self._session.get_outputs()}:
                raise ModelError(f"model {MODEL!r}: its graph does not put out {', '.join(sorted(missing))}")
        except (KeyError, TypeError, ValueError) as problem:
            raise ModelError(f"model {MODEL!r}: its manifest lacks what it needs ({type(problem).__name__})") from None

    def encoded(self, document: Document) -> Encoded:
        """What the lower layers make of one document, whatever it holds."""
        return Encoded(self.digest, self.run(encoder_text(document))[1])

    def columns(self, text: str) -> list[float]:
        """The uncalibrated columns of every head, for a normalised text (see ``documents.encoder_text``)."""
        return [float(value) for value in self.run(text)[0]]

    def run(self, text: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Columns of a normalised text, and what its lower layers put out: the mean over layers and word-pieces."""
        import numpy as np

        numbers = np.array([self._pieces.numbers(text)], dtype=np.int64)
        columns, lower = self._session.run(OUTPUTS, {"numbers": numbers})
        return columns[0], lower[0]


def open_session(graph: Path) -> Any:
    """A session on one thread, so that a server's workers do not fight over cores and sums have one order."""
    try:
        import onnxruntime
    except ImportError:
        raise MissingExtra('the tier "accurate"', EXTRA) from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph.read_bytes(), options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # ONNX Runtime raises exceptions of its own without a common base
        raise ModelError(f"model {MODEL!r}: its graph cannot be read ({type(problem).__name__})") from None


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """The encoder that ships, its files checked against the manifest; made once a process."""
    manifest = read_manifest(MODEL)
    return Encoder(
        model_file(MODEL, GRAPH), model_file(MODEL, VOCABULARY), manifest["encoder"], manifest["files"][GRAPH][:16]
    )
