"""Word-pieces: how a text becomes the numbers that the encoder reads (lower-cased WordPiece, Wu et al. 2016)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toneguard.errors import MissingExtra, ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

EXTRA = "accurate"
CLASSIFY, SEPARATE, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPieces:
    """Cuts text into the pieces of a vocabulary (``vocab.txt``: a piece a line, its number the line's).

    A text of more than ``limit`` pieces, marks included, keeps its first and its last ones: complaints state their case
    at the start and their mood at the end. Raises :class:`ModelError` for a vocabulary that cannot be read and
    :class:`MissingExtra` where the package that cuts is not installed.
    """

    def __init__(self, vocabulary: Path, *, limit: int, first: int) -> None:
        try:
            pieces = vocabulary.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as problem:
            raise ModelError(f"the word-pieces cannot be read ({type(problem).__name__})") from None
        numbers = {piece: index for index, piece in enumerate(pieces) if piece}
        if not {CLASSIFY, SEPARATE, UNKNOWN} <= set(numbers):
            raise ModelError("the word-pieces lack their marks")
        self._start, self._end = numbers[CLASSIFY], numbers[SEPARATE]
        self._first, self._last = first - 1, limit - first - 1
        self._limit = limit
        self._tokenizer = make_tokenizer(numbers)

    def numbers(self, text: str) -> list[int]:
        """The numbers of the pieces of ``text``, between the marks of start and end."""
        found = self._tokenizer.encode(text, add_special_tokens=False).ids
        if len(found) > self._limit - 2:
            found = found[: self._first] + found[len(found) - self._last :]
        return [self._start, *found, self._end]


def make_tokenizer(numbers: dict[str, int]) -> Tokenizer:
    """The tokenizer of a vocabulary."""
    try:
        from tokenizers import Tokenizer
        from tokenizers.models import WordPiece
        from tokenizers.normalizers import BertNormalizer
        from tokenizers.pre_tokenizers import BertPreTokenizer
    except ImportError:
        raise MissingExtra('the tier "accurate"', EXTRA) from None
    tokenizer = Tokenizer(WordPiece(numbers, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer
