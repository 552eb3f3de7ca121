"""Which rows of weights the words and word pairs of messages have, found for a whole batch at once.

Words are numbered, and a pair is one number made of its two words', so that all pairs of a batch are looked up in one
search instead of one text each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, repeat
from sys import intern
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.int64]]


FEW = 4
"""Up to so many texts are looked up one by one: a batch's arrays cost as much as three of them."""


class Grams(Mapping[str, int]):
    """Rows by word and by word pair ("two words"); rows begin at 1. Immutable and shared by threads."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        import numpy as np

        self._rows = dict(rows)
        numbers: dict[str, int] = {}
        self._numbers = numbers
        word_rows = [0]
        pairs: dict[tuple[int, int], int] = {}

        def number(word: str, row: int) -> int:
            if word not in numbers:
                numbers[intern(word)] = len(word_rows)
                word_rows.append(0)
            word_rows[numbers[word]] |= row
            return numbers[word]

        for text, row in self._rows.items():
            first, _, second = text.partition(" ")
            if second:
                pairs[number(first, 0), number(second, 0)] = row
            else:
                number(first, row)
        self._width = len(word_rows)
        self._word_rows: Numbers = np.array(word_rows, dtype=np.int64)
        keys = np.array([first * self._width + second for first, second in pairs] or [-1], dtype=np.int64)
        order = np.argsort(keys)
        self._pair_keys: Numbers = keys[order]
        self._pair_rows: Numbers = np.array([*pairs.values()] or [0], dtype=np.int64)[order]
        self._span = max(self._rows.values(), default=0) + 1

    def __getitem__(self, text: str) -> int:
        return self._rows[text]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, texts: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers]:
        """The rows of a batch of texts, each given by its terms, and where each text's rows begin.

        Every text has each distinct row once, in rising order; the first is row 0, which stands for nothing.
        """
        import numpy as np

        if len(texts) <= FEW:
            stretches = [self._rows_of(terms) for terms in texts]
            ends = list(accumulate(map(len, stretches)))
            joined = np.array([row for stretch in stretches for row in stretch], dtype=np.int64)
            return joined, np.array([0, *ends[:-1]] if ends else [], dtype=np.int64)
        known = self._numbers.get
        found = [0]  # nothing stands between two texts, so no pair reaches over
        lengths = [1]
        for terms in texts:
            found += map(known, terms, repeat(0))
            found.append(0)
            lengths.append(len(terms) + 1)
        words = np.array(found, dtype=np.int64)
        owner = np.repeat(np.arange(-1, len(texts), dtype=np.int64), lengths)
        keys = words[:-1] * self._width + words[1:]
        at = np.searchsorted(self._pair_keys, keys)
        at[at == len(self._pair_keys)] = 0
        pairs = np.flatnonzero(self._pair_keys[at] == keys)
        single = self._word_rows[words]
        singles = np.flatnonzero(single)
        starts = np.arange(len(texts), dtype=np.int64) * self._span
        codes = np.concatenate(
            (
                starts,
                owner[singles] * self._span + single[singles],
                owner[pairs] * self._span + self._pair_rows[at[pairs]],
            )
        )
        codes.sort(kind="stable")  # three rows of numbers that rise already, nearly: a tenth of what np.unique costs
        distinct = np.append(True, codes[1:] != codes[:-1])
        codes = codes[distinct]
        return codes % self._span, np.searchsorted(codes, starts)

    def _rows_of(self, terms: Sequence[str]) -> list[int]:
        """The rows of one text, as of :meth:`rows`."""
        row = self._rows.get
        found = {0, *filter(None, map(row, terms)), *filter(None, map(row, map(" ".join, pairwise(terms))))}
        return sorted(found)
